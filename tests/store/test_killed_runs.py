"""kill -9 at twenty points of a run: one more run gives exactly the issue, and the one mail, of an undisturbed run."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.collect.server import not_found, serving
from tests.mail_server import taking_mail
from tests.store.rehearsal import DAY, MORNING, World

ROOT = Path(__file__).resolve().parents[2]
POINTS = 20
BY_TIME = 5  # of them: killed after a share of the time that a run takes, wherever that may be

MAIL = """
[mail]
from = "Strait watch <brief@watch.example>"
to = ["you@example.org"]
host = "127.0.0.1"
port = {port}
security = "none"
attempts = 1
"""


@pytest.fixture(scope="module")
def post():
    with taking_mail() as taking:
        yield taking


@pytest.fixture(scope="module")
def driver():
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.killed"], cwd=ROOT, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip

        def drive(folder, now, **order):
            order = {"config": str(folder / "digest.toml"), "now": now.isoformat(), **order}
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield drive
        process.stdin.close()


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory, post, driver):
    """A folder with yesterday's issue, made and mailed; and what an undisturbed run makes of today."""
    with serving() as site:
        site.routes["/robots.txt"] = not_found
        base = tmp_path_factory.mktemp("killed")
        world = World(base / "yesterday", site, more=MAIL.format(port=post.port))
        world.show_day(0)
        assert driver(world.folder, MORNING, here=True)["exit"] == 0
        world.show_day(1)
        post.texts.clear()
        undisturbed = shutil.copytree(world.folder, base / "undisturbed")
        told = driver(undisturbed, MORNING + DAY)
        assert told["exit"] == 0
        (mail,) = post.texts
        yield {"from": world.folder, "base": base, "files": outputs(undisturbed), "mail": mail, **told}


def outputs(folder):
    """All files of all issues; what a killed run left half-written has a name that begins with a dot."""
    files = (path for path in sorted((folder / "outputs").rglob("*")) if path.is_file() and path.name[0] != ".")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize("point", range(POINTS))
def test_one_more_run_makes_it_good(rehearsed, post, driver, point):
    chance = random.Random(point).random()
    folder = shutil.copytree(rehearsed["from"], rehearsed["base"] / str(point))
    post.texts.clear()
    if point < BY_TIME:
        driver(folder, MORNING + DAY, seconds=chance * rehearsed["seconds"])
    else:
        killed = driver(folder, MORNING + DAY, step=1 + int(chance * rehearsed["steps"]))
        assert killed["status"] == signal.SIGKILL
    again = driver(folder, MORNING + DAY)
    assert outputs(folder) == rehearsed["files"]
    assert set(post.texts) <= {rehearsed["mail"]}
    if again["states"] == ["sending"]:
        # Nobody can know whether the server took a mail whose sender died before the answer: it is said, not repeated.
        assert again["exit"] == 1
        assert len(post.texts) <= 1
    else:
        assert (again["states"], len(post.texts)) == (["sent"], 1)
        assert again["exit"] in (0, 3)
