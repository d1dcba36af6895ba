"""The local engine's workers. What they do is told to `eval`, which every Python has."""

import logging
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.invented import DAY, invented_articles
from digest.config import Config
from digest.contract import brief_to_json
from digest.engines import encoding_map, local_map, open_engine, processes
from digest.engines.processes import CHUNK, FEWEST, open_processes
from digest.pipeline import build_brief
from digest.summarize import ExtractiveSummarizer
from digest.trace import trace_to_json
from tests.fakes import WordEncoder

MANY = FEWEST + 3 * CHUNK + 1
SLOWLY = "__import__('time').sleep(0.01) or "  # so that a worker gets its part
SLOWLY_WHO = f"{SLOWLY}__import__('os').getpid()"
ATTEMPTS = 50  # of some .9 s: a worker that has not started after them never will


def who(each):
    """The processes that worked off a long list, the list told again until a worker takes part."""
    for _ in range(ATTEMPTS):
        found = Counter(each(eval, [SLOWLY_WHO] * MANY))
        if len(found) > 1:
            break
    return found


def test_results_come_in_the_order_of_the_values_wherever_they_were_made():
    with open_processes(2) as each:
        assert os.getpid() in who(each)
        assert list(each(str, range(MANY))) == [str(number) for number in range(MANY)]


def test_a_short_list_starts_no_worker():
    with open_processes(2) as each:
        assert list(each(str, range(FEWEST - 1))) == [str(number) for number in range(FEWEST - 1)]
        assert each._workers == []


def test_without_a_further_processor_everything_is_done_here():
    with open_processes(0) as each:
        assert set(each(eval, [SLOWLY_WHO] * FEWEST)) == {os.getpid()}


def test_of_several_errors_the_first_in_order_is_raised():
    values = [str(number) for number in range(MANY)]
    values[5], values[-2] = "the first", "the last"
    with open_processes(1) as each:
        who(each)
        results = each(int, values)
        with pytest.raises(ValueError, match="'the first'"):
            list(results)


def test_what_cannot_be_sent_is_done_here():
    with open_processes(1) as each:
        who(each)
        assert list(each(lambda text: eval(text), [SLOWLY_WHO] * MANY)) == [os.getpid()] * MANY
        assert len(list(each(eval, [f"{SLOWLY}(lambda: 1)"] * MANY))) == MANY


def test_what_a_worker_prints_is_no_answer():
    with open_processes(1) as each:
        who(each)
        assert list(each(eval, [f"{SLOWLY}print('aside') or 7"] * MANY)) == [7] * MANY


def test_a_worker_that_dies_loses_nothing_and_is_told_of(caplog):
    dies = f"{SLOWLY}__import__('os').getpid() == {os.getpid()} or __import__('os')._exit(3)"
    with open_processes(1) as each, caplog.at_level(logging.WARNING):
        who(each)
        assert list(each(eval, [dies] * MANY)) == [True] * MANY
        assert list(each(str, range(MANY))) == [str(number) for number in range(MANY)]
    assert caplog.text.count("a worker process ended") == 1


def test_workers_are_gone_when_the_engine_is_closed():
    with open_processes(2) as each:
        who(each)
        workers = each._workers
    assert workers
    assert all(worker.poll() is not None for worker in workers)


@pytest.mark.skipif(os.name == "nt", reason="a process is ended otherwise there")
def test_a_worker_ends_with_a_process_that_is_killed():
    """The worker holds the process's standard error open, which is read until nobody does."""
    code = (
        "import os; from tests.engines.test_local_processes import open_processes, who\n"
        "with open_processes(1) as each:\n    print(len(who(each)), flush=True); os.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-c", code]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "2"


def test_encoding_stays_in_one_process_of_this_machine():
    with open_engine("local") as each:
        assert encoding_map(each) is local_map

    def cluster(function, values):
        return map(function, values)

    assert encoding_map(cluster) is cluster


def issue(each):
    """The brief and the trace of some short articles, as texts."""
    made = build_brief(
        [replace(one, text=one.text[:900]) for one in invented_articles(24)],
        config=Config(),
        encoder=WordEncoder(),
        summarizer=ExtractiveSummarizer(),
        now=DAY,
        each=each,
    )
    return brief_to_json(made.brief), trace_to_json(made.trace)


def test_workers_make_the_same_bytes(monkeypatch):
    monkeypatch.setattr(processes, "FEWEST", 2)
    with open_processes(1) as each:
        who(each)
        assert issue(each) == issue(local_map)
