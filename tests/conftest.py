"""Fixtures that several files share."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says nothing about the program: machines are busy, and the first one imports scipy.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

os.environ["HF_HUB_OFFLINE"] = "1"  # no test asks a hub for anything

ROOT = Path(__file__).resolve().parents[1]

WORDS = (
    "the a an of in on at to for and is was were has have said says who which that by with from after three people killed"
    " injured ferry tanker collided port closed strike dockers minister storm sea wall levy vote harbour authority osmark"
    " vesk tarvik tuesday friday will stay until rescue service passengers boats company owner denies lane"
).split()


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


@pytest.fixture(scope="session")
def example_issue():
    """The bundled example, built once with the packaged model, as it lies in memory."""
    from digest.collect import collect
    from digest.config import load_config
    from digest.embeddings import load_encoder
    from digest.pipeline import build_brief
    from digest.summarize import load_summarizer

    path = ROOT / "configs" / "example.toml"
    config = load_config(path)
    collection = collect(config.sources, base=path.parent)
    return build_brief(
        collection.articles,
        config=config,
        encoder=load_encoder(config.embeddings),
        summarizer=load_summarizer(config.lines),
        now=datetime(2026, 3, 4, 7, tzinfo=UTC),
        failures=collection.failures,
    )
