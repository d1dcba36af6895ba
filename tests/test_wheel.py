"""The built wheel, installed in an environment of its own, runs with its own templates and configurations.

Its run of the example is another process than the tests', in another time zone, with other hashes of its words: it must
write the same bytes.
"""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.wheel
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The bin folder of a fresh environment with the wheel. The dependencies are ours, by path: the wheel is the test."""
    pytest.importorskip("hatchling", reason="the build backend is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    [wheel] = folder.glob("digest-*.whl")
    venv.create(folder / "venv", with_pip=False)
    site = next((folder / "venv").glob("lib/python*/site-packages"))
    subprocess.run([*pip, "install", "--no-deps", "--target", str(site), str(wheel)], check=True, capture_output=True)
    # The path only, no nested .pth files: the editable install of the working copy stays out.
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return folder / "venv" / "bin" / "python", site


def digest(installed, *arguments, cwd):
    command = [str(installed[0]), "-m", "digest", *map(str, arguments)]
    environment = {**os.environ, "PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"}
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=cwd, env=environment)


def test_the_wheel_holds_templates_configs_and_examples(installed):
    bundled = installed[1] / "digest" / "_bundled"
    assert (bundled / "templates" / "brief.html.j2").is_file()
    assert (bundled / "configs" / "daily.toml").is_file()
    assert (bundled / "examples" / "articles").is_dir()


@pytest.mark.timeout(300)
def test_the_wheel_makes_the_brief_to_the_byte(installed, example_run, tmp_path):
    config = installed[1] / "digest" / "_bundled" / "configs" / "example.toml"
    result = digest(
        installed, "run", config, "--now", "2026-03-04T07:00:00Z", "--outputs", tmp_path / "out", cwd=tmp_path
    )
    assert result.returncode == 0, result.stderr
    folder = tmp_path / "out" / "2026-03-04"
    assert "Strait watch · day 118" in (folder / "brief.md").read_text(encoding="utf-8")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == example_run.files
    checked = digest(installed, "verify", folder, cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout
