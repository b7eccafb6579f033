"""Writing ONNX files: weights stored in 8 or 16 bits, computed in single precision."""

from __future__ import annotations

import base64
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from .weights import SMALLEST_STORED, Bytes, digest_of

OPSET = 18
Axes = dict[str, dict[int, str]]


def _store_compactly(model: onnx.ModelProto, stored: Bytes) -> None:
    """Large float tensors become bytes with scales, or halves; runtimes fold the nodes that widen them when loading."""
    widening = []
    for tensor in list(model.graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < SMALLEST_STORED:
            continue
        name, (integers, scales) = tensor.name, stored.get(digest_of(values), (None, None))
        if integers is not None:
            model.graph.initializer.append(numpy_helper.from_array(scales, f"{name}.scales"))
            widening.append(helper.make_node("Cast", [f"{name}.bytes"], [f"{name}.whole"], to=TensorProto.FLOAT))
            widening.append(helper.make_node("Mul", [f"{name}.whole", f"{name}.scales"], [name]))
            tensor.CopyFrom(numpy_helper.from_array(integers, f"{name}.bytes"))
            continue
        halved = values.astype(np.float16)
        if not np.array_equal(halved.astype(np.float32), values):
            raise ValueError(f"{name} was not rounded before export")
        widening.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
        tensor.CopyFrom(numpy_helper.from_array(halved, f"{name}.half"))
    for node in reversed(widening):
        model.graph.node.insert(0, node)


def _name_output_axes(model: onnx.ModelProto, results: Tensor | tuple[Tensor, ...], free: Axes) -> None:
    """Axes that are not free get the size that they always have; the exporter leaves made-up names on some."""
    results = results if isinstance(results, tuple) else (results,)
    for value, result in zip(model.graph.output, results, strict=True):
        dims = [free[value.name].get(axis, size) for axis, size in enumerate(result.shape)]
        value.CopyFrom(helper.make_tensor_value_info(value.name, TensorProto.FLOAT, dims))


@torch.no_grad()
def export(
    graph: nn.Module, inputs: dict[str, Tensor], outputs: Axes, free: Axes, file: Path, stored: Bytes | None
) -> None:  # fmt: skip
    """
    Writes the graph; `free` and `outputs` name the axes whose size is free; `stored` comes from `round_weights`, or is
    None where weights were not rounded and stay in single precision.
    """
    graph.eval()
    with warnings.catch_warnings():
        # The tracing exporter keeps these small graphs as they are written; the newer one unrolls their layers.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph, tuple(inputs.values()), str(file), dynamo=False, opset_version=OPSET, do_constant_folding=False,
            input_names=list(inputs), output_names=list(outputs), dynamic_axes={**free, **outputs},
        )  # fmt: skip
    model = onnx.load(str(file))
    _name_output_axes(model, graph(*inputs.values()), outputs)
    if stored is not None:
        _store_compactly(model, stored)
    for producer in ("doc_string", "producer_name", "producer_version"):
        model.ClearField(producer)
    onnx.checker.check_model(model)
    onnx.save(model, str(file))


def tensor_json(values: Tensor | np.ndarray) -> dict:
    """A tensor as JSON: type, dims and its little-endian bytes in base64."""
    array = np.ascontiguousarray(values.numpy() if isinstance(values, Tensor) else values)
    data = base64.b64encode(array.astype(array.dtype.newbyteorder("<")).tobytes()).decode("ascii")
    return {"type": array.dtype.name, "dims": list(array.shape), "data": data}


@torch.no_grad()
def golden(graph: nn.Module, inputs: dict[str, Tensor], outputs: list[str]) -> dict:
    """Inputs and what PyTorch makes of them, for a test that replays them in another runtime."""
    results = graph(*inputs.values())
    results = results if isinstance(results, tuple) else (results,)
    return {
        "inputs": {name: tensor_json(value) for name, value in inputs.items()},
        "outputs": {name: tensor_json(value) for name, value in zip(outputs, results, strict=True)},
    }


def declarations(values: list) -> list[dict]:
    """Names, types and dims of a graph's inputs or outputs, as the manifest keeps them."""
    rows = []
    for value in values:
        tensor = value.type.tensor_type
        dims = [d.dim_param or d.dim_value for d in tensor.shape.dim]
        rows.append({"name": value.name, "type": helper.tensor_dtype_to_np_dtype(tensor.elem_type).name, "dims": dims})
    return rows
