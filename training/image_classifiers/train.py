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
from ..shared.supervised import erased, mirrored, train_classifier
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


def variant(pixels: Tensor) -> Tensor:
    return erased(mirrored(pixels))


def permuted_variant(pixels: Tensor) -> Tensor:
    """What was seen of an image is permuted last, so that both kinds of network learn from the same variants."""
    return permuted(variant(pixels)).contiguous(memory_format=torch.channels_last)


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
        run = Run(arguments.runs / "image-classifiers" / job.name)
        train_classifier(
            network, pixels[chosen], classes[chosen], run, job.seed, arguments.quick,
            permuted_variant if job.is_permuted else variant,
        )  # fmt: skip


if __name__ == "__main__":
    main()
