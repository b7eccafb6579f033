"""Trains networks to tell the quadrant of an object: python -m training.quadrant.train"""

from __future__ import annotations

import torch

from ..shared.fashion_mnist import balanced_draw, images, labels
from ..shared.run import Run, image_options
from ..shared.supervised import erased, train_classifier
from .model import NETWORKS, SEEDS, placed

TRAINING_IMAGES = 5_000


def main() -> None:
    arguments = image_options(__doc__).parse_args()
    pixels = torch.from_numpy(images(arguments.data, "train"))
    classes = torch.from_numpy(labels(arguments.data, "train"))
    for name, network in NETWORKS.items():
        for seed in range(SEEDS):
            canvases, quadrants = placed(pixels[balanced_draw(classes, TRAINING_IMAGES, seed)], seed)
            torch.manual_seed(seed)
            run = Run(arguments.runs / "quadrant" / f"{name}-{seed}")
            train_classifier(network(), canvases, quadrants, run, seed, arguments.quick, erased)


if __name__ == "__main__":
    main()
