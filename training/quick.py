"""Checks all training and export scripts in a few minutes: python -m training.quick --sentences fra-eng.zip

Trains every model for a few steps in a temporary folder, exports all of them there, and says what failed. The models that
come out are worth nothing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from .families import FAMILIES
from .shared.fashion_mnist import DEFAULT_FOLDER


def commands(images: Path, sentences: Path, folder: Path) -> list[list[str]]:
    """Arguments of python, in order: every training script, then the export of every family."""
    runs = folder / "runs"
    on_images = ["--data", str(images), "--runs", str(runs), "--quick"]
    trainings = [
        ["training.image_classifiers.train", *on_images],
        *(["training.autoencoder.train", name, "--latent", str(d), *on_images] for name in ("ae", "vae") for d in (16, 2)),
        ["training.latent_series.train", *on_images],
        ["training.quadrant.train", *on_images],
        ["training.relu_networks.train", "--runs", str(runs), "--quick"],
        ["training.translator.train", "--data", str(sentences), "--runs", str(runs), "--quick"],
        ["training.diffusion.train", *on_images],
    ]
    written = ["--models", folder / "models", "--goldens", folder / "goldens", "--curves", folder / "curves"]
    sources = ["--runs", runs, "--images", images, "--sentences", sentences]
    exports = [["training.export", family, *map(str, written + sources)] for family in FAMILIES]
    return [["-m", *command] for command in trainings + exports]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--images", type=Path, default=DEFAULT_FOLDER, help="folder of Fashion-MNIST's four .gz files")
    options.add_argument("--sentences", type=Path, required=True, help="fra-eng.zip")
    arguments = options.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for command in commands(arguments.images, arguments.sentences, Path(folder)):
            result = subprocess.run([sys.executable, *command], capture_output=True, text=True)
            last = (result.stderr or result.stdout).strip().splitlines()[-1:] or [""]
            print(f"{'ok    ' if result.returncode == 0 else 'FAILED'} {' '.join(command[1:3])}: {last[0]}", flush=True)
            failed += result.returncode != 0
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
