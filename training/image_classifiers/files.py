"""The bundled classifiers: for every number of images the networks of all seeds in one file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..shared.accuracy import accuracy_metrics
from ..shared.exporter import FASHION, About, Exporter, Metrics, Sources, count, load_network, seeded
from ..shared.fashion_mnist import images, labels, subset_files
from ..shared.onnx_files import Axes
from ..shared.run import finished
from ..shared.weights import Bytes, round_weights
from .model import ARCHITECTURES, TRAINING_SIZES, FeaturesGraph, SeedsGraph, pixel_permutation
from .train import Job, permuted

ALL_IMAGES = max(TRAINING_SIZES)
TITLES = {"cnn": "CNN", "mlp": "MLP"}
HELD_OUT = 2_000
COMMAND = "python -m training.image_classifiers.train"
BATCHES: Axes = {"pixels": {0: "batch"}}


@dataclass(frozen=True)
class Entry:
    """One file: networks that differ in nothing but their seed."""

    architecture: str
    size: int
    is_permuted: bool

    @property
    def model(self) -> str:
        return f"{self.architecture}-{'permuted' if self.is_permuted else self.size}"

    @property
    def jobs(self) -> list[Job]:
        seeds = 1 if self.is_permuted else TRAINING_SIZES[self.size]
        return [Job(self.architecture, self.size, seed, self.is_permuted) for seed in range(seeds)]

    @property
    def about(self) -> About:
        seeds = f", {len(self.jobs)} seeds" if len(self.jobs) > 1 else ""
        pixels = ", pixels permuted" if self.is_permuted else ""
        network = ARCHITECTURES[self.architecture]()
        return About(
            f"{TITLES[self.architecture]} trained on {self.size:,} images{pixels}{seeds}", count(network),
            f"{COMMAND} --only {self.jobs[0].name.rsplit('-', 1)[0]}", f"{FASHION}; tested on 10,000 images",
            {"trainingImages": self.size, "seeds": len(self.jobs)},
        )  # fmt: skip


def entries() -> Iterator[Entry]:
    for architecture in ARCHITECTURES:
        yield from (Entry(architecture, size, False) for size in TRAINING_SIZES)
        yield Entry(architecture, ALL_IMAGES, True)


def write(exporter: Exporter, sources: Sources) -> None:
    pixels = torch.from_numpy(images(sources.images, "t10k")[:2])
    for entry in entries():
        folders = [sources.runs / "image-classifiers" / job.name for job in entry.jobs]
        networks = [load_network(ARCHITECTURES[entry.architecture](), finished(f, entry.about.command)) for f in folders]
        graph, outputs = SeedsGraph(networks), {"logits": {1: "batch"}}
        stored = round_weights(graph, bits=8)
        if entry.model == f"cnn-{ALL_IMAGES}":
            graph, outputs = FeaturesGraph(networks[0]), {**outputs, "features": {0: "batch"}}
            _write_parts(exporter, networks[0], stored, entry.about, pixels)
        exporter.add(entry.model, graph, stored, BATCHES, outputs, [{"pixels": pixels}], entry.about)
    _write_data(exporter, sources)


def _write_parts(exporter: Exporter, network: torch.nn.Module, stored: Bytes, about: About, pixels: Tensor) -> None:
    """What the linearity and the equivariance of convolutions are shown on, for images of any size."""
    channels = network.inner_block[0].in_channels
    maps = torch.randn(2, channels, 14, 14, generator=seeded(5))
    for model, graph, name, example, title in (
        ("cnn-first-layer", network.first_layer, "pixels", pixels, "First layer alone: a convolution without bias"),
        ("cnn-block", network.inner_block, "maps", maps, "Second convolution with batch norm and ReLU alone"),
    ):
        free = {0: "batch", 2: "height", 3: "width"}
        described = About(f"{title}, of the CNN on {ALL_IMAGES:,} images", count(graph), about.command, about.data)
        exporter.add(model, graph, stored, {name: free}, {"maps" if name == "pixels" else "activations": free},
                     [{name: example}, {name: example[:1, :, :9, :12]}], described)  # fmt: skip


def _write_data(exporter: Exporter, sources: Sources) -> None:
    """The first 2,000 test images, and the permutation."""
    about = (f"first {HELD_OUT:,} of Fashion-MNIST's test set", "https://github.com/zalandoresearch/fashion-mnist", "MIT")
    for kind, (file, content) in subset_files(sources.images, "t10k", HELD_OUT).items():
        exporter.add_data(f"test-{kind}", file, content, f"Held-out {kind}: {about[0]}", *about[1:])
    order = json.dumps(pixel_permutation().tolist()).encode()
    exporter.add_data(
        "pixel-permutation", "pixel-permutation.json", order,
        "Entry i is the pixel that moves to place i, as in the training of the permuted classifiers",
        "drawn by training/image_classifiers", "MIT",
    )  # fmt: skip


def measure(models: Path, sources: Sources) -> dict[str, Metrics]:
    """Accuracy on all 10,000 test images; the exported parts have no metric."""
    test = images(sources.images, "t10k")
    classes = labels(sources.images, "t10k")
    shuffled = permuted(torch.from_numpy(test)).numpy()
    measured: dict[str, Metrics] = {"cnn-first-layer": {}, "cnn-block": {}}
    for entry in entries():
        pixels: np.ndarray = shuffled if entry.is_permuted else test
        measured[entry.model] = accuracy_metrics(models, entry.model, pixels, classes)
    return measured


def curves(sources: Sources) -> dict[str, Path]:
    names = [job.name for entry in entries() for job in entry.jobs]
    return {f"image-classifiers/{name}": sources.runs / "image-classifiers" / name / "curves.json" for name in names}
