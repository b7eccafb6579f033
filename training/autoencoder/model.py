"""The autoencoder and the VAE (Kingma & Welling 2014): one architecture, with and without a posterior."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

LATENTS = (16, 2)
"""The one that samples are shown from, and the plane to walk in."""


def encoder_body(outputs: int) -> nn.Sequential:
    """Images [B, 1, 28, 28] → [B, outputs]."""
    return nn.Sequential(
        nn.Conv2d(1, 32, 4, stride=2, padding=1), nn.ReLU(),
        nn.Conv2d(32, 64, 4, stride=2, padding=1), nn.ReLU(),
        nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, outputs),
    )  # fmt: skip


def decoder_body(latent: int) -> nn.Sequential:
    """Latents [B, latent] → pixel logits [B, 1, 28, 28]."""
    return nn.Sequential(
        nn.Linear(latent, 128), nn.ReLU(), nn.Linear(128, 64 * 7 * 7), nn.ReLU(), nn.Unflatten(1, (64, 7, 7)),
        nn.ConvTranspose2d(64, 32, 4, stride=2, padding=1), nn.ReLU(),
        nn.ConvTranspose2d(32, 1, 4, stride=2, padding=1),
    )  # fmt: skip


def reconstruction_nats(logits: Tensor, images: Tensor) -> Tensor:
    """Bernoulli cross-entropy, −log p(x|z), in nats per image, [B]."""
    return F.binary_cross_entropy_with_logits(logits, images, reduction="none").sum(dim=(1, 2, 3))


class Autoencoder(nn.Module):
    def __init__(self, latent: int) -> None:
        super().__init__()
        self.latent = latent
        self.encoder, self.decoder = encoder_body(latent), decoder_body(latent)

    def losses(self, images: Tensor) -> dict[str, Tensor]:
        """Per image, [B]: what is minimised is their sum."""
        return {"reconstructionNats": reconstruction_nats(self.decoder(self.encoder(images)), images)}


class VariationalAutoencoder(nn.Module):
    """Gaussian posterior with diagonal covariance, standard normal prior, β = 1."""

    def __init__(self, latent: int) -> None:
        super().__init__()
        self.latent = latent
        self.encoder, self.decoder = encoder_body(2 * latent), decoder_body(latent)

    def posterior(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log-variance of q(z|x), each [B, latent]."""
        mean, log_variance = self.encoder(images).chunk(2, dim=1)
        return mean, log_variance

    def losses(self, images: Tensor) -> dict[str, Tensor]:
        """The two parts of −ELBO per image, [B], with one posterior sample."""
        mean, log_variance = self.posterior(images)
        latent = mean + torch.randn_like(mean) * (log_variance / 2).exp()
        kl = (mean**2 + log_variance.exp() - 1 - log_variance).sum(1) / 2
        return {"reconstructionNats": reconstruction_nats(self.decoder(latent), images), "klNats": kl}


class DecoderGraph(nn.Module):
    """latent [B, d] → pixels in [0, 1], [B, 1, 28, 28]."""

    def __init__(self, model: Autoencoder | VariationalAutoencoder) -> None:
        super().__init__()
        self.decoder = model.decoder

    def forward(self, latent: Tensor) -> Tensor:
        return self.decoder(latent).sigmoid()


class PosteriorGraph(nn.Module):
    """pixels [B, 1, 28, 28] → mean and log-variance, each [B, d]."""

    def __init__(self, model: VariationalAutoencoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        return self.model.posterior(pixels)


ARCHITECTURES = {"ae": Autoencoder, "vae": VariationalAutoencoder}


def run_name(architecture: str, latent: int) -> str:
    """Of a run's folder and, with "-encoder" or "-decoder" behind it, of a bundled model."""
    return architecture if latent == LATENTS[0] else f"{architecture}-{latent}"
