"""The page in a real browser: citations open without a script, axe finds nothing, no request leaves, text fits."""

from functools import partial
from itertools import pairwise

import pytest

from digest.render import render
from digest.render.escape import quote_link
from tests.browsers import DESKTOP, PHONE, axe_faults, browsing, in_browser
from tests.samples import PLAIN_BRIEF, SERIES_BRIEF

pytestmark = in_browser


@pytest.fixture(scope="module")
def opened():
    with browsing() as opened:
        yield opened


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "brief.html"
    file.write_text(render(SERIES_BRIEF, "brief.html.j2"), encoding="utf-8")
    return file


@pytest.fixture
def open_page(opened, page_file):
    return partial(opened, page_file)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_closed_and_open(open_page, scheme, viewport):
    # axe is a script of the test's own: the page's policy, which allows none, has to let it in.
    page = open_page(scheme=scheme, size=viewport, bypass_csp=True)
    assert axe_faults(page) == []
    for name in ("#t1", "#t2", "#t5", "#t6"):
        page.locator(f"{name} summary").first.click()
    page.locator("footer summary").first.click()
    assert axe_faults(page) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_a_number_opens_its_exact_quote_in_place_and_closes(open_page, scripts):
    page = open_page(java_script_enabled=scripts)
    number = page.locator("#t1 summary").first
    quote = page.locator("#t1 .quote").first
    below = page.locator("#t2")
    assert not quote.is_visible()
    top = below.bounding_box()["y"]
    number.click()
    assert quote.is_visible()
    said = SERIES_BRIEF.sections[0].stories[0].topics[0].line.citations[0]
    assert quote.locator("blockquote").inner_text() == said.quote
    assert quote.inner_text().splitlines()[-1] == (
        "Coast Radio, Three dead after ferry and tanker collide off Osmark, 4 Mar 02:10, "
        "also carried by Newsbox and Harbour Blog"
    )
    assert quote.locator("a").get_attribute("href") == quote_link(said.link, [said.quote])
    assert below.bounding_box()["y"] > top + 40  # it makes room, and covers nothing
    number.click()
    assert not quote.is_visible()
    assert below.bounding_box()["y"] == top


def test_the_quote_stands_under_its_number_across_the_column(open_page):
    page = open_page()
    page.locator("#t1 summary").first.click()
    line, number, quote = (page.locator(where).first.bounding_box() for where in ("#t1", "#t1 summary", "#t1 .quote"))
    assert quote["width"] == pytest.approx(line["width"])
    assert 0 <= quote["y"] - (number["y"] + number["height"]) < 20


def test_the_keyboard_reaches_every_citation_in_order(open_page):
    page = open_page()
    seen = []
    while len(seen) < 10:
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.getAttribute('aria-label') || ''")
        if name:
            seen.append(name.partition(":")[0])
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid"
    assert seen == ["1", "2", "3", "4", "1", "2", "3", "6", "5", "6"]
    page.locator("#t3 summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#t3 .quote").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.quote') !== null")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    assert not page.locator("#t3 .quote").is_visible()


def test_nothing_is_requested_and_nothing_runs(opened, page_file):
    page = opened(page_file)
    for number in page.locator("summary").all():
        number.click()
    page.wait_for_load_state("networkidle")
    assert [url for url in page.asked if not url.startswith("data:")] == [page_file.as_uri()]
    assert page.told == []


@pytest.mark.parametrize("width", [360, 420, 500, 640])
def test_the_numbers_of_a_line_stand_in_one_row(open_page, width):
    page = open_page(size={"width": width, "height": 800})
    for group in page.locator(".cites").all():
        assert len({round(number.bounding_box()["y"]) for number in group.locator("summary").all()}) == 1


@pytest.mark.parametrize("width", [320, 390, 768, 1400])
def test_it_fits_every_width(open_page, width):
    page = open_page(size={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_measure_is_readable(open_page):
    page = open_page()
    width = page.locator("#t1").bounding_box()["width"]
    character = page.evaluate(
        """() => { const probe = document.createElement('span');
                   probe.style.cssText = 'display:inline-block;width:1ch';
                   document.querySelector('#t1').append(probe);
                   return probe.getBoundingClientRect().width }"""
    )
    assert 50 <= width / character <= 68


def test_targets_are_large_enough_to_touch(open_page):
    page = open_page(size=PHONE)
    boxes = [number.bounding_box() for number in page.locator(".cite > summary").all()]
    assert min(box["height"] for box in boxes) >= 24
    centres = [(box["x"] + box["width"] / 2, box["y"]) for box in boxes]
    side_by_side = [b[0] - a[0] for a, b in pairwise(centres) if a[1] == b[1]]
    assert side_by_side
    assert min(side_by_side) >= 24  # WCAG 2.2, target size, by spacing


def test_print_shows_numbers_and_sources_and_no_open_quote(open_page):
    page = open_page()
    page.locator("#t1 summary").first.click()
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator("#t1 .quote").first.is_visible()
    assert page.locator("#t1 summary").first.is_visible()
    assert page.locator("#source-1").is_visible()
    assert not page.locator("nav").first.is_visible()
    colours = page.evaluate("(s => [s.color, s.backgroundColor])(getComputedStyle(document.body))")
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    after = page.evaluate("getComputedStyle(document.querySelector('#source-1 a'), '::after').content")
    assert "coast-radio.example" in after


def test_arabic_reads_from_the_right(open_page):
    page = open_page()
    page.locator("#t6 summary").first.click()
    assert page.evaluate("getComputedStyle(document.querySelector('#t6 blockquote')).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('#t6')).direction") == "ltr"


def test_headings_make_an_outline(opened, tmp_path):
    for brief, outline in (
        (SERIES_BRIEF, ["H1", "H2", "H3", "H3", "H2", "H2", "H2"]),
        (PLAIN_BRIEF, ["H1", "H2", "H2"]),
    ):
        file = tmp_path / "brief.html"
        file.write_text(render(brief, "brief.html.j2"), encoding="utf-8")
        page = opened(file)
        assert page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => h.tagName)") == outline


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("killed - and 35, injured & more", True),
        ("Three people were killed - and 35, injured & more when the well-known ferry and a tanker collided.", True),
        ("Three people were killed by something that this page never says at all, ever", False),
    ],
)
def test_the_browser_finds_the_quote_a_link_opens_at(opened, tmp_path, quote, found):
    article = tmp_path / "article.html"
    filler = "<p>Nothing.</p>" * 200
    said = "Three people were killed - and 35, injured &amp; more when the well-known ferry and a tanker collided."
    article.write_text(f"<!doctype html><meta charset=utf-8>{filler}<p>{said}</p>{filler}", encoding="utf-8")
    link = quote_link("https://x.example/#part", [quote])
    page = opened(link.replace("https://x.example/", article.as_uri()))
    if found:
        page.wait_for_function("scrollY > 1000", timeout=5000)
    else:
        page.wait_for_timeout(300)
        assert page.evaluate("scrollY") == 0
