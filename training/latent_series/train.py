"""Trains one autoencoder for each size of the latent, and classifiers on it: python -m training.latent_series.train

Every autoencoder gets the same number of epochs and the same course of the learning rate. Then linear classifiers
(multinomial logistic regression on standardised latents) are fitted to ten draws of ten labels of each class, and to
all 60,000 labels. `--only 16` trains one size.
"""

from __future__ import annotations

import time
import warnings

import numpy as np
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from torch import Tensor

from ..shared.fashion_mnist import CLASSES, balanced_draw, images, labels
from ..shared.run import Run, image_options
from .model import DRAWS, FEW_LABELS, LATENTS, SeriesAutoencoder

SEED = 17
BATCH = 256
EPOCHS = 16
PEAK_RATE = 2e-3
VALIDATION = 5_000
MOST_ITERATIONS = 300


@torch.no_grad()
def mean_loss(model: SeriesAutoencoder, data: Tensor) -> float:
    """Nats per image."""
    return torch.cat([model.losses(chunk) for chunk in data.split(1_000)]).mean().item()


@torch.no_grad()
def encode(model: SeriesAutoencoder, pixels: Tensor) -> np.ndarray:
    return torch.cat([model.encoder(chunk) for chunk in pixels.split(1_000)]).numpy()


def fit_linear(latents: np.ndarray, classes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights [10, d] and biases [10] for raw latents: the standardisation is folded in."""
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(max_iter=MOST_ITERATIONS))
    with warnings.catch_warnings():
        # The largest latents are near their optimum after that many steps; more change the accuracy by nothing.
        warnings.simplefilter("ignore", ConvergenceWarning)
        pipeline.fit(latents, classes)
    scaler, regression = pipeline[0], pipeline[1]
    weights = regression.coef_ / scaler.scale_
    return weights, regression.intercept_ - weights @ scaler.mean_


def classifiers(model: SeriesAutoencoder, pixels: Tensor, classes: Tensor) -> dict[str, Tensor]:
    """Those of each draw, then the one with all labels: weights [draws + 1, 10, d], biases [draws + 1, 10]."""
    latents = encode(model, pixels)
    draws = [balanced_draw(classes, FEW_LABELS * CLASSES, seed) for seed in range(DRAWS)]
    fits = [fit_linear(latents[chosen], classes[chosen].numpy()) for chosen in (*draws, torch.arange(len(classes)))]
    return {
        "weights": torch.tensor(np.stack([weights for weights, _ in fits]), dtype=torch.float32),
        "biases": torch.tensor(np.stack([biases for _, biases in fits]), dtype=torch.float32),
    }


def train(latent: int, run: Run, pixels: Tensor, classes: Tensor, quick: bool) -> None:
    torch.manual_seed(SEED)
    data, held_out = pixels[:-VALIDATION], pixels[-VALIDATION:]
    epochs = 1 if quick else EPOCHS
    model = SeriesAutoencoder(latent)
    optimizer = torch.optim.Adam(model.parameters())
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_RATE, epochs * -(-len(data) // BATCH))
    parts = {"model": model, "optimizer": optimizer, "schedule": schedule}
    if state := run.resume():
        for name, part in parts.items():
            part.load_state_dict(state[name])
    while len(run.curves) < epochs:
        torch.manual_seed(SEED + len(run.curves))
        started, total = time.monotonic(), 0.0
        for chosen in torch.randperm(len(data)).split(BATCH):
            loss = model.losses(data[chosen]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item() * len(chosen)
        row = {
            "epoch": len(run.curves) + 1,
            "trainNats": round(total / len(data), 3),
            "validationNats": round(mean_loss(model, held_out), 3),
            "seconds": round(time.monotonic() - started, 1),
        }
        fitted = classifiers(model, pixels, classes) if row["epoch"] == epochs else {}
        run.save(row, {**{name: part.state_dict() for name, part in parts.items()}, "classifiers": fitted})


def main() -> None:
    options = image_options(__doc__)
    options.add_argument("--only", type=int, choices=LATENTS, help="one size of the latent")
    arguments = options.parse_args()
    pixels = torch.from_numpy(images(arguments.data, "train"))
    classes = torch.from_numpy(labels(arguments.data, "train"))
    if arguments.quick:
        pixels, classes = pixels[: VALIDATION + 2_000], classes[: VALIDATION + 2_000]
    for latent in LATENTS if arguments.only is None else (arguments.only,):
        train(latent, Run(arguments.runs / "latent-series" / str(latent)), pixels, classes, arguments.quick)


if __name__ == "__main__":
    main()
