"""Training a classifier under a recipe that is the same for every architecture and number of images."""

from __future__ import annotations

import time
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .run import Run

BATCH = 128
ROUNDS = 24
LEAST_STEPS = 1_536  # so that a hundred images are seen often enough to be learnt
PEAK_RATE = 3e-3
WARM_UP = 0.1
WEIGHT_DECAY = 0.05

ERASED_SIDES = (4, 12)  # pixels, of the rectangle that half of the images lose

Change = Callable[[Tensor], Tensor]


def mirrored(pixels: Tensor) -> Tensor:
    """Half of the images from the other side: clothes have no left and right."""
    return torch.where(torch.rand(len(pixels), 1, 1, 1) < 0.5, pixels.flip(3), pixels)


def erased(pixels: Tensor) -> Tensor:
    """Half of the images with a random rectangle of noise (random erasing, Zhong et al. 2020)."""
    count, size = len(pixels), pixels.shape[-1]
    place = torch.arange(size)

    def interval() -> Tensor:
        side = torch.randint(ERASED_SIDES[0], ERASED_SIDES[1] + 1, (count, 1))
        start = (torch.rand(count, 1) * (size - side + 1)).long()
        return (place >= start) & (place < start + side)

    inside = interval()[:, None, :, None] & interval()[:, None, None, :] & (torch.rand(count, 1, 1, 1) < 0.5)
    return torch.where(inside, torch.rand_like(pixels), pixels)


def train_classifier(
    network: nn.Module, pixels: Tensor, labels: Tensor, run: Run, seed: int, quick: bool, change: Change
) -> None:
    """
    AdamW under one cycle of the learning rate, for ROUNDS epochs or LEAST_STEPS steps if those are more. The length is
    fixed beforehand: no image outside `pixels` has a say in when to stop.

    pixels: [N, 1, 28, 28] in [0, 1]; labels: int64 [N]; `change` gives the variant of each batch that is learnt from.
    The weights after the last step are kept, as "network".
    """
    rounds, batch = (2, 16) if quick else (ROUNDS, min(BATCH, len(pixels)))
    steps_a_round = 4 if quick else max(-(-len(pixels) // batch), LEAST_STEPS // ROUNDS)
    network = network.to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_RATE, rounds * steps_a_round, pct_start=WARM_UP)
    parts = {"network": network, "optimizer": optimizer, "schedule": schedule}
    if state := run.resume():
        for name, part in parts.items():
            part.load_state_dict(state[name])
    pixels = pixels.contiguous(memory_format=torch.channels_last)
    while len(run.curves) < rounds:
        generator = torch.Generator().manual_seed(1_000 * seed + len(run.curves))
        torch.manual_seed(1_000 * seed + len(run.curves))
        network.train()
        started, total = time.monotonic(), 0.0
        # Whole passes in random order, cut into batches.
        passes = -(-steps_a_round * batch // len(pixels))
        order = torch.cat([torch.randperm(len(pixels), generator=generator) for _ in range(passes)])
        for chosen in order.split(batch)[:steps_a_round]:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = network(change(pixels[chosen]))
            loss = F.cross_entropy(logits.float(), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        row = {
            "epoch": len(run.curves) + 1,
            "steps": steps_a_round,
            "trainLoss": round(total / steps_a_round, 4),
            "seconds": round(time.monotonic() - started, 1),
        }
        run.save(row, {name: part.state_dict() for name, part in parts.items()})
