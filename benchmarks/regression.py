"""Logistic regression whose weights keep the signs they are given."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

STRENGTH = 0.5  # inverse of the penalty on the weights; .05 to 2 score alike for facts and for support
BOUNDS = {1: (0.0, None), -1: (None, 0.0), 0: (None, None)}


def regress(columns: np.ndarray, same: np.ndarray, trust: np.ndarray, signs: Sequence[int]) -> tuple[float, np.ndarray]:
    """Logistic regression whose weights keep their signs: a shared word never speaks against a pair."""
    from scipy.optimize import minimize

    side = np.where(same, 1.0, -1.0)

    def loss(told: np.ndarray) -> tuple[float, np.ndarray]:
        margin = side * (told[0] + columns @ told[1:])
        pull = -side * trust / (1.0 + np.exp(margin))
        slope = np.append(pull.sum(), columns.T @ pull + told[1:] / STRENGTH)
        return float((trust * np.logaddexp(0.0, -margin)).sum() + (told[1:] ** 2).sum() / (2 * STRENGTH)), slope

    bounds = [(None, None), *(BOUNDS[sign] for sign in signs)]
    bounds += [(None, None)] * (1 + columns.shape[1] - len(bounds))
    found = minimize(loss, np.zeros(1 + columns.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    return float(found.x[0]), found.x[1:]
