"""Every page in a real browser, light and dark, wide and narrow: axe finds nothing, nothing is said, nothing is asked."""

from pathlib import Path

import pytest
from every_page import BRIEFS, write_pages

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe_api = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
SIZES = {"desktop": {"width": 1100, "height": 900}, "phone": {"width": 390, "height": 844}}
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
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    return write_pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def browser():
    with playwright_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield running
        running.close()


@pytest.mark.parametrize(("name", "scheme", "size"), CASES)
def test_axe_finds_nothing_and_nothing_leaves_the_page(browser, pages, name, scheme, size):
    home = pages["archive-index"].parent if name.startswith("archive") else pages[name]
    # axe is a script of the test's own: the pages' policy, which allows none, has to let it in.
    context = browser.new_context(color_scheme=scheme, viewport=SIZES[size], bypass_csp=True)
    page = context.new_page()
    asked, told = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    page.goto(pages[name].as_uri())
    found = axe_api.Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    assert told == []
    assert [url for url in asked if not url.startswith((home.as_uri(), "data:"))] == []
    context.close()


def test_the_line_that_a_link_leads_to_is_marked(browser, pages):
    page = browser.new_page()
    page.goto(f"{pages['archive-series'].as_uri()}#t4")
    colours = [
        page.evaluate(f"getComputedStyle(document.querySelector('#{one}')).backgroundColor") for one in ("t4", "t3")
    ]
    assert colours[0] != colours[1]
    assert 0 < page.locator("#t4").bounding_box()["y"] < page.viewport_size["height"]
    page.close()
