"""Trains CNN and MLP on growing numbers of images: python -m training.image_classifiers.train [--only cnn-60000]

One network for each architecture, number of images and seed, and one of each architecture on all images with their
pixels permuted. `--only` trains those whose name starts so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from ..shared.fashion_mnist import balanced_draw, images, labels
from ..shared.run import Run, image_options
from ..shared.supervised import train_classifier
from .model import ARCHITECTURES, TRAINING_SIZES, pixel_permutation


@dataclass(frozen=True)
class Job:
    architecture: str
    size: int
    seed: int
    is_permuted: bool

    @property
    def name(self) -> str:
        """Of the run's folder."""
        return f"{self.architecture}-{'permuted-' if self.is_permuted else ''}{self.size}-{self.seed}"


def jobs() -> Iterator[Job]:
    for architecture in ARCHITECTURES:
        for size, seeds in TRAINING_SIZES.items():
            yield from (Job(architecture, size, seed, False) for seed in range(seeds))
        yield Job(architecture, max(TRAINING_SIZES), 0, True)


def permuted(pixels: Tensor) -> Tensor:
    return pixels.flatten(1)[:, pixel_permutation()].reshape(pixels.shape)


def main() -> None:
    options = image_options(__doc__)
    options.add_argument("--only", default="", help="start of the names of the networks to train, such as cnn-100")
    arguments = options.parse_args()
    pixels = torch.from_numpy(images(arguments.data, "train"))
    classes = torch.from_numpy(labels(arguments.data, "train"))
    for job in jobs():
        if not job.name.startswith(arguments.only):
            continue
        chosen = balanced_draw(classes, job.size, job.seed)
        torch.manual_seed(job.seed)
        network = ARCHITECTURES[job.architecture]()
        data = permuted(pixels[chosen]) if job.is_permuted else pixels[chosen]
        run = Run(arguments.runs / "image-classifiers" / job.name)
        train_classifier(network, data, classes[chosen], run, job.seed, arguments.quick)


if __name__ == "__main__":
    main()
