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
LARGEST_RELATIVE_ERROR = 1e-5

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


def largest_errors(models: Path, name: str) -> tuple[float, float]:
    """
    Over every output and random draws of MEASURED_SIZES: |single − double|, plainly and ÷ max(1, the largest entry of
    that output). Entries of kᵀv are sums of n products and reach a hundred, where neighbours in single precision are
    7.6e-6 apart: there only the second can be held to 1e-5.
    """
    session = open_model(models, name)
    outputs = [output.name for output in session.get_outputs()]
    generator = np.random.default_rng(SEED + 1)
    absolute = relative = 0.0
    for n, d in MEASURED_SIZES * DRAWS:
        inputs = _draw(n, d, generator)
        exact = reference(name, **inputs)
        for output, actual in zip(outputs, session.run(outputs, inputs), strict=True):
            error = float(np.abs(actual - exact[output]).max())
            absolute = max(absolute, error)
            relative = max(relative, error / max(1.0, float(np.abs(exact[output]).max())))
    return absolute, relative


def measure(models: Path, sources: Sources) -> dict[str, Metrics]:
    measured = {}
    for name in TITLES:
        absolute, relative = largest_errors(models, name)
        if relative > LARGEST_RELATIVE_ERROR:
            sys.exit(f"{name}: differs by {relative:.2g} of its largest entry from the reference in double precision")
        measured[name] = {
            "largestError": float(f"{absolute:.2g}"),
            "largestRelativeError": float(f"{relative:.2g}"),
        }
    return measured


def curves(sources: Sources) -> dict[str, Path]:
    """Nothing is trained."""
    return {}
