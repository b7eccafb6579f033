"""A small variational autoencoder and its training loop. Hover over the calls to see what they are and what they cost."""

import torch
import torch.nn.functional as F
from torch import nn, optim

LATENT = 16


class Encoder(nn.Module):
    """An image to the mean and the logarithm of the variance of its latent vector."""

    def __init__(self, latent=LATENT):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 32, kernel_size=4, stride=2, padding=1),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.Conv2d(32, 64, kernel_size=4, stride=2, padding=1),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.Flatten(),
        )
        self.mean = nn.Linear(64 * 7 * 7, latent)
        self.log_variance = nn.Linear(64 * 7 * 7, latent)

    def forward(self, images):
        features = self.features(images)
        return self.mean(features), self.log_variance(features)


class Decoder(nn.Module):
    """A latent vector to an image, as logits."""

    def __init__(self, latent=LATENT):
        super().__init__()
        self.first = nn.Linear(latent, 64 * 7 * 7)
        self.image = nn.Sequential(
            nn.ConvTranspose2d(64, 32, kernel_size=4, stride=2, padding=1),
            nn.ReLU(),
            nn.ConvTranspose2d(32, 1, kernel_size=4, stride=2, padding=1),
        )

    def forward(self, latents):
        return self.image(F.relu(self.first(latents)).view(-1, 64, 7, 7))


class Autoencoder(nn.Module):
    def __init__(self, latent=LATENT):
        super().__init__()
        self.encoder = Encoder(latent)
        self.decoder = Decoder(latent)

    def sample(self, mean, log_variance):
        deviation = torch.exp(0.5 * log_variance)
        noise = torch.randn_like(deviation)
        return mean + deviation * noise

    def forward(self, images):
        mean, log_variance = self.encoder(images)
        return self.decoder(self.sample(mean, log_variance)), mean, log_variance


def loss_of(logits, images, mean, log_variance):
    """Negative evidence lower bound of a batch: reconstruction plus KL term."""
    reconstruction = F.binary_cross_entropy_with_logits(logits, images, reduction="sum")
    divergence = -0.5 * torch.sum(1 + log_variance - mean.pow(2) - log_variance.exp())
    return (reconstruction + divergence) / len(images)


def classifier(classes=10):
    """A classifier for the same images. It returns logits, which is what CrossEntropyLoss expects."""
    return nn.Sequential(
        nn.Flatten(),
        nn.Linear(28 * 28, 128),
        nn.GELU(),
        nn.Dropout(0.2),
        nn.Linear(128, classes),
    )


def train(model, batches, epochs=5):
    optimizer = optim.Adam(model.parameters(), lr=1e-3, betas=(0.9, 0.999))
    for _ in range(epochs):
        for images, _ in batches:
            optimizer.zero_grad()
            logits, mean, log_variance = model(images)
            loss = loss_of(logits, images, mean, log_variance)
            loss.backward()
            optimizer.step()


def train_classifier(model, batches):
    criterion = nn.CrossEntropyLoss()
    optimizer = optim.RMSprop(model.parameters(), alpha=0.99)
    for images, labels in batches:
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
