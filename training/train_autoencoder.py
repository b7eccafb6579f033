"""Trains the autoencoder or the VAE: python -m training.train_autoencoder vae --out runs/vae

All 60,000 training images but the last 5,000, which tell when to stop: training ends when their loss has not
fallen for PATIENCE epochs (the rate drops once before). Resumes from the last epoch; writes curves.json.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

import torch
from torch import Tensor

from .autoencoder import ARCHITECTURES, LATENT
from .fashion_mnist import DEFAULT_FOLDER, images

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


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("model", choices=ARCHITECTURES)
    options.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="folder of Fashion-MNIST's four .gz files")
    options.add_argument("--out", type=Path)
    options.add_argument("--latent", type=int, default=LATENT)
    options.add_argument("--epochs", type=int, default=80, help="at most")
    options.add_argument("--quick", action="store_true", help="one epoch on 2,000 images, to check the script")
    arguments = options.parse_args()
    out = arguments.out or Path("runs") / arguments.model
    out.mkdir(parents=True, exist_ok=True)

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
    best, best_loss, curves = None, float("inf"), []
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        best, curves = state["best"], state["curves"]
        best_loss = min(row["validationNats"] for row in curves)
        print(f"resuming after epoch {len(curves)}", flush=True)

    while len(curves) < arguments.epochs:
        if len(curves) - min((r["epoch"] for r in curves if r["validationNats"] <= best_loss + LEAST_GAIN), default=0) > PATIENCE:
            print("the validation loss is flat", flush=True)
            break
        torch.manual_seed(SEED + len(curves))
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
        curves.append(
            {
                "epoch": len(curves) + 1,
                "trainNats": round(total / len(train), 3),
                "validationNats": round(validation, 3),
                **{f"validation{name[0].upper()}{name[1:]}": round(value, 3) for name, value in parts.items()},
                "rate": optimizer.param_groups[0]["lr"],
                "seconds": round(seconds, 1),
            }
        )
        print(json.dumps(curves[-1]), flush=True)
        if validation < best_loss:
            best_loss, best = validation, {k: v.clone() for k, v in model.state_dict().items()}
        state = {
            "model": model.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(),
            "best": best, "curves": curves, "latent": arguments.latent,
        }  # fmt: skip
        torch.save(state, checkpoint.with_suffix(".tmp"))
        os.replace(checkpoint.with_suffix(".tmp"), checkpoint)
        (out / "curves.json").write_text(json.dumps(curves, indent=1) + "\n")


if __name__ == "__main__":
    main()
