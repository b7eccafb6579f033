"""Fashion-MNIST (Xiao et al. 2017, MIT licence): reading its four IDX files."""

from __future__ import annotations

import gzip
import math
import struct
import sys
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

DEFAULT_FOLDER = Path("/usr/share/datasets/fashion-mnist")
SOURCE_HINT = (
    "install Debian's package dataset-fashion-mnist, or download the four .gz files from "
    "https://github.com/zalandoresearch/fashion-mnist and pass their folder with --data"
)
_PIXELS = 28 * 28
CLASSES = 10


def _read(file: Path, header: int) -> np.ndarray:
    if not file.is_file():
        sys.exit(f"{file}: no such file; {SOURCE_HINT}")
    with gzip.open(file) as stream:
        return np.frombuffer(stream.read(), np.uint8, offset=header)


def images(folder: Path, part: str) -> np.ndarray:
    """Pixels in [0, 1], float32 [N, 1, 28, 28]; part is "train" (60,000) or "t10k" (10,000)."""
    pixels = _read(folder / f"{part}-images-idx3-ubyte.gz", header=16)
    return (pixels.reshape(len(pixels) // _PIXELS, 1, 28, 28) / np.float32(255)).astype(np.float32)


def labels(folder: Path, part: str) -> np.ndarray:
    """Class 0 to 9, int64 [N]."""
    return _read(folder / f"{part}-labels-idx1-ubyte.gz", header=8).astype(np.int64)


def balanced_draw(classes: Tensor, size: int, seed: int) -> Tensor:
    """Indices of `size` images, the same number of each class; a larger draw of one seed contains the smaller."""
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(classes), generator=generator)
    return torch.cat([order[classes[order] == label][: size // CLASSES] for label in range(CLASSES)])


def subset_files(folder: Path, part: str, count: int) -> dict[str, tuple[str, bytes]]:
    """The first images and labels in the data set's own format: name and gzipped IDX bytes of each file."""
    files = {}
    for kind, magic, sizes in (("images", 0x803, (count, 28, 28)), ("labels", 0x801, (count,))):
        header = struct.pack(f">{1 + len(sizes)}I", magic, *sizes)
        content = _read(folder / f"{part}-{kind}-idx{len(sizes)}-ubyte.gz", header=len(header))[: math.prod(sizes)]
        name = f"fashion-mnist-{part}-{count}-{kind}.idx{len(sizes)}-ubyte.gz"
        # No time stamp: the same data give the same bytes.
        files[kind] = (name, gzip.compress(header + content.tobytes(), mtime=0))
    return files
