"""Writes models/*.onnx, their manifest and golden vectors from finished runs: python -m training.export [FAMILY…]

Only the families that are named change; the manifest's other rows stay. Metrics are measured on the written files.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from .families import FAMILIES, chosen_families, family_options, files_of
from .shared.exporter import Exporter

CURVES = Path("training/curves")


def read_manifest(models: Path) -> dict:
    file = models / "manifest.json"
    empty = {"version": 1, "families": {}, "models": [], "data": []}
    return {**empty, **json.loads(file.read_text(encoding="utf-8"))} if file.exists() else empty


def write_manifest(models: Path, manifest: dict) -> None:
    """Rows in the order of FAMILIES, so that a partial export changes no other line."""
    order = list(FAMILIES)
    manifest["families"] = FAMILIES
    for kind in ("models", "data"):
        manifest[kind].sort(key=lambda row: order.index(row["family"]))
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    (models / "manifest.json").write_text(f"{text}\n", encoding="utf-8")


def forget(manifest: dict, family: str, models: Path, goldens: Path) -> None:
    """Deletes the family's files and rows, so that nothing of an earlier export stays behind."""
    for kind in ("models", "data"):
        for row in manifest[kind]:
            if row["family"] == family:
                (models / row["file"]).unlink(missing_ok=True)
                (goldens / f"{row['id']}.json").unlink(missing_ok=True)
        manifest[kind] = [row for row in manifest[kind] if row["family"] != family]


def main() -> None:
    options = family_options(__doc__)
    options.add_argument("--goldens", type=Path, default=Path("test/fixtures/golden"))
    options.add_argument("--curves", type=Path, default=CURVES)
    arguments, sources, names = chosen_families(options)
    manifest = read_manifest(arguments.models)
    for name in names:
        family = files_of(name)
        forget(manifest, name, arguments.models, arguments.goldens)
        exporter = Exporter(name, arguments.models, arguments.goldens)
        family.write(exporter, sources)
        measured = family.measure(arguments.models, sources)
        for row in exporter.rows:
            row["metrics"] = measured[row["id"]]
        for curve, file in family.curves(sources).items():
            kept = arguments.curves / f"{curve}.json"
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, kept)
        manifest["models"] += exporter.rows
        manifest["data"] += exporter.data
        write_manifest(arguments.models, manifest)
        print(f"{name}: {sum(row['bytes'] for row in exporter.rows) / 1e6:.2f} MB in {len(exporter.rows)} files", flush=True)


if __name__ == "__main__":
    main()
