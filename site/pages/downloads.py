"""The files that the pages offer: tables, graph, the data package as one zip, metadata and citation."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

from helpers.loaders.tables import DATA
from pages.croissant import croissant
from pages.share import citation

ROOT = DATA.parent
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date a zip can hold: the same data give the same bytes on any day
GRAPH = {
    "network.graphml": "The two-mode graph of states and exercises, GraphML",
    "network.gexf": "The same graph, GEXF",
    "network.json": "The same graph, node-link JSON",
}


def write_downloads(tables: Path, files: Path) -> list[tuple[str, list[tuple[str, str, str, str]]]]:
    """Fills the folder `files` and returns what the page lists: [(heading, [(address, name, what it is, size)])]."""
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    derived = json.loads((tables / "datapackage.json").read_text(encoding="utf-8"))
    cite = citation()
    shutil.copytree(tables, files / "derived", dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*"))
    _write_package(package, cite, files / "data")
    archive = files / f"{package['name']}-{package['version']}.zip"
    _zip([files / "data", files / "derived"], archive)
    cff = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    (files / "CITATION.cff").write_text(cff + (f"url: {cite['base']}\n" if cite["base"] else ""), encoding="utf-8")
    (files / "citation.bib").write_text(cite["bibtex"], encoding="utf-8")
    listed = [
        ("Everything", {archive.name: "The data package: tables, contract, codebook, derived tables, graph; one zip"}),
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
                "CITATION.cff": "How to cite, Citation File Format",
                "citation.bib": "How to cite, BibTeX",
            },
        ),
    ]
    return [
        (heading, [(f"files/{path}", path.split("/")[-1], what, _size(files / path)) for path, what in group.items()])
        for heading, group in listed
    ]


def _write_package(package, cite, folder):
    folder.mkdir(parents=True, exist_ok=True)
    names = [resource["path"] for resource in package["resources"]]
    for name in [*names, "datapackage.json", "CODEBOOK.md", "RULES.md"]:
        shutil.copyfile(DATA / name, folder / name)
    shutil.copyfile(ROOT / "LICENSE-DATA", folder / "LICENSE.txt")
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    metadata = croissant(package, digests, cite)
    text = json.dumps(metadata, ensure_ascii=False, indent=1)
    (folder / "croissant.json").write_text(text + "\n", encoding="utf-8")


def _zip(folders, archive):
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{archive.stem}/{path.relative_to(archive.parent).as_posix()}", LONG_AGO)
            entry.external_attr = 0o644 << 16
            target.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


def _size(path):
    size = path.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"
