"""What the pages offer to take away is whole, valid and described."""

import base64
import csv
import hashlib
import html
import json
import logging
import re
import zipfile
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import yaml
from browser import DESK, in_browser, pictures

from helpers import open_record
from helpers.analyses.network import graph as network
from helpers.loaders.contract import read_package
from helpers.loaders.tables import DATA
from pages import downloads


def test_each_figure_offers_its_three_files(site, built):
    for path in sorted((built / "notebooks").glob("*.ipynb")):
        page = (site / f"{path.stem}.html").read_text(encoding="utf-8")
        for cell, output in pictures(nbformat.read(path, as_version=4)):
            name = f"files/figures/{path.stem}-{cell.id}"
            assert all(f'href="{name}{suffix}"' in page for suffix in (".svg", ".png", ".csv")), name
            assert (site / f"{name}.png").read_bytes() == base64.b64decode(output["data"]["image/png"])
            assert (site / f"{name}.svg").read_text(encoding="utf-8").rstrip().endswith("</svg>")
            assert len(pd.read_csv(site / f"{name}.csv")) > 5


def test_each_program_stands_under_its_language(site):
    page = (site / "downloads.html").read_text(encoding="utf-8")
    found = re.findall(r"<h3>(.*?)<.*?<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)
    assert {
        re.sub("<.*", "", language).strip(): html.unescape(program) for language, program in found
    } == downloads.examples()


def test_each_figure_leads_to_the_rules(site, parsed):
    assert (site / "rules.html").exists()
    shown = 0
    for path in parsed:
        figures = re.findall(r'<figure class="living".+?</figure>', path.read_text(encoding="utf-8"), re.DOTALL)
        root = "../" * (len(path.relative_to(site).parts) - 1)
        assert all(f'<a href="{root}rules.html">' in figure for figure in figures), path.name
        shown += len(figures)
    assert shown > 20


def test_tables_are_offered_twice_with_the_same_content(site):
    for path in (site / "files" / "derived").glob("*.csv"):
        rows = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        with path.open(encoding="utf-8", newline="") as file:
            flat = list(csv.DictReader(file))
        assert len(rows) == len(flat)
        for one, other in zip(rows, flat, strict=True):
            assert list(one) == list(other)
            for name, value in one.items():
                text = ";".join(value) if isinstance(value, list) else "" if value is None else str(value)
                text = text.upper() if isinstance(value, bool) else text
                assert text == other[name] or float(text) == pytest.approx(float(other[name]), abs=1e-6)


def test_the_graph_reads_back(site, tables):
    import networkx as nx

    graph = nx.read_graphml(site / "files" / "derived" / "network.graphml")
    drawn = network.two_mode_graph(open_record().whole())
    assert set(graph.nodes) == set(drawn.nodes)
    assert {frozenset(edge) for edge in graph.edges()} == {frozenset(edge) for edge in drawn.edges()}


def test_the_zip_is_the_package(site):
    package = read_package(DATA)
    name = f"{package['name']}-{package['version']}"
    with zipfile.ZipFile(site / "files" / f"{name}.zip") as archive:
        assert archive.testzip() is None
        for resource in package["resources"]:
            given, coded = (
                archive.read(f"{name}/data/{resource['path']}").decode(),
                (DATA / resource["path"]).read_text("utf-8"),
            )
            assert re.sub("TRUE|FALSE", lambda found: found[0].lower(), given) == coded
        assert {f"{name}/data/CODEBOOK.md", f"{name}/data/LICENSE.txt", f"{name}/derived/register.csv"} <= set(
            archive.namelist()
        )


def test_the_downloads_page_names_every_file_but_figures(site, parsed):
    offered = {(path.parent / address).resolve() for path, page in parsed.items() for address in page.addresses}
    for path in (site / "files").rglob("*.*"):
        if path.name != "LICENSE.txt":
            assert path.resolve() in offered, path.name


def test_the_programs_that_merge_the_panel_stand_as_they_run(site):
    text = html.unescape((site / "downloads.html").read_text(encoding="utf-8"))
    for program in downloads.examples().values():
        assert program.strip() in text


def test_croissant_is_valid_and_loads_every_row(site):
    logging.getLogger("absl").setLevel(logging.ERROR)
    import mlcroissant

    folder = site / "files" / "data"
    dataset = mlcroissant.Dataset(jsonld=folder / "croissant.json")
    assert not dataset.metadata.ctx.issues.errors
    assert not dataset.metadata.ctx.issues.warnings
    described = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    for file in described["distribution"]:
        assert file["sha256"] == hashlib.sha256((folder / file["contentUrl"]).read_bytes()).hexdigest()
    for resource in read_package(DATA)["resources"]:
        with (DATA / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        loaded = list(dataset.records(resource["name"]))
        assert len(loaded) == len(rows), resource["name"]
        key = resource["schema"]["primaryKey"][0]
        assert [plain(row[f"{resource['name']}/{key}"]) for row in loaded] == [row[key] for row in rows]


def plain(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def test_lists_and_numbers_keep_their_types_in_croissant(site, data):
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=site / "files" / "data" / "croissant.json")
    loaded = list(dataset.records("events"))
    for row, (_, event) in zip(loaded, data["events"].iterrows(), strict=True):
        assert tuple(plain(one) for one in row["events/source_ids"]) == event["source_ids"]
        rung = row["events/rung"]
        assert (rung is None or pd.isna(rung)) if pd.isna(event["rung"]) else int(rung) == event["rung"]


def test_the_citation_can_be_taken_away(site):
    cff = yaml.safe_load((site / "files" / "CITATION.cff").read_text(encoding="utf-8"))
    bib = (site / "files" / "citation.bib").read_text(encoding="utf-8")
    entry = dict(re.findall(r"^  (\w+) = \{(.*)\},?$", bib, re.MULTILINE))
    assert bib.startswith("@misc{") and bib.rstrip().endswith("}")
    assert entry["title"] == f"{{{cff['title']}}}"
    assert entry["version"] == cff["version"]
    assert entry["year"] == str(cff["date-released"])[:4]


@in_browser
def test_a_table_can_be_downloaded(site, visit):
    page = visit(viewport=DESK, accept_downloads=True).go(site / "downloads.html")
    for name in ("derived/register.csv", f"{read_package(DATA)['name']}-{read_package(DATA)['version']}.zip"):
        with page.expect_download() as started:
            page.click(f"a[href='files/{name}']")
        assert Path(started.value.path()).read_bytes() == (site / "files" / name).read_bytes()


@pytest.mark.parametrize(
    "size, said", [(10, "1 kB"), (999_499, "999 kB"), (1_000_000, "1.0 MB"), (2_340_000, "2.3 MB")]
)
def test_sizes_are_said_in_units_that_people_read(tmp_path, size, said):
    path = tmp_path / "file"
    path.write_bytes(b"0" * size)
    assert downloads._size(path) == said
