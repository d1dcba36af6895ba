"""Makes and mails a day's issue in a child process that is killed with SIGKILL at its n-th step, or after a time.

Started by test_killed_runs.py; one line of JSON in, one out. A step is a word to the store, to the file system or to
the mail server, or the begin of a stage. Children are forked, so that the program is loaded once; an order for "here"
is carried out in this process, so that it is warm, too.
"""

import json
import os
import signal
import smtplib
import sys
import tempfile
import time
import traceback
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from digest import job as jobs
from digest.send import mail_job, send_job
from digest.store import Database
from tests.fakes import WordEncoder

steps = 0
kill_at = None


def step(*_):
    global steps
    steps += 1
    if steps == kill_at:
        os.kill(os.getpid(), signal.SIGKILL)


def stepping(function):
    """The function with a step before and after it."""

    def around(*arguments, **named):
        step()
        result = function(*arguments, **named)
        step()
        return result

    return around


def transaction_in_steps(transaction):
    @contextmanager
    def around(self):
        step()
        with transaction(self):
            step()
            yield
            step()
        step()

    return around


def count_steps():
    for owner, name in (
        (Database, "change"), (Database, "insert"), (Database, "change_many"), (os, "fsync"), (os, "replace"),
        (tempfile, "mkstemp"), (smtplib.SMTP, "send"), (smtplib.SMTP, "getreply"),
    ):  # fmt: skip
        setattr(owner, name, stepping(getattr(owner, name)))
    Database.transaction = transaction_in_steps(Database.transaction)


def make_and_mail(config, now):
    jobs.cached_encoder = lambda *settings, **named: WordEncoder()
    jobs.run(jobs.job_for(config), now=now, on_stage=step)
    outcome = send_job(mail_job(config, config_file=config), resend=False, on_wait=step)
    return {"exit": outcome.exit_code, "states": [mailing.state for mailing in outcome.mailings]}


def run_order(order, report):
    global kill_at, steps
    kill_at, steps = order.get("step"), 0
    count_steps()
    told = make_and_mail(Path(order["config"]), datetime.fromisoformat(order["now"]))
    report.write_text(json.dumps({**told, "steps": steps}))


def in_child(order):
    """One run in a child; how it ended, how long it took, and what it says of itself."""
    if order.get("here"):
        return make_and_mail(Path(order["config"]), datetime.fromisoformat(order["now"]))
    report = Path(order["config"]).parent / "report.json"
    report.unlink(missing_ok=True)
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        try:
            run_order(order, report)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    if "seconds" in order:
        time.sleep(order["seconds"])
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    told = json.loads(report.read_text()) if report.exists() else {}
    return {"status": status, "seconds": time.monotonic() - started, **told}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(in_child(json.loads(line))), flush=True)
