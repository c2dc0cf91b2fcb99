"""Notebook pages: findings and tables as they are, figures alive, code behind one switch for the page."""

from __future__ import annotations

import ast
import base64
import posixpath
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import nbformat

from helpers.display.finding import MIME, Finding, findings_in
from pages import words
from pages.figure import Figures

PAGES_OF = {"CODEBOOK.md": "codebook.html", "RULES.md": "rules.html"}
_TO_TABLE = re.compile(r"\[([^\]]+)\]\((?:\.\./)+data/([\w.]+)(#[\w-]+)?\)")  # a link to what lies in data/

_TO_NOTEBOOK = re.compile(r"\[([^\]]+)\]\(([\w./-]+)\.ipynb(#[\w-]+)?\)")


def _offered(link: re.Match[str], root: str) -> str:
    """A link to a table among the files, or to the page that a text has."""
    address = PAGES_OF.get(link[2], f"files/data/{link[2]}")
    return f'<a href="{root}{address}{link[3] or ""}">{link[1]}</a>'


def _known(link: re.Match[str], name: str, pages: set[str]) -> str:
    """A link to a notebook, or its words if that has no page."""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), link[2]))
    return link[0] if target in pages else link[1]


def prepare(
    notebook: nbformat.NotebookNode, name: str, figures: Figures, pages: set[str], root: str = ""
) -> nbformat.NotebookNode:
    """Makes a notebook fit for a page.

    A figure's PNG becomes its SVG, inline. Markdown in outputs becomes HTML here, as CommonMark without HTML, so that no value
    of the data ever reaches what a page's own text may do (directives, roles, files).

    Parameters
    ----------
    notebook
        An executed notebook; changed in place.
    name
        Its name, which the files of its figures bear.
    figures
        The figures that its run kept.
    pages
        Names of the notebooks that have a page; a link to another becomes its words.
    root
        The way from the page up to the site's root.
    """
    above: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _TO_TABLE.sub(lambda link: _offered(link, root), cell.source)
            cell.source = _TO_NOTEBOOK.sub(lambda link: _known(link, name, pages), cell.source)
            continue
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                above.add(words.bare(Finding(**output["data"][MIME]).headline).rstrip("."))
            _prepare_output(output, f"{name.replace('/', '-')}-{cell.id}", figures, root, above)
    return notebook


def _prepare_output(
    output: nbformat.NotebookNode, title: str, figures: Figures, root: str, above: Collection[str]
) -> None:
    """Leaves of an output what a page shows: HTML, or plain text where there is nothing better."""
    data = output.get("data", {})
    if "image/png" in data:
        alt = output["metadata"]["image/png"]["alt"]
        output["data"] = {"text/html": str(figures.show(base64.b64decode(data["image/png"]), title, alt, root, above))}
        output["metadata"] = {}
    elif MIME in data:
        output["data"] = {"text/html": show_finding(Finding(**data[MIME]))}
    elif "text/markdown" in data:
        output["data"] = {"text/html": f"<p>{words.markdown(data['text/markdown'])}</p>"}


def show_finding(finding: Finding) -> str:
    """A finding as HTML: its first sentence by itself, then what it rests on and what weakens it."""
    first = f"**{finding.question}** {finding.headline}" if finding.question else finding.headline
    rest = " ".join(part for part in (finding.detail, finding.doubt) if part)
    more = f"<p>{words.markdown(rest)}</p>" if rest else ""
    return f'<div class="finding"><p class="headline">{words.markdown(first)}</p>{more}</div>'


def opening(path: Path, notebook: nbformat.NotebookNode) -> dict[str, str]:
    """Title of a notebook and its first finding in plain words, for lists and search engines."""
    texts = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    titles = re.findall(r"^# (.+)$", "\n".join(texts), re.MULTILINE)
    said = [words.bare(finding.headline) for finding in findings_in(path).values()]
    return {"title": titles[0] if titles else path.stem, "description": said[0] if said else ""}


def parameters_of(path: Path) -> dict[str, Any]:
    """The parameters with which a notebook was executed, by name; none if it ran with those that it holds."""
    found: dict[str, Any] = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            for line in ast.parse(cell.source).body:
                if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                    found[line.targets[0].id] = ast.literal_eval(line.value)
    return found
