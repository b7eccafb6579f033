"""The families of models. Each package has the same few functions in its `files` module:

    write(exporter, sources)       writes the ONNX files with golden vectors, from finished runs
    measure(models, sources)       held-out metrics by model id, from the ONNX files alone
    curves(sources)                the JSON of each run that is kept under training/curves, by name
"""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path
from types import ModuleType

from .shared.exporter import Sources
from .shared.fashion_mnist import DEFAULT_FOLDER
from .shared.run import RUNS

FAMILIES = {
    "image_classifiers": "Convolutional networks and multilayer perceptrons on images",
    "autoencoder": "Autoencoder and variational autoencoder",
    "latent_series": "Autoencoders from 1 to 512 latent numbers, and classifiers on their latents",
    "quadrant": "Networks that tell where an object lies",
    "relu_networks": "ReLU networks that were fitted to functions of one variable",
    "attention": "Attention and its linear variant as graphs",
    "translator": "English–French translator",
    "diffusion": "Diffusion model",
    "stances": "Reader of stances",
}
"""Titles by package, in the order of the manifest. The first has the features that the others measure distances in."""
MODELS = Path("models")


def family_options(description: str) -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("families", nargs="*", metavar="FAMILY", help=f"of {', '.join(FAMILIES)}; all if none is given")
    options.add_argument("--models", type=Path, default=MODELS)
    options.add_argument("--runs", type=Path, default=RUNS)
    options.add_argument("--images", type=Path, default=DEFAULT_FOLDER, help="folder of Fashion-MNIST's four .gz files")
    options.add_argument("--sentences", type=Path, help="fra-eng.zip, for the translator")
    return options


def chosen_families(options: argparse.ArgumentParser) -> tuple[argparse.Namespace, Sources, list[str]]:
    """The arguments, checked; the families in the order of FAMILIES."""
    arguments = options.parse_args()
    if unknown := set(arguments.families) - set(FAMILIES):
        options.error(f"no family {', '.join(sorted(unknown))}; there are {', '.join(FAMILIES)}")
    names = [name for name in FAMILIES if not arguments.families or name in arguments.families]
    return arguments, Sources(arguments.runs, arguments.images, arguments.sentences), names


def files_of(family: str) -> ModuleType:
    """Loaded on demand: a family needs only its own libraries."""
    return importlib.import_module(f".{family}.files", __package__)
