"""A run over local files opens no socket and gives the same bytes in every process."""

import os
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.job import job_for, run

CONFIG = Path(__file__).resolve().parents[1] / "configs" / "example.toml"
NOW = "2026-03-04T07:00:00Z"


def test_no_socket_is_opened(tmp_path, monkeypatch):
    def forbidden(*arguments, **more):
        raise AssertionError(f"a socket was opened: {arguments}")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, forbidden)
    for name in ("getaddrinfo", "create_connection", "gethostbyname"):
        monkeypatch.setattr(socket, name, forbidden)
    finished = run(job_for(CONFIG, outputs=tmp_path), now=datetime.fromisoformat(NOW).astimezone(UTC))
    assert finished.brief.ledger.lines > 0


@pytest.mark.timeout(300)
def test_two_processes_write_the_same_bytes(tmp_path):
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "digest", "run", str(CONFIG), "--now", NOW, "--outputs", tmp_path / seed]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "2" else "UTC"}
        subprocess.run(command, check=True, capture_output=True, env=environment)
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / s / "2026-03-04").iterdir()} for s in "12")
    assert first == second
