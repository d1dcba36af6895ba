"""Batches for a model, cut by a token budget; one that does not fit in memory is cut in half."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

log = logging.getLogger(__name__)

Tokens = Sequence[int]
RunBatch = Callable[[Sequence[Tokens]], Sequence[Tokens]]


def generate_in_batches(
    rows: Sequence[Tokens], run: RunBatch, *, budget: int, new_tokens: int, after_failure: Callable[[], None]
) -> list[Tokens | None]:
    """Run every row through `run`, longest first, and return the new tokens in the order of `rows`.

    A batch holds as many rows as fit `budget` tokens, each counted as the longest one and its `new_tokens`; always one.
    When `run` is out of memory, `after_failure` may free some, and the budget falls to half of what was tried. A row
    that does not fit alone gives None.
    """
    # By length and then by content: batches, and so the last bits, do not depend on the order in which topics come.
    waiting = sorted(range(len(rows)), key=lambda row: (-len(rows[row]), list(rows[row]), row))
    results: list[Tokens | None] = [None] * len(rows)
    while waiting:
        width = len(rows[waiting[0]]) + new_tokens
        batch = waiting[: max(1, budget // width)]
        try:
            made = run([rows[row] for row in batch])
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            if len(batch) == 1:
                log.warning("a prompt of %d tokens does not fit in memory", len(rows[batch[0]]))
                waiting = waiting[1:]
            # Half the rows, not half the budget: a budget larger than the rest would try the same batch again.
            budget = max(1, len(batch) // 2) * width
            log.info("out of memory with %d prompts at once; going on with %d", len(batch), max(1, len(batch) // 2))
        else:
            for row, tokens in zip(batch, made, strict=True):
                results[row] = tokens
            waiting = waiting[len(batch) :]
            continue
        after_failure()  # outside the handler, whose traceback holds on to the tensors
    return results


def is_out_of_memory(error: BaseException) -> bool:
    """True for torch.OutOfMemoryError on any device, and for what torch raises on a CPU instead."""
    return (
        isinstance(error, MemoryError)
        or type(error).__name__ == "OutOfMemoryError"
        or "can't allocate memory" in str(error)
        or "MPS backend out of memory" in str(error)
    )
