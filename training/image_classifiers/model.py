"""The convolutional network and the multilayer perceptron that are compared on images of clothes."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..shared.fashion_mnist import CLASSES

DROPOUT = 0.2
SEEDS = 3
TRAINING_SIZES = {100: SEEDS, 300: SEEDS, 1_000: SEEDS, 3_000: SEEDS, 10_000: 1, 60_000: 1}
"""Networks trained at each number of images; every one on its own draw, balanced over the classes."""
PERMUTATION_SEED = 2017


def pixel_permutation() -> Tensor:
    """Entry i is the pixel that moves to place i, [784]."""
    return torch.randperm(28 * 28, generator=torch.Generator().manual_seed(PERMUTATION_SEED))


def convolution_block(inputs: int, outputs: int, padding_mode: str) -> nn.Sequential:
    """3×3 convolution without bias, batch norm, ReLU; the size of the image stays."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False, padding_mode=padding_mode),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


class Cnn(nn.Module):
    """Four convolutions, two poolings, global average pooling: images [B, 1, 28, 28] → logits [B, classes]."""

    def __init__(self, classes: int = CLASSES, padding_mode: str = "zeros") -> None:
        super().__init__()
        self.body = nn.Sequential(
            convolution_block(1, 32, padding_mode), nn.MaxPool2d(2),
            convolution_block(32, 64, padding_mode), convolution_block(64, 64, padding_mode), nn.MaxPool2d(2),
            convolution_block(64, 96, padding_mode),
        )  # fmt: skip
        self.head = nn.Sequential(nn.Dropout(DROPOUT), nn.Linear(96, classes))

    def features(self, pixels: Tensor) -> Tensor:
        """Mean of each channel over the image, [B, 96]."""
        return self.body(pixels).mean(dim=(2, 3))

    def forward(self, pixels: Tensor) -> Tensor:
        return self.head(self.features(pixels))

    @property
    def first_layer(self) -> nn.Conv2d:
        return self.body[0][0]

    @property
    def inner_block(self) -> nn.Sequential:
        """The second convolution with its batch norm and ReLU: [B, 32, H, W] → [B, 64, H, W]."""
        return self.body[2]


class Mlp(nn.Module):
    """Two hidden layers on the flattened image; without dropout, which leaves it underfitted under this recipe."""

    def __init__(self, classes: int = CLASSES) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Flatten(),
            nn.Linear(28 * 28, 256), nn.ReLU(),
            nn.Linear(256, 128), nn.ReLU(),
        )  # fmt: skip
        self.head = nn.Linear(128, classes)

    def forward(self, pixels: Tensor) -> Tensor:
        return self.head(self.body(pixels))


ARCHITECTURES = {"cnn": Cnn, "mlp": Mlp}


class SeedsGraph(nn.Module):
    """pixels [B, 1, 28, 28] → logits of the networks of all seeds, [seeds, B, classes]."""

    def __init__(self, networks: list[nn.Module]) -> None:
        super().__init__()
        self.networks = nn.ModuleList(networks)

    def forward(self, pixels: Tensor) -> Tensor:
        return torch.stack([network(pixels) for network in self.networks])


class FeaturesGraph(nn.Module):
    """pixels [B, 1, 28, 28] → logits [1, B, classes] and the features that distances are measured in, [B, 96]."""

    def __init__(self, network: Cnn) -> None:
        super().__init__()
        self.network = network

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        features = self.network.features(pixels)
        return self.network.head(features)[None], features
