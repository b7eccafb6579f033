"""The bundled noise predictor of the diffusion model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from ..shared.exporter import FASHION, About, Exporter, Metrics, Sources, count, load_best, open_model, rounded, seeded
from ..shared.fashion_mnist import images
from ..shared.frechet import SAMPLES, features, frechet_distance
from ..shared.run import finished
from ..shared.weights import round_weights
from .model import FIRST_BETA, LAST_BETA, STEPS, UNet
from .sampling import Noise, bound_terms, draw

MODEL = "diffusion-noise"
COMMAND = "python -m training.diffusion.train"
SEED = 17
BATCH = 250
SAMPLING_STEPS = 50
BOUND_STEPS = 50
BOUND_IMAGES = 500


def write(exporter: Exporter, sources: Sources) -> None:
    network = load_best(UNet(), finished(sources.runs / "diffusion", COMMAND))
    stored = round_weights(network, bits=8)
    noisy = torch.randn(3, 1, 28, 28, generator=seeded(5))
    examples = [
        {"noisy": noisy, "step": torch.tensor([1, 400, STEPS])},
        {"noisy": noisy[:1], "step": torch.tensor([50])},
    ]
    settings = {"steps": STEPS, "firstBeta": FIRST_BETA, "lastBeta": LAST_BETA}
    exporter.add(
        MODEL, network, stored, {"noisy": {0: "batch"}, "step": {0: "batch"}}, {"noise": {0: "batch"}}, examples,
        About("Diffusion model: the noise in a noisy image", count(network), COMMAND,
              f"{FASHION}; trained on 60,000 images, tested on 10,000", settings),
    )  # fmt: skip


def predictor(models: Path) -> Noise:
    session = open_model(models, MODEL)
    return lambda noisy, step: session.run(None, {"noisy": noisy, "step": step})[0]


def measure(models: Path, sources: Sources) -> dict[str, Metrics]:
    """
    Fréchet distance to all test images, of samples and of as many training images (what no model can beat by more than
    chance); and a Monte-Carlo estimate of the sum of −ELBO's terms at steps 2 … T, in nats per image.
    """
    predict, test = predictor(models), images(sources.images, "t10k")
    samples = np.concatenate([draw(predict, BATCH, SAMPLING_STEPS, SEED + i) for i in range(SAMPLES // BATCH)])
    training = images(sources.images, "train")[:SAMPLES]
    test_features = features(models, test)
    chosen = test[:BOUND_IMAGES] * 2 - 1
    # The terms change fastest at the first steps, so most of those that stand for all are there.
    steps = np.unique(np.geomspace(2, STEPS, BOUND_STEPS).round().astype(int))
    terms = np.array([bound_terms(predict, chosen, int(step), SEED).mean() for step in steps])
    metrics = {
        "testFrechet": frechet_distance(features(models, samples), test_features),
        "testFrechetOfTrainingImages": frechet_distance(features(models, training), test_features),
        "frechetSamples": SAMPLES,
        "frechetSteps": SAMPLING_STEPS,
        "testDenoisingKlNats": np.trapezoid(terms, steps),
    }
    return {MODEL: rounded(metrics)}


def curves(sources: Sources) -> dict[str, Path]:
    return {"diffusion": sources.runs / "diffusion" / "curves.json"}
