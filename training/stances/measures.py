"""How well stances are read: F1 of each, their mean, and calibration."""

from __future__ import annotations

import numpy as np

from .model import STANCES


def f1_scores(truth: list[int], guess: list[int]) -> list[float]:
    """F1 of each stance, in the order of STANCES."""
    found = []
    for stance in range(len(STANCES)):
        right = sum(t == stance == g for t, g in zip(truth, guess, strict=True))
        wrong = sum((t == stance) != (g == stance) for t, g in zip(truth, guess, strict=True))
        found.append(2 * right / max(1, 2 * right + wrong))
    return found


def report_scores(truth: list[int], guess: list[int]) -> dict[str, float]:
    f1 = f1_scores(truth, guess)
    names = {f"heldOutF1{name.capitalize()}": value for name, value in zip(STANCES, f1, strict=True)}
    return {"heldOutMacroF1": float(np.mean(f1)), **names, "heldOutAccuracy": float(np.mean(np.array(truth) == np.array(guess)))}


def decided(confidence: np.ndarray, right: np.ndarray, wanted: float = 0.9) -> float:
    """The largest share of claims that can be decided, the surest first, so that this share of them is right."""
    shares = np.cumsum(right[np.argsort(-confidence, kind="stable")]) / np.arange(1, len(right) + 1)
    enough = np.flatnonzero(shares >= wanted)
    return float((enough[-1] + 1) / len(right)) if len(enough) else 0.0


def temperature(logits: np.ndarray, truth: np.ndarray) -> float:
    """By which logits [n, 3] are divided so that the log-likelihood of the truth is greatest (Guo et al. 2017)."""
    candidates = np.linspace(0.5, 4, 71)

    def loss(t: float) -> float:
        scaled = logits / t
        scaled -= scaled.max(-1, keepdims=True)
        return float((np.log(np.exp(scaled).sum(-1)) - scaled[np.arange(len(truth)), truth]).mean())

    return float(min(candidates, key=loss))
