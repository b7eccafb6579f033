"""Trains the autoencoder or the VAE: python -m training.autoencoder.train vae --latent 2

All 60,000 training images but the last 5,000, which tell when to stop: training ends when their loss has not
fallen for PATIENCE epochs (the rate drops once before).
"""

from __future__ import annotations

import time

import torch
from torch import Tensor

from ..shared.fashion_mnist import images
from ..shared.run import Run, image_options
from .model import ARCHITECTURES, LATENTS, run_name

SEED = 17
BATCH = 256
RATE = 1e-3
VALIDATION = 5_000
PATIENCE = 6
LEAST_GAIN = 0.02  # nats per image that count as an improvement


@torch.no_grad()
def mean_losses(model: torch.nn.Module, data: Tensor) -> dict[str, float]:
    """Mean of each loss over the data, in nats per image."""
    model.eval()
    torch.manual_seed(SEED)
    parts = [model.losses(chunk) for chunk in data.split(1_000)]
    return {name: torch.cat([p[name] for p in parts]).mean().item() for name in parts[0]}


def is_flat(curves: list[dict]) -> bool:
    """Whether the last PATIENCE epochs gained less than LEAST_GAIN over those before."""
    losses = [row["validationNats"] for row in curves]
    return len(losses) > PATIENCE and min(losses[-PATIENCE:]) > min(losses[:-PATIENCE]) - LEAST_GAIN


def main() -> None:
    options = image_options(__doc__)
    options.add_argument("model", choices=ARCHITECTURES)
    options.add_argument("--latent", type=int, default=LATENTS[0])
    options.add_argument("--epochs", type=int, default=80, help="at most")
    arguments = options.parse_args()

    torch.manual_seed(SEED)
    everything = torch.from_numpy(images(arguments.data, "train"))
    train, held_out = everything[:-VALIDATION], everything[-VALIDATION:]
    if arguments.quick:
        train, arguments.epochs = train[:2_000], 1
    model = ARCHITECTURES[arguments.model](arguments.latent)
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer, factor=0.25, patience=2, threshold=LEAST_GAIN, threshold_mode="abs"
    )
    run = Run(arguments.runs / run_name(arguments.model, arguments.latent))
    best = None
    if state := run.resume():
        for name, part in (("model", model), ("optimizer", optimizer), ("schedule", schedule)):
            part.load_state_dict(state[name])
        best = state["best"]

    while len(run.curves) < arguments.epochs and not is_flat(run.curves):
        torch.manual_seed(SEED + len(run.curves))
        model.train()
        started, total = time.monotonic(), 0.0
        for chosen in torch.randperm(len(train)).split(BATCH):
            loss = sum(model.losses(train[chosen]).values()).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(chosen)
        seconds = time.monotonic() - started
        parts = mean_losses(model, held_out)
        validation = sum(parts.values())
        schedule.step(validation)
        if validation < min((row["validationNats"] for row in run.curves), default=float("inf")):
            best = {k: v.clone() for k, v in model.state_dict().items()}
        row = {
            "epoch": len(run.curves) + 1,
            "trainNats": round(total / len(train), 3),
            "validationNats": round(validation, 3),
            **{f"validation{name[0].upper()}{name[1:]}": round(value, 3) for name, value in parts.items()},
            "rate": optimizer.param_groups[0]["lr"],
            "seconds": round(seconds, 1),
        }
        run.save(row, {
            "model": model.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(),
            "best": best, "latent": arguments.latent,
        })  # fmt: skip


if __name__ == "__main__":
    main()
