"""The bundled encoders and decoders, each alone, and what they measure on held-out images."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from ..shared.exporter import FASHION, About, Exporter, Metrics, Sources, count, load_best, open_model, rounded, seeded
from ..shared.fashion_mnist import images
from ..shared.frechet import SAMPLES, features, frechet_distance
from ..shared.run import finished
from ..shared.weights import round_weights
from .model import ARCHITECTURES, LATENTS, DecoderGraph, PosteriorGraph, run_name

TITLES = {"ae": "autoencoder", "vae": "variational autoencoder"}
DATA = f"{FASHION}; trained on 55,000 images, tested on 10,000"
SEED = 17
BATCH = 500


def write(exporter: Exporter, sources: Sources) -> None:
    for architecture in ARCHITECTURES:
        for latent in LATENTS:
            _write_pair(exporter, sources, architecture, latent)


def _write_pair(exporter: Exporter, sources: Sources, architecture: str, latent: int) -> None:
    name = run_name(architecture, latent)
    command = f"python -m training.autoencoder.train {architecture} --latent {latent}"
    model = load_best(ARCHITECTURES[architecture](latent), finished(sources.runs / name, command))
    stored = round_weights(model, bits=8)

    def about(part: str, parameters: int) -> About:
        title = f"{part} of the {TITLES[architecture]} with {latent} latent numbers"
        return About(title, parameters, command, DATA, {"latent": latent})

    latents = [torch.randn(size, latent, generator=seeded(5)) for size in (3, 1)]
    exporter.add(
        f"{name}-decoder", DecoderGraph(model), stored, {"latent": {0: "batch"}}, {"pixels": {0: "batch"}},
        [{"latent": z} for z in latents], about("Decoder", count(model.decoder)),
    )  # fmt: skip
    is_variational = architecture == "vae"
    names = ["mean", "log_variance"] if is_variational else ["latent"]
    pixels = torch.from_numpy(images(sources.images, "t10k")[:2])
    exporter.add(
        f"{name}-encoder", PosteriorGraph(model) if is_variational else model.encoder, stored,
        {"pixels": {0: "batch"}}, {n: {0: "batch"} for n in names}, [{"pixels": pixels}],
        about("Encoder", count(model.encoder)),
    )  # fmt: skip


def bernoulli_nats(pixels: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Cross-entropy of grey levels in [0, 1] under independent Bernoulli pixels, in nats per image, [B]."""
    p = np.clip(pixels.astype(np.float64), 1e-7, 1 - 1e-7)
    return -(wanted * np.log(p) + (1 - wanted) * np.log1p(-p)).sum(axis=(1, 2, 3))


def reconstruction_metrics(models: Path, name: str, test: np.ndarray) -> Metrics:
    """Reconstruction, and for a VAE the parts of −ELBO with one posterior sample, in nats per held-out image."""
    encoder, decoder = open_model(models, f"{name}-encoder"), open_model(models, f"{name}-decoder")
    generator = np.random.default_rng(SEED)
    reconstruction, divergence, squared = [], [], []
    for start in range(0, len(test), BATCH):
        batch = test[start : start + BATCH]
        latent, *rest = encoder.run(None, {"pixels": batch})
        for log_variance in rest:
            divergence.append((latent**2 + np.exp(log_variance) - 1 - log_variance).sum(1) / 2)
            noise = generator.standard_normal(latent.shape, dtype=np.float32)
            latent = latent + noise * np.exp(log_variance / 2)
        pixels = decoder.run(None, {"latent": latent})[0]
        reconstruction.append(bernoulli_nats(pixels, batch))
        squared.append(((pixels - batch) ** 2).mean(axis=(1, 2, 3)))
    metrics = {
        "testReconstructionNats": np.concatenate(reconstruction).mean(),
        "testPixelMse": np.concatenate(squared).mean(),
    }
    if divergence:
        metrics["testKlNats"] = np.concatenate(divergence).mean()
        metrics["testNegativeElboNats"] = metrics["testReconstructionNats"] + metrics["testKlNats"]
    return rounded(metrics)


def sample_distance(models: Path, name: str, latent: int, test_features: np.ndarray) -> Metrics:
    """Fréchet distance to all test images, of what the decoder makes of standard normal latents."""
    latents = np.random.default_rng(SEED).standard_normal((SAMPLES, latent), dtype=np.float32)
    pixels = open_model(models, f"{name}-decoder").run(None, {"latent": latents})[0]
    distance = frechet_distance(features(models, pixels), test_features)
    return rounded({"testFrechet": distance, "frechetSamples": SAMPLES})


def measure(models: Path, sources: Sources) -> dict[str, Metrics]:
    test = images(sources.images, "t10k")
    test_features = features(models, test)
    measured = {}
    for architecture in ARCHITECTURES:
        for latent in LATENTS:
            name = run_name(architecture, latent)
            metrics = reconstruction_metrics(models, name, test)
            measured[f"{name}-encoder"] = metrics
            measured[f"{name}-decoder"] = {**metrics, **sample_distance(models, name, latent, test_features)}
    return measured


def curves(sources: Sources) -> dict[str, Path]:
    """By name under training/curves."""
    names = [run_name(architecture, latent) for architecture in ARCHITECTURES for latent in LATENTS]
    return {name: sources.runs / name / "curves.json" for name in names}
