"""A statistical word aligner, for reference: IBM model 2 with a prior along the diagonal (Dyer, Chahuneau and Smith
2013, "A Simple, Fast, and Effective Reparameterization of IBM Model 2", known as fast_align), in both directions.

It knows nothing of the translator: it sees sentence pairs as words alone. A direction explains each target word by one
source word or by none; `symmetrised` combines two directions (Och and Ney 2003; Koehn, Axelrod et al. 2005).

Shapes below: N pairs with S source and T target words each; column 0 of the S + 1 is the empty word.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch

ITERATIONS = 5
NULL_PROBABILITY = 0.08
FIRST_TENSION = 4.0
TENSION_RANGE = (0.1, 14.0)
TENSION_STEPS, TENSION_RATE = 8, 20.0
DIRICHLET = 0.01
UNSEEN = 1e-9
Links = frozenset[tuple[int, int]]
Pair = tuple[list[str], list[str]]


def _distances(targets: int, sources: int) -> np.ndarray:
    """How far each cell is from the diagonal, as shares of the lengths, [T, S]."""
    rows, columns = np.arange(1, targets + 1)[:, None] / targets, np.arange(1, sources + 1)[None] / sources
    return np.abs(rows - columns)


def _diagonal(distances: np.ndarray, tension: float) -> np.ndarray:
    weights = np.exp(-tension * distances)
    return weights / weights.sum(1, keepdims=True)


def _prior(targets: int, sources: int, tension: float) -> np.ndarray:
    """Of each source position for each target position, [T, S + 1]; rows sum to 1."""
    diagonal = (1 - NULL_PROBABILITY) * _diagonal(_distances(targets, sources), tension)
    return np.concatenate([np.full((targets, 1), NULL_PROBABILITY), diagonal], axis=1)


def _digamma(values: np.ndarray) -> np.ndarray:
    return torch.digamma(torch.from_numpy(values)).numpy()


class Direction:
    """Probabilities of target words given source words, fitted by variational expectation-maximisation."""

    def __init__(self, pairs: list[Pair]) -> None:
        """pairs: source words, target words; none of them empty."""
        self.sources = {word: i for i, word in enumerate(dict.fromkeys(w for s, _ in pairs for w in s), 1)}
        self.targets = {word: i for i, word in enumerate(dict.fromkeys(w for _, t in pairs for w in t))}
        self.tension = FIRST_TENSION
        by_shape: dict[tuple[int, int], list[Pair]] = {}
        for source, target in pairs:
            by_shape.setdefault((len(target), len(source)), []).append((source, target))
        self._shapes = {shape: len(group) for shape, group in by_shape.items()}
        keys = np.concatenate([self._keys(group).ravel() for group in by_shape.values()])
        self.keys, cells = np.unique(keys, return_inverse=True)
        self.table = np.full(len(self.keys), 1 / len(self.targets))
        cells = cells.astype(np.int32)
        for _ in range(ITERATIONS):
            self._iterate(cells)

    def _keys(self, pairs: list[Pair]) -> np.ndarray:
        """A number for each combination of a source and a target word in pairs of one shape, [N, T, S + 1]."""
        source = np.array([[0, *(self.sources[w] for w in s)] for s, _ in pairs], np.int64)
        target = np.array([[self.targets[w] for w in t] for _, t in pairs], np.int64)
        return source[:, None, :] * len(self.targets) + target[:, :, None]

    def _slices(self) -> Iterator[tuple[tuple[int, int], int, slice]]:
        """Each shape, the number of its pairs and where its cells are."""
        start = 0
        for (targets, sources), pairs in self._shapes.items():
            cells = pairs * targets * (sources + 1)
            yield (targets, sources), pairs, slice(start, start + cells)
            start += cells

    def _iterate(self, cells: np.ndarray) -> None:
        posterior, observed = self.table[cells], 0.0
        for (targets, sources), pairs, where in self._slices():
            part = posterior[where].reshape(pairs, targets, sources + 1) * _prior(targets, sources, self.tension)
            part /= part.sum(2, keepdims=True)
            posterior[where] = part.ravel()
            observed += (part[:, :, 1:].sum(0) * _distances(targets, sources)).sum()
        counts = np.bincount(cells, posterior, len(self.keys))
        givens = self.keys // len(self.targets)
        totals = np.bincount(givens, counts) + DIRICHLET * np.bincount(givens)
        self.table = np.exp(_digamma(counts + DIRICHLET) - _digamma(totals)[givens])
        self._fit_tension(observed)

    def _fit_tension(self, observed: float) -> None:
        """Moves the tension until the prior expects the distances that were observed."""
        words = sum(pairs * targets for (targets, _), pairs in self._shapes.items())
        for _ in range(TENSION_STEPS):
            expected = 0.0
            for (targets, sources), pairs in self._shapes.items():
                distances = _distances(targets, sources)
                expected += pairs * (_diagonal(distances, self.tension) * distances).sum()
            self.tension += TENSION_RATE * (expected - observed) / words
            self.tension = float(np.clip(self.tension, *TENSION_RANGE))

    def align(self, source: list[str], target: list[str]) -> list[int | None]:
        """The most likely source position of each target word; none where the empty word is likelier."""
        columns = np.array([0, *(self.sources.get(w, -1) for w in source)], np.int64)
        rows = np.array([self.targets.get(w, -1) for w in target], np.int64)
        keys = columns[None] * len(self.targets) + rows[:, None]
        found = np.searchsorted(self.keys, keys).clip(max=len(self.keys) - 1)
        is_known = (self.keys[found] == keys) & (columns >= 0)[None] & (rows >= 0)[:, None]
        scores = np.where(is_known, self.table[found], UNSEEN) * _prior(len(target), len(source), self.tension)
        return [int(best) - 1 if best else None for best in scores.argmax(1)]


class Aligner:
    """Both directions. A link is (target position, source position)."""

    def __init__(self, pairs: list[Pair]) -> None:
        self.forward = Direction(pairs)
        self.backward = Direction([(target, source) for source, target in pairs])

    def links(self, source: list[str], target: list[str]) -> dict[str, Links]:
        """By the way of combining: where both directions agree, what grows from there, and the forward one alone."""
        forward = {(t, s) for t, s in enumerate(self.forward.align(source, target)) if s is not None}
        backward = {(t, s) for s, t in enumerate(self.backward.align(target, source)) if t is not None}
        return {
            "growDiagonal": symmetrised(forward, backward),
            "intersection": frozenset(forward & backward),
            "forward": frozenset(forward),
        }


def symmetrised(forward: set[tuple[int, int]], backward: set[tuple[int, int]]) -> Links:
    """Grow-diag: from the links of both, to neighbours in either direction that link a word without a link."""
    links, union = forward & backward, forward | backward
    while True:
        rows, columns = {t for t, _ in links}, {s for _, s in links}
        added = {
            (t, s)
            for t, s in union - links
            if (t not in rows or s not in columns)
            and any((t + i, s + j) in links for i in (-1, 0, 1) for j in (-1, 0, 1))
        }
        if not added:
            return frozenset(links)
        # One at a time, from the top left: each may cover the words of the next.
        links.add(min(added))
