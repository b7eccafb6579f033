"""The reader of stances as one ONNX file with 8-bit arithmetic, and how well it reads held-out answers."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from ..shared.exporter import About, Exporter, Metrics, Sources, digest, open_model, rounded
from ..shared.onnx_files import export, tensor_json
from .data import Answer, Encoded, read_answers
from .measures import report_scores
from .model import CLAIM_WIDTH, LONGEST, SEPARATOR, START, WIDTH, StanceReader, mean_states

MODEL = "stance-reader"
RUN = "stance-reader"
HELD_OUT = "held-out.words.jsonl"
"""Seven reports of a hand that wrote nothing of what runs are trained on, as `words.ts` writes them."""
GOLDENS = 6
TITLE = "What an answer says about a claim: asserts, denies or silent, and where"
DATA = "Invented answers of the folder training/stances (MIT); base all-MiniLM-L6-v2 (Apache-2.0)"
FREE = {"ids": {0: "batch", 1: "tokens"}, "claims": {0: "batch", 1: "claims"}}
OUTPUTS = {"stances": {0: "batch", 1: "claims"}, "evidence": {0: "batch", 1: "claims", 2: "tokens"}, "mean": {0: "batch"}}


class Graph(nn.Module):
    """The reader without padding: every token counts. `mean` is the vector of the text itself, as claims are given."""

    def __init__(self, reader: StanceReader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, claims: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        mask = torch.ones_like(ids)
        states = self.reader.states(ids, mask)
        stances, evidence = self.reader.decide(states, mask, claims)
        return stances, evidence, mean_states(states, mask)


def load_reader(run: Path) -> StanceReader:
    config = BertConfig.from_pretrained(run / "config.json")
    reader = StanceReader(BertModel(config, add_pooling_layer=False))
    reader.load_state_dict(torch.load(run / "weights.pt"))
    # No text is longer.
    places = reader.encoder.embeddings.position_embeddings.weight[:LONGEST]
    reader.encoder.embeddings.position_embeddings = nn.Embedding.from_pretrained(places)
    return reader.eval()


class Pose:
    """Inputs of the graph for labelled answers; claims come with the cues of the assignment."""

    def __init__(self, run: Path, embed) -> None:
        self.encoded = Encoded(run / "tokenizer.json")
        self.cues: dict[str, dict[str, list[str]]] = json.loads((run.parent / "stances" / "cues.json").read_text())
        self.embed = embed
        self.vectors: dict[str, np.ndarray] = {}

    def vector(self, text: str) -> np.ndarray:
        if text not in self.vectors:
            self.vectors[text] = self.embed(self.encoded.row(text.split())[0])
        return self.vectors[text]

    def claim(self, statement: str, cues: dict[str, list[str]]) -> np.ndarray:
        parts, flags = [self.vector(statement)], []
        for kind in ("asserts", "denies"):
            texts = cues.get(kind, [])
            mean = np.sum([self.vector(text) for text in texts], axis=0) if texts else np.zeros(WIDTH, np.float32)
            parts.append(mean / max(np.linalg.norm(mean), 1e-9))
            flags.append(float(bool(texts)))
        return np.concatenate([*parts, np.array(flags)]).astype(np.float32)

    def inputs(self, answer: Answer) -> dict[str, np.ndarray]:
        claims = [self.claim(answer.statements[claim], self.cues.get(claim, {})) for claim in answer.stances]
        return {"ids": np.array([self.encoded.row(answer.words)[0]], dtype=np.int64), "claims": np.stack(claims)[None]}


def embedding_with(session: InferenceSession):
    """Vector of one row of token ids by the file itself."""
    nothing = np.zeros((1, 1, CLAIM_WIDTH), np.float32)
    return lambda row: session.run(["mean"], {"ids": np.array([row], dtype=np.int64), "claims": nothing})[0][0]


def answers_of(run: Path, file: Path) -> list[Answer]:
    return read_answers(file, json.loads((run.parent / "stances" / "claims.json").read_text()))


def write(exporter: Exporter, sources: Sources) -> None:
    run = sources.runs / RUN
    reader, answers = load_reader(run), answers_of(run, run.parent / "stances" / "reports.words.jsonl")
    example = {"ids": torch.full((2, 12), 2000), "claims": torch.zeros(2, 3, CLAIM_WIDTH)}
    target = exporter.models / f"{MODEL}.onnx"
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        export(Graph(reader), example, OUTPUTS, FREE, whole, None)
        # Seven bits of weight: with eight, processors without dot products of bytes overflow in between.
        folded, half = Path(folder) / "folded.onnx", Path(folder) / "half.onnx"
        # Weights that are transposed on the way are not seen as weights.
        options = SessionOptions()
        options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.optimized_model_filepath = str(folded)
        InferenceSession(str(whole), options)
        quantize_dynamic(folded, half, ["Gather"], weight_type=QuantType.QInt8)
        quantize_dynamic(half, target, ["MatMul"], weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    tokenizer = exporter.models / f"{MODEL}-tokenizer.json"
    # Words are tokenised one by one, and none is filled up to the length of a sentence.
    plain = {**json.loads((run / "tokenizer.json").read_text(encoding="utf-8")), "truncation": None, "padding": None}
    tokenizer.write_text(json.dumps(plain, ensure_ascii=False) + "\n", encoding="utf-8")
    # Arithmetic in 8 bits differs from PyTorch's by far more than rounding: the file itself is the reference, and
    # `measure` says what it is worth.
    session = InferenceSession(str(target))
    pose = Pose(run, embedding_with(session))
    cases = []
    for answer in answers[:: len(answers) // GOLDENS][:GOLDENS]:
        inputs = pose.inputs(answer)
        results = dict(zip(OUTPUTS, session.run(list(OUTPUTS), inputs), strict=True))
        cases.append({"inputs": {k: tensor_json(v) for k, v in inputs.items()}, "outputs": {k: tensor_json(v) for k, v in results.items()}})
    settings = json.loads((run / "calibration.json").read_text())
    exporter.record(
        MODEL,
        cases,
        About(
            TITLE,
            sum(p.numel() for p in reader.parameters()),
            "python -m training.stances.train",
            DATA,
            {"start": START, "separator": SEPARATOR, "longest": LONGEST, "width": WIDTH, **settings},
            {"tokenizer": {"file": tokenizer.name, "sha256": digest(tokenizer)}},
        ),
    )


def measure(models: Path, sources: Sources) -> dict[str, Metrics]:
    run = sources.runs / RUN
    session, answers = open_model(models, MODEL), answers_of(run, run.parent / "stances" / HELD_OUT)
    pose = Pose(run, embedding_with(session))
    truth, guess = [], []
    for answer in answers:
        logits = session.run(["stances"], pose.inputs(answer))[0][0]
        truth += [stance for stance, _ in answer.stances.values()]
        guess += [int(row.argmax()) for row in logits]
    return {MODEL: rounded(report_scores(truth, guess))}


def curves(sources: Sources) -> dict[str, Path]:
    return {MODEL: sources.runs / RUN / "curve.json"}
