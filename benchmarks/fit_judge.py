"""Fit the judges of digest/topics and count how common words are; writes their JSON files.

    python benchmarks/fit_judge.py --data DIR [--cache FILE.npz] [--cross-validate]

DIR holds ecbplus_sentences.jsonl, ecbplus_docs.jsonl, neus_docs.jsonl and sentence_pairs.jsonl, and
faithfulness_news.jsonl for the word counts. Only the fit_*.py scripts need scikit-learn. Three judges come out (the
fourth, of facts, is fitted by fit_facts.py):

judge.json          two statements beside their articles: pairs of ECB+ sentences, same when they tell one event
judge_pairs.json    how close two sentences are, whatever they are about: scored pairs of STS, SICK and MSRP
judge_stories.json  two articles: ECB+ by subtopic, and NeuS by cluster inside one week, each week once undated and
                    once with days blurred by one, since the date there is the round-up's and too good to be true;
                    and mornings made of both, in which most articles stand alone and many are a teaser, as in feeds,
                    or all are that are not long

With --cross-validate it prints B-cubed F1 of clusters of rows that the fit did not see (threefold, ECB+ grouped by
topic, NeuS by week), each kind of sample for itself, and AUC of pairs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run from a checkout

from benchmarks.tools import Tools, vectors_of_articles
from digest.language.words import content_stems
from digest.models import Article, Statement
from digest.topics.arrays import Pairs
from digest.topics.cluster import cluster_rows
from digest.topics.features import ALONE_FEATURES, FEATURES, Evidence, pair_features, read
from digest.topics.judge import PAIRS, STATEMENTS, STORIES, judge_from
from digest.topics.neighbours import all_pairs, nearest, pairs_of
from digest.topics.statements import LINK_SHARE, evidence_for
from digest.topics.stories import STORY_FEATURES, StoryComparison
from digest.topics.texts import products

FOLDS = 3
# Chosen by cross-validation among depths 3 to 6, 40 to 150 trees; the differences were within a hundredth.
TREES, DEPTH, RATE, LEAF = 60, 4, 0.12, 60
# Pairs this far apart are never judged in a run: neither near as statements nor beside near articles.
FAR, FAR_ARTICLES, NEAR = 0.15, 0.3, 0.45
COMMON = 6  # texts a word must occur in to be listed in rarity.json
# In the rows every article has company. In a morning's feeds most have none, and the nearest of them is no nearer for
# it; so mornings are made: of this share of stories one article is kept, of others two to four, and this share of texts
# is cut to a teaser of so many characters.
MORNINGS, MORNING_ARTICLES = 12, (20, 260)
ALONE, TEASERS, TEASER_CHARACTERS = 0.75, 0.6, (80, 300)
# Beside teasers long articles look alike, whatever they tell, and hardly one of those mornings has two: so some are
# made of teasers, in any share, and articles of so many characters, as a feed of whole texts among others gives. Twelve
# of them left a second set of mornings, not fitted, a hundredth lower (docs/judge.md).
LONG_MORNINGS, LONG = 24, 1100
# Log-odds added so that 0.5 is the threshold at which cross-validated clusters are best.
SHIFT = {STATEMENTS: 0.75, PAIRS: 0.0, STORIES: -0.2}


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Pairs of rows that are clustered together, their features, whether they belong together, and their weight.

    `truth` holds the rows' labels (None for pairs that are scored alone), `fold` the fold that leaves them out,
    `kind` whose scores are read together.
    """

    pairs: Pairs
    features: np.ndarray
    same: np.ndarray
    weight: np.ndarray
    truth: np.ndarray | None
    fold: int
    proposed: Pairs | None = None
    kind: str = ""


Encode = Callable[[Sequence[str]], np.ndarray]
Row = dict[str, Any]
Choose = Callable[[Sequence[Sequence[Row]], np.random.RandomState], list[Row]]  # of each story, what a morning has


def rows_of(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def article_of(row: Row) -> Article:
    return Article(id=row["doc_id"], title=row.get("title") or "", text=row["text"])


def statement_of(row: Row, number: int) -> Statement:
    text = row["text"]
    return Statement(
        id=f"s{number:06d}", article_id=row["doc_id"], start=0, end=len(text), text=text, position=row["sent"]
    )


def folds_of(groups: Sequence[Any]) -> np.ndarray:
    """A fold per row, whole groups together."""
    distinct = np.random.RandomState(0).permutation(np.unique(groups))
    fold = {group: number % FOLDS for number, group in enumerate(distinct.tolist())}
    return np.array([fold[group] for group in np.asarray(groups).tolist()])


# --- the samples ----------------------------------------------------------------------------------------------------


def statement_samples(data: Path, encode: Encode, *, split: bool) -> list[Sample]:
    """ECB+ sentences beside their articles: one sample of all, or one for each fold's rows and one for the others."""
    rows = [row for row in rows_of(data / "ecbplus_sentences.jsonl") if row["statement_id"]]
    articles = {row["doc_id"]: article_of(row) for row in rows_of(data / "ecbplus_docs.jsonl")}
    keys = sorted({row["doc_id"] for row in rows})
    beside = vectors_of_articles([articles[key] for key in keys], encode)
    vectors = encode([row["text"] for row in rows])
    statements = [statement_of(row, number) for number, row in enumerate(rows)]
    truth = np.array([row["statement_id"] for row in rows])
    folds = folds_of([row["topic_id"] for row in rows]) if split else np.full(len(rows), -1)
    samples = []
    for fold in np.unique(folds):
        chosen = np.flatnonzero(folds == fold)
        evidence = evidence_for([statements[row] for row in chosen], articles, vectors[chosen], beside)
        pairs = all_pairs(len(chosen))
        near = products(evidence.vectors, pairs[:, 0], pairs[:, 1])
        assert evidence.articles is not None
        around = products(evidence.articles.vectors, *evidence.article[pairs].T)
        pairs = pairs[(near > FAR) & ((around > FAR_ARTICLES) | (near > NEAR))]
        found = truth[chosen]
        same = found[pairs[:, 0]] == found[pairs[:, 1]]
        samples.append(
            Sample(
                pairs=pairs,
                features=pair_features(evidence, pairs),
                same=same,
                weight=np.ones(len(pairs)),
                truth=found,
                fold=int(fold),
                proposed=pairs_of(nearest(evidence.vectors, neighbours=24)),
            )
        )
    return samples


def story_samples(data: Path, encode: Encode, *, split: bool) -> list[Sample]:
    """Articles of ECB+ (undated), of each week of NeuS (undated, and with blurred days), and mornings of both."""
    events = rows_of(data / "ecbplus_docs.jsonl")
    news = rows_of(data / "neus_docs.jsonl")
    weeks = np.array([datetime.fromisoformat(row["date"]).strftime("%G-%V") for row in news])
    event_folds = folds_of([row["topic_id"] for row in events]) if split else np.full(len(events), -1)
    news_folds = folds_of(weeks) if split else np.full(len(news), -1)
    samples = []
    for fold in np.unique(event_folds):
        told = [dict(events[row], story=events[row]["subtopic_id"]) for row in np.flatnonzero(event_folds == fold)]
        samples.append(_stories(told, encode, int(fold), kind="ecb"))
        told += [dict(news[row], story=news[row]["cluster_id"]) for row in np.flatnonzero(news_folds == fold)]
        for choose, count in ((_mixed, MORNINGS), (_long_or_teasers, LONG_MORNINGS)):
            samples += _mornings(told, encode, int(fold), count=count // len(np.unique(event_folds)), choose=choose)
    random = np.random.RandomState(0)
    for week in np.unique(weeks):
        chosen = np.flatnonzero(weeks == week)
        told = [dict(news[row], story=news[row]["cluster_id"]) for row in chosen]
        days = [datetime.fromisoformat(row["date"]) + timedelta(days=int(random.randint(-1, 2))) for row in told]
        samples.append(_stories(told, encode, int(news_folds[chosen[0]]), kind="week"))
        samples.append(_stories(told, encode, int(news_folds[chosen[0]]), kind="week", days=days))
    return samples


def _mornings(rows: Sequence[Row], encode: Encode, fold: int, *, count: int, choose: Choose) -> list[Sample]:
    """Samples as feeds give them: few stories told twice, many teasers; every other one dated, a story by its day."""
    random = np.random.RandomState(0)
    stories: dict[str, list[Row]] = {}
    for row in rows:
        stories.setdefault(str(row["story"]), []).append(row)
    samples = []
    for number in range(count):
        told = choose([stories[story] for story in sorted(stories)], random)
        told = [told[row] for row in random.permutation(len(told))[: random.randint(*MORNING_ARTICLES)]]
        first = datetime(2026, 3, 1, tzinfo=UTC)
        day = {story: first + timedelta(days=int(random.randint(3))) for story in sorted(stories)}
        days = [day[str(row["story"])] + timedelta(days=int(random.randint(2))) for row in told]
        samples.append(
            _stories(told, encode, fold, kind=f"morning{choose.__name__}", days=days if number % 2 else None)
        )
    return samples


def _mixed(stories: Sequence[Sequence[Row]], random: np.random.RandomState) -> list[Row]:
    """Some of each story, of any length, each a teaser or whole."""
    return [
        _teaser(row, random) if random.rand() < TEASERS else row for story in stories for row in _thinned(story, random)
    ]


def _long_or_teasers(stories: Sequence[Sequence[Row]], random: np.random.RandomState) -> list[Row]:
    """Some of each story: teasers of all, or those that are long."""
    share, told = random.rand(), []
    for story in stories:
        teasers = random.rand() < share
        kept = _thinned(story if teasers else [row for row in story if len(row["text"]) >= LONG], random)
        told += [_teaser(row, random) for row in kept] if teasers else kept
    return told


def _thinned(rows: Sequence[Row], random: np.random.RandomState) -> list[Row]:
    """One article of a story, or two to four."""
    kept = 1 if random.rand() < ALONE else random.randint(2, 5)
    return [rows[row] for row in random.permutation(len(rows))[:kept]]


def _teaser(row: Row, random: np.random.RandomState) -> Row:
    """The article's first whole sentences."""
    start = row["text"][: random.randint(*TEASER_CHARACTERS)]
    end = start.rfind(". ")
    return dict(row, text=start[: end + 1] if end >= TEASER_CHARACTERS[0] else start)


def _stories(
    rows: Sequence[Row], encode: Encode, fold: int, *, kind: str, days: Sequence[datetime] | None = None
) -> Sample:
    articles = [article_of(row) for row in rows]
    known = vectors_of_articles(articles, encode)
    vectors = np.stack([known[article.id] for article in articles])
    if days:
        articles = [replace(article, published=day) for article, day in zip(articles, days, strict=True)]
    compare = StoryComparison(articles, vectors)
    pairs = all_pairs(len(rows))
    pairs = pairs[products(vectors, pairs[:, 0], pairs[:, 1]) > FAR]
    truth = np.array([str(row["story"]) for row in rows])
    same = truth[pairs[:, 0]] == truth[pairs[:, 1]]
    # A story of n articles has n²/2 pairs but only n articles: a pair counts less in a large one.
    sizes = Counter(truth.tolist())
    size = np.array([sizes[one] for one in truth.tolist()], dtype=float)
    weight = np.where(same, 9.0 / np.sqrt(size[pairs[:, 0]]), 1.0)
    return Sample(
        pairs=pairs,
        features=compare(pairs),
        same=same,
        weight=weight,
        truth=truth,
        fold=fold,
        proposed=pairs_of(compare.nearest),
        kind=kind,
    )


def pair_samples(data: Path, encode: Encode, *, split: bool) -> list[Sample]:
    """Scored sentence pairs, one sample a fold."""
    rows = rows_of(data / "sentence_pairs.jsonl")
    texts = [row["a"] for row in rows] + [row["b"] for row in rows]
    same = np.array([row["score"] >= 4 if row.get("score") is not None else row["label"] == 1 for row in rows])
    pairs = np.stack([np.arange(len(rows)), np.arange(len(rows)) + len(rows)], axis=1)
    readings, rows_of_text = [read(text) for text in texts], np.arange(len(texts))
    evidence = Evidence(readings=readings, vectors=encode(texts), article=rows_of_text, surroundings=False)
    features = pair_features(evidence, pairs, ALONE_FEATURES)
    folds = folds_of(range(len(rows))) if split else np.full(len(rows), -1)
    return [
        Sample(
            pairs=pairs[folds == fold],
            features=features[folds == fold],
            same=same[folds == fold],
            weight=np.ones(int((folds == fold).sum())),
            truth=None,
            fold=int(fold),
        )
        for fold in np.unique(folds)
    ]


# --- fitting --------------------------------------------------------------------------------------------------------


def fit(samples: Sequence[Sample], names: Sequence[str], *, shift: float, about: str) -> dict[str, Any]:
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=TREES, max_depth=DEPTH, learning_rate=RATE, min_samples_leaf=LEAF, random_state=0, early_stopping=False
    ).fit(
        np.concatenate([sample.features for sample in samples]),
        np.concatenate([sample.same for sample in samples]),
        sample_weight=np.concatenate([sample.weight for sample in samples]),
    )
    start = round(float(np.ravel(model._baseline_prediction)[0]) + shift, 4)
    trees = [_exported(predictor.nodes) for (predictor,) in model._predictors]
    return {"about": about, "features": list(names), "start": start, "trees": trees}


def _exported(nodes: np.ndarray) -> dict[str, list[float]]:
    leaf = nodes["is_leaf"].astype(bool)
    return {
        "feature": np.where(leaf, -1, nodes["feature_idx"]).astype(int).tolist(),
        "threshold": [0.0 if end else round(float(t), 4) for end, t in zip(leaf, nodes["num_threshold"], strict=True)],
        "missing_left": nodes["missing_go_to_left"].astype(int).tolist(),
        "left": nodes["left"].astype(int).tolist(),
        "right": nodes["right"].astype(int).tolist(),
        "value": [round(float(value), 4) for value in nodes["value"]],
    }


def write(table: dict[str, Any], path: Path) -> None:
    """As JSON with one tree a line, so that a change can be read in a diff."""
    head = {key: value for key, value in table.items() if key != "trees"}
    trees = ",\n  ".join(json.dumps(tree) for tree in table["trees"])
    path.write_text(f'{json.dumps(head)[:-1]}, "trees": [\n  {trees}\n]}}\n', encoding="utf-8")


# --- cross-validation -----------------------------------------------------------------------------------------------


def cross_validate(name: str, samples: Sequence[Sample], names: Sequence[str]) -> None:
    thresholds = (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)
    scores: dict[str, list[list[float]]] = {}
    told: list[tuple[np.ndarray, np.ndarray]] = []
    for fold in range(FOLDS):
        seen = [sample for sample in samples if sample.fold != fold]
        judge = judge_from(fit(seen, names, shift=SHIFT[name], about=""))
        for sample in samples:
            if sample.fold != fold:
                continue
            probability = judge.probability(sample.features)
            if sample.truth is None:
                told.append((sample.same, probability))
                continue
            found = [_clustered(sample, probability, threshold) for threshold in thresholds]
            scores.setdefault(sample.kind, []).append(found)
    for kind, found in scores.items():
        means = dict(zip(thresholds, np.mean(found, axis=0).round(3).tolist(), strict=True))
        print(name, kind, "mean B-cubed F1 of held-out samples, by threshold:", means)
    if told:
        from sklearn.metrics import roc_auc_score

        print(name, "AUC:", round(roc_auc_score(*(np.concatenate(part) for part in zip(*told, strict=True))), 3))


def _clustered(sample: Sample, probability: np.ndarray, threshold: float) -> float:
    from benchmarks.metrics import bcubed

    assert sample.truth is not None
    assert sample.proposed is not None
    rows = len(sample.truth)
    table = np.zeros((rows, rows))
    table[sample.pairs[:, 0], sample.pairs[:, 1]] = probability
    labels = cluster_rows(
        rows,
        sample.proposed,
        lambda pairs: table[pairs[:, 0], pairs[:, 1]],
        link=threshold * LINK_SHARE,
        threshold=threshold,
    )
    return float(bcubed(labels.tolist(), sample.truth.tolist()).f1)


def count_words(data: Path) -> dict[str, Any]:
    """In how many news texts each common stem occurs."""
    texts = [f"{row.get('title') or ''}\n{row['text']}" for row in rows_of(data / "neus_docs.jsonl")]
    texts += sorted({row["source_text"] for row in rows_of(data / "faithfulness_news.jsonl")})
    counts = Counter(word for text in texts for word in set(content_stems(text)) if not word[0].isdigit())
    common = {word: count for word, count in sorted(counts.items()) if count >= COMMON}
    return {"about": ABOUT_WORDS, "texts": len(texts), "counts": common}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="remember vectors in this .npz file")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "digest" / "topics")
    parser.add_argument("--cross-validate", action="store_true", help="measure, and write nothing")
    parser.add_argument("--only", choices=[STATEMENTS, PAIRS, STORIES], help="one judge alone")
    options = parser.parse_args()
    if not options.cross_validate and not options.only:
        (options.out / "rarity.json").write_text(
            json.dumps(count_words(options.data), ensure_ascii=False) + "\n", encoding="utf-8"
        )
    tools = Tools(options.cache)
    for name, (collect, names, about) in JUDGES.items():
        if options.only not in (None, name):
            continue
        samples = collect(options.data, tools.encode, split=options.cross_validate)
        tools.save()
        if options.cross_validate:
            cross_validate(name, samples, names)
        else:
            write(fit(samples, names, shift=SHIFT[name], about=about), options.out / name)
            print(f"wrote {name}: {sum(len(sample.same) for sample in samples)} pairs")


ABOUT_WORDS = "stems in 6 or more news texts (NeuS articles and SummEdits sources); see benchmarks/fit_judge.py"
JUDGES: dict[str, tuple[Callable[..., list[Sample]], Sequence[str], str]] = {
    STATEMENTS: (statement_samples, FEATURES, "two statements beside their articles; fitted on ECB+ (CC BY 3.0)"),
    PAIRS: (pair_samples, ALONE_FEATURES, "two sentences; fitted on STS, SICK and MSRP"),
    STORIES: (story_samples, STORY_FEATURES, "two articles; fitted on ECB+ (CC BY 3.0) and NeuS"),
}

if __name__ == "__main__":
    main()
