"""Fixtures that several files share."""

import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says nothing about the program: machines are busy, and the first one imports much.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

os.environ["HF_HUB_OFFLINE"] = "1"  # no test asks a hub for anything

ROOT = Path(__file__).resolve().parents[1]

WORDS = (
    "the a an of in on at to for and is was were has have said says who which that by with from after three people killed"
    " injured ferry tanker collided port closed strike dockers minister storm sea wall levy vote harbour authority osmark"
    " vesk tarvik tuesday friday will stay until rescue service passengers boats company owner denies lane"
).split()


# Files that share what takes long to make: each group is one worker's. They come first, the longest before the others,
# so that no worker is left alone with one at the end.
TOGETHER = (
    (
        "engines/test_ray_engine.py", "test_wheel.py", "test_offline.py", "test_example.py",
        "quality/test_example_quality.py", "asking/test_why.py",
    ),
    ("test_every_page.py", "test_html_page.py", "deliver/test_archive.py", "deliver/test_mail_message.py"),
    ("store/test_killed_runs.py",),
    ("test_html_valid.py",),
)  # fmt: skip
PLACE = {f"tests/{file}": place for place, files in enumerate(TOGETHER) for file in files}


def pytest_collection_modifyitems(items):
    items.sort(key=lambda one: PLACE.get(one.nodeid.split("::")[0], len(TOGETHER)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """A worker gets a whole file, or a whole group of files, at a time."""
    from xdist.scheduler import LoadScopeScheduling

    class ByGroup(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.split("::")[0]
            return str(PLACE.get(file, file))

    return ByGroup(config, log)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    """A folder with a sentence-transformers model of one small layer and a vocabulary of a few words."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny") / "bert"
    folder.mkdir()
    letters = [*"abcdefghijklmnopqrstuvwxyz0123456789.,;:!?-'“”’"]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS, *letters, *(f"##{letter}" for letter in letters)]
    (folder / "vocab.txt").write_text("\n".join(dict.fromkeys(pieces)), encoding="utf-8")
    tokenizer = BertTokenizerFast(vocab=str(folder / "vocab.txt"))
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64
    )
    BertModel(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    transformer = Transformer(str(folder), max_seq_length=64)
    model = SentenceTransformer(modules=[transformer, Pooling(32)], device="cpu")
    target = folder.parent / "model"
    model.save(str(target))
    return target


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleRun:
    """The bundled example as a run writes it, and what the run did with sockets, of which it should open none."""

    folder: Path
    sockets: tuple[str, ...]

    @property
    def files(self):
        return {path.name: path.read_bytes() for path in sorted(self.folder.iterdir())}


@pytest.fixture(scope="session")
def example_run(tmp_path_factory):
    """One run of the bundled example with the packaged model, in this process, cut off from any network."""
    from digest.job import job_for, run

    opened = []

    def forbidden(*arguments, **more):
        opened.append(str(arguments))
        raise AssertionError(f"a socket was opened: {arguments}")

    job = job_for(ROOT / "configs" / "example.toml", outputs=tmp_path_factory.mktemp("example"))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, forbidden)
        for name in ("getaddrinfo", "create_connection", "gethostbyname"):
            patch.setattr(socket, name, forbidden)
        finished = run(job, now=datetime(2026, 3, 4, 7, tzinfo=UTC))
    return ExampleRun(folder=finished.folder, sockets=tuple(opened))


@pytest.fixture(scope="session")
def example_issue(example_run):
    """The bundled example as it is read back from its folder."""
    from digest.deliver.outputs import read_issue
    from digest.pipeline import Issue

    issue = read_issue(example_run.folder)
    return Issue(brief=issue.brief, articles=issue.articles(), trace=issue.trace())
