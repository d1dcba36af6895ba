"""Every page in a real browser, light and dark, wide and narrow: axe finds nothing, nothing is said, nothing is asked."""

import pytest

from tests.browsers import DESKTOP, PHONE, axe_faults, browsing, in_browser
from tests.every_page import BRIEFS, write_pages

SIZES = {"desktop": DESKTOP, "phone": PHONE}
# The series' brief, closed and open, is in test_html_page.py; in the archive it has one more way to lead on.
OTHERS = sorted({*BRIEFS} - {"series"})
EVERY_WAY = [(scheme, size) for scheme in ("light", "dark") for size in SIZES]
TWO_WAYS = [("light", "phone"), ("dark", "desktop")]  # the same styles: axe takes a second for each
CASES = [(name, *way) for name in ("archive-index", "archive-series", "mail-links") for way in EVERY_WAY]
CASES += [
    (name, *way)
    for name in (
        "archive-empty",
        "compare",
        "mail-cut",
        *(f"{kind}-{name}" for kind in ("brief", "mail") for name in OTHERS),
    )
    for way in TWO_WAYS
]

pytestmark = in_browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    return write_pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def opened():
    with browsing() as opened:
        yield opened


@pytest.mark.parametrize(("name", "scheme", "size"), CASES)
def test_axe_finds_nothing_and_nothing_leaves_the_page(opened, pages, name, scheme, size):
    home = pages["archive-index"].parent if name.startswith("archive") else pages[name]
    # axe is a script of the test's own: the pages' policy, which allows none, has to let it in.
    page = opened(pages[name], scheme=scheme, size=SIZES[size], bypass_csp=True)
    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    assert page.told == []
    assert page.asked
    assert [url for url in page.asked if not url.startswith((home.as_uri(), "data:"))] == []


def test_the_line_that_a_link_leads_to_is_marked(opened, pages):
    page = opened(f"{pages['archive-series'].as_uri()}#t4")
    colours = [
        page.evaluate(f"getComputedStyle(document.querySelector('#{one}')).backgroundColor") for one in ("t4", "t3")
    ]
    assert colours[0] != colours[1]
    assert 0 < page.locator("#t4").bounding_box()["y"] < page.viewport_size["height"]
