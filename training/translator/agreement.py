"""How often a head of the cross-attention looks at the word that a statistical aligner links.

For each French content word of the translator's own greedy output, which is what the product shows: is the English word
with the largest weight one of the words that the aligner links to it? Words are merged from subwords as the product
merges them; the end mark is no word. Counted are the content words that have a link at all, for each way of combining
the aligner's two directions. The aligner saw the training pairs alone, and the translator never saw an alignment.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from .aligner import Aligner, Links
from .decoding import Translation
from .sentence_pairs import Example
from .words import is_english_content, is_french_content, word_starts, words

REFERENCE = "intersection"
"""The links that count for the manifest: those that both directions of the aligner give."""


@dataclass(frozen=True)
class Head:
    """Of the cross-attention, both from 0."""

    layer: int
    head: int


def train_aligner(tokenizer: Tokenizer, examples: list[Example]) -> Aligner:
    flat = [(example.english, french) for example in examples for french in example.french]
    sides = [tokenizer.encode_batch(list(side)) for side in zip(*flat)]
    return Aligner([(words(source.tokens), words(target.tokens)) for source, target in zip(*sides)])


def word_maps(translation: Translation) -> np.ndarray:
    """Weights between words, [L, H, T, S]: the mean of what the pieces give, the sum of what they get."""
    sources, targets = word_starts(translation.source), word_starts(translation.target)
    if not targets:
        return np.zeros((*translation.cross.shape[:2], 0, len(sources)))
    got = np.add.reduceat(translation.cross[..., : len(translation.source)], sources, axis=3)
    sizes = np.diff([*targets, len(translation.target)])
    return np.add.reduceat(got, targets, axis=2) / sizes[:, None]


class Agreement:
    """Counts for one kind of links: of every head, of the mean of each layer's heads, of the mean of all heads, and, to
    compare with, of looking at the same place of the sentence without reading it."""

    def __init__(self, layers: int, heads: int) -> None:
        self.words = self.linked = self.all = self.diagonal = 0
        self.heads, self.layers = np.zeros((layers, heads), int), np.zeros(layers, int)

    def add(self, maps: np.ndarray, content: list[int], links: Links) -> None:
        """maps: [L, H, T, S]; content: indices of the French words that count."""
        self.words += len(content)
        targets, sources = maps.shape[2:]
        for row in content:
            wanted = [column for r, column in links if r == row]
            if not wanted:
                continue
            self.linked += 1
            self.heads += np.isin(maps[:, :, row].argmax(-1), wanted)
            self.layers += np.isin(maps[:, :, row].mean(1).argmax(-1), wanted)
            self.all += int(maps[:, :, row].mean((0, 1)).argmax() in wanted)
            self.diagonal += int((row + 0.5) / targets * sources) in wanted

    def best(self) -> Head:
        layer, head = np.unravel_index(self.heads.argmax(), self.heads.shape)
        return Head(int(layer), int(head))

    def share(self, counts: np.ndarray | int) -> np.ndarray:
        """Of the content words that have a link."""
        return np.round(counts / max(self.linked, 1), 4)

    def as_dict(self) -> dict:
        """Shares by layer and head, from 0."""
        counts = {"heads": self.heads, "layerMeans": self.layers, "meanOfAll": self.all, "diagonal": self.diagonal}
        shares = {name: self.share(count).tolist() for name, count in counts.items()}
        return {"contentWords": self.words, "linkedWords": self.linked, **shares}


def agreements(aligner: Aligner, translations: list[Translation]) -> dict[str, Agreement]:
    """By kind of links; with "Content" behind it, of the links to English content words alone."""
    counted: dict[str, Agreement] = {}
    for translation in translations:
        source, target = words(translation.source), words(translation.target)
        content = [row for row, word in enumerate(target) if is_french_content(word)]
        maps = word_maps(translation)
        for kind, links in aligner.links(source, target).items():
            to_content = frozenset((t, s) for t, s in links if is_english_content(source[s]))
            for name, counting in ((kind, links), (f"{kind}Content", to_content)):
                counted.setdefault(name, Agreement(*maps.shape[:2])).add(maps, content, counting)
    return counted
