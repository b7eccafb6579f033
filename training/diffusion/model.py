"""A denoising diffusion model (Ho et al. 2020): fixed Gaussian noising, and a small U-Net that predicts the noise."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

STEPS = 1_000
FIRST_BETA, LAST_BETA = 1e-4, 0.02
WIDTHS = (48, 96)
TIME_FEATURES = 64
TIME_WIDTH = 192
GROUPS = 8


def kept_signal() -> Tensor:
    """ᾱ_t, the share of the image's variance that is left after steps 1 … T of the linear schedule, float64 [T]."""
    return (1 - torch.linspace(FIRST_BETA, LAST_BETA, STEPS, dtype=torch.float64)).cumprod(0)


def step_features(step: Tensor) -> Tensor:
    """Sinusoids of the step, [B] → [B, TIME_FEATURES]."""
    rates = torch.exp(torch.arange(TIME_FEATURES // 2) * (-math.log(10_000.0) / (TIME_FEATURES // 2)))
    angles = step[:, None].float() * rates
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Residual(nn.Module):
    """Two convolutions; the step shifts what lies between them."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.first = nn.Sequential(nn.GroupNorm(GROUPS, inputs), nn.SiLU(), nn.Conv2d(inputs, outputs, 3, padding=1))
        self.second = nn.Sequential(nn.GroupNorm(GROUPS, outputs), nn.SiLU(), nn.Conv2d(outputs, outputs, 3, padding=1))
        self.shift = nn.Linear(TIME_WIDTH, outputs)
        self.shortcut = nn.Identity() if inputs == outputs else nn.Conv2d(inputs, outputs, 1)

    def forward(self, x: Tensor, time: Tensor) -> Tensor:
        return self.shortcut(x) + self.second(self.first(x) + self.shift(time)[:, :, None, None])


class SelfAttention(nn.Module):
    """One head over all places of the image."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(GROUPS, width)
        self.mix, self.output = nn.Conv2d(width, 3 * width, 1), nn.Conv2d(width, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        queries, keys, values = self.mix(self.norm(x)).flatten(2).chunk(3, dim=1)
        weights = (queries.transpose(1, 2) @ keys / math.sqrt(x.shape[1])).softmax(-1)
        return x + self.output((values @ weights.transpose(1, 2)).reshape(x.shape))


class UNet(nn.Module):
    """Noisy images [B, 1, 28, 28] in about [−1, 1] and steps 1 … T, int64 [B] → the noise in them, [B, 1, 28, 28]."""

    def __init__(self) -> None:
        super().__init__()
        narrow, wide = WIDTHS
        self.time = nn.Sequential(nn.Linear(TIME_FEATURES, TIME_WIDTH), nn.SiLU(), nn.Linear(TIME_WIDTH, TIME_WIDTH), nn.SiLU())
        # A quarter of the places with four numbers each: the cost falls to a quarter, no pixel is lost.
        self.fold, self.unfold = nn.PixelUnshuffle(2), nn.PixelShuffle(2)
        self.enter = nn.Conv2d(4, narrow, 3, padding=1)
        self.down = nn.ModuleList([Residual(narrow, narrow), Residual(narrow, narrow)])
        self.shrink = nn.Conv2d(narrow, wide, 3, stride=2, padding=1)
        self.inner = nn.ModuleList([Residual(wide, wide), Residual(wide, wide), Residual(wide, wide)])
        self.attention = SelfAttention(wide)
        self.grow = nn.Conv2d(wide, narrow, 3, padding=1)
        self.up = nn.ModuleList([Residual(2 * narrow, narrow), Residual(2 * narrow, narrow)])
        self.leave = nn.Sequential(nn.GroupNorm(GROUPS, narrow), nn.SiLU(), nn.Conv2d(narrow, 4, 3, padding=1))

    def forward(self, noisy: Tensor, step: Tensor) -> Tensor:
        time = self.time(step_features(step))
        x = self.enter(self.fold(noisy))
        kept = []
        for block in self.down:
            x = block(x, time)
            kept.append(x)
        x = self.inner[0](self.shrink(x), time)
        x = self.attention(x)
        for block in self.inner[1:]:
            x = block(x, time)
        x = self.grow(F.interpolate(x, scale_factor=2.0, mode="nearest"))
        for block in self.up:
            x = block(torch.cat([x, kept.pop()], dim=1), time)
        return self.unfold(self.leave(x))


def noised(images: Tensor, step: Tensor, noise: Tensor, kept: Tensor) -> Tensor:
    """A draw of q(x_t | x_0); `kept` is ᾱ as float32 [T], steps count from 1."""
    share = kept[step - 1][:, None, None, None]
    return share.sqrt() * images + (1 - share).sqrt() * noise
