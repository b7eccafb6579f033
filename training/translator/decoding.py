"""Greedy translation with the two bundled files, one sentence at a time, as the product does it with one hypothesis."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sacrebleu

from ..shared.exporter import open_model
from .sentence_pairs import Example
from .tokenizer import BOS, EOS, load_tokenizer

ENCODER, DECODER = "translator-encoder", "translator-decoder"
TOKENIZER_FILE = "translator-tokenizer.json"
MOST_SOURCE, MOST_TARGET = 80, 100  # tokens that the product reads and writes


def most_written(source: int) -> int:
    """Where the product stops writing, in tokens, for a source of so many tokens with its end mark."""
    return min(MOST_TARGET, 2 * source + 16)


@dataclass(frozen=True)
class Translation:
    """Tokens without the end marks; `cross` holds the weights of every written token, [L, H, T, S + 1], the end mark
    of the source last."""

    source: list[str]
    target: list[str]
    text: str
    cross: np.ndarray


class GreedyTranslator:
    def __init__(self, models: Path) -> None:
        self.tokenizer = load_tokenizer(models / TOKENIZER_FILE)
        self.encoder, self.decoder = open_model(models, ENCODER), open_model(models, DECODER)

    def __call__(self, sentence: str) -> Translation:
        source = self.tokenizer.encode(sentence)
        cross_keys, cross_values, _ = self.encoder.run(None, {"source": np.array([[*source.ids, EOS]])})
        layers, _, heads, length, size = cross_keys.shape
        keys = values = np.zeros((layers, 1, heads, 0, size), np.float32)
        written, maps, token = [], [np.zeros((layers, heads, 0, length), np.float32)], BOS
        while len(written) < most_written(length):
            log_probabilities, keys, values, _, cross = self.decoder.run(
                None,
                {"token": np.array([[token]]), "past_keys": keys, "past_values": values,
                 "cross_keys": cross_keys, "cross_values": cross_values},
            )  # fmt: skip
            token = int(log_probabilities[0].argmax())
            if token == EOS:
                break
            written.append(token)
            maps.append(cross.transpose(0, 2, 1, 3))
        target = [self.tokenizer.id_to_token(t) for t in written]
        return Translation(source.tokens, target, self.tokenizer.decode(written), np.concatenate(maps, axis=2))


def translation_scores(texts: list[str], examples: list[Example]) -> dict[str, float | str]:
    """Corpus BLEU and chrF against all French versions of each sentence, with sacreBLEU's signatures."""
    most = max(len(example.french) for example in examples)
    references = [[e.french[k] if k < len(e.french) else None for e in examples] for k in range(most)]
    scores: dict[str, float | str] = {}
    for name, metric in {"testBleu": sacrebleu.metrics.BLEU(), "testChrf": sacrebleu.metrics.CHRF()}.items():
        scores[name] = round(metric.corpus_score(texts, references).score, 2)
        scores[f"{name}Signature"] = str(metric.get_signature())
    return scores
