"""The functions that networks are fitted to, and the networks that are fitted to each."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

SHALLOW_WIDTHS = (4, 8, 16, 32, 64, 128)
WIDEST_ON_SAWTOOTH = 64
DEEP_WIDTHS = (2, 3, 8)
FOLDINGS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Target:
    """A continuous function on [start, end], and the widths of the hidden layers of each network by its name."""

    title: str
    function: Callable[[Tensor], Tensor]
    start: float
    end: float
    networks: dict[str, tuple[int, ...]]
    settings: dict[str, float]

    def points(self, count: int) -> Tensor:
        """Evenly spaced, both ends included, [count]."""
        return torch.linspace(self.start, self.end, count, dtype=torch.float64)


def tent(x: Tensor) -> Tensor:
    return 1 - (2 * x - 1).abs()


def sawtooth(foldings: int) -> Callable[[Tensor], Tensor]:
    """The tent map composed with itself: 2^foldings linear pieces on [0, 1], between 0 and 1 (Telgarsky 2016)."""

    def function(x: Tensor) -> Tensor:
        for _ in range(foldings):
            x = tent(x)
        return x

    return function


def _shallow(*widths: int) -> dict[str, tuple[int, ...]]:
    return {f"shallow_{width}": (width,) for width in sorted(set(widths))}


def _deep(width: int, depth: int) -> dict[str, tuple[int, ...]]:
    """`depth` hidden layers of `width` units."""
    return {f"deep_{width}x{depth}": (width,) * depth}


def _centred(title: str, function: Callable[[Tensor], Tensor]) -> Target:
    networks = _shallow(*SHALLOW_WIDTHS) | _deep(8, 2) | _deep(8, 3)
    return Target(f"{title} on [−1, 1]", function, -1.0, 1.0, networks, {})


def _sawtooth(foldings: int) -> Target:
    pieces = 2**foldings
    widths = [pieces, 2 * pieces, 4 * pieces, WIDEST_ON_SAWTOOTH]
    networks: dict[str, tuple[int, ...]] = {}
    for width in DEEP_WIDTHS:
        if foldings > 1:
            networks |= _deep(width, foldings)
        else:  # one hidden layer: a shallow network
            widths.append(width)
    title = f"the sawtooth with {pieces} linear pieces on [0, 1]"
    settings = {"foldings": foldings, "pieces": pieces}
    return Target(title, sawtooth(foldings), 0.0, 1.0, _shallow(*widths) | networks, settings)


TARGETS = {
    "relu-sin": _centred("sin(2πx)", lambda x: torch.sin(2 * math.pi * x)),
    "relu-abs": _centred("|x|", torch.abs),
    "relu-runge": _centred("1/(1 + 25x²)", lambda x: 1 / (1 + 25 * x**2)),
    **{f"relu-sawtooth-{foldings}": _sawtooth(foldings) for foldings in FOLDINGS},
}
"""By id of the model, which is the name of the run too."""
