"""A real browser for the tests that look at pages: when they run, how it opens a page, and what axe says of one."""

from contextlib import contextmanager
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run",
    "--disable-sync", "--disable-default-apps",
]  # fmt: skip
DESKTOP, PHONE = {"width": 1100, "height": 900}, {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

in_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium"),
]


@contextmanager
def browsing():
    """A function that opens a file or an address in a headless Chromium and returns the page, afresh each time.

    One tab serves all pages of a kind (`java_script_enabled`, `bypass_csp` …): a new one is a new process, which takes
    longer than the page. `page.asked` holds what the page requested, `page.told` what it said to the console or in
    dialogs. Skips the test where playwright is not installed.
    """
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        tabs = {}

        def opened(target, *, scheme="light", size=DESKTOP, **kind):
            key = tuple(sorted(kind.items()))
            if key not in tabs:
                tabs[key] = watched(running.new_context(**kind).new_page())
            page = tabs[key]
            page.goto("about:blank")  # nothing of the page before stays: not what was open, nor how far it was scrolled
            page.asked.clear()
            page.told.clear()
            page.emulate_media(media="null", color_scheme=scheme)
            page.set_viewport_size(size)
            page.goto(target if isinstance(target, str) else target.as_uri())
            return page

        yield opened
        running.close()


def watched(page):
    page.asked, page.told = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.told.append(message.text))
    page.on("pageerror", lambda error: page.told.append(str(error)))
    page.on("dialog", lambda dialog: (page.told.append(dialog.message), dialog.dismiss()))
    return page


def axe_faults(page):
    """What axe finds against a page: (rule, pieces of the page) pairs. The page must be opened with `bypass_csp`."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    found = axe.Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
    assert len(found["passes"]) > 5, "axe looked at nothing"
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found["violations"]]
