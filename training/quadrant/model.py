"""A task where the position decides: an object of half size lies in one quadrant of the image; which one?"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from ..image_classifiers.model import Cnn, Mlp

OBJECT = 14  # pixels a side
STARTS = (0, 11)
JITTER = 4
"""The object begins at row and column start + 0 … 3. Both ranges hold every remainder by 4 once, so that a network
whose pooling sees positions only by 4 pixels gains nothing from that."""
QUADRANTS = 4

NETWORKS = {
    "cnn": lambda: Cnn(QUADRANTS),
    # With zeros around the image, a convolution can tell the border from the middle; around a torus it cannot.
    "cnn-circular": lambda: Cnn(QUADRANTS, padding_mode="circular"),
    "mlp": lambda: Mlp(QUADRANTS),
}
SEEDS = 3


def placed(pixels: Tensor, seed: int) -> tuple[Tensor, Tensor]:
    """Images [N, 1, 28, 28] halved by 2×2 means, each on an empty image at a random place → images and quadrants [N];
    a quadrant is 2 × (lower half) + (right half)."""
    generator = torch.Generator().manual_seed(seed)
    halves = torch.randint(0, 2, (len(pixels), 2), generator=generator)
    corners = torch.tensor(STARTS)[halves] + torch.randint(0, JITTER, halves.shape, generator=generator)
    canvas = torch.zeros_like(pixels)
    for image, small, (row, column) in zip(canvas, F.avg_pool2d(pixels, 2), corners.tolist()):
        image[:, row : row + OBJECT, column : column + OBJECT] = small
    return canvas, 2 * halves[:, 0] + halves[:, 1]
