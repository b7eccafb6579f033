"""A training run: a folder with a checkpoint that is replaced after every epoch, and its curves as JSON beside it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

import torch

from .fashion_mnist import DEFAULT_FOLDER

RUNS = Path("runs")


class Run:
    """A run that was interrupted goes on after its last whole epoch; one that is finished is left as it is."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.file = folder, folder / "checkpoint.pt"
        self.curves: list[dict] = []

    def resume(self) -> dict | None:
        """What was saved last, if anything; the curves are then those of the epochs so far."""
        if not self.file.exists():
            return None
        state = torch.load(self.file, weights_only=True)
        self.curves = state["curves"]
        print(f"{self.folder}: resuming after epoch {len(self.curves)}", flush=True)
        return state

    def save(self, row: dict, state: dict) -> None:
        """Adds a row to the curves; a crash while writing leaves the checkpoint before it."""
        self.curves.append(row)
        print(json.dumps(row), flush=True)
        written = self.file.with_suffix(".tmp")
        torch.save({**state, "curves": self.curves}, written)
        os.replace(written, self.file)
        (self.folder / "curves.json").write_text(json.dumps(self.curves, indent=1) + "\n")


def finished(folder: Path, command: str) -> dict:
    """The checkpoint that an export needs; ends the program with one line when there is none."""
    file = folder / "checkpoint.pt"
    if not file.is_file():
        sys.exit(f"{file}: no such file; run `{command}` first")
    return torch.load(file, weights_only=True)


def image_options(description: str) -> argparse.ArgumentParser:
    """The options that every training script on images has."""
    options = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="folder of Fashion-MNIST's four .gz files")
    options.add_argument("--runs", type=Path, default=RUNS, help="where checkpoints and curves are kept")
    options.add_argument("--quick", action="store_true", help="a few steps on a little of the data, to check the script")
    return options
