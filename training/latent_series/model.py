"""One autoencoder for each size of the latent, alike in everything else."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..autoencoder.model import reconstruction_nats

LATENTS = tuple(2**k for k in range(10))
FEATURES = 32 * 4 * 4
"""What the encoder's body ends in: as many numbers as the largest latent, so that the body limits none of them."""


class SeriesAutoencoder(nn.Module):
    def __init__(self, latent: int) -> None:
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 32, 4, stride=2, padding=1), nn.ReLU(),
            nn.Conv2d(32, 64, 4, stride=2, padding=1), nn.ReLU(),
            nn.Conv2d(64, 32, 3, stride=2, padding=1), nn.ReLU(),
            nn.Flatten(), nn.Linear(FEATURES, latent),
        )  # fmt: skip
        self.decoder = nn.Sequential(
            nn.Linear(latent, FEATURES), nn.ReLU(), nn.Unflatten(1, (32, 4, 4)),
            nn.ConvTranspose2d(32, 64, 3, stride=2, padding=1), nn.ReLU(),
            nn.ConvTranspose2d(64, 32, 4, stride=2, padding=1), nn.ReLU(),
            nn.ConvTranspose2d(32, 1, 4, stride=2, padding=1),
        )  # fmt: skip

    def losses(self, images: Tensor) -> Tensor:
        """Reconstruction in nats per image, [B]."""
        return reconstruction_nats(self.decoder(self.encoder(images)), images)


def decoder_graph(model: SeriesAutoencoder) -> nn.Module:
    """latent [B, d] → pixels in [0, 1], [B, 1, 28, 28]."""
    return nn.Sequential(model.decoder, nn.Sigmoid())


FEW_LABELS = 10  # of each class
DRAWS = 10


class ClassifiersGraph(nn.Module):
    """
    latent [B, d] → logits of one linear classifier for each draw of few labels, [draws, B, 10], and of the one that
    was fitted to all labels, [B, 10].
    """

    def __init__(self, weights: Tensor, biases: Tensor) -> None:
        """weights: [draws + 1, 10, d], biases: [draws + 1, 10]; the last is the one with all labels."""
        super().__init__()
        self.classifiers, self.classes, latent = weights.shape
        self.linear = nn.Linear(latent, self.classifiers * self.classes)
        with torch.no_grad():
            self.linear.weight.copy_(weights.flatten(0, 1))
            self.linear.bias.copy_(biases.flatten())

    def forward(self, latent: Tensor) -> tuple[Tensor, Tensor]:
        logits = self.linear(latent).reshape(-1, self.classifiers, self.classes).transpose(0, 1)
        return logits[:-1], logits[-1]
