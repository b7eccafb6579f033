"""Fits ReLU networks of every width and depth to every function: python -m training.relu_networks.train

One optimiser and budget for all: Adam, STEPS steps of gradient descent on the mean square error at all of POINTS evenly
spaced points, under a cosine rate that falls from RATE to 0; SEEDS networks of each architecture. What is kept is the
last step. The errors in the curves are those at MEASURED points, most of them between the points of training.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import torch
from torch import Tensor

from ..shared.run import RUNS, Run
from .model import Networks
from .targets import TARGETS, Target

SEED = 17
SEEDS = 10
STEPS = 10_000
QUICK_STEPS = 200
POINTS = 513
MEASURED = 10_001
RATE = 1e-2
SHOWN = (0.0, 0.01, 0.03, 0.1, 0.3, 1.0)  # of the steps: where the curves keep the loss


def square_errors(networks: Networks, x: Tensor, wanted: Tensor) -> Tensor:
    """Mean square error of each seed, [seeds]."""
    return ((networks(x) - wanted) ** 2).mean(1)


def fit(networks: Networks, target: Target, steps: int) -> dict[str, float]:
    """Trains in place; the median loss over the seeds after some numbers of steps."""
    x = target.points(POINTS)
    x, wanted = x.float(), target.function(x).float()
    optimizer = torch.optim.Adam(networks.parameters(), lr=RATE, fused=True)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    shown = {round(share * steps) for share in SHOWN}
    losses = {}
    for step in range(steps + 1):
        each = square_errors(networks, x, wanted)
        if step in shown:
            losses[str(step)] = short(each.detach().median())
        if step < steps:
            optimizer.zero_grad()
            # Adam scales every number by its own gradients: the seeds do not feel each other in the sum.
            each.sum().backward()
            optimizer.step()
            schedule.step()
    return losses


def short(value: Tensor | float) -> float:
    return float(f"{float(value):.4g}")


@torch.no_grad()
def errors(networks: Networks, target: Target) -> dict[str, list[float]]:
    """Of each seed on the domain."""
    x = target.points(MEASURED)
    difference = networks(x.float()) - target.function(x)
    return {
        "meanSquareErrors": [short(e) for e in (difference**2).mean(1)],
        "supErrors": [short(e) for e in difference.abs().amax(1)],
    }


def run_target(name: str, target: Target, runs: Path, steps: int) -> None:
    """One architecture after another; those that an interrupted run has finished are left as they are."""
    run = Run(runs / name)
    state = run.resume()
    if any(row["steps"] != steps for row in run.curves):
        sys.exit(f"{run.folder}: holds a run of another length; name another folder with --runs, or delete this one")
    finished = state["networks"] if state else {}
    for network, widths in target.networks.items():
        if network in finished:
            continue
        started = time.monotonic()
        networks = Networks(SEEDS, widths)
        networks.start(target, SEED)
        losses = fit(networks, target, steps)
        finished[network] = networks.state_dict()
        row = {
            "network": network,
            "parameters": networks.parameters_each(),
            "steps": steps,
            "seconds": round(time.monotonic() - started, 1),
            "medianLosses": losses,
            **errors(networks, target),
        }
        run.save(row, {"networks": finished})


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=Path, default=RUNS, help="where checkpoints and curves are kept")
    options.add_argument("--quick", action="store_true", help="a few steps of each, to check the script")
    arguments = options.parse_args()
    for name, target in TARGETS.items():
        run_target(name, target, arguments.runs, QUICK_STEPS if arguments.quick else STEPS)


if __name__ == "__main__":
    main()
