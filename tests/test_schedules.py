"""The files and documents on schedules: they parse, they do what they say, and every command in them is one."""

import configparser
import re
import shlex
import shutil
import stat
import subprocess
from pathlib import Path

import click
import pytest

from digest.cli import main
from digest.cli.console import errors_as_messages
from digest.errors import DigestError, NothingNewError

ROOT = Path(__file__).resolve().parent.parent
SCHEDULES = ROOT / "docs" / "schedules"
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "configs").glob("*.*"))]


# --- commands in documents ----------------------------------------------------------------------------------------------


def commands_in(text):
    """The digest commands of a script, a unit or the fenced blocks of a document: lists of their words."""
    for line in text.splitlines():
        shell = re.split(r"\s#\s|\s\s+#", line)[0]
        for part in re.split(r"\|\||&&|[;|]|\s>\S*|(?<=unless_nothing_new)\s", shell):
            found = re.search(r"(?:^|[\s=/])digest\s+([a-z][\w-]*\b.*)", part.strip())
            if found:
                yield shlex.split(found[1])


def fenced(document):
    """What stands in the document's blocks of shell: those of no language, or of a shell's."""
    kept, language = [], None
    for line in document.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            language = line[3:].strip() if language is None else None
        elif language in ("", "sh", "bash", "console"):
            kept.append(line)
    return "\n".join(kept)


def parsed(arguments, *, whole=True):
    """Parse a command line as click would, without running it. What is only a command's name may lack arguments."""
    command, context = main, click.Context(main, info_name="digest")
    rest = list(arguments)
    while isinstance(command, click.Group):
        name, command, rest = command.resolve_command(context, rest)
        context = click.Context(command, info_name=name, parent=context)
        if not rest and isinstance(command, click.Group):
            return
    try:
        command.make_context(name, rest, parent=context)
    except click.exceptions.Exit:
        pass  # --help
    except (click.MissingParameter, click.BadOptionUsage):  # an option without its value; one that is none is another
        if whole:
            raise


@pytest.mark.parametrize("path", DOCUMENTS + sorted(SCHEDULES.iterdir()), ids=lambda path: path.name)
def test_every_command_that_is_shown_is_one(path):
    shown = fenced(path) if path.suffix == ".md" else path.read_text(encoding="utf-8")
    for arguments in commands_in(shown):
        try:
            parsed(arguments)
        except click.UsageError as error:
            pytest.fail(f"{path.name}: digest {shlex.join(arguments)}: {error.format_message()}")


def test_every_command_that_is_named_in_prose_is_one():
    paths = [*DOCUMENTS, *sorted((ROOT / "digest").rglob("*.py"))]
    prose = [
        (path, named) for path in paths for named in re.findall(r"`digest ([a-z][^`&|]*)", path.read_text("utf-8"))
    ]
    assert len(prose) > 20
    for path, named in prose:
        try:
            parsed(shlex.split(named.replace("…", " ")), whole=False)
        except click.UsageError as error:
            pytest.fail(f"{path.name}: `digest {named}`: {error.format_message()}")


def test_a_command_that_is_none_would_be_seen():
    assert list(commands_in("30 6 * * * cd x && .venv/bin/digest run a.toml --quiet >/dev/null  # why")) == [
        ["run", "a.toml", "--quiet"]
    ]
    assert list(commands_in("unless_nothing_new digest send a.toml || exit")) == [["send", "a.toml"]]
    for wrong in (
        ["frobnicate"],
        ["run", "a.toml", "--no-such"],
        ["replay"],
        ["sources", "frob"],
        ["run", "a", "--now", "x"],
    ):
        with pytest.raises(click.UsageError):
            parsed(wrong)
    parsed(["run"], whole=False)
    parsed(["sources"])


def test_the_schedules_hold_the_commands_they_are_for():
    found = {path.name: [words[0] for words in commands_in(path.read_text())] for path in SCHEDULES.iterdir()}
    assert found == {
        "crontab": ["prune", "doctor"],
        "digest.service": ["run", "archive", "send"],
        "digest.timer": [],
        "github-workflow.yml": ["run", "archive", "send"],
        "morning.sh": ["run", "archive", "send"],
    }


# --- the script -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def briefs(tmp_path):
    """A folder with a `digest` that notes what it is asked, and answers with the exit codes it is given."""
    program = tmp_path / ".venv" / "bin" / "digest"
    program.parent.mkdir(parents=True)
    program.write_text(
        '#!/bin/sh\necho "$@" >> asked\necho said\n[ -f "code-$1" ] && exit "$(cat "code-$1")"\nexit 0\n'
    )
    program.chmod(0o755)
    return tmp_path


def morning(briefs, **codes):
    for command, code in codes.items():
        (briefs / f"code-{command}").write_text(str(code))
    done = subprocess.run(
        [SCHEDULES / "morning.sh", briefs], capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"}
    )
    return done, [line.split()[0] for line in (briefs / "asked").read_text().splitlines()]


@pytest.mark.skipif(shutil.which("sh") is None, reason="no shell")
@pytest.mark.parametrize(
    ("codes", "code", "asked"),
    [
        ({}, 0, ["run", "archive", "send"]),
        ({"run": 3, "send": 3}, 0, ["run", "archive", "send"]),
        ({"run": 1}, 1, ["run"]),
        ({"run": 2}, 2, ["run"]),
        ({"run": 3, "send": 1}, 1, ["run", "archive", "send"]),
        ({"archive": 1}, 1, ["run", "archive", "send"]),
    ],
)
def test_the_script_takes_nothing_new_for_what_it_is(briefs, codes, code, asked):
    done, found = morning(briefs, **codes)
    assert (done.returncode, found) == (code, asked)
    assert done.stderr == ""


def test_the_script_can_be_run():
    assert (SCHEDULES / "morning.sh").stat().st_mode & stat.S_IXUSR


def test_the_snippet_of_the_document_takes_three_for_fine():
    snippet = [line for line in fenced(ROOT / "docs" / "schedules.md").splitlines() if "-eq 3" in line]
    assert len(snippet) == 2
    for code, fine in ((0, True), (3, True), (1, False), (2, False)):
        script = f"digest() {{ return {code}; }}\n{snippet[0]}\n"
        assert (subprocess.run(["sh", "-c", script], check=False).returncode == 0) is fine


def test_quietly_nothing_new_is_only_an_exit_code(capsys):
    def run(*, quiet):
        with errors_as_messages(quiet=quiet):
            raise NothingNewError("Mine", "nothing new")

    with pytest.raises(SystemExit) as quietly:
        run(quiet=True)
    assert quietly.value.code == 3
    assert capsys.readouterr() == ("", "")
    with pytest.raises(click.ClickException) as aloud:
        run(quiet=False)
    assert aloud.value.exit_code == 3
    with pytest.raises(click.ClickException), errors_as_messages(quiet=True):
        raise DigestError("Mine", "is wrong")


# --- systemd --------------------------------------------------------------------------------------------------------------


def unit(name):
    """A unit's keys; one that stands several times (ExecStart) keeps its last value."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(SCHEDULES / name, encoding="utf-8")
    return parser


def test_the_units_say_what_the_document_says():
    service, timer = unit("digest.service"), unit("digest.timer")
    assert service["Service"]["Type"] == "oneshot"  # several ExecStart lines, one after the other
    assert service["Service"]["SuccessExitStatus"] == "3"
    assert (service["Service"]["Restart"], service["Service"]["RestartPreventExitStatus"]) == ("on-failure", "2")
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze: apt-get install systemd")
def test_systemd_takes_the_units(tmp_path, briefs):
    units = tmp_path / "units"
    units.mkdir()
    for name in ("digest.service", "digest.timer"):
        text = (SCHEDULES / name).read_text(encoding="utf-8")
        (units / name).write_text(text.replace("%h/briefs", str(briefs)), encoding="utf-8")
    found = verified(units / "digest.timer")
    assert (found.returncode, found.stderr) == (0, "")
    (units / "digest.service").write_text((units / "digest.service").read_text() + "\nNoSuchKey=1\n")
    assert "NoSuchKey" in verified(units / "digest.timer").stderr


def verified(path):
    environment = {"PATH": "/usr/bin:/bin", "SYSTEMD_LOG_LEVEL": "warning"}
    command = ["systemd-analyze", "verify", "--man=no", path]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


# --- CI -------------------------------------------------------------------------------------------------------------------


def test_the_workflow_is_yaml_and_keeps_what_runs_remember():
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    workflow = yaml.safe_load((SCHEDULES / "github-workflow.yml").read_text(encoding="utf-8"))
    when = workflow[True]  # YAML's word for "on"
    assert re.fullmatch(r"\d+ \d+ \* \* \*", when["schedule"][0]["cron"])
    assert workflow["concurrency"]["cancel-in-progress"] is False
    steps = workflow["jobs"]["brief"]["steps"]
    restore, save = (next(one for one in steps if part in one.get("uses", "")) for part in ("restore", "save"))
    assert restore["with"]["path"] == save["with"]["path"] == "digest.sqlite\noutputs\n"
    assert save["if"] == "always()"
    runs = [one["run"] for one in steps if "run" in one]
    assert [("-eq 3" in run) for run in runs] == [False, True, False, True]
    assert set(re.findall(r"secrets\.(\w+)", str(workflow))) == {"BRIEF_PASSWORD"}
