"""Every page the program makes is valid HTML, by the checker that the web's own standards bodies use (vnu).

It is a Java program that npm carries: `npm install --no-save vnu-jar` beside the Makefile, or VNU_JAR names the file.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.every_page import write_pages

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = sorted((ROOT / "tests" / "golden").rglob("*.html"))
JAR = Path(os.environ.get("VNU_JAR") or ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar")
# A mail needs the tables and attributes that the web has left behind: Outlook knows nothing else.
FOR_OUTLOOK = "is obsolete. "
# The checker does not know that a page opened from a disk is its own source.
FROM_A_DISK = "external script “archive.js” blocked"

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="no Java: apt-get install default-jre-headless"),
    pytest.mark.skipif(not JAR.is_file(), reason=f"no {JAR}: npm install --no-save vnu-jar"),
]


# It ends before an optimising compiler would have paid, and asks for a large stack.
JAVA = ["java", "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]


def checked(pages):
    """What the checker says of the pages, one run for all of them: (file's name, message) pairs."""
    command = [*JAVA, "-jar", str(JAR), "--format", "json", "--exit-zero-always", *map(str, pages)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=250)
    messages = json.loads(said.stderr)["messages"]
    return [(Path(one.get("url", "?")).name, f"{one.get('lastLine')}: {one['message']}") for one in messages]


@pytest.fixture(scope="module")
def findings(tmp_path_factory):
    """What is said of all pages and of one with a fault, which no page of ours is named like."""
    folder = tmp_path_factory.mktemp("pages")
    faulty = folder / "faulty.html"
    faulty.write_text("<!doctype html><html lang=en><title>x</title><p><div></p>", encoding="utf-8")
    return [one for one in checked([*write_pages(folder).values(), *GOLDEN, faulty]) if not _borne(*one)]


def test_every_page_is_valid(findings):
    assert len(GOLDEN) >= 4
    assert [one for one in findings if one[0] != "faulty.html"] == []


def _borne(name, message):
    return (name.endswith("-mail.html") and FOR_OUTLOOK in message) or FROM_A_DISK in message


def test_the_checker_sees_a_fault(findings):
    assert any("No “p” element in scope" in message for name, message in findings if name == "faulty.html")
