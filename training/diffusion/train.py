"""Trains the diffusion model on all 60,000 training images: python -m training.diffusion.train

The loss is the mean square of the predicted noise, at random steps (Ho et al. 2020, "simple"). What is kept is a moving
average of the weights. The length is fixed beforehand.
"""

from __future__ import annotations

import time

import torch

from ..shared.fashion_mnist import images
from ..shared.run import Run, image_options
from .model import STEPS, UNet, kept_signal, noised

SEED = 17
BATCH = 128
EPOCHS = 16
PEAK_RATE = 1.5e-3
WARM_UP = 0.05
AVERAGING = 0.9985


def main() -> None:
    options = image_options(__doc__)
    options.add_argument("--epochs", type=int, default=EPOCHS)
    arguments = options.parse_args()
    torch.manual_seed(SEED)
    data = torch.from_numpy(images(arguments.data, "train")) * 2 - 1
    epochs = 1 if arguments.quick else arguments.epochs
    data = data[:1_000] if arguments.quick else data
    model = UNet().to(memory_format=torch.channels_last)
    averaged = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGING)
    )
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=1e-4)
    steps = -(-len(data) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_RATE, epochs * steps, pct_start=WARM_UP)
    parts = {"model": model, "averaged": averaged, "optimizer": optimizer, "schedule": schedule}
    run = Run(arguments.runs / "diffusion")
    if state := run.resume():
        for name, part in parts.items():
            part.load_state_dict(state[name])
    kept = kept_signal().float()
    while len(run.curves) < epochs:
        torch.manual_seed(SEED + len(run.curves))
        started, total = time.monotonic(), 0.0
        for chosen in torch.randperm(len(data)).split(BATCH):
            step = torch.randint(1, STEPS + 1, (len(chosen),))
            noise = torch.randn(len(chosen), 1, 28, 28)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                predicted = model(noised(data[chosen], step, noise, kept), step)
            loss = (predicted.float() - noise).square().mean()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            averaged.update_parameters(model)
            total += loss.item()
        row = {
            "epoch": len(run.curves) + 1,
            "trainNoiseMse": round(total / steps, 5),
            "seconds": round(time.monotonic() - started, 1),
        }
        run.save(row, {**{name: part.state_dict() for name, part in parts.items()}, "best": averaged.module.state_dict()})


if __name__ == "__main__":
    main()
