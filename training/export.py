"""Writes models/*.onnx, the manifest and the golden vectors from finished runs: python -m training.export --runs runs

Expects runs/ae, runs/vae and runs/translator as their training scripts leave them. Metrics are measured on the
written files by training.evaluate, not on the checkpoints.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from . import evaluate
from .autoencoder import ARCHITECTURES, DecoderGraph, PosteriorGraph
from .fashion_mnist import DEFAULT_FOLDER, images
from .onnx_files import OPSET, Axes, declarations, export, golden, round_to_half
from .train_translator import padded
from .translation_data import read_examples, split_examples
from .translation_tokenizer import BOS, EOS, UNKNOWN, load_tokenizer
from .translator import Config, DecoderStepGraph, EncoderGraph, Translator, greedy

FASHION = "Fashion-MNIST (Xiao, Rasul and Vollgraf 2017), MIT licence; trained on 55,000 images, tested on 10,000"
TATOEBA = (
    "English-French sentence pairs of tatoeba.org by way of www.manythings.org/anki (2019-04-07), CC BY 2.0; "
    "2,000 English sentences held out for testing and 2,000 for validation, with all their French versions"
)
MOST_SOURCE, MOST_TARGET = 80, 100
GOLDEN_SENTENCES = 200


def checkpoint(folder: Path, command: str) -> dict:
    file = folder / "checkpoint.pt"
    if not file.is_file():
        sys.exit(f"{file}: no such file; run `{command}` first")
    return torch.load(file, weights_only=True)


class Exporter:
    """Collects manifest rows and writes each file with its golden vectors."""

    def __init__(self, models: Path, goldens: Path) -> None:
        self.models, self.goldens, self.rows = models, goldens, []
        for folder in (models, goldens):
            folder.mkdir(parents=True, exist_ok=True)

    def add(self, model: str, graph: nn.Module, inputs: dict[str, Tensor], free: Axes, outputs: Axes,
            examples: list[dict[str, Tensor]], about: dict) -> None:  # fmt: skip
        file = self.models / f"{model}.onnx"
        export(graph, inputs, outputs, free, file)
        cases = [golden(graph, example, list(outputs)) for example in examples]
        (self.goldens / f"{model}.json").write_text(json.dumps(cases) + "\n")
        proto = onnx.load(str(file))
        self.rows.append(
            {
                "id": model,
                "title": about["title"],
                "file": file.name,
                "sha256": digest(file),
                "bytes": file.stat().st_size,
                "opset": OPSET,
                "parameters": about["parameters"],
                "inputs": declarations(proto.graph.input),
                "outputs": declarations(proto.graph.output),
                "metrics": {},
                "settings": about["settings"],
                "trainedBy": about["command"],
                "data": about["data"],
                "licence": "MIT (weights)",
                "assets": about.get("assets", {}),
            }
        )


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def count(*modules: nn.Module) -> int:
    return sum({id(p): p.numel() for m in modules for p in m.parameters()}.values())


def add_autoencoder(exporter: Exporter, name: str, runs: Path, data: Path) -> None:
    command = f"python -m training.train_autoencoder {name}"
    state = checkpoint(runs / name, command)
    model = ARCHITECTURES[name](state["latent"])
    model.load_state_dict(state["best"])
    round_to_half(model)
    model.eval()
    title = {"ae": "autoencoder", "vae": "variational autoencoder"}[name]
    about = {"command": command, "data": FASHION, "settings": {"latent": state["latent"]}}
    generator = torch.Generator().manual_seed(5)
    latents = [torch.randn(size, state["latent"], generator=generator) for size in (1, 3)]
    exporter.add(
        f"{name}-decoder", DecoderGraph(model), {"latent": latents[1]},
        {"latent": {0: "batch"}}, {"pixels": {0: "batch"}}, [{"latent": z} for z in latents],
        {**about, "title": f"Decoder of the {title}", "parameters": count(model.decoder)},
    )  # fmt: skip
    pixels = torch.from_numpy(images(data, "t10k")[:2])
    is_variational = name == "vae"
    outputs: Axes = {"mean": {0: "batch"}, "log_variance": {0: "batch"}} if is_variational else {"latent": {0: "batch"}}
    graph = PosteriorGraph(model) if is_variational else model.encoder
    exporter.add(
        f"{name}-encoder", graph, {"pixels": pixels}, {"pixels": {0: "batch"}}, outputs, [{"pixels": pixels}],
        {**about, "title": f"Encoder of the {title}", "parameters": count(model.encoder)},
    )  # fmt: skip


def add_translator(exporter: Exporter, runs: Path, archive: Path) -> None:
    command = "python -m training.train_translator --data fra-eng.zip"
    folder = runs / "translator"
    state = checkpoint(folder, command)
    shutil.copy(folder / "tokenizer.json", exporter.models / "translator-tokenizer.json")
    tokenizer_file = exporter.models / "translator-tokenizer.json"
    tokenizer = load_tokenizer(tokenizer_file)
    model = Translator(Config(**state["config"]))
    # The averaged copy holds the model under "module." and one counter beside it.
    averaged = {k.removeprefix("module."): v for k, v in state["averaged"].items() if k.startswith("module.")}
    model.load_state_dict(averaged)
    round_to_half(model)
    model.eval()
    test = split_examples(read_examples(archive)).test
    about = {
        "command": command,
        "data": TATOEBA,
        "settings": {"start": BOS, "end": EOS, "unknown": UNKNOWN, "maxSource": MOST_SOURCE, "maxTarget": MOST_TARGET},
        "parameters": count(model),
        "assets": {"tokenizer": {"file": tokenizer_file.name, "sha256": digest(tokenizer_file)}},
    }
    sources = [torch.tensor([tokenizer.encode(e.english).ids + [EOS]]) for e in test[:3]]
    kept = {1: "hypotheses", 3: "written"}
    encoder, decoder = EncoderGraph(model), DecoderStepGraph(model)
    exporter.add(
        "translator-encoder", encoder, {"source": sources[0]}, {"source": {1: "length"}},
        {"cross_keys": {3: "length"}, "cross_values": {3: "length"}, "encoder_attention": {2: "length", 3: "length"}},
        [{"source": source} for source in sources], {**about, "title": "Translator: reads an English sentence"},
    )  # fmt: skip
    steps = [step_inputs(encoder, decoder, source, hypotheses) for source, hypotheses in zip(sources, (1, 2, 1))]
    exporter.add(
        "translator-decoder", decoder, steps[1],
        {"token": {0: "hypotheses"}, "past_keys": kept, "past_values": kept,
         "cross_keys": {3: "length"}, "cross_values": {3: "length"}},
        {"log_probabilities": {0: "hypotheses"}, "keys": {1: "hypotheses", 3: "written+1"},
         "values": {1: "hypotheses", 3: "written+1"}, "self_attention": {1: "hypotheses", 3: "written+1"},
         "cross_attention": {1: "hypotheses", 3: "length"}},
        steps, {**about, "title": "Translator: writes the next French token"},
    )  # fmt: skip
    write_translation_goldens(exporter.goldens, tokenizer, model, test)


@torch.no_grad()
def step_inputs(encoder: nn.Module, decoder: nn.Module, source: Tensor, hypotheses: int) -> dict[str, Tensor]:
    """What the decoder gets after two steps with some tokens: a past that is not empty."""
    cross_keys, cross_values, _ = encoder(source)
    layers, _, heads, _, size = cross_keys.shape
    keys = values = torch.zeros(layers, hypotheses, heads, 0, size)
    for token in (BOS, 20):
        _, keys, values, _, _ = decoder(torch.full((hypotheses, 1), token), keys, values, cross_keys, cross_values)
    token = torch.arange(30, 30 + hypotheses)[:, None]
    return {"token": token, "past_keys": keys, "past_values": values,
            "cross_keys": cross_keys, "cross_values": cross_values}  # fmt: skip


def write_translation_goldens(folder: Path, tokenizer, model: Translator, test: list) -> None:
    """Token ids of every held-out sentence in both languages, and greedy translations of the first few."""
    sentences = [e.english for e in test] + [f for e in test for f in e.french]
    ids = [encoding.ids for encoding in tokenizer.encode_batch(sentences)]
    rows = [[sentence, tokens, tokenizer.decode(tokens)] for sentence, tokens in zip(sentences, ids)]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "tokenizer.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    chosen = [e.english for e in test[:GOLDEN_SENTENCES]]
    # One at a time, as the product does it: no padding.
    written = [greedy(model, padded([tokenizer.encode(sentence).ids + [EOS]]))[0] for sentence in chosen]
    pairs = [[sentence, tokenizer.decode(tokens)] for sentence, tokens in zip(chosen, written)]
    lines = ",\n".join(json.dumps(pair, ensure_ascii=False) for pair in pairs)
    (folder / "translations.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=Path, default=Path("runs"))
    options.add_argument("--models", type=Path, default=Path("models"))
    options.add_argument("--goldens", type=Path, default=Path("test/fixtures/golden"))
    options.add_argument("--images", type=Path, default=DEFAULT_FOLDER)
    options.add_argument("--data", type=Path, required=True, help="fra-eng.zip")
    arguments = options.parse_args()
    exporter = Exporter(arguments.models, arguments.goldens)
    for name in ARCHITECTURES:
        add_autoencoder(exporter, name, arguments.runs, arguments.images)
    add_translator(exporter, arguments.runs, arguments.data)
    for name in (*ARCHITECTURES, "translator"):
        shutil.copy(arguments.runs / name / "curves.json", Path(__file__).parent / "curves" / f"{name}.json")
    evaluate.write_metrics(exporter.rows, arguments.models, arguments.images, arguments.data)
    manifest = {"version": 1, "models": exporter.rows}
    (arguments.models / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
