"""Fréchet distance between sets of images, in the features of the bundled classifier (Heusel et al. 2017)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import scipy.linalg

from .exporter import open_model

FEATURES_MODEL = "cnn-60000"
SAMPLES = 2_000
BATCH = 500


def features(models: Path, pixels: np.ndarray) -> np.ndarray:
    """Images [N, 1, 28, 28] in [0, 1] → float64 [N, 96]."""
    session = open_model(models, FEATURES_MODEL)
    batches = [session.run(["features"], {"pixels": pixels[i : i + BATCH]})[0] for i in range(0, len(pixels), BATCH)]
    return np.concatenate(batches).astype(np.float64)


def frechet_distance(a: np.ndarray, b: np.ndarray) -> float:
    """Between the Gaussians with the means and covariances of two sets of features, each [N, d]; squared units."""
    covariance_a, covariance_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    root = scipy.linalg.sqrtm(covariance_a @ covariance_b).real
    return float(((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(covariance_a + covariance_b - 2 * root))
