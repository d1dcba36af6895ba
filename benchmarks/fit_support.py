"""Fit how much a claim's wording may lack: the parameters in digest/summarize/support.json.

    python benchmarks/fit_support.py --data DIR [--write]

Three sets are fitted, each with the same weight, and its true and false claims too: `edited`, faithfulness_news.jsonl,
careful edits; `made`, claims of many kinds made from articles (altered.py); `editors`, people's own summaries, labelled
by hand (retold.py). A fourth, `elsewhere`, is only measured. The strikes are rules, and have nothing to fit: a logistic
regression is fitted on the claims without one, its signs held, and its start set where the mean balanced accuracy over
the sets is best. Honest figures come from settings fitted on other documents: whole documents, events and pairs are
left out in five folds, an event from every set at once. Each set is measured a second time with its claims in small
letters, in which nothing but the document shows a name.

Two choices are made by hand, because these rows do not make them. A claim whose word pairs are nearly all its own costs
something (`pairs`, below `enough_pairs`): in these sets it tells little beside the words themselves, but a summary that
makes up its details fails it first. And four words of its own in a row make a clause that nothing bears out, which must
not pass for the words around it (`OWN`). Each moves the sets by less than a hundredth.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import benchmarks.tasks  # noqa: F401  peers needs it loaded first
from benchmarks.altered import Row, altered_rows
from benchmarks.metrics import bootstrap
from benchmarks.peers import bigram_share
from benchmarks.regression import regress
from benchmarks.retold import editors_claims, elsewhere_claims
from digest.summarize import faithfulness
from digest.summarize.faithfulness import FREE_RUN, Evidence, Parameters, weigh, wording_sum

FOLDS = 5
PAIRS, ENOUGH_PAIRS = 2.0, 0.4
OWN = 0.2  # at least, for each word of a run, squared
FITTED = ("edited", "made", "editors")
BIGRAM_SHARES = np.arange(0.05, 1.0, 0.05)

Verdicts = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Set:
    """The rows of one set with their evidence, labels and folds."""

    rows: Sequence[Row]
    evidence: Sequence[Evidence]
    labels: Verdicts
    clean: Verdicts  # no strike
    fold: NDArray[np.int_]

    def in_small_letters(self) -> Set:
        """The same claims without a capital, beside their documents as they are."""
        return _weighed([replace(row, claim=row.claim.lower()) for row in self.rows])


def edited_rows(folder: Path) -> list[Row]:
    """The rows of faithfulness_news.jsonl."""
    lines = (folder / "faithfulness_news.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Row(
            claim=row["claim"],
            source_text=row["source_text"],
            label=bool(row["label"]),
            kind="supported" if row["label"] else ", ".join(row["edit_types"] or ["no kind"]),
            group=row["source_text"],
        )
        for row in map(json.loads, lines)
    ]


def load(folder: Path) -> dict[str, Set]:
    """Every set, weighed."""
    found = {
        "edited": edited_rows(folder),
        "made": altered_rows(folder),
        "editors": editors_claims(folder),
        "elsewhere": elsewhere_claims(folder),
    }
    return {name: _weighed(sorted(rows, key=lambda row: row.source_text)) for name, rows in found.items()}


def _weighed(rows: Sequence[Row]) -> Set:
    evidence = [weigh(row.claim, row.source_text) for row in rows]
    return Set(
        rows=rows,
        evidence=evidence,
        labels=np.array([row.label for row in rows]),
        clean=np.array([not one.strikes for one in evidence]),
        fold=np.array([zlib.crc32(row.group.encode()) % FOLDS for row in rows]),
    )


def fit(sets: Mapping[str, Set], *, without: int | None = None) -> Parameters:
    """The parameters, fitted on the clean claims of all folds but one."""
    columns, labels, trust = [], [], []
    for name in FITTED:
        one = sets[name]
        seen = one.clean & (one.fold != without)
        columns.append(_columns(one.evidence)[seen])
        labels.append(one.labels[seen])
        trust.append(_balanced(one.labels[seen]))
    table = np.concatenate(columns)
    center, spread = table.mean(axis=0), table.std(axis=0)
    weights = np.concatenate(trust)
    known = (table - center) / spread
    _, fitted = regress(known, np.concatenate(labels), weights / weights.mean(), (1, -1, -1))
    near, own, quoted = (float(value) for value in np.abs(fitted / spread))
    bare = Parameters(start=0.0, near=near, own=max(own, OWN), quoted=quoted, pairs=PAIRS, enough_pairs=ENOUGH_PAIRS)
    return replace(bare, start=_best_start(sets, bare, without=without))


def _columns(evidence: Sequence[Evidence]) -> NDArray[np.float64]:
    rows = [(one.near, max(0, len(one.own) - FREE_RUN) ** 2, bool(one.quoted)) for one in evidence]
    return np.array(rows, dtype=np.float64)


def _balanced(labels: Verdicts) -> NDArray[np.float64]:
    """Weights by which true and false come to one half each."""
    return np.where(labels, 0.5 / max(labels.sum(), 1), 0.5 / max((~labels).sum(), 1))


def _best_start(sets: Mapping[str, Set], bare: Parameters, *, without: int | None) -> float:
    def score(start: float) -> float:
        kept = [(one, one.fold != without) for one in (sets[name] for name in FITTED)]
        return sum(
            balanced_accuracy(one.labels[seen], (one.clean & (wording[name] >= -start))[seen])
            for name, (one, seen) in zip(FITTED, kept, strict=True)
        )

    wording = {name: np.array([wording_sum(each, bare) for each in sets[name].evidence]) for name in FITTED}
    return round(float(max(np.arange(-4.0, 2.0, 0.05), key=score)), 2)


def verdicts(one: Set, fitted: Parameters) -> Verdicts:
    """What the parameters say of each claim of a set."""
    return one.clean & np.array([wording_sum(each, fitted) >= 0.0 for each in one.evidence])


def balanced_accuracy(labels: Verdicts, told: Verdicts) -> float:
    """The mean of the share of true claims that pass and of false ones that do not."""
    return float((told[labels].mean() + (~told[~labels]).mean()) / 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with the claims and the articles")
    parser.add_argument("--write", action="store_true", help="write the parameters into support.json")
    options = parser.parse_args()
    sets = load(options.data)
    best = fit(sets)
    held = [fit(sets, without=fold) for fold in range(FOLDS)]
    for name, one in sets.items():
        groups = len({row.group for row in one.rows})
        print(f"{name}: {len(one.rows)} claims of {groups} groups, {one.labels.mean():.2f} true")
        left_out = np.select([one.fold == fold for fold in range(FOLDS)], [verdicts(one, each) for each in held])
        shares = np.array([bigram_share(row.source_text, row.claim) for row in one.rows])
        bigrams = [shares >= share for share in BIGRAM_SHARES]
        peer = max(bigrams, key=lambda told: balanced_accuracy(one.labels, told))
        for title, told in (
            ("no strike alone", one.clean),
            ("as shipped", verdicts(one, faithfulness.parameters())),
            ("as shipped, without capitals", verdicts(one.in_small_letters(), faithfulness.parameters())),
            ("fitted on all", verdicts(one, best)),
            ("fitted on other documents", left_out.astype(bool)),
            ("bigram overlap, best threshold", peer),
        ):
            print(f"  {title:34} {_with_interval(one, told)}")
        _print_kinds(one, left_out.astype(bool), peer)
    print(best)
    if options.write:
        _write(best)


def _with_interval(one: Set, told: Verdicts) -> str:
    found = bootstrap(
        lambda drawn: balanced_accuracy(one.labels[drawn], told[drawn]), [row.group for row in one.rows], resamples=500
    )
    return f"{found.value:.3f} [{found.low:.3f}-{found.high:.3f}]"


def _print_kinds(one: Set, told: Verdicts, peer: Verdicts) -> None:
    print("    share passed, by the check and by the bigrams:")
    for label in (True, False):
        for kind in sorted({row.kind for row in one.rows if row.label == label}):
            rows = np.array([(row.kind, row.label) == (kind, label) for row in one.rows])
            if rows.sum() > 9:
                mark = "true " if label else "false"
                print(f"    {mark} {kind:44} {rows.sum():5} {told[rows].mean():.2f} {peer[rows].mean():.2f}")


def _write(fitted: Parameters) -> None:
    path = Path(faithfulness.__file__).parent / "support.json"
    rounded = {name: round(value, 3) for name, value in asdict(fitted).items()}
    path.write_text(json.dumps({"origin": ORIGIN, "parameters": rounded}, indent=2) + "\n", encoding="utf-8")


ORIGIN = (
    "benchmarks/fit_support.py: logistic regression on the development half of the SummEdits news claims, on claims "
    "made from NeuS, ECB+, STS and compression texts with known alterations, and on sentences of NeuS summaries "
    "labelled by hand, each set weighed alike"
)


if __name__ == "__main__":
    main()
