"""Rounding weights to what is stored, before anything is measured: 16-bit floats, or 8-bit integers with a scale."""

from __future__ import annotations

import hashlib

import numpy as np
import torch
from torch import Tensor, nn

SMALLEST_STORED = 256  # elements; a smaller tensor is not worth its nodes and stays in single precision
LARGEST_BYTE = 127

Bytes = dict[str, tuple[np.ndarray, np.ndarray]]
"""Of tensors that were rounded to bytes, by the digest of their values: int8 values and float32 scales of the rows."""


def digest_of(values: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest()


def _rounded_to_bytes(weights: Tensor) -> tuple[Tensor, Tensor]:
    """Symmetric, one scale for each index of the first axis (an output of a layer, a row of a table)."""
    largest = weights.abs().amax(dim=tuple(range(1, weights.dim())), keepdim=True)
    scales = torch.where(largest > 0, largest / LARGEST_BYTE, torch.ones_like(largest))
    return (weights / scales).round().clamp(-LARGEST_BYTE, LARGEST_BYTE).to(torch.int8), scales


@torch.no_grad()
def round_weights(module: nn.Module, bits: int) -> Bytes:
    """
    Rounds in place. With 16 bits, everything becomes what half precision can hold. With 8 bits, each weight matrix and
    kernel becomes an integer times the scale of its row; vectors become half-precision numbers. All arithmetic remains
    in single precision, so a runtime that reads the stored form computes exactly what PyTorch does after this.
    """
    stored: Bytes = {}
    # Buffers too: tables and running means; counters are no floats.
    for tensor in [*module.parameters(), *module.buffers()]:
        if not tensor.is_floating_point():
            continue
        if bits == 8 and tensor.dim() > 1 and tensor.numel() >= SMALLEST_STORED and isinstance(tensor, nn.Parameter):
            integers, scales = _rounded_to_bytes(tensor)
            tensor.copy_(integers.float() * scales)
            stored[digest_of(tensor.numpy())] = (integers.numpy(), scales.numpy())
        else:
            tensor.copy_(tensor.half().float())
    return stored
