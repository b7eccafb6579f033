"""What every family of models shares when it is exported: ONNX file, golden vectors, row of the manifest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

import onnx
import onnxruntime
import torch
from torch import Tensor, nn

from .onnx_files import OPSET, Axes, declarations, export, golden
from .weights import Bytes

FASHION = "Fashion-MNIST (Xiao, Rasul and Vollgraf 2017), MIT licence"
DATA_FOLDER = "data"
Metrics = dict[str, float | str]


@dataclass(frozen=True)
class Sources:
    """Where finished runs and data are."""

    runs: Path
    images: Path
    sentences: Path | None


@dataclass(frozen=True)
class About:
    """What the manifest says of a model beyond what is read from its file."""

    title: str
    parameters: int
    command: str
    data: str
    settings: dict[str, float] = field(default_factory=dict)
    assets: dict[str, dict[str, str]] = field(default_factory=dict)


class Exporter:
    """Collects the manifest rows of one family and writes each file with its golden vectors."""

    def __init__(self, family: str, models: Path, goldens: Path) -> None:
        self.family, self.models, self.goldens = family, models, goldens
        self.rows: list[dict] = []
        self.data: list[dict] = []
        for folder in (models / DATA_FOLDER, goldens):
            folder.mkdir(parents=True, exist_ok=True)

    def add(
        self, model: str, graph: nn.Module, stored: Bytes | None, free: Axes, outputs: Axes,
        examples: list[dict[str, Tensor]], about: About,
    ) -> None:  # fmt: skip
        """Traces the graph by the first example; `stored` is what `round_weights` gave, or None if unrounded."""
        file = self.models / f"{model}.onnx"
        export(graph, examples[0], outputs, free, file, stored)
        self.record(model, [golden(graph, example, list(outputs)) for example in examples], about)

    def record(self, model: str, cases: list[dict], about: About) -> None:
        """Adds the row of a file that is written already, and writes its golden vectors."""
        file = self.models / f"{model}.onnx"
        (self.goldens / f"{model}.json").write_text(json.dumps(cases) + "\n")
        proto = onnx.load(str(file))
        self.rows.append(
            {
                "id": model,
                "family": self.family,
                "title": about.title,
                "file": file.name,
                "sha256": digest(file),
                "bytes": file.stat().st_size,
                "opset": OPSET,
                "parameters": about.parameters,
                "inputs": declarations(proto.graph.input),
                "outputs": declarations(proto.graph.output),
                "metrics": {},
                "settings": about.settings,
                "trainedBy": about.command,
                "data": about.data,
                "licence": "MIT (weights)",
                "assets": about.assets,
            }
        )

    def add_data(self, name: str, file: str, content: bytes, title: str, source: str, licence: str) -> None:
        """Writes held-out data into models/data, with a row of its own in the manifest."""
        target = self.models / DATA_FOLDER / file
        target.write_bytes(content)
        self.data.append(
            {
                "id": name,
                "family": self.family,
                "title": title,
                "file": f"{DATA_FOLDER}/{file}",
                "sha256": digest(target),
                "bytes": len(content),
                "source": source,
                "licence": licence,
            }
        )


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def count(*modules: nn.Module) -> int:
    """Trained numbers, shared ones once."""
    return sum({id(p): p.numel() for m in modules for p in m.parameters()}.values())


def open_model(models: Path, model: str) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(str(models / f"{model}.onnx"), providers=["CPUExecutionProvider"])


def rounded(metrics: dict[str, float | str]) -> Metrics:
    """Numbers to four decimals, as the manifest keeps them."""
    return {key: value if isinstance(value, str) else round(float(value), 4) for key, value in metrics.items()}


def load_best(model: nn.Module, state: dict) -> nn.Module:
    """With the weights that were best on validation data, or their average: what a run kept as "best"."""
    model.load_state_dict(state["best"])
    return model.eval()


def load_network(model: nn.Module, state: dict) -> nn.Module:
    """With the weights after the last step of `train_classifier`."""
    model.load_state_dict(state["network"])
    return model.eval()


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)
