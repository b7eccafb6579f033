"""The bundled translator, its tokenizer, the held-out sentences, and what all of it measures on them."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import asdict
from functools import cache
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from ..shared.exporter import About, Exporter, Metrics, Sources, count, digest, rounded
from ..shared.run import finished
from ..shared.weights import Bytes, round_weights
from .agreement import REFERENCE, Agreement, Head, agreements, train_aligner
from .decoding import DECODER, ENCODER, MOST_SOURCE, MOST_TARGET, TOKENIZER_FILE, GreedyTranslator, translation_scores
from .model import Config, DecoderStepGraph, EncoderGraph, Translator, greedy
from .sentence_pairs import DEFAULT_ARCHIVE, Example, read_examples, split_examples
from .tokenizer import BOS, EOS, UNKNOWN, load_tokenizer
from .train import RUN_NAME, padded, translate_all

COMMAND = "python -m training.translator.train --data fra-eng.zip"
SOURCE = "tatoeba.org by way of www.manythings.org/anki (fra-eng.zip of 2019-04-07)"
DATA = (
    f"English-French sentence pairs of {SOURCE}, CC BY 2.0 FR; "
    "2,000 English sentences held out for testing and 2,000 for validation, with all their French versions"
)
WEIGHT_BITS = 8
GOLDEN_SENTENCES = 200


def write(exporter: Exporter, sources: Sources) -> None:
    folder, archive = sources.runs / RUN_NAME, sources.sentences or DEFAULT_ARCHIVE
    state, split = finished(folder, COMMAND), split_examples(read_examples(archive))
    shutil.copy(folder / "tokenizer.json", exporter.models / TOKENIZER_FILE)
    tokenizer = load_tokenizer(exporter.models / TOKENIZER_FILE)
    _keep(folder / "weights.json", _compared_weights(state, tokenizer, split.test))
    model, stored = _averaged_model(state, WEIGHT_BITS)
    _write_graphs(exporter, model, stored, tokenizer, split.test)
    _write_translation_goldens(exporter.goldens, tokenizer, model, split.test)
    _write_sentences(exporter, split.test)
    measured = _measured(exporter.models, archive, _digests(exporter.models))
    _keep(folder / "alignment.json", measured.report())
    # The head is chosen with the files that were just written.
    exporter.rows[-1]["settings"] |= {"alignmentLayer": measured.head.layer, "alignmentHead": measured.head.head}


def _keep(file: Path, value: dict) -> None:
    file.write_text(json.dumps(value, indent=1) + "\n")


def _averaged_model(state: dict, bits: int) -> tuple[Translator, Bytes]:
    """The moving average of the weights, rounded; 32 bits leave them as they are."""
    model = Translator(Config(**state["config"]))
    # The averaged copy holds the model under "module." and one counter beside it.
    averaged = {k.removeprefix("module."): v for k, v in state["averaged"].items() if k.startswith("module.")}
    model.load_state_dict(averaged)
    stored = {} if bits == 32 else round_weights(model, bits)
    return model.eval(), stored


def _compared_weights(state: dict, tokenizer: Tokenizer, test: list[Example]) -> dict:
    """What rounding costs: scores on the held-out sentences by the bits of a weight; greedy decoding in PyTorch."""
    scores = {}
    for bits in (32, 16, 8):
        texts = translate_all(_averaged_model(state, bits)[0], tokenizer, test)
        scores[str(bits)] = translation_scores(texts, test)
    return {"bundledBits": WEIGHT_BITS, "scoresByBits": scores}


def _write_graphs(
    exporter: Exporter, model: Translator, stored: Bytes, tokenizer: Tokenizer, test: list[Example]
) -> None:
    settings = {"start": BOS, "end": EOS, "unknown": UNKNOWN, "maxSource": MOST_SOURCE, "maxTarget": MOST_TARGET}
    assets = {"tokenizer": {"file": TOKENIZER_FILE, "sha256": digest(exporter.models / TOKENIZER_FILE)}}

    def about(does: str) -> About:
        return About(f"Translator: {does}", count(model), COMMAND, DATA, dict(settings), assets)

    sources = [torch.tensor([[*tokenizer.encode(e.english).ids, EOS]]) for e in test[:3]]
    encoder, decoder = EncoderGraph(model).eval(), DecoderStepGraph(model).eval()
    exporter.add(
        ENCODER, encoder, stored, {"source": {1: "length"}},
        {"cross_keys": {3: "length"}, "cross_values": {3: "length"}, "encoder_attention": {2: "length", 3: "length"}},
        [{"source": source} for source in sources], about("reads an English sentence"),
    )  # fmt: skip
    kept = {1: "hypotheses", 3: "written"}
    longer = {1: "hypotheses", 3: "written+1"}
    # The trace is made with two hypotheses: with one, a free axis could be taken for a fixed one.
    steps = [_step_inputs(encoder, decoder, s, hypotheses) for s, hypotheses in zip(sources, (2, 1, 1))]
    exporter.add(
        DECODER, decoder, stored,
        {"token": {0: "hypotheses"}, "past_keys": kept, "past_values": kept,
         "cross_keys": {3: "length"}, "cross_values": {3: "length"}},
        {"log_probabilities": {0: "hypotheses"}, "keys": longer, "values": longer, "self_attention": longer,
         "cross_attention": {1: "hypotheses", 3: "length"}},
        steps, about("writes the next French token"),
    )  # fmt: skip


@torch.no_grad()
def _step_inputs(
    encoder: EncoderGraph, decoder: DecoderStepGraph, source: Tensor, hypotheses: int
) -> dict[str, Tensor]:
    """What the decoder gets after two steps with some tokens: a past that is not empty."""
    cross_keys, cross_values, _ = encoder(source)
    layers, _, heads, _, size = cross_keys.shape
    keys = values = torch.zeros(layers, hypotheses, heads, 0, size)
    for token in (BOS, 20):
        _, keys, values, _, _ = decoder(torch.full((hypotheses, 1), token), keys, values, cross_keys, cross_values)
    token = torch.arange(30, 30 + hypotheses)[:, None]
    return {"token": token, "past_keys": keys, "past_values": values,
            "cross_keys": cross_keys, "cross_values": cross_values}  # fmt: skip


def _write_translation_goldens(folder: Path, tokenizer: Tokenizer, model: Translator, test: list[Example]) -> None:
    """Token ids of every held-out sentence in both languages, and greedy translations of the first few."""

    def write_rows(name: str, rows: list) -> None:
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (folder / name).write_text(f"[\n{lines}\n]\n", encoding="utf-8")

    sentences = [e.english for e in test] + [french for e in test for french in e.french]
    ids = [encoding.ids for encoding in tokenizer.encode_batch(sentences)]
    write_rows("tokenizer.json", [[s, tokens, tokenizer.decode(tokens)] for s, tokens in zip(sentences, ids)])
    chosen = [e.english for e in test[:GOLDEN_SENTENCES]]
    # One at a time, as the product does it: no padding.
    written = [greedy(model, padded([[*tokenizer.encode(sentence).ids, EOS]]))[0] for sentence in chosen]
    write_rows("translations.json", [[s, tokenizer.decode(tokens)] for s, tokens in zip(chosen, written)])


def _write_sentences(exporter: Exporter, test: list[Example]) -> None:
    """One line for each English sentence: it, then all its French versions, parted by tabs."""
    lines = ["\t".join([e.english, *e.french]) + "\n" for e in test]
    exporter.add_data(
        "sentence-pairs", "sentence-pairs.tsv.gz", gzip.compress("".join(lines).encode(), mtime=0),
        f"{len(test):,} held-out English sentences with all their French versions",
        f"{SOURCE}; spaces, apostrophes and dashes made plain", "CC BY 2.0 FR",
    )  # fmt: skip


class _Scores:
    """All that is measured with the bundled files, on validation and test sentences."""

    def __init__(self, models: Path, archive: Path) -> None:
        split = split_examples(read_examples(archive))
        translate = GreedyTranslator(models)
        aligner = train_aligner(translate.tokenizer, split.train)
        self.validation = agreements(aligner, [translate(e.english) for e in split.validation])
        translations = [translate(e.english) for e in split.test]
        self.test = agreements(aligner, translations)
        self.translation = translation_scores([t.text for t in translations], split.test)
        self.sentences = len(split.test)
        self.head: Head = self.validation[REFERENCE].best()

    def report(self) -> dict:
        def rows(counted: dict[str, Agreement]) -> dict:
            return {kind: agreement.as_dict() for kind, agreement in counted.items()}

        chosen = {"reference": REFERENCE, "bestOnValidation": asdict(self.head)}
        return {**chosen, "validation": rows(self.validation), "test": rows(self.test)}

    def metrics(self) -> dict[str, Metrics]:
        whole = {**self.translation, "testSentences": self.sentences}
        counted = self.test[REFERENCE]
        aligned = {
            "testAlignmentAgreement": counted.share(counted.heads[self.head.layer, self.head.head]),
            "testAlignmentWords": counted.linked,
            "testContentWords": counted.words,
            "testDiagonalAgreement": counted.share(counted.diagonal),
        }
        return {ENCODER: rounded(whole), DECODER: rounded({**whole, **aligned})}


def _digests(models: Path) -> tuple[str, ...]:
    return tuple(digest(models / file) for file in (f"{ENCODER}.onnx", f"{DECODER}.onnx", TOKENIZER_FILE))


@cache
def _measured(models: Path, archive: Path, digests: tuple[str, ...]) -> _Scores:
    """Once for the same files: an export chooses the head and then measures it."""
    return _Scores(models, archive)


def measure(models: Path, sources: Sources) -> dict[str, Metrics]:
    return _measured(models, sources.sentences or DEFAULT_ARCHIVE, _digests(models)).metrics()


def curves(sources: Sources) -> dict[str, Path]:
    """By name under training/curves."""
    folder = sources.runs / RUN_NAME
    names = {"translator": "curves", "translator-alignment": "alignment", "translator-weights": "weights"}
    return {name: folder / f"{file}.json" for name, file in names.items()}
