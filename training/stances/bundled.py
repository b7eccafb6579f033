"""The weights of the bundled 8-bit file, so that training can go on from what the project holds."""

import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from .model import StanceReader

EXPORTED = "reader."
FOLDED = "/Transpose_output_0"
"""What the export adds to the name of a matrix that it has transposed."""
SCALES = ("_scale", "_zero_point")


def load_bundled(reader: StanceReader, file: Path) -> None:
    """
    Every weight is as the file has it, off by half a step of its scale at most. Embeddings of words, which no run trains,
    and places past the longest text stay as they are.
    """
    state, words = reader.state_dict(), "encoder.embeddings.word_embeddings.weight"
    for name, value in read_weights(file).items():
        if name != words:
            state[name][: len(value)] = value
    reader.load_state_dict(state)


def read_weights(file: Path) -> dict[str, Tensor]:
    """In single precision, by the names that PyTorch gives them."""
    tensors = {t.name: numpy_helper.to_array(t) for t in onnx.load(file).graph.initializer}
    found: dict[str, np.ndarray] = {}
    for name, value in tensors.items():
        plain = name.removesuffix("_quantized")
        if plain != name:
            zero, scale = tensors[f"{plain}_zero_point"], tensors[f"{plain}_scale"]
            wide = (value.astype(np.float32) - zero.astype(np.float32)) * scale
            found[weight_name(plain)] = wide.T if plain.endswith(FOLDED) else wide
        elif name.startswith(EXPORTED) and not name.endswith(SCALES):
            found[weight_name(name)] = value
    return {name: torch.from_numpy(value.copy()) for name, value in found.items()}


def weight_name(exported: str) -> str:
    """`/claim/claim.0/Transpose_output_0` is `claim.0.weight`: the export repeats the name of a sequence in its members."""
    if not exported.endswith(FOLDED):
        return exported.removeprefix(EXPORTED)
    path = re.sub(r"\b(\w+)/(?=\1\.)", "", exported.removesuffix(FOLDED).strip("/"))
    return f"{path.replace('/', '.')}.weight"
