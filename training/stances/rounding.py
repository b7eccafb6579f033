"""The 8-bit arithmetic of the exported file, simulated while a run trains, so that its weights bear it."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .model import StanceReader

WEIGHT_STEPS = 64
"""To each side of zero: the file keeps to 7 bits, see `files.py`."""
EMBEDDING_STEPS = 127
INPUT_STEPS = 255


class RoundedLinear(nn.Linear):
    """Gradients pass as if nothing were rounded."""

    def forward(self, input: Tensor) -> Tensor:
        return F.linear(rounded_input(input), rounded_weight(self.weight), self.bias)


def rounded_weight(weight: Tensor) -> Tensor:
    """With a scale for each row."""
    scale = weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-9) / WEIGHT_STEPS
    return weight + ((weight / scale).round() * scale - weight).detach()


def rounded_input(values: Tensor) -> Tensor:
    """With a scale and a zero for each row of the batch: the product reads one answer at a time."""
    flat = values.detach().flatten(1)
    low, high = flat.amin(1).clamp(max=0), flat.amax(1).clamp(min=0)
    shape = (-1,) + (1,) * (values.dim() - 1)
    scale = ((high - low) / INPUT_STEPS).clamp(min=1e-9).view(shape)
    zero = (-low.view(shape) / scale).round()
    steps = ((values / scale).round() + zero).clamp(0, INPUT_STEPS)
    return values + ((steps - zero) * scale - values).detach()


@torch.no_grad()
def round_arithmetic(reader: StanceReader) -> None:
    """Names of weights stay. Embeddings of words, which are not trained, are rounded for good."""
    for module in reader.modules():
        if type(module) is nn.Linear:
            module.__class__ = RoundedLinear
    words = reader.encoder.embeddings.word_embeddings.weight
    scale = words.abs().max() / EMBEDDING_STEPS
    words.copy_((words / scale).round() * scale)
