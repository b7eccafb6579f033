"""The bundled networks of the quadrant task."""

from __future__ import annotations

from pathlib import Path

import torch

from ..image_classifiers.model import SeedsGraph
from ..shared.accuracy import accuracy_metrics
from ..shared.exporter import FASHION, About, Exporter, Metrics, Sources, count, load_network
from ..shared.fashion_mnist import images
from ..shared.run import finished
from ..shared.weights import round_weights
from .model import JITTER, NETWORKS, OBJECT, SEEDS, STARTS, placed
from .train import TRAINING_IMAGES

COMMAND = "python -m training.quadrant.train"
TITLES = {
    "cnn": "CNN with global average pooling, zeros around the image",
    "cnn-circular": "CNN with global average pooling, image wrapped around",
    "mlp": "Multilayer perceptron",
}
TEST_SEED = 99
SETTINGS = {"seeds": SEEDS, "objectSize": OBJECT, "firstStart": STARTS[0], "secondStart": STARTS[1], "jitter": JITTER}


def model_id(name: str) -> str:
    return f"quadrant-{name}"


def write(exporter: Exporter, sources: Sources) -> None:
    canvases, _ = placed(torch.from_numpy(images(sources.images, "t10k")[:2]), TEST_SEED)
    data = f"{FASHION}; {TRAINING_IMAGES:,} images halved and placed for each seed, tested on 10,000"
    for name, network in NETWORKS.items():
        folders = [sources.runs / "quadrant" / f"{name}-{seed}" for seed in range(SEEDS)]
        graph = SeedsGraph([load_network(network(), finished(folder, COMMAND)) for folder in folders])
        exporter.add(
            model_id(name), graph, round_weights(graph, bits=8), {"pixels": {0: "batch"}}, {"logits": {1: "batch"}},
            [{"pixels": canvases}], About(f"Quadrant: {TITLES[name]}", count(graph) // SEEDS, COMMAND, data, SETTINGS),
        )  # fmt: skip


def measure(models: Path, sources: Sources) -> dict[str, Metrics]:
    canvases, quadrants = placed(torch.from_numpy(images(sources.images, "t10k")), TEST_SEED)
    return {
        model_id(name): accuracy_metrics(models, model_id(name), canvases.numpy(), quadrants.numpy()) for name in NETWORKS
    }


def curves(sources: Sources) -> dict[str, Path]:
    names = [f"{name}-{seed}" for name in NETWORKS for seed in range(SEEDS)]
    return {f"quadrant/{name}": sources.runs / "quadrant" / name / "curves.json" for name in names}
