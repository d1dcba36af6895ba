"""The store's file: made once, and every fault of it named with what to do."""

import sqlite3
import subprocess
import sys

import pytest

from digest.errors import StoreError
from digest.store import Database, database
from digest.store.lock import one_run
from digest.store.schema import APPLICATION_ID, VERSION


@pytest.fixture
def path(tmp_path):
    return tmp_path / "memory" / "digest.sqlite"


def test_it_is_made_in_wal_mode_and_opened_again(path):
    with Database(path) as made:
        made.change("INSERT INTO sources (source, reading, read) VALUES ('a', 1, 'x')")
    with Database(path) as again:
        assert again.rows("PRAGMA journal_mode") == [("wal",)]
        assert again.rows("PRAGMA user_version") == [(VERSION,)]
        assert again.rows("PRAGMA application_id") == [(APPLICATION_ID,)]
        assert again.rows("SELECT source FROM sources") == [("a",)]


@pytest.mark.parametrize("version", [VERSION - 1, VERSION + 1])
@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_of_another_version_is_left_alone(path, version, read_only):
    with Database(path) as made:
        made.change(f"PRAGMA user_version={version}")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=f"another digest.*version {version}") as caught:
        Database(path, read_only=read_only)
    assert "update digest" in caught.value.hint
    assert path.read_bytes() == before


def test_another_programs_file_is_left_alone(path):
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmarks (url)")
    other.close()
    with pytest.raises(StoreError, match="another program's"):
        Database(path)


@pytest.mark.parametrize("damage", [lambda content: b"no database at all " * 500, lambda content: content[:3000]])
def test_a_damaged_file_is_named_with_what_to_do(path, damage):
    with Database(path) as made:
        made.change("INSERT INTO sources (source, reading, read) VALUES ('a', 1, 'x')")
    path.write_bytes(damage(path.read_bytes()))
    with (
        pytest.raises(StoreError, match=r"digest\.sqlite: cannot be used as the store") as caught,
        Database(path) as it,
    ):
        it.rows("SELECT * FROM sources")
    assert "move the file away" in caught.value.hint


def test_a_file_that_another_program_holds_is_named(path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    Database(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with (
        pytest.raises(StoreError, match="locked") as caught, Database(path) as opened, opened.transaction()
    ):  # fmt: skip
        pytest.fail("two cannot write at once")
    assert "close it" in caught.value.hint
    other.close()


def test_a_folder_that_may_not_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be used as the store"):
        Database(tmp_path / "file" / "digest.sqlite")


def test_what_is_only_read_is_left_as_it_is(path):
    Database(path).close()
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    with Database(path, read_only=True) as opened:
        assert opened.rows("SELECT count(*) FROM issues") == [(0,)]
        with pytest.raises(StoreError, match="readonly"):
            opened.change("DELETE FROM issues")
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before
    with pytest.raises(StoreError, match="unable to open"):
        Database(path.with_name("none.sqlite"), read_only=True)
    assert not path.with_name("none.sqlite").exists()


def test_a_transaction_is_all_or_nothing(path):
    def change_and_fail(opened):
        with opened.transaction():
            opened.change("INSERT INTO sources (source, reading, read) VALUES ('a', 1, 'x')")
            raise ZeroDivisionError

    with Database(path) as opened:
        with pytest.raises(ZeroDivisionError):
            change_and_fail(opened)
        assert opened.rows("SELECT * FROM sources") == []


def test_a_full_disk_is_named_and_undoes_the_whole(path):
    def fill(opened):
        with opened.transaction():
            for number in range(100):
                values = (str(number), 1, "x" * 4000)
                opened.change("INSERT INTO sources (source, reading, read) VALUES (?, ?, ?)", values)

    with Database(path) as opened:
        opened.rows(f"PRAGMA max_page_count = {opened.rows('PRAGMA page_count')[0][0] + 8}")
        with pytest.raises(StoreError, match="is full") as raised:
            fill(opened)
        assert "make room on the disk" in raised.value.hint
        assert opened.rows("SELECT * FROM sources") == []


def test_one_run_at_a_time(path):
    code = (
        "import sys\nfrom pathlib import Path\nfrom digest.store.lock import one_run\n"
        "with one_run(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match=f"another run is at work .process {other.pid}.") as caught, one_run(path):
            pytest.fail("two runs at once")
        assert "wait" in caught.value.hint
        other.kill()
        other.wait()
        with one_run(path):  # the dead hold nothing
            pass


def test_where_nothing_is_remembered_nothing_is_locked():
    with one_run(None), one_run(None):
        pass
