"""The ray engine on a real cluster of two workers on this machine; skipped where Ray is not installed."""

import os
import signal
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.engines import local_map, open_engine
from digest.errors import CollectError
from digest.job import job_for, run

EXAMPLE = Path(__file__).resolve().parents[2] / "configs" / "example.toml"
NOW = datetime(2026, 3, 4, 7, tzinfo=UTC)

pytestmark = [
    pytest.mark.ray,
    pytest.mark.filterwarnings("ignore"),  # Ray's own affairs: unclosed sockets, deprecated calls
]


@pytest.fixture(scope="module")
def cluster():
    """Two workers, a processor each. Ray gives its own processes 30 s to start: a machine too busy for that is told."""
    ray = pytest.importorskip("ray", reason="Ray is not installed (pip install 'digest[ray]')")
    for left in (2, 1, 0):
        try:
            ray.init(num_cpus=2, include_dashboard=False, object_store_memory=100_000_000, log_to_driver=False)
            break
        except Exception as error:  # Ray raises nothing narrower
            ray.shutdown()
            if not left:
                pytest.skip(f"Ray did not start on this machine in three attempts ({error})")
    yield ray
    ray.shutdown()


def test_results_come_in_the_order_of_the_values(cluster):
    def squared(number):  # in here, it travels whole: a worker knows nothing of this file
        return number * number

    with open_engine("ray") as each:
        assert each(squared, range(50)) == list(local_map(squared, range(50)))
        assert each(squared, []) == []


def test_an_error_of_ours_arrives_whole(cluster):
    def refusing_three(number):
        if number == 3:
            raise CollectError("three", "is refused")
        return number

    with open_engine("ray") as each, pytest.raises(CollectError, match="three: is refused"):
        each(refusing_three, range(5))


def test_a_cluster_that_was_there_is_left_running(cluster):
    with open_engine("ray"):
        pass
    assert cluster.is_initialized()


def test_a_worker_that_dies_in_mid_run_loses_nothing(cluster, tmp_path):
    """Each value leaves a mark with its worker's process; once both workers have begun, one of them is killed."""

    def slowly(number):
        (tmp_path / f"{number}-{os.getpid()}").touch()
        time.sleep(0.5)
        return number * number

    def kill_one_of_two():
        while not killed:
            marks = sorted(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime_ns)
            if len({path.name.split("-")[1] for path in marks}) == 2:
                victim = int(marks[-1].name.split("-")[1])  # it has only just begun, and is far from done
                os.kill(victim, signal.SIGKILL)
                killed.append(victim)
            time.sleep(0.02)

    killed: list[int] = []
    killer = threading.Thread(target=kill_one_of_two, daemon=True)
    killer.start()
    with open_engine("ray") as each:
        assert each(slowly, range(24)) == [number * number for number in range(24)]
    killer.join(timeout=5)
    assert len(killed) == 1
    begun = [path.name.split("-")[0] for path in tmp_path.iterdir()]
    assert len(begun) > len(set(begun)), "the killed worker's values were begun again"


def run_example(outputs, each):
    """Every file of the example's issue, by name."""
    job = job_for(EXAMPLE, outputs=outputs)
    finished = run(replace(job, store=None), now=NOW, each=each)
    return {path.name: path.read_bytes() for path in sorted(finished.folder.iterdir())}


def test_a_cluster_makes_the_same_bytes(cluster, example_run, tmp_path):
    with open_engine("ray") as each:
        assert run_example(tmp_path, each) == example_run.files


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="finding the workers takes Linux's /proc")
def test_a_cluster_that_loses_a_worker_makes_the_same_bytes(cluster, example_run, tmp_path):
    """Of the processes that Ray starts for the run, the first that has loaded a model is killed."""
    killed: list[int] = []
    over = threading.Event()

    def kill_the_first():
        while not killed and not over.is_set():
            for worker in workers_with_a_model():
                os.kill(worker, signal.SIGKILL)
                killed.append(worker)
                break
            time.sleep(0.02)

    killer = threading.Thread(target=kill_the_first, daemon=True)
    killer.start()
    with open_engine("ray") as each:
        found = run_example(tmp_path, each)
    over.set()
    killer.join(timeout=5)
    assert found == example_run.files
    assert len(killed) == 1


def workers_with_a_model():
    """Process numbers of Ray's workers on this machine that have torch's library open."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "cmdline").read_bytes().startswith(b"ray::") and b"libtorch" in (folder / "maps").read_bytes():
                yield int(folder.name)
        except OSError:
            continue  # it has ended
