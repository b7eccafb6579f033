"""Both kinds of attention as ONNX files, their golden vectors, and how far single precision is from double."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx

from ..shared.exporter import About, Exporter, Metrics, Sources, open_model
from ..shared.onnx_files import tensor_json
from .graphs import TITLES, build

COMMAND = "python -m training.export attention (built; nothing is trained)"
SEED = 17
GOLDEN_SIZES = ((5, 3), (1, 4), (6, 1), (1, 1), (12, 4), (3, 16))
"""Rows n and columns d."""
MEASURED_SIZES = ((1, 1), (1, 64), (8, 64), (64, 64), (512, 1), (512, 2), (512, 8), (512, 64))
DRAWS = 4
LARGEST_ERROR_ALLOWED = 1e-5

Tensors = dict[str, np.ndarray]


def _softmax(rows: np.ndarray) -> np.ndarray:
    powers = np.exp(rows - rows.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def reference(name: str, q: np.ndarray, k: np.ndarray, v: np.ndarray) -> Tensors:
    """All matrices of the model `name`, in double precision, by the names that its graph gives them."""
    q, k, v = (matrix.astype(np.float64) for matrix in (q, k, v))
    root = np.sqrt(q.shape[1])
    if name.startswith("attention-softmax"):
        scores = q @ k.T / root
        weights = _softmax(scores)
        return {"scores": scores, "weights": weights, "output": weights @ v}
    features, summary = _softmax(q / root), k.T @ v
    return {"features": features, "summary": summary, "implied": features @ k.T, "output": features @ summary}


def _draw(n: int, d: int, generator: np.random.Generator) -> Tensors:
    """Independent standard normal queries, keys and values, [n, d]."""
    return {matrix: generator.standard_normal((n, d), dtype=np.float32) for matrix in "qkv"}


def write(exporter: Exporter, sources: Sources) -> None:
    for name, title in TITLES.items():
        model = build(name)
        onnx.save(model, str(exporter.models / f"{name}.onnx"))
        generator = np.random.default_rng(SEED)
        cases = []
        for n, d in GOLDEN_SIZES:
            inputs = _draw(n, d, generator)
            exact = reference(name, **inputs)
            cases.append({
                "inputs": {key: tensor_json(matrix) for key, matrix in inputs.items()},
                "outputs": {o.name: tensor_json(exact[o.name].astype(np.float32)) for o in model.graph.output},
            })  # fmt: skip
        exporter.record(name, cases, About(title, 0, COMMAND, "none"))


def largest_error(models: Path, name: str) -> float:
    """
    Over every entry of every output, random draws of MEASURED_SIZES: |single − double| ÷ max(1, |double|). Entries of
    kᵀv are sums over n and reach a hundred, where single precision has no digit at 1e-5 left.
    """
    session = open_model(models, name)
    outputs = [output.name for output in session.get_outputs()]
    generator = np.random.default_rng(SEED + 1)
    largest = 0.0
    for n, d in MEASURED_SIZES * DRAWS:
        inputs = _draw(n, d, generator)
        exact = reference(name, **inputs)
        for output, actual in zip(outputs, session.run(outputs, inputs), strict=True):
            error = np.abs(actual - exact[output]) / np.maximum(1, np.abs(exact[output]))
            largest = max(largest, float(error.max()))
    return largest


def measure(models: Path, sources: Sources) -> dict[str, Metrics]:
    measured = {}
    for name in TITLES:
        error = largest_error(models, name)
        if error > LARGEST_ERROR_ALLOWED:
            sys.exit(f"{name}: differs by {error:.2g} from the reference in double precision")
        measured[name] = {"largestError": float(f"{error:.2g}")}
    return measured


def curves(sources: Sources) -> dict[str, Path]:
    """Nothing is trained."""
    return {}
