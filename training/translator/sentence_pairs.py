"""English-French sentence pairs: reading, cleaning and splitting them."""

from __future__ import annotations

import io
import random
import sys
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path

SPLIT_SEED = 20190407
HELD_OUT_SENTENCES = 2000
DEFAULT_ARCHIVE = Path("fra-eng.zip")
SOURCE_HINT = (
    "get fra-eng.zip from https://www.manythings.org/anki/ (Tatoeba, CC BY 2.0 FR) and name it with --data, "
    "or with --sentences for export and evaluation"
)

_REPLACED = str.maketrans(
    {
        "\u202f": " ", "\u00a0": " ", "\u2009": " ", "\u200b": None, "\u00ad": None,
        "\u2019": "'", "\u2018": "'", "\u2013": "-", "\u2014": "-",
    }
)


@dataclass(frozen=True)
class Example:
    """One English sentence with every French version of it in the data."""

    english: str
    french: tuple[str, ...]


@dataclass(frozen=True)
class Split:
    """Disjoint by English sentence, so that no held-out sentence was seen with another French version."""

    train: list[Example]
    validation: list[Example]
    test: list[Example]


def clean(sentence: str) -> str:
    """NFC, plain spaces, apostrophes and dashes: the same steps as the tokenizer's normalizer."""
    return " ".join(unicodedata.normalize("NFC", sentence).translate(_REPLACED).split())


def read_examples(archive: Path) -> list[Example]:
    """All pairs of the archive, grouped by English sentence, in order of first appearance."""
    if not archive.is_file():
        sys.exit(f"{archive}: no such file; {SOURCE_HINT}")
    try:
        with zipfile.ZipFile(archive) as zipped:
            name = next(n for n in zipped.namelist() if n.endswith("/fra.txt") and "__MACOSX" not in n)
            text = zipped.read(name).decode("utf-8")
    except (zipfile.BadZipFile, StopIteration):
        sys.exit(f"{archive}: not the sentence archive (no fra.txt inside); {SOURCE_HINT}")
    versions: dict[str, list[str]] = {}
    for line in io.StringIO(text):
        english, french = (clean(part) for part in line.rstrip("\n").split("\t")[:2])
        known = versions.setdefault(english, [])
        if french not in known:
            known.append(french)
    return [Example(english, tuple(french)) for english, french in versions.items()]


def split_examples(examples: list[Example]) -> Split:
    """2,000 English sentences for testing, 2,000 for validation, drawn once with a fixed seed."""
    shuffled = list(examples)
    random.Random(SPLIT_SEED).shuffle(shuffled)
    test = shuffled[:HELD_OUT_SENTENCES]
    validation = shuffled[HELD_OUT_SENTENCES : 2 * HELD_OUT_SENTENCES]
    return Split(shuffled[2 * HELD_OUT_SENTENCES :], validation, test)
