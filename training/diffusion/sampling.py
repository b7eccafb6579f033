"""Drawing images and bounding their likelihood, with any function that predicts the noise."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .model import FIRST_BETA, LAST_BETA, STEPS, kept_signal

Noise = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""Noisy images [B, 1, 28, 28] and steps int64 [B] → the noise in them."""


def draw(predict: Noise, count: int, steps: int, seed: int) -> np.ndarray:
    """
    Images in [0, 1], [count, 1, 28, 28], by DDIM without noise (Song et al. 2021) over `steps` of the steps,
    evenly spaced. The predicted image is clipped to its range at every step.
    """
    kept = np.concatenate([[1.0], kept_signal().numpy()])
    times = np.linspace(0, STEPS, steps + 1).round().astype(int)[::-1]
    x = np.random.default_rng(seed).standard_normal((count, 1, 28, 28), dtype=np.float32)
    for now, then in zip(times[:-1], times[1:]):
        noise = predict(x, np.full(count, now, dtype=np.int64))
        image = np.clip((x - np.sqrt(1 - kept[now]) * noise) / np.sqrt(kept[now]), -1, 1)
        noise = (x - np.sqrt(kept[now]) * image) / np.sqrt(1 - kept[now])
        x = (np.sqrt(kept[then]) * image + np.sqrt(1 - kept[then]) * noise).astype(np.float32)
    return np.clip((x + 1) / 2, 0, 1).astype(np.float32)


def bound_terms(predict: Noise, images: np.ndarray, step: int, seed: int) -> np.ndarray:
    """
    One draw of −ELBO's term of a step, in nats per image, [B]: KL(q(x_{t−1} | x_t, x_0) ‖ p(x_{t−1} | x_t)) with the
    variances of the forward posterior (Ho et al. 2020, equation 12). images: [B, 1, 28, 28] in [−1, 1]; step ≥ 2.
    """
    betas = np.linspace(FIRST_BETA, LAST_BETA, STEPS)
    kept = kept_signal().numpy()
    beta, share, before = betas[step - 1], kept[step - 1], kept[step - 2]
    noise = np.random.default_rng([seed, step]).standard_normal(images.shape, dtype=np.float32)
    noisy = (np.sqrt(share) * images + np.sqrt(1 - share) * noise).astype(np.float32)
    error = predict(noisy, np.full(len(images), step, dtype=np.int64)) - noise
    variance = beta * (1 - before) / (1 - share)
    weight = beta**2 / (2 * variance * (1 - beta) * (1 - share))
    return weight * (error.astype(np.float64) ** 2).sum(axis=(1, 2, 3))
