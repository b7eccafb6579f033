"""ReLU networks of one variable, several seeds of one architecture side by side."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .targets import Target


class Networks(nn.Module):
    """`seeds` independent networks with hidden layers of the given widths."""

    def __init__(self, seeds: int, widths: tuple[int, ...]) -> None:
        super().__init__()
        sizes = [(1, widths[0]), *zip(widths, (*widths[1:], 1), strict=True)]
        self.weights = nn.ParameterList(torch.empty(seeds, outputs, inputs) for inputs, outputs in sizes)
        self.biases = nn.ParameterList(torch.zeros(seeds, outputs, 1) for _, outputs in sizes)

    @torch.no_grad()
    def start(self, target: Target, seed: int) -> None:
        """
        He et al. (2015): normal weights of variance 2 ÷ inputs. The first layer's kinks lie uniformly in the domain,
        so that no unit is wasted outside it; the other biases are 0.
        """
        generator = torch.Generator().manual_seed(seed)
        for weight in self.weights:
            weight.normal_(0, (2 / weight.shape[2]) ** 0.5, generator=generator)
        first = self.weights[0]
        kinks = torch.empty_like(first).uniform_(target.start, target.end, generator=generator)
        self.biases[0].copy_(-first * kinks)

    def forward(self, x: Tensor) -> Tensor:
        """x [N] → [seeds, N]."""
        hidden = x.view(1, 1, -1)
        for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            hidden = (weight @ hidden + bias).relu()
        return (self.weights[-1] @ hidden + self.biases[-1]).squeeze(1)

    def parameters_each(self) -> int:
        """Numbers in one of the networks."""
        return sum(p[0].numel() for p in self.parameters())


class AllNetworks(nn.Module):
    """Every architecture that is fitted to one function; x [N] → [seeds, N] for each."""

    def __init__(self, networks: dict[str, Networks]) -> None:
        super().__init__()
        self.networks = nn.ModuleDict(networks)

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:
        return tuple(network(x) for network in self.networks.values())
