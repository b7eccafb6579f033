"""Attention and its linear variant as ONNX text; the numbers of rows n and columns d are free."""

from __future__ import annotations

import onnx
import onnx.parser

from ..shared.onnx_files import OPSET

_ROOT = """
    width = Shape<start = 1, end = 2>(q)
    columns = Cast<to = 1>(width)
    root = Sqrt(columns)
"""

# softmax(q kᵀ / √d) v: two products of n × n × d.
_SOFTMAX = f"""{_ROOT}
    turned = Transpose<perm = [1, 0]>(k)
    products = MatMul(q, turned)
    scores = Div(products, root)
    weights = Softmax<axis = -1>(scores)
    output = MatMul(weights, v)
"""

# softmax(q / √d) (kᵀ v): two products of n × d × d, and no n × n matrix anywhere.
_LINEAR = f"""{_ROOT}
    scaled = Div(q, root)
    features = Softmax<axis = -1>(scaled)
    turned = Transpose<perm = [1, 0]>(k)
    summary = MatMul(turned, v)
    output = MatMul(features, summary)
"""

# What the linear variant would be as a matrix; only the graph that shows its steps computes it.
_IMPLIED = """
    implied = MatMul(features, turned)
"""

_BODIES = {
    "attention-softmax": (_SOFTMAX, "float[n, d] output"),
    "attention-softmax-steps": (_SOFTMAX, "float[n, n] scores, float[n, n] weights, float[n, d] output"),
    "attention-linear": (_LINEAR, "float[n, d] output"),
    "attention-linear-steps": (
        _LINEAR + _IMPLIED,
        "float[n, d] features, float[d, d] summary, float[n, n] implied, float[n, d] output",
    ),
}

TITLES = {
    "attention-softmax": "Attention, softmax(QKᵀ/√d)V",
    "attention-softmax-steps": "Attention, softmax(QKᵀ/√d)V, with its scores and weights",
    "attention-linear": "Linear variant of attention, softmax(Q/√d)(KᵀV)",
    "attention-linear-steps": "Linear variant of attention, softmax(Q/√d)(KᵀV), with its steps and the implied matrix",
}
"""By id of the model."""


def build(name: str) -> onnx.ModelProto:
    """Inputs q, k and v, each float32 [n, d]; `name` is one of TITLES. The scale √d is computed from the shape of q."""
    body, outputs = _BODIES[name]
    model = onnx.parser.parse_model(
        f'<ir_version: 8, opset_import: ["": {OPSET}]>\n'
        f"{name.replace('-', '_')} (float[n, d] q, float[n, d] k, float[n, d] v) => ({outputs}) {{{body}}}"
    )
    onnx.checker.check_model(model, full_check=True)
    return model
