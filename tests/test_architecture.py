"""The import rule of docs/design.md: layers, no cycles, nothing heavy at module level."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "digest"

LAYERS = [
    {"counting", "errors", "invalid", "models", "retry_after"},
    {"config", "contract", "devices", "engines", "hub", "jsonl", "trace"},
    {"language"},
    # Stages: values in, values out; none knows another.
    {
        "collect", "compose", "copies", "deliver", "differences", "embeddings", "origins", "rank", "render", "sections",
        "statements", "store", "summarize", "titles", "topics", "updates", "verify", "window",
    },
    {"letters", "memory", "places", "steps"},
    {"pipeline", "job", "compare", "pages", "publish", "remembered", "send", "subscriptions"},
    {"asking"},
    {"cli"},
    {"__main__"},
]  # fmt: skip
WITHIN = {  # the few edges inside a layer, each with its reason
    ("compose", "sections"): "the catch-all's index",
    ("verify", "updates"): "and so is the reading of what has changed",
    ("verify", "summarize"): "the support check is one function, run when a line is written and when it is verified",
    ("job", "pipeline"): "a job is the pipeline with files around it",
    ("compare", "job"): "a comparison reads the sources of a job",
    ("compare", "pipeline"): "and lets several writers into the pipeline in the place of one",
}
HEAVY = {"torch", "transformers", "sentence_transformers", "sklearn", "scipy", "trafilatura", "pydantic_core"}


def modules():
    return sorted(PACKAGE.rglob("*.py"))


def part(path):
    """The package's part that a file belongs to: `digest/topics/judge.py` is of `topics`."""
    relative = path.relative_to(PACKAGE).with_suffix("")
    return relative.parts[0]


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path, *, top_level_only):
    tree = parsed(path)
    nodes = tree.body if top_level_only else list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} uses a relative import"
            yield node.module


def edges():
    for path in modules():
        for name in imports(path, top_level_only=False):
            bits = name.split(".")
            if bits[0] == "digest" and len(bits) > 1 and bits[1] != part(path):
                yield part(path), bits[1], path.name


def level(name):
    return next(index for index, layer in enumerate(LAYERS) if name in layer)


def test_every_part_has_a_layer():
    known = set().union(*LAYERS) | {"__init__", "_bundled"}
    assert {part(path) for path in modules()} <= known


def test_every_part_stands_on_the_map():
    told = (PACKAGE.parent / "docs" / "design.md").read_text(encoding="utf-8")
    parts = {f"{part(path)}{'/' if path.parent != PACKAGE else '.py'}" for path in modules()}
    assert sorted(name for name in parts if not name.startswith("_") and f"`{name}`" not in told) == []


def test_imports_point_down():
    found = sorted(edge for edge in set(edges()) if edge[0] != "__init__" and edge[:2] not in WITHIN)
    upward = [f"{where}: {user} must not import {used}" for user, used, where in found if level(used) >= level(user)]
    assert upward == []


def test_no_import_cycle_between_modules():
    graph = {}
    for path in modules():
        name = ".".join(("digest", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        graph[name] = {used for used in imports(path, top_level_only=True) if used.startswith("digest.")} - {name}
    seen, done = [], set()

    def visit(node):
        assert node not in seen, " -> ".join([*seen[seen.index(node) :], node])
        if node in done:
            return
        seen.append(node)
        for used in sorted(graph.get(node, ())):
            visit(used)
        seen.pop()
        done.add(node)

    for node in sorted(graph):
        visit(node)


def test_nothing_heavy_at_module_level():
    every = [(path.name, name) for path in modules() for name in imports(path, top_level_only=True)]
    assert [(file, name) for file, name in every if name.split(".")[0] in HEAVY] == []


def test_only_the_command_line_prints():
    calls = [
        (path, node.func)
        for path in modules()
        if part(path) != "cli"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
    ]
    assert [path.name for path, called in calls if isinstance(called, ast.Name) and called.id == "print"] == []


def test_help_answers_at_once():
    """Processor time, best of three: the machine may be busy, the program may not be slow."""
    code = (
        "import sys, time\n"
        "from digest.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "print(time.process_time(), *sys.modules, file=sys.stderr)"
    )
    runs = [subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True) for _ in range(3)]
    assert min(float(run.stderr.split()[0]) for run in runs) < 0.3
    assert not {name.split(".")[0] for name in runs[0].stderr.split()} & (
        HEAVY | {"pydantic", "numpy", "jinja2", "rich"}
    )
