"""Measures the bundled files on held-out data: python -m training.evaluate [FAMILY…]

Runs the ONNX files as the product does, prints every metric beside the one in models/manifest.json, and exits with 1
if they differ by more than rounding.
"""

from __future__ import annotations

import sys

from .export import read_manifest
from .families import chosen_families, family_options, files_of

TOLERANCE = 0.002  # relative; sums in another order on another processor


def agrees(actual: float | str, expected: float | str) -> bool:
    if isinstance(expected, str):
        return actual == expected
    return abs(actual - expected) <= TOLERANCE * abs(expected) + 1e-4


def main() -> None:
    arguments, sources, names = chosen_families(family_options(__doc__))
    differs = False
    for name in names:
        measured = files_of(name).measure(arguments.models, sources)
        for row in read_manifest(arguments.models)["models"]:
            if row["family"] != name:
                continue
            for metric, expected in row["metrics"].items():
                actual = measured[row["id"]][metric]
                same = agrees(actual, expected)
                differs |= not same
                print(f"{row['id']:24} {metric:28} {actual!s:>12} {'' if same else f'manifest says {expected}'}")
    sys.exit(1 if differs else 0)


if __name__ == "__main__":
    main()
