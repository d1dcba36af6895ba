"""The pages of an issue against its brief.json."""

import re

import pytest

from digest.pages import check_pages
from digest.render import FORMATS
from tests.issues import write_small_issue

PAGES = [file for _, file in FORMATS.values()]
OWN = "My brief\n\n{% for section in brief.sections %}{% for story in section.stories %}{% for topic in story.topics %}* {{ topic.line.text }}\n{% endfor %}{% endfor %}{% endfor %}"


def alter(issue, name, pattern, new, count=1):
    path = issue.path / name
    text = path.read_text(encoding="utf-8")
    altered, times = re.subn(pattern, new, text, count=count)
    assert times
    path.write_text(altered, encoding="utf-8")


def test_untouched_pages_hold(tmp_path):
    names, problems = check_pages(write_small_issue(tmp_path / "issue"))
    assert names == tuple(PAGES)
    assert problems == ()


@pytest.mark.parametrize("name", PAGES)
def test_a_changed_number_is_named_with_file_and_line(tmp_path, name):
    issue = write_small_issue(tmp_path / "issue")
    row = next(row for row, line in enumerate((issue.path / name).read_text().split("\n"), 1) if "35 others" in line)
    alter(issue, name, "35 others", "36 others")
    _, [problem, *_] = check_pages(issue)
    assert problem.place == f"{name}, line {row}"
    assert "36 others" in problem.fault
    assert "35 others" in problem.fault


@pytest.mark.parametrize(
    ("pattern", "new", "told"),
    [
        (r"coastradio\.example/1", "evil.example/1", "evil.example"),
        (r"“at least 40”", "“at least 41”", "at least 41"),
        (r"(?m)^- Three.*\n", "", "lacks what the brief has here: “- Three people"),
        (r"(?m)^- Three", "- Nobody died. [1]\n- Three", "has what the brief lacks: “- Nobody died. [1]”"),
        (r"Read 2 articles", "Read 200 articles", "Read 200 articles"),
        (r"(?s)\A.*\Z", "Something else.", "was changed after the run that wrote it"),
    ],
)
def test_whatever_is_changed_in_the_markdown_is_found(tmp_path, pattern, new, told):
    issue = write_small_issue(tmp_path / "issue")
    alter(issue, "brief.md", pattern, new)
    _, problems = check_pages(issue)
    assert problems
    assert {problem.file for problem in problems} == {"brief.md"}
    assert any(told in problem.fault for problem in problems), problems


def test_a_page_that_was_removed_is_not_missed(tmp_path):
    issue = write_small_issue(tmp_path / "issue")
    (issue.path / "brief.html").unlink()
    names, problems = check_pages(issue)
    assert "brief.html" not in names
    assert problems == ()


@pytest.fixture
def own_issue(tmp_path):
    """An issue whose Markdown was made by a template of the user's."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "brief.md.j2").write_text(OWN, encoding="utf-8")
    return write_small_issue(tmp_path / "issue", templates=tmp_path / "templates")


def test_a_page_of_ones_own_template_holds(own_issue):
    assert check_pages(own_issue)[1] == ()


def test_a_changed_page_of_ones_own_template_is_named(own_issue):
    alter(own_issue, "brief.md", "35 others", "36 others")
    _, [problem] = check_pages(own_issue)
    assert (problem.place, problem.fault) == ("brief.md", "was changed after the run that wrote it")


def test_without_the_trace_a_bundled_page_can_still_be_checked(tmp_path):
    issue = write_small_issue(tmp_path / "issue")
    (issue.path / "trace.json").unlink()
    assert check_pages(issue)[1] == ()
    alter(issue, "brief.txt", "35 others", "36 others")
    assert check_pages(issue)[1]
