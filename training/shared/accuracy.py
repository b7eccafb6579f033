"""Accuracy of bundled classifiers, measured through their ONNX files."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .exporter import Metrics, open_model, rounded

BATCH = 500


def seed_accuracies(models: Path, model: str, pixels: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """Share of right answers of the network of each seed, [seeds]; the model's first output is logits [seeds, B, C]."""
    session = open_model(models, model)
    right = []
    for start in range(0, len(pixels), BATCH):
        logits = session.run(None, {"pixels": pixels[start : start + BATCH]})[0]
        right.append(logits.argmax(-1) == classes[start : start + BATCH])
    return np.concatenate(right, axis=1).mean(axis=1)


def accuracy_metrics(models: Path, model: str, pixels: np.ndarray, classes: np.ndarray) -> Metrics:
    """Mean over seeds; with several, also the least and the greatest."""
    shares = seed_accuracies(models, model, pixels, classes)
    spread = {"testAccuracyLeast": shares.min(), "testAccuracyGreatest": shares.max()} if len(shares) > 1 else {}
    return rounded({"testAccuracy": shares.mean(), **spread})
