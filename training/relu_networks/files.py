"""One file for each function with all networks that were fitted to it, and how far each is from the function."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from ..shared.exporter import About, Exporter, Metrics, Sources, count, open_model
from ..shared.run import finished
from .model import AllNetworks, Networks
from .targets import TARGETS, Target
from .train import MEASURED, POINTS, SEEDS, STEPS, short

COMMAND = "python -m training.relu_networks.train"
DATA = f"none; {POINTS} evenly spaced values of the function itself"
BEYOND = 1.0
"""How far outside the domain the golden vectors reach."""


def write(exporter: Exporter, sources: Sources) -> None:
    for name, target in TARGETS.items():
        state = finished(sources.runs / name, COMMAND)
        networks = {}
        for network, widths in target.networks.items():
            networks[network] = Networks(SEEDS, widths)
            networks[network].load_state_dict(state["networks"][network])
        exporter.add(
            name, AllNetworks(networks), None, {"x": {0: "points"}}, {network: {1: "points"} for network in networks},
            _examples(target), _about(target, networks, state["curves"][0]["steps"]),
        )  # fmt: skip


def _examples(target: Target) -> list[dict[str, torch.Tensor]]:
    wide = torch.linspace(target.start - BEYOND, target.end + BEYOND, 25)
    return [{"x": wide}, {"x": wide[11:12]}]


def _about(target: Target, networks: dict[str, Networks], steps: int) -> About:
    settings = {"domainStart": target.start, "domainEnd": target.end, "seeds": SEEDS, "steps": steps}
    settings |= target.settings
    settings |= {f"parameters.{name}": network.parameters_each() for name, network in networks.items()}
    title = f"ReLU networks fitted to {target.title}"
    return About(title, count(*networks.values()), COMMAND, DATA, settings)


def measure(models: Path, sources: Sources) -> dict[str, Metrics]:
    """Median over the seeds of the largest error at MEASURED points of the domain, for each architecture."""
    measured = {}
    for name, target in TARGETS.items():
        x = target.points(MEASURED)
        wanted = target.function(x).numpy()
        session = open_model(models, name)
        outputs = [output.name for output in session.get_outputs()]
        values = session.run(outputs, {"x": x.float().numpy()})
        measured[name] = {
            f"supError.{network}": short(np.median(np.abs(value - wanted).max(axis=1)))
            for network, value in zip(outputs, values, strict=True)
        }
    return measured


def curves(sources: Sources) -> dict[str, Path]:
    """By name under training/curves."""
    return {name: sources.runs / name / "curves.json" for name in TARGETS}
