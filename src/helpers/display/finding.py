"""A finding: what a reader is told, with the numbers that it rests on and what weakens it.

A finding is data. It shows itself as Markdown and carries its parts beside it in the notebook's output, so that README, front
page and `changes` read fields and never take a sentence apart.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

MIME = "application/vnd.helpers.finding+json"  # under which a notebook's output carries the parts of a finding


@dataclass(frozen=True)
class Finding:
    """A sentence or a few, and what they rest on. Texts are Markdown; values of the data in them are escaped already.

    Attributes
    ----------
    headline
        Who did what since when.
    detail
        The numbers in words, and one comparison.
    doubt
        What weakens it, as a consequence.
    question
        The question that it answers, if it opens a page.
    k, n
        So many of so many.
    low, high
        Bounds of the share or number, in `unit`.
    unit
        What is counted, or what the bounds are of.
    """

    headline: str
    detail: str = ""
    doubt: str = ""
    question: str = ""
    k: float | None = None
    n: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""

    @property
    def text(self) -> str:
        """The whole as Markdown."""
        return f"**{self.question}** {self.answer}" if self.question else self.answer

    @property
    def answer(self) -> str:
        """What stands below its question, as Markdown."""
        return " ".join(part for part in (self.headline, self.detail, self.doubt) if part)

    def as_plain(self) -> str:
        """The whole without Markdown's marks, for a shell."""
        return self.text.replace("**", "").replace("\\", "")

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/markdown": self.text, "text/plain": self.as_plain(), MIME: self.as_dict()}

    def as_dict(self) -> dict[str, Any]:
        """The parts that say something, for JSON."""
        return {name: _plain(value) for name, value in asdict(self).items() if value not in (None, "")}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else float(value) if float(value) % 1 else int(value)


def findings_in(path: Path | str) -> dict[str, Finding]:
    """The findings that an executed notebook shows, by cell id, in order."""
    cells: list[Mapping[str, Any]] = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    outputs = [(cell["id"], output) for cell in cells for output in cell.get("outputs", [])]
    return {cell: Finding(**output["data"][MIME]) for cell, output in outputs if MIME in output.get("data", {})}
