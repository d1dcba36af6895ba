"""How long the program takes and what memory it needs, beside what a user could pick instead, in one run.

    python benchmarks/speed.py --out DIR                     # invented articles; some five minutes on two cores
    python benchmarks/speed.py --out DIR --data FILE.jsonl   # articles of yours: text, and perhaps title, outlet, date
    python benchmarks/speed.py --out DIR --parts program,startup --large

Each figure is of a process of its own: its wall time, its processor time (user and system, children included) and its
peak memory. Peers run in turn with ours on the same texts. `docs/speed.md` says what the tables mean.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.measuring import Cost, measure  # noqa: E402
from benchmarks.speed_chart import chart  # noqa: E402

PARTS = ("program", "startup", "encoding", "clustering")
NOW = "2026-03-04T07:00:00Z"
SIZES = (2_000, 20_000)
LARGE = 200_000
_STAGE = re.compile(r"^ *(\d+\.\d) s  (.+)$", re.MULTILINE)
_CONFIG = """[brief]
title = "Speed"
outputs = "outputs"
[window]
since = "hours"
[[sources]]
path = "articles.jsonl"
"""


def main() -> int:
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    found: dict[str, object] = {"date": datetime.now(UTC).date().isoformat(), "machine": _machine()}
    print(f"{found['date']}, {found['machine']}\n")
    with tempfile.TemporaryDirectory() as scratch:
        _run_once(Path(scratch))
        for part in options.parts:
            found[part] = {"program": program, "startup": startup, "encoding": encoding, "clustering": clustering}[
                part
            ](options, Path(scratch))
    (options.out / "speed.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if "program" in found:
        (options.out / "speed.svg").write_text(chart(found["program"]), encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="gets speed.json and speed.svg")
    parser.add_argument("--data", type=Path, help="articles as JSON Lines, instead of invented ones")
    parser.add_argument("--sentences", type=int, default=9_000, help="take articles until they hold so many")
    parser.add_argument("--parts", type=lambda text: text.split(","), default=list(PARTS), help=",".join(PARTS))
    parser.add_argument("--large", action="store_true", help=f"cluster {LARGE:,} statements, too; some minutes more")
    return parser.parse_args()


def _machine() -> str:
    names = re.findall(r"^model name\s*: (.+)$", _read(Path("/proc/cpuinfo")), re.MULTILINE)
    flags = sorted(set(_read(Path("/proc/cpuinfo")).split()) & {"avx2", "avx512f", "avx512_vnni", "avx512_bf16"})
    load = f"load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} x {names[0] if names else platform.processor()} ({', '.join(flags)}), {load}"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _run_once(scratch: Path) -> None:
    """Run everybody on ten short articles, so that none pays for compiling its modules, or reading them first."""
    run = _ten_articles(scratch / "once")
    measure(run)
    script = [sys.executable, str(ROOT / "benchmarks" / "afternoon.py"), str(scratch / "once" / "articles.jsonl")]
    measure([*script, "community"])


def _ten_articles(folder: Path) -> list[str]:
    """Write a configuration of ten short articles, and return the command that makes its brief."""
    from benchmarks.invented import invented_articles

    folder.mkdir()
    rows = [{"title": one.title, "text": one.text[:600], "outlet": one.outlet} for one in invented_articles(10)]
    (folder / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "digest.toml").write_text(_CONFIG, encoding="utf-8")
    return [sys.executable, "-m", "digest", "run", str(folder / "digest.toml"), "--now", NOW, "-v"]


# --- the whole program ------------------------------------------------------------------------------------------------


def program(options: argparse.Namespace, scratch: Path) -> dict[str, object]:
    """A brief from some 9,000 sentences: cold, again with what the first run kept, and by the afternoon script."""
    count, sentences = _write_articles(options, scratch / "articles.jsonl")
    (scratch / "digest.toml").write_text(_CONFIG, encoding="utf-8")
    run = [sys.executable, "-m", "digest", "run", str(scratch / "digest.toml"), "--now", NOW, "-v"]
    script = [sys.executable, str(ROOT / "benchmarks" / "afternoon.py"), str(scratch / "articles.jsonl")]
    costs = {"the afternoon script": measure([*script, "community"])}
    if find_spec("bertopic"):
        costs["the same with BERTopic"] = measure([*script, "bertopic"])
    costs["digest, cold"] = measure(run)
    costs["digest, second run"] = measure(run)
    print(f"## Whole program: {count} articles, {sentences} sentences\n")
    _table(costs, against="the afternoon script")
    if not find_spec("bertopic"):
        print("BERTopic is not installed: not measured.\n")
    stages = {name: _stages(costs[name]) for name in ("digest, cold", "digest, second run")}
    _stage_table(stages)
    return {"articles": count, "sentences": sentences, "costs": _plain(costs), "stages": stages}


def _write_articles(options: argparse.Namespace, path: Path) -> tuple[int, int]:
    """Write articles as JSON Lines until they hold the sentences wanted; return how many articles and sentences."""
    from benchmarks.invented import invented_articles
    from digest.config import StatementsConfig
    from digest.models import Article
    from digest.statements import extract_statements

    if options.data:
        rows = [json.loads(line) for line in options.data.read_text(encoding="utf-8").splitlines()]
    else:
        invented = invented_articles(options.sentences // 10)
        rows = [{"title": one.title, "text": one.text, "outlet": one.outlet} for one in invented]
    taken, sentences = [], 0
    for number, row in enumerate(rows):
        if sentences >= options.sentences:
            break
        title, text = str(row.get("title") or ""), str(row["text"])
        article = Article(id=str(number), title=title, text=text)
        sentences += len(extract_statements(article, StatementsConfig()).statements)
        outlet = str(row.get("outlet") or row.get("source") or f"Outlet {number % 40}")
        address = f"https://outlet.example/{number}"
        taken.append({"title": title, "text": text, "outlet": outlet, "link": address, "published": NOW})
    path.write_text("".join(json.dumps(one) + "\n" for one in taken), encoding="utf-8")
    return len(taken), sentences


def _stages(cost: Cost) -> dict[str, float]:
    return {re.sub(r"\d+ ", "", name): float(seconds) for seconds, name in _STAGE.findall(cost.errors)}


def _stage_table(stages: dict[str, dict[str, float]]) -> None:
    names = list(dict.fromkeys(name for mine in stages.values() for name in mine))
    print("| stage, wall seconds | " + " | ".join(stages) + " |\n|---|" + "---:|" * len(stages))
    for name in names:
        print(f"| {name} | " + " | ".join(f"{mine.get(name, 0.0):.1f}" for mine in stages.values()) + " |")
    print()


# --- start-up ---------------------------------------------------------------------------------------------------------


def startup(options: argparse.Namespace, scratch: Path) -> dict[str, object]:
    """What a run costs before it works: help, and ten short articles with and without kept vectors."""
    run = _ten_articles(scratch / "ten")
    costs = {
        "import sentence_transformers": measure([sys.executable, "-c", "import sentence_transformers"]),
        "digest --help": measure([sys.executable, "-m", "digest", "--help"]),
        "digest run, ten articles": measure(run),
        "the same again": measure(run),
    }
    print("## Start-up\n")
    _table(costs, against="import sentence_transformers")
    return _plain(costs)


# --- encoding and clustering ------------------------------------------------------------------------------------------


def encoding(options: argparse.Namespace, scratch: Path) -> dict[str, object]:
    """Our encoder and the library's `encode` on the same sentences, and the machine's own matrix products."""
    path = scratch / "articles.jsonl"
    if not path.is_file():
        _write_articles(options, path)
    job = [sys.executable, str(ROOT / "benchmarks" / "speed_jobs.py")]
    rates = {name: json.loads(measure([*job, "encode", name, str(path)]).output) for name in ("library", "digest")}
    print(f"## Encoding {rates['digest']['texts']} sentences (loading not counted)\n")
    print("| | sentences/s | of processor time | GFLOP/s | share of the matrix product's |\n|---|---:|---:|---:|---:|")
    for name, rate in rates.items():
        print(
            f"| {name} | {rate['texts'] / rate['wall']:.0f} | {rate['texts'] / rate['cpu']:.0f} "
            f"| {rate['gflops']:.0f} | {rate['gflops'] / rate['matrix_gflops']:.2f} |"
        )
    print()
    return rates


def clustering(options: argparse.Namespace, scratch: Path) -> dict[str, object]:
    """Invented statements into topics, in growing numbers, beside community_detection and BERTopic."""
    job = [sys.executable, str(ROOT / "benchmarks" / "speed_jobs.py")]
    sizes = (*SIZES, LARGE) if options.large else SIZES
    found: dict[str, dict[str, object]] = {}
    print("## Clustering (vectors given; loading libraries and reading the input not counted)\n")
    print("| statements | tool | wall s | processor s | peak MB | topics |\n|---:|---|---:|---:|---:|---:|")
    for size in sizes:
        for name in _clusterers(size):
            cost = measure([*job, "cluster", name, str(size)])
            told = json.loads(cost.output)
            found[f"{name} {size}"] = {**told, "megabytes": cost.megabytes}
            print(
                f"| {size:,} | {name} | {told['wall']:.1f} | {told['cpu']:.1f} | {cost.megabytes:.0f} "
                f"| {told['topics']:,} |",
                flush=True,
            )
    print()
    return found


def _clusterers(size: int) -> Sequence[str]:
    """The peers are asked up to 20,000 statements; BERTopic only where it is installed."""
    if size > max(SIZES):
        return ("digest",)
    return ("digest", "community_detection", *(("BERTopic",) if find_spec("bertopic") else ()))


# --- tables -----------------------------------------------------------------------------------------------------------


def _table(costs: dict[str, Cost], *, against: str) -> None:
    base = costs[against]
    print("| | wall s | ratio | processor s | ratio | peak MB | ratio |\n|---|---:|---:|---:|---:|---:|---:|")
    for name, cost in costs.items():
        cells = ((cost.wall, base.wall, 1), (cost.cpu, base.cpu, 1), (cost.megabytes, base.megabytes, 0))
        print(f"| {name} | " + " | ".join(f"{own:.{d}f} | {own / other:.2f}" for own, other, d in cells) + " |")
    print(flush=True)


def _plain(costs: dict[str, Cost]) -> dict[str, object]:
    return {name: {"wall": one.wall, "cpu": one.cpu, "megabytes": one.megabytes} for name, one in costs.items()}


if __name__ == "__main__":
    sys.exit(main())
