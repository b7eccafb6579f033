"""Measures the bundled files on held-out data: python -m training.evaluate --data fra-eng.zip

Runs the ONNX files as the product does, prints every metric beside the one in models/manifest.json, and exits with 1
if they differ by more than rounding.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import sacrebleu

from .fashion_mnist import DEFAULT_FOLDER, images
from .translation_data import Example, read_examples, split_examples
from .translation_tokenizer import BOS, EOS, load_tokenizer

SEED = 17
BATCH = 500
MOST_TOKENS = 60


def open_model(models: Path, model: str) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(str(models / f"{model}.onnx"), providers=["CPUExecutionProvider"])


def _nats(pixels: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Bernoulli cross-entropy in nats per image."""
    p = np.clip(pixels.astype(np.float64), 1e-7, 1 - 1e-7)
    return -(wanted * np.log(p) + (1 - wanted) * np.log1p(-p)).sum(axis=(1, 2, 3))


def autoencoder_metrics(models: Path, name: str, test: np.ndarray) -> dict[str, float]:
    """Reconstruction, and for the VAE the parts of −ELBO with one posterior sample, in nats per held-out image."""
    encoder, decoder = open_model(models, f"{name}-encoder"), open_model(models, f"{name}-decoder")
    generator = np.random.default_rng(SEED)
    reconstruction, divergence, squared = [], [], []
    for start in range(0, len(test), BATCH):
        batch = test[start : start + BATCH]
        outputs = encoder.run(None, {"pixels": batch})
        latent = outputs[0]
        if name == "vae":
            mean, log_variance = outputs
            noise = generator.standard_normal(mean.shape, dtype=np.float32)
            latent = mean + noise * np.exp(log_variance / 2)
            divergence.append((mean**2 + np.exp(log_variance) - 1 - log_variance).sum(1) / 2)
        pixels = decoder.run(None, {"latent": latent})[0]
        reconstruction.append(_nats(pixels, batch))
        squared.append(((pixels - batch) ** 2).mean(axis=(1, 2, 3)))
    metrics = {
        "testReconstructionNats": np.concatenate(reconstruction).mean(),
        "testPixelMse": np.concatenate(squared).mean(),
    }
    if divergence:
        metrics["testKlNats"] = np.concatenate(divergence).mean()
        metrics["testNegativeElboNats"] = metrics["testReconstructionNats"] + metrics["testKlNats"]
    return {key: round(float(value), 4) for key, value in metrics.items()}


class GreedyTranslator:
    """Greedy decoding with the two graphs, one sentence at a time."""

    def __init__(self, models: Path) -> None:
        self.tokenizer = load_tokenizer(models / "translator-tokenizer.json")
        self.encoder, self.decoder = open_model(models, "translator-encoder"), open_model(models, "translator-decoder")

    def __call__(self, sentence: str) -> str:
        source = np.array([self.tokenizer.encode(sentence).ids + [EOS]])
        cross_keys, cross_values, _ = self.encoder.run(None, {"source": source})
        layers, _, heads, _, size = cross_keys.shape
        keys = values = np.zeros((layers, 1, heads, 0, size), np.float32)
        written, token = [], BOS
        while len(written) < MOST_TOKENS:
            log_probabilities, keys, values, _, _ = self.decoder.run(
                None,
                {"token": np.array([[token]]), "past_keys": keys, "past_values": values,
                 "cross_keys": cross_keys, "cross_values": cross_values},
            )  # fmt: skip
            token = int(log_probabilities[0].argmax())
            if token == EOS:
                break
            written.append(token)
        return self.tokenizer.decode(written)


def translator_metrics(models: Path, test: list[Example]) -> dict[str, float | str]:
    """Corpus BLEU of greedy decoding against all French versions of each held-out sentence."""
    translate = GreedyTranslator(models)
    hypotheses = [translate(example.english) for example in test]
    most = max(len(example.french) for example in test)
    references = [[e.french[k] if k < len(e.french) else None for e in test] for k in range(most)]
    metrics: dict[str, float | str] = {}
    for name, metric in {"testBleu": sacrebleu.metrics.BLEU(), "testChrf": sacrebleu.metrics.CHRF()}.items():
        metrics[name] = round(metric.corpus_score(hypotheses, references).score, 2)
        metrics[f"{name}Signature"] = str(metric.get_signature())
    metrics["testSentences"] = len(test)
    return metrics


def measure(models: Path, image_folder: Path, archive: Path) -> dict[str, dict[str, float | str]]:
    """Metrics by the first word of a model's id."""
    test = images(image_folder, "t10k")
    return {
        "ae": autoencoder_metrics(models, "ae", test),
        "vae": autoencoder_metrics(models, "vae", test),
        "translator": translator_metrics(models, split_examples(read_examples(archive)).test),
    }


def write_metrics(rows: list[dict], models: Path, image_folder: Path, archive: Path) -> None:
    """Fills the metrics of the manifest's rows."""
    measured = measure(models, image_folder, archive)
    for row in rows:
        row["metrics"] = measured[row["id"].split("-")[0]]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--models", type=Path, default=Path("models"))
    options.add_argument("--images", type=Path, default=DEFAULT_FOLDER)
    options.add_argument("--data", type=Path, required=True, help="fra-eng.zip")
    arguments = options.parse_args()
    manifest = json.loads((arguments.models / "manifest.json").read_text())
    measured = measure(arguments.models, arguments.images, arguments.data)
    differs = False
    for row in manifest["models"]:
        for name, expected in row["metrics"].items():
            actual = measured[row["id"].split("-")[0]][name]
            same = actual == expected if isinstance(expected, str) else abs(actual - expected) <= 0.002 * abs(expected)
            differs |= not same
            print(f"{row['id']:20} {name:26} {actual!s:>12} {'' if same else f'manifest says {expected}'}")
    sys.exit(1 if differs else 0)


if __name__ == "__main__":
    main()
