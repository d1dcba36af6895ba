import pytest

from digest.summarize.corroborate import corroborates

LINE = "Storm Ingrith damaged 21 boats in the marina at Tarvik on Monday."


@pytest.mark.parametrize(
    "statement",
    [
        "The storm wrecked or damaged 21 of the boats moored in Tarvik marina.",
        "Boats in Tarvik marina were damaged by Storm Ingrith.",
    ],
)
def test_the_same_told_otherwise(statement):
    assert corroborates(LINE, statement)


def test_a_far_statement_needs_more_in_common():
    line = "Storm Ingrith broke the wall of the marina at Tarvik on Monday."
    statement = "The marina of Tarvik was hit by Storm Ingrith and stays shut until the summer, its owner said."
    assert corroborates(line, statement, nearness=0.9)
    assert not corroborates(line, statement, nearness=0.5)


def test_all_the_figures_settle_it():
    assert corroborates(LINE, "The insurer counted 21 damaged boats at Tarvik.", nearness=0.4)


def test_another_day_is_another_event():
    line = "The Assembly of Vessland debated the harbour levy on Thursday."
    told = "The Assembly of Vessland met on {} and debated the levy."
    assert corroborates(line, told.format("Thursday"), nearness=0.8)
    assert not corroborates(line, told.format("Tuesday"), nearness=0.8)


@pytest.mark.parametrize(
    "statement",
    [
        "A storm in January damaged 12 boats in Skelmar, but spared Tarvik.",
        "The mayor of Vesk thanked the dockers for their patience.",
    ],
)
def test_another_figure_or_another_thing(statement):
    assert not corroborates(LINE, statement)


def test_a_toll_is_borne_out_by_a_figure_of_it():
    line = "The collision off Osmark killed three people and injured 35, Governor Signe Halvard said."
    assert corroborates(line, "Three were killed and 35 injured in a collision of two ships.", nearness=0.8)
    assert not corroborates(line, "The collision happened off Osmark, Governor Signe Halvard said.", nearness=0.9)


def test_a_speaker_in_common_is_no_statement_in_common():
    line = "Ebba Lund, head of the Osmark harbour office, said that the quay had sunk."
    assert corroborates(line, "The quay sank, said Ebba Lund.", nearness=0.9)
    assert not corroborates(
        line, "Ebba Lund, head of the Osmark harbour office, praised the divers in a letter.", nearness=0.9
    )


def test_the_same_quotation_bears_a_line_out():
    line = "The Dock Union rejected the offer, calling it “a sweetener for a bad roster”."
    assert corroborates(
        line, "“What we heard is a sweetener for a bad roster and no more,” Berg told us.", nearness=0.3
    )


def test_what_has_come_to_another_figure_is_no_confirmation():
    line = "The number of boats adrift off Tarvik has jumped to 37, and a third skipper is missing."
    told = "A third skipper is missing off Tarvik, where the count of boats adrift has risen to {}, the harbour said."
    assert corroborates(line, told.format("37"), nearness=0.8)
    assert not corroborates(line, told.format("31"), nearness=0.8)


def test_another_figure_of_the_same_unit_is_no_confirmation():
    line = "Prices of fuel at Osmark rose by 0.9% in April, the harbour office said."
    assert corroborates(line, "Fuel prices at Osmark rose in April, the harbour office said.", nearness=0.9)
    assert not corroborates(line, "Fuel prices at Osmark rose by 0.8% in April, the harbour office said.", nearness=0.9)


@pytest.mark.parametrize(
    ("statement", "borne_out"),
    [
        ("At last count 23 vessels were riding at anchor off the breakwater.", True),
        ("At last count some 20 vessels were riding at anchor off the breakwater.", False),
        ("At last count 23 vessels were expected to ride at anchor off the breakwater.", False),
    ],
)
def test_the_exact_figure_bears_a_line_out_however_it_is_worded(statement, borne_out):
    line = (
        "Twenty-three ships were at anchor outside Osmark on Tuesday, waiting to unload, Leif Arnby of the port said."
    )
    assert corroborates(line, statement, nearness=0.6) is borne_out


def test_a_round_figure_does_not():
    line = "The Osmark quay was built 1,000 metres north of the old lighthouse by a company from Vesk."
    assert not corroborates(line, "The fish market of Osmark lies 1,000 metres from any bakery.", nearness=0.9)


def test_a_reading_of_what_happened_is_no_report_of_it():
    line = "Storm Ingrith wrecked boats and piers in the marina at Tarvik."
    assert corroborates(
        line, "The storm wrecked boats in the marina at Tarvik, which highlights old faults.", nearness=0.9
    )
    assert not corroborates(line, "The storm in the marina at Tarvik highlights old faults of its piers.", nearness=0.9)


@pytest.mark.parametrize(
    ("line", "statement", "borne_out"),
    [
        (
            "The bridge at Vesk {} open in May, Jon Berg said.",
            "The bridge at Vesk {} open in May, said Jon Berg.",
            False,
        ),
        (
            "The bridge at Vesk {} open in May, Jon Berg said.",
            "Until June the bridge at Vesk stays closed, said Berg.",
            True,
        ),
        ("The man who ran the ferry {} sell it.", "The man who ran the ferry has sold it.", False),
        ("Mayor Jon Berg said that he {} sell the ferry.", "Mayor Jon Berg thanked the ferry's captain.", False),
    ],
)
def test_what_is_not_so_is_told_by_nobody_who_leaves_that_out(line, statement, borne_out):
    assert corroborates(line.format("will not"), statement.format("will"), nearness=0.9) == borne_out


def test_what_is_so_is_not_told_by_its_denial():
    line = "The bridge at Vesk will open in May, Jon Berg said."
    assert not corroborates(line, "The bridge at Vesk will not open in May, Jon Berg said.", nearness=0.9)
    assert corroborates(line, "The bridge at Vesk will open in May and Berg will not pay a crown for it.", nearness=0.9)


def test_a_report_and_its_denial_bear_each_other_out_in_nothing():
    report = "The harbour master Olle Brink will resign from his post in Osmark this week."
    denial = "Olle Brink denied that he would resign from his post as harbour master in Osmark this week."
    assert not corroborates(denial, report, nearness=0.95)
    assert not corroborates(report, denial, nearness=0.95)
    assert corroborates(denial, "Olle Brink will not resign from his post in Osmark, he said.", nearness=0.95)
