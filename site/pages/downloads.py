"""The files that the pages offer: tables, graph, the data package as one zip, metadata and citation."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.commands.export import in_capitals
from helpers.loaders.tables import DATA
from pages.croissant import croissant
from pages.share import citation

ROOT = DATA.parent
EXAMPLES_FOLDER = Path(__file__).resolve().parents[1] / "examples"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date a zip can hold: the same data give the same bytes on any day
GRAPH = {
    "network.graphml": "The two-mode graph of states and exercises, GraphML",
    "network.gexf": "The same graph, GEXF",
    "network.json": "The same graph, node-link JSON",
}
TOGETHER = {
    "tables.sqlite": "All tables, as coded and derived, in one SQLite database, with what each column means",
    "tables.xlsx": "The same in one workbook, a sheet a table; dates, codes and ranges are text",
}
ROW_VERSIONS = EXAMPLES_FOLDER.parent / "row_versions.csv"  # written where versions are tagged, before a release
EXAMPLES = {"Python": "merge_panel.py", "R": "merge_panel.R"}  # in site/examples: the panel with another data set
README = """{title}
Version {version}, released {published}

data/      the tables as coded: what each source says, and the contract that holds them (datapackage.json, CODEBOOK.md)
derived/   what follows from them by the rules: register, attendance, ties, panel of states and years, dyads, steps, graph;
           tables.sqlite and tables.xlsx hold all tables, as coded and derived
row_versions.csv, in a released zip: in which version each row of data/ came and last changed

A blank cell means that no source says. Not named is not absent, not expected is not absent, not held is not absent.
True and false are TRUE and FALSE in every CSV, which R reads as logical.

Cite as: {text}
CITATION.cff and citation.bib say the same for programs. Data and texts are under CC BY 4.0: see LICENSE.txt.
"""


def write_downloads(tables: Path, files: Path) -> list[tuple[str, list[tuple[str, str, str, str]]]]:
    """Fills the folder `files` and returns what the page lists: [(heading, [(address, name, what it is, size)])]."""
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    derived = json.loads((tables / "datapackage.json").read_text(encoding="utf-8"))
    cite = citation()
    shutil.copytree(tables, files / "derived", dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*"))
    _write_package(package, derived, cite, files)
    cff = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    (files / "CITATION.cff").write_text(cff + (f"url: {cite['base']}\n" if cite["base"] else ""), encoding="utf-8")
    (files / "citation.bib").write_text(cite["bibtex"], encoding="utf-8")
    (files / "README.txt").write_text(README.format(**cite), encoding="utf-8")
    shutil.copyfile(ROOT / "LICENSE-DATA", files / "LICENSE.txt")
    archive = files / f"{package['name']}-{package['version']}.zip"
    top = [files / name for name in ("README.txt", "LICENSE.txt", "CITATION.cff", "citation.bib")]
    dated = {}
    if ROW_VERSIONS.exists():
        shutil.copyfile(ROW_VERSIONS, files / ROW_VERSIONS.name)
        top.append(files / ROW_VERSIONS.name)
        dated[ROW_VERSIONS.name] = (
            "Of each row the released version in which it came, and the one in which it last changed"
        )
    _zip([*top, *_inside(files / "data"), *_inside(files / "derived")], archive)
    listed = [
        (
            "Everything",
            {archive.name: "The data package: tables, contract, codebook, derived tables, graph; one zip"}
            | {f"derived/{name}": what for name, what in TOGETHER.items() if (tables / name).exists()},
        ),
        (
            "Derived tables",
            {
                f"derived/{one['name']}{suffix}": one["description"]
                for one in derived["resources"]
                for suffix in (".csv", ".json")
            },
        ),
        ("Graph", {f"derived/{name}": what for name, what in GRAPH.items()}),
        ("Tables as coded", {f"data/{one['path']}": one["description"] for one in package["resources"]}),
        (
            "What describes them",
            {
                "data/datapackage.json": "The contract: every column, type, key and allowed value (Data Package 2)",
                "derived/datapackage.json": "The same for the derived tables",
                "data/CODEBOOK.md": "Both in words",
                "data/RULES.md": "Every rule from a report to a number, in words",
                "data/croissant.json": "Croissant 1.0 metadata, for data set search and machine-learning loaders",
                **dated,
                "README.txt": "What is in the zip",
                "CITATION.cff": "How to cite, Citation File Format",
                "citation.bib": "How to cite, BibTeX",
            },
        ),
    ]
    return [
        (heading, [(f"files/{path}", path.split("/")[-1], what, _size(files / path)) for path, what in group.items()])
        for heading, group in listed
    ]


def examples() -> dict[str, str]:
    """Short programs that merge the panel with another data set, by language."""
    return {language: (EXAMPLES_FOLDER / name).read_text(encoding="utf-8") for language, name in EXAMPLES.items()}


def _write_package(package: dict[str, Any], derived: dict[str, Any], cite: dict[str, str], files: Path) -> None:
    """The tables as coded with all that describes them; Croissant describes the derived tables too."""
    folder = files / "data"
    folder.mkdir(parents=True, exist_ok=True)
    names = [resource["path"] for resource in package["resources"]]
    for name in [*names, "datapackage.json", "CODEBOOK.md", "RULES.md"]:
        shutil.copyfile(DATA / name, folder / name)
    for resource in package["resources"]:
        if any(field["type"] == "boolean" for field in resource["schema"]["fields"]):
            text = pd.read_csv(DATA / resource["path"], dtype=str, keep_default_na=False)
            in_capitals(resource, text).to_csv(folder / resource["path"], index=False, lineterminator="\n")
    shutil.copyfile(ROOT / "LICENSE-DATA", folder / "LICENSE.txt")
    beside = [one | {"path": f"../derived/{one['path']}"} for one in derived["resources"]]
    whole = package | {"resources": [*package["resources"], *beside]}
    paths = [resource["path"] for resource in whole["resources"]]
    digests = {path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in paths}
    metadata = croissant(whole, digests, cite)
    described = json.dumps(metadata, ensure_ascii=False, indent=1)
    (folder / "croissant.json").write_text(described + "\n", encoding="utf-8")


def _inside(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _zip(paths: list[Path], archive: Path) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for path in paths:
            entry = zipfile.ZipInfo(f"{archive.stem}/{path.relative_to(archive.parent).as_posix()}", LONG_AGO)
            entry.external_attr = 0o644 << 16
            target.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


def _size(path):
    size = path.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"
