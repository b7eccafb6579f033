"""The bundled autoencoders of the series, with the classifiers on their latents."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from ..autoencoder.files import reconstruction_metrics
from ..shared.exporter import FASHION, About, Exporter, Metrics, Sources, count, open_model, rounded, seeded
from ..shared.fashion_mnist import images, labels
from ..shared.run import finished
from ..shared.weights import round_weights
from .model import DRAWS, FEW_LABELS, LATENTS, ClassifiersGraph, SeriesAutoencoder, decoder_graph

COMMAND = "python -m training.latent_series.train"
BATCH = 1_000


def name_of(latent: int) -> str:
    return f"latent-{latent}"


def write(exporter: Exporter, sources: Sources) -> None:
    pixels = torch.from_numpy(images(sources.images, "t10k")[:2])
    for latent in LATENTS:
        state = finished(sources.runs / "latent-series" / str(latent), COMMAND)
        model = SeriesAutoencoder(latent)
        model.load_state_dict(state["model"])
        stored = round_weights(model.eval(), bits=8)
        classifiers = ClassifiersGraph(**state["classifiers"])
        stored_classifiers = round_weights(classifiers, bits=16)
        name, command = name_of(latent), f"{COMMAND} --only {latent}"
        settings = {"latent": latent}
        latents = torch.randn(2, latent, generator=seeded(5))
        batch = {0: "batch"}
        exporter.add(
            f"{name}-encoder", model.encoder, stored, {"pixels": batch}, {"latent": batch}, [{"pixels": pixels}],
            About(f"Encoder to {latent} latent numbers", count(model.encoder), command,
                  f"{FASHION}; trained on 55,000 images, tested on 10,000", settings),
        )  # fmt: skip
        exporter.add(
            f"{name}-decoder", decoder_graph(model), stored, {"latent": batch}, {"pixels": batch}, [{"latent": latents}],
            About(f"Decoder of {latent} latent numbers", count(model.decoder), command,
                  f"{FASHION}; trained on 55,000 images, tested on 10,000", settings),
        )  # fmt: skip
        exporter.add(
            f"{name}-classifiers", classifiers, stored_classifiers, {"latent": batch},
            {"few_logits": {1: "batch"}, "all_logits": batch}, [{"latent": latents}],
            About(f"Linear classifiers on {latent} latent numbers", count(classifiers), command,
                  f"{FASHION}; {DRAWS} draws of {FEW_LABELS} labels a class, and all 60,000 labels; tested on 10,000",
                  {**settings, "draws": DRAWS, "labelsPerClass": FEW_LABELS}),
        )  # fmt: skip


def measure(models: Path, sources: Sources) -> dict[str, Metrics]:
    test, classes = images(sources.images, "t10k"), labels(sources.images, "t10k")
    measured = {}
    for latent in LATENTS:
        name = name_of(latent)
        reconstruction = reconstruction_metrics(models, name, test)
        measured |= {f"{name}-encoder": reconstruction, f"{name}-decoder": reconstruction}
        encoder, classifiers = open_model(models, f"{name}-encoder"), open_model(models, f"{name}-classifiers")
        few, everything = [], []
        for start in range(0, len(test), BATCH):
            wanted = classes[start : start + BATCH]
            latents = encoder.run(None, {"pixels": test[start : start + BATCH]})[0]
            few_logits, all_logits = classifiers.run(None, {"latent": latents})
            few.append(few_logits.argmax(-1) == wanted)
            everything.append(all_logits.argmax(-1) == wanted)
        shares = np.concatenate(few, axis=1).mean(axis=1)
        measured[f"{name}-classifiers"] = rounded({
            "testAccuracyFew": shares.mean(), "testAccuracyFewLeast": shares.min(),
            "testAccuracyFewGreatest": shares.max(), "testAccuracyAll": np.concatenate(everything).mean(),
        })  # fmt: skip
    return measured


def curves(sources: Sources) -> dict[str, Path]:
    return {f"latent-series/{d}": sources.runs / "latent-series" / str(d) / "curves.json" for d in LATENTS}
