"""The doctor on whole and broken set-ups: each finding says what to do, nothing is sent, no secret is told."""

import json
import socket
import sqlite3
import ssl
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from click.testing import CliRunner

from digest.asking import doctor_model, doctor_setup
from digest.asking.doctor import examine
from digest.asking.doctor_setup import look_at_store
from digest.asking.findings import guarded
from digest.cli import main
from digest.config import Config
from digest.store import Database
from tests.issues import write_small_issue
from tests.mail_server import free_port

NOW = datetime(2026, 3, 4, 7, tzinfo=UTC)
WORD = "correct horse battery"
FEED = """<rss version="2.0"><channel><title>Coast Radio</title><link>https://coastradio.example/</link><description/>
<item><title>Port closed</title><link>https://coastradio.example/1</link><pubDate>{date}</pubDate>
<description>{text}</description></item></channel></rss>"""
TEXT = "The port of Osmark will stay closed until Friday, the harbour authority said on Tuesday. " * 12


@pytest.fixture
def write(tmp_path, tiny_model, monkeypatch):
    """Writes digest.toml and one article; more tables are given as TOML."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.txt").write_text("Port closed\n\n" + TEXT, encoding="utf-8")

    def written(more="", *, model=tiny_model, brief=""):
        text = f'[brief]\n{brief}\n[embeddings]\nmodel = "{model}"\n[[sources]]\npath = "articles"\n{more}'
        (tmp_path / "digest.toml").write_text(text, encoding="utf-8")
        return tmp_path / "digest.toml"

    return written


def looked(path, *, offline=True):
    return list(examine(path, now=NOW, offline=offline))


def of(findings, area, verdict):
    return [finding for finding in findings if (finding.area, finding.verdict) == (area, verdict)]


# --- a whole set-up ---------------------------------------------------------------------------------------------------


def test_a_whole_set_up_passes_and_nothing_is_left_behind(write, tmp_path):
    path = write()
    before = sorted(tmp_path.rglob("*"))
    findings = looked(path)
    assert {finding.verdict for finding in findings} <= {"ok", "skipped", "warning"}
    assert {"program", "configuration", "templates", "outputs", "store", "model", "writer", "sources", "mail"} == {
        finding.area for finding in findings
    }
    assert not [finding for finding in findings if finding.verdict == "warning" and finding.hint is None]
    assert sorted(tmp_path.rglob("*")) == before
    assert of(findings, "sources", "ok")[0].words == "articles: 1 article"


def test_as_a_person_asks(write):
    write()
    said = CliRunner().invoke(main, ["doctor", "--offline"])
    assert said.exit_code == 0
    assert "  ok       articles: 1 article" in said.output
    told = json.loads(CliRunner().invoke(main, ["doctor", "--offline", "--json"]).output)
    assert {finding["verdict"] for finding in told} <= {"ok", "skipped", "warning"}


# --- the configuration ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("brief", "words"),
    [('timezone = "Europe/Olso"', "is not a time zone"), ('titel = "x"', "did you mean 'title'"), ("x", "not valid TOML")],
)  # fmt: skip
def test_a_configuration_that_cannot_be_read_ends_it(write, brief, words):
    write(brief=brief)
    said = CliRunner().invoke(main, ["doctor", "--offline"])
    assert said.exit_code == 1
    assert words in said.output
    assert "model" not in said.output


def test_no_configuration_says_how_to_get_one(tmp_path):
    [finding] = of(looked(tmp_path / "digest.toml"), "configuration", "failed")
    assert "cannot be read" in finding.words
    assert finding.hint


def test_a_section_that_only_its_title_describes_is_a_warning(write):
    more = '[[sections]]\ntitle = "At sea"\nabout = ["collision of ships"]\n[[sections]]\ntitle = "Trade"\n'
    [finding] = of(looked(write(more)), "configuration", "warning")
    assert finding.words == "only its title says what belongs to the section “Trade”"
    assert "about" in finding.hint


def test_a_series_that_begins_later_is_a_warning(write):
    more = '[series]\nname = "Strait watch"\nfirst_day = 2026-03-0{}\n'
    [finding] = of(looked(write(more.format(5))), "configuration", "warning")
    assert finding.words == "the series begins on 2026-03-05, which is to come"
    assert not of(looked(write(more.format(4))), "configuration", "warning")


def test_paths_that_are_not_there_are_named(write, tmp_path):
    write_small_issue(tmp_path / "outputs" / "2026-03-03")
    findings = looked(write('[[sources]]\npath = "artikles"\n[render]\ntemplates = "mine"\n'))
    [path] = of(findings, "sources", "failed")
    assert path.words == "artikles: 0 articles; artikles: there is no such file or folder"
    assert "relative" in path.hint
    assert "mine: is not a folder" in of(findings, "templates", "failed")[0].words


def test_a_folder_with_some_files_that_cannot_be_read_is_a_warning(write, tmp_path):
    for name in "abcd":
        (tmp_path / "articles" / f"{name}.json").write_text("{")
    [folder] = of(looked(write()), "sources", "warning")
    assert folder.words.startswith("articles: 1 article; articles/a.json: is not valid JSON")
    assert folder.words.endswith("; and 1 more")
    assert "d.json" not in folder.words
    assert "the other files are read" in folder.hint


def test_a_template_of_ones_own_is_rendered_and_its_mistake_named(write, tmp_path):
    path = write('[render]\ntemplates = "mine"\nformats = ["md"]\n')
    write_small_issue(tmp_path / "outputs" / "2026-03-03")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "brief.md.j2").write_text("{{ brief.title }}\n{{ brief.colour }}\n")
    [broken] = of(looked(path), "templates", "failed")
    assert broken.words.startswith("brief.md.j2, line 2: ")
    (tmp_path / "mine" / "brief.md.j2").write_text("{{ brief.title }}")
    assert of(looked(path), "templates", "ok")[0].words == f"brief.md renders with {tmp_path / 'mine'}"


def test_a_folder_that_cannot_be_written_to_fails(write, tmp_path, monkeypatch):
    def refused(**arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor_setup.tempfile, "TemporaryFile", refused)
    [finding] = of(looked(write()), "outputs", "failed")
    assert "cannot be written to (Permission denied)" in finding.words


def test_variables_that_a_run_needs_are_missed_by_name(write, monkeypatch):
    more = '[[sources]]\nmailbox = "imaps://me@mail.example/News"\npassword_env = "NEWS_WORD"\n'
    monkeypatch.delenv("NEWS_WORD", raising=False)
    [finding] = of(looked(write(more), offline=False), "sources", "failed")
    assert "NEWS_WORD" in finding.words
    assert "export it" in finding.hint


# --- the store --------------------------------------------------------------------------------------------------------


def store_findings(path):
    return [(one.verdict, one.words.removeprefix(f"{path} ")) for one in look_at_store(path, now=NOW)]


@pytest.fixture
def store(tmp_path):
    """A store that a run has made."""
    Database(tmp_path / "digest.sqlite").close()
    return tmp_path / "digest.sqlite"


def test_a_whole_store_is_counted_and_left_as_it_is(store):
    before = {path.name: path.read_bytes() for path in store.parent.iterdir()}
    assert store_findings(store) == [("ok", f"is whole: 0 articles, 0 issues, {len(before[store.name]) / 1e6:,.1f} MB")]
    assert {path.name: path.read_bytes() for path in store.parent.iterdir()} == before


def test_the_last_issue_is_told(store):
    until = (NOW - timedelta(days=1)).isoformat()
    changed(store, "INSERT INTO issues (series, day, folder, outputs, until, lines, new, updated, running, edits) "
                   f"VALUES ('Strait watch', '2026-03-03', 'x', 'x', '{until}', 0, 0, 0, 0, 0)")  # fmt: skip
    assert store_findings(store)[1:] == [("ok", "the last issue of “Strait watch” is of 2026-03-03")]


@pytest.mark.parametrize(
    ("now", "words"), [(NOW + timedelta(days=9), "9 days ago"), (NOW - timedelta(days=30), "which is still to come")]
)
def test_a_schedule_that_stands_still_and_a_clock_that_goes_wrong_are_told(store, now, words):
    changed(store, "INSERT INTO issues (series, day, folder, outputs, until, lines, new, updated, running, edits) "
                   f"VALUES ('Strait watch', '2026-03-04', 'x', 'x', '{NOW.isoformat()}', 0, 0, 0, 0, 0)")  # fmt: skip
    [_, finding] = look_at_store(store, now=now)
    assert finding.verdict == "warning"
    assert words in finding.words
    assert finding.hint


def test_a_store_that_is_not_there_yet_or_not_wanted_is_no_fault(tmp_path):
    assert store_findings(tmp_path / "new" / "s.sqlite")[-1] == ("ok", "is not there yet; the first run makes it")
    assert not (tmp_path / "new").exists()
    [(verdict, words)] = store_findings(None)
    assert verdict == "warning"
    assert "remember nothing" in words


def changed(store, statement):
    with closing(sqlite3.connect(store)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_store_of_another_program_or_a_later_version_is_refused(store):
    changed(store, "PRAGMA user_version = 99")
    [finding] = look_at_store(store, now=NOW)
    assert finding.verdict == "failed"
    assert "written by another digest (version 99" in finding.words
    changed(store, "PRAGMA application_id = 7")
    [finding] = look_at_store(store, now=NOW)
    assert finding.verdict == "failed"
    assert "is another program's SQLite file" in finding.words


def test_a_damaged_store_says_what_to_do(store):
    changed(store, "INSERT INTO issues (series, day, folder, outputs, until, lines, new, updated, running, edits) "
                   "VALUES ('x', '2026-03-04', 'x', 'x', 'x', 0, 0, 0, 0, 0)")  # fmt: skip
    content = bytearray(store.read_bytes())
    content[4096 * 2 : 4096 * 8] = b"\xa5" * 4096 * 6
    store.write_bytes(content)
    finding = next(look_at_store(store, now=NOW))
    assert finding.verdict == "failed"
    assert "move the file away" in finding.hint
    store.write_bytes(b"not a database at all" * 100)
    [finding] = look_at_store(store, now=NOW)
    assert finding.verdict == "failed"
    assert "not a database" in finding.words


# --- the program and the model ----------------------------------------------------------------------------------------


def test_a_model_that_is_not_there_says_what_to_set(write):
    [finding] = of(looked(write(model="no/such/model")), "model", "failed")
    assert "no/such/model: is no folder here" in finding.words
    assert "embeddings.model" in finding.hint


class Fixed:
    """An encoder that gives the same rows whatever it is asked."""

    def __init__(self, *rows):
        self.rows = np.array(rows, dtype=np.float32)

    def encode(self, texts):
        return self.rows


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        (([1, 0], [1, 0], [0, 1]), "ok"),
        (([1, 0], [0, 1], [1, 0]), "warning"),
        (([2, 0], [2, 0], [0, 2]), "failed"),
        (([1, 0], [np.nan, 0], [0, 1]), "failed"),
        (([1, 0],), "failed"),
    ],
)
def test_vectors_that_are_none_or_tell_nothing_apart_are_seen(rows, verdict):
    assert doctor_model.look_at_vectors(Fixed(*rows)).verdict == verdict


def test_the_packaged_model_passes(tmp_path):
    found = list(doctor_model.look_at_model(Config()))
    assert [finding.verdict for finding in found][:2] == ["ok", "ok"]
    assert "checksum is the published one" in found[0].words
    assert "384 dimensions" in found[1].words


def test_the_device_is_told_with_its_reason(tmp_path):
    look = doctor_model.look_at_device
    assert look("cpu", "cpu").words == "runs on cpu, as embeddings.device asks"
    assert look("auto", "cuda").words.startswith("runs on cuda, the fastest")
    assert look("auto", "cpu", gpu=tmp_path / "none").verdict == "ok"
    unused = look("auto", "cpu", gpu=tmp_path)
    assert unused.verdict == "warning"
    assert "there is an NVIDIA GPU" in unused.words
    assert "torch" in unused.hint


def test_a_writer_says_what_it_needs(tmp_path, free_port):
    def found(**lines):
        config = Config.model_validate({"lines": lines})
        return list(guarded("writer", lambda: doctor_model.look_at_writer(config, offline=False)))

    assert found()[0].verdict == "ok"
    (tmp_path / "config.json").write_text("{}")
    assert found(writer="transformers", model=str(tmp_path))[0].verdict == "ok"
    (tmp_path / "config.json").unlink()
    assert found(writer="transformers", model=str(tmp_path))[0].verdict == "failed"
    assert found(writer="transformers", model="some/name")[0].verdict == "warning"
    endpoint = {"writer": "endpoint", "model": "m", "url": f"http://127.0.0.1:{free_port}/v1"}
    assert "cannot be reached" in found(**endpoint)[0].words
    assert "is not set" in found(**endpoint, api_key_env="NO_SUCH_KEY")[0].words
    with closing(socket.create_server(("127.0.0.1", free_port))):
        assert found(**endpoint)[0].verdict == "ok"


def test_an_error_nobody_expected_is_a_finding_too():
    def broken():
        raise RuntimeError("the third party is gone")
        yield

    [finding] = guarded("model", broken)
    assert (finding.verdict, finding.words) == ("failed", "RuntimeError: the third party is gone")


# --- sources ----------------------------------------------------------------------------------------------------------


@pytest.fixture(name="free_port")
def a_free_port():
    return free_port()


@pytest.fixture
def site():
    """A server with a good feed, an old one, and nothing else."""
    dates = {"/good": "Wed, 04 Mar 2026 06:00:00 GMT", "/old": "Wed, 01 Oct 2025 06:00:00 GMT"}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            date = dates.get(self.path)
            body = FEED.format(date=date, text=TEXT).encode() if date else b""
            self.send_response(200 if date else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_each_feed_is_told_by_itself(write, site, free_port):
    places = {
        "Good": f"{site}/good",
        "Old": f"{site}/old",
        "Gone": f"{site}/gone",
        "Shut": f"http://127.0.0.1:{free_port}",
    }
    feeds = "".join(f'[[sources]]\nfeed = "{url}"\nname = "{name}"\nlocal = true\n' for name, url in places.items())
    path = write(feeds + "[collect]\nretries = 0\ndelay = 0\n")
    findings = [one for one in looked(path, offline=False) if one.area == "sources"]
    told = {one.words.partition(":")[0]: one for one in findings}
    assert {name: one.verdict for name, one in told.items()} == {
        "articles": "ok", "Good": "ok", "Old": "warning", "Gone": "failed", "Shut": "failed",
    }  # fmt: skip
    assert "404" in told["Gone"].words
    assert "new address" in told["Gone"].hint
    assert "refuses the connection" in told["Shut"].words
    offline = [one for one in looked(path) if one.area == "sources"]
    assert [one.verdict for one in offline] == ["ok"] + ["skipped"] * 4


# --- mail -------------------------------------------------------------------------------------------------------------


class Server(SMTP):
    def __init__(self, handler, **more):
        super().__init__(handler, **more, authenticator=self.check)

    def check(self, server, session, envelope, mechanism, auth):
        return AuthResult(success=auth.password == WORD.encode(), handled=False)


class Taken:
    """Notes every address and text that it is given."""

    def __init__(self):
        self.given = []

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        self.given.append(address)
        return "250 OK"


@pytest.fixture
def mail_server(tmp_path, free_port):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    handler = Taken()

    class Listening(Controller):
        def factory(self):
            return Server(handler, hostname="mail.test", tls_context=context, require_starttls=True)

    controller = Listening(handler, hostname="127.0.0.1", port=free_port)
    controller.start()
    handler.port = free_port
    yield handler
    controller.stop()


def mail_table(port, **more):
    table = {
        "from": "brief@watch.example", "host": "127.0.0.1", "port": port, "username": "brief", "timeout": 5,
        "password_env": "BRIEF_WORD", "ca_file": "ca.pem", **more,
    }  # fmt: skip
    return '[mail]\nto = ["you@example.org"]\n' + "".join(
        f"{key} = {json.dumps(value)}\n" for key, value in table.items() if value is not None
    )


def mail_findings(path, *, offline=False):
    return [finding for finding in looked(path, offline=offline) if finding.area == "mail"]


def test_a_mail_table_without_a_server_is_a_warning(write):
    [found] = mail_findings(write(mail_table(None, host=None)))
    assert (found.verdict, found.words) == ("warning", "mail.host names no server")


def test_the_mail_server_lets_us_in_and_gets_nothing(write, mail_server, monkeypatch):
    monkeypatch.setenv("BRIEF_WORD", WORD)
    path = write(mail_table(mail_server.port))
    password, server = mail_findings(path)
    assert password.words == "the password is in the environment variable BRIEF_WORD"
    assert server.verdict == "ok"
    assert "TLSv1.3 with a certificate we trust, and takes the login; no mail was sent" in server.words
    assert mail_server.given == []
    assert mail_findings(path, offline=True)[-1].verdict == "skipped"


@pytest.mark.parametrize(
    ("word", "more", "words"),
    [
        (None, {}, "mail.password_env BRIEF_WORD: is not set"),
        ("wrong and long", {}, "does not take the login"),
        (WORD, {"ca_file": None}, "has no certificate we trust"),
        (WORD, {"security": "ssl"}, "does not speak TLS as asked"),
        (WORD, {"password_env": None, "secrets_file": "open"}, "can be read by every user"),
        (WORD, {"ca_file": "none.pem"}, "holds no certificate"),
    ],
)
def test_what_keeps_us_out_is_said_without_the_password(write, mail_server, monkeypatch, tmp_path, word, more, words):
    if word is None:
        monkeypatch.delenv("BRIEF_WORD", raising=False)
    else:
        monkeypatch.setenv("BRIEF_WORD", word)
    (tmp_path / "open").write_text(WORD)
    (tmp_path / "open").chmod(0o644)
    write(mail_table(mail_server.port, **more))
    said = CliRunner().invoke(main, ["doctor", "--json"])
    assert said.exit_code == 1
    [finding] = [one for one in json.loads(said.output) if one["verdict"] == "failed"]
    assert finding["area"] == "mail"
    assert words in finding["words"]
    assert finding["hint"] or "certificate" in words
    assert (word or WORD) not in said.output


def test_no_server_there_is_said(write, free_port, monkeypatch, tmp_path):
    monkeypatch.setenv("BRIEF_WORD", WORD)
    trustme.CA().cert_pem.write_to_path(tmp_path / "ca.pem")
    *_, finding = mail_findings(write(mail_table(free_port)))
    assert finding.verdict == "failed"
    assert "cannot be reached" in finding.words


def test_a_server_that_repeats_the_password_does_not_bring_it_out(write, free_port, monkeypatch):
    monkeypatch.setenv("BRIEF_WORD", WORD)

    def answer_rudely(listening):
        with closing(listening.accept()[0]) as connection:
            connection.sendall(f"554 go away, {WORD}\r\n".encode())

    with closing(socket.create_server(("127.0.0.1", free_port))) as listening:
        thread = threading.Thread(target=answer_rudely, args=(listening,))
        thread.start()
        *_, finding = mail_findings(write(mail_table(free_port, ca_file=None)))
        thread.join()
    assert "go away, …" in finding.words
