"""Fills the tables of docs/models.md from the manifest: python -m training.card

The prose is written by hand; a table stands between <!-- models: family --> and <!-- end -->.
"""

from __future__ import annotations

import re
from pathlib import Path

from .export import read_manifest
from .families import MODELS

CARD = Path("docs/models.md")
TABLE = re.compile(r"(<!-- models: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def number(value: float | str) -> str:
    # A bar would end the cell.
    return value.replace("|", "\\|") if isinstance(value, str) else f"{value:g}" if abs(value) < 1e5 else f"{value:.0f}"


def table(rows: list[dict]) -> str:
    lines = ["| id | kB | parameters | held-out metrics |", "| --- | ---: | ---: | --- |"]
    for row in rows:
        metrics = "; ".join(f"{name} {number(value)}" for name, value in row["metrics"].items())
        lines.append(f"| `{row['id']}` | {row['bytes'] / 1000:.0f} | {row['parameters']} | {metrics} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    models = read_manifest(MODELS)["models"]

    def filled(match: re.Match) -> str:
        rows = [row for row in models if row["family"] == match[2]]
        return f"{match[1]}\n{table(rows)}\n{match[3]}"

    CARD.write_text(TABLE.sub(filled, CARD.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
