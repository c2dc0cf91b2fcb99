"""The pages as readers meet them: built once from freshly executed notebooks, read as files and in Debian's chromium."""

import base64
import csv
import hashlib
import io
import json
import logging
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import nbformat
import numpy as np
import pandas as pd
import pytest
import yaml
from browser import CHROMIUM
from matplotlib.figure import Figure
from PIL import Image

from helpers import cutoff
from helpers.analyses.network import graph as network
from helpers.commands import rescope as rerun
from helpers.commands.export import derived_tables
from helpers.derive.codes import ABSENT, CODES, DIRECTIONS, TRACKS
from helpers.display import figures as show
from helpers.display import style
from helpers.display.phrases import day
from helpers.loaders.contract import read_package
from helpers.loaders.tables import DATA
from pages import assembly, stylesheet, words

ROOT = Path(__file__).parents[1]
SITE = ROOT / "site"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PAGE_LIMIT, SCRIPT_LIMIT = 1_500_000, 100_000  # bytes
DRIFT = (
    0.5  # root mean square of 255 levels: processors round the edges of letters differently, a moved line gives more
)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
in_browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium found")


def run(*command, **more):
    done = subprocess.run([sys.executable, *map(str, command)], cwd=ROOT, capture_output=True, text=True, **more)
    assert done.returncode == 0, done.stdout + done.stderr


def render(source, target):
    run("-m", "sphinx", "-q", "-W", "--keep-going", "-c", SITE, "-d", target.parent / "doctrees", source, target)
    return target


@pytest.fixture(scope="module")
def drawn():
    """{notebook: {cell: its figure}}, drawn in this process."""
    return {
        path: {cell: value for cell, value in rerun.outcomes(path).items() if isinstance(value, Figure)}
        for path in NOTEBOOKS
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory, drawn):
    """The folder of the whole build: notebooks, kept figures, tables, site.

    The notebooks are the committed ones, which nbval has proven to say what an execution says, with the figures as this
    machine draws them.
    """
    folder = tmp_path_factory.mktemp("build")
    for name in ("notebooks", "figures"):
        (folder / name).mkdir()
    for path, figures in drawn.items():
        notebook = nbformat.read(path, as_version=4)
        for cell, output in pictures(notebook):
            png, _ = show.save(figures[cell.id], folder / "figures")
            output["data"]["image/png"] = base64.b64encode(png).decode()
        nbformat.write(notebook, folder / "notebooks" / path.name)
    run("-m", "helpers.export", folder / "tables")
    run(SITE, "assemble", *(folder / name for name in ("notebooks", "tables", "figures", "source")))
    render(folder / "source", folder / "site")
    return folder


def pictures(notebook):
    """(cell, output) of every picture in a notebook."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                yield cell, output


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), float)


@pytest.fixture(scope="module")
def site(built):
    return built / "site"


@pytest.fixture(scope="module")
def tables(data):
    return derived_tables(data)


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


class Visit:
    """A page in a context of its own, with what it asked for and complained of."""

    def __init__(self, browser, **context):
        self.page = browser.new_context(**context).new_page()
        self.asked, self.complaints = [], []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path, hash=""):
        self.asked.clear()
        if self.page.url.partition("#")[0] == path.as_uri():  # another fragment alone would load nothing
            self.page.goto("about:blank")
        self.page.goto(path.as_uri() + (f"#{hash}" if hash else ""))
        return self.page


@pytest.fixture
def visit(chromium):
    """Opens pages; each call gives a new context."""
    visits = []

    def start(**context):
        visits.append(Visit(chromium, **context))
        return visits[-1]

    yield start
    for one in visits:
        one.page.context.close()


def pages_of(site):
    return sorted(site.rglob("*.html"))


def main_pages(site):
    return sorted([*site.glob("*.html"), *site.glob("api/*.html")])


def violations(page, rules=WCAG):
    """What axe-core finds against WCAG 2.2 A and AA, or against some rules."""
    from axe_playwright_python.base import AXE_SCRIPT

    page.evaluate(AXE_SCRIPT)
    # Target size is new in 2.2 and off unless asked for; preloading style sheets fails on file addresses.
    options = {"runOnly": rules, "preload": False}
    if rules == WCAG:
        options["rules"] = {"target-size": {"enabled": True}}
    found = page.evaluate("options => axe.run(options)", options | {"resultTypes": ["violations"]})["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]


# Leaves of each table the rows that show a kind of element which no row above shows: the register has hundreds of rows, and
# to a rule of accessibility those that differ in their words, or in the order of their marks, are one.
ONE_OF_EACH = """() => {
  const loose = ["id", "href", "title"], tables = Array.from(document.querySelectorAll("table")), seen = new Set();
  const kind = (one) => Array.from(one.attributes, (own) =>
    own.name + (loose.includes(own.name) || own.name.startsWith("data-") ? "" : "=" + own.value)).sort().join();
  for (const row of document.querySelectorAll("tbody tr")) {
    const kinds = [row, ...row.querySelectorAll("*")].map((one) =>
      [tables.indexOf(row.closest("table")), one.parentElement.tagName, one.tagName, kind(one)].join("|"));
    if (kinds.every((one) => seen.has(one))) row.remove();
    kinds.forEach((one) => seen.add(one));
  }
}"""


def overflows(page):
    """Whether the page scrolls sideways: the theme hides it on the whole and lets its own container scroll instead."""
    return page.evaluate(
        "[document.documentElement, ...document.querySelectorAll('.main, .main > .content')]"
        ".some((one) => one.scrollWidth > one.clientWidth)"
    )


# ---- words


@pytest.mark.parametrize(
    ("coded", "said"),
    [
        ("2024", "2024"),
        ("2024-10", "October 2024"),
        ("2024-10-01", "1 October 2024"),
        ("2012-08?", "August 2012 (uncertain)"),
        ("2012~", "about 2012"),
        ("2024-09-26/2024-10", "26 September 2024 to October 2024"),
    ],
)
def test_dates_in_words(coded, said):
    assert words.day(coded) == said


def test_every_published_number_and_code_has_words(data, tables):
    reports = data["reports"]
    for coded, scope in zip(reports["troops"], reports["troops_scope"], strict=True):
        if coded:
            assert re.fullmatch(
                r"(about |up to |more than )?[\d,]+( to [\d,]+)?( \(.+\))?", words.persons(coded, scope)
            ), coded
    contract = {r["name"]: {f["name"]: f for f in r["schema"]["fields"]} for r in read_package(DATA)["resources"]}
    assert set(TRACKS) == set(contract["events"]["track"]["constraints"]["enum"])
    assert set(DIRECTIONS) == set(contract["events"]["direction"]["constraints"]["enum"])
    assert set(words.FORCES) == set(contract["series"]["force"]["constraints"]["enum"])
    assert set(words.FIELDS) <= set(contract["reports"])
    assert set(CODES) >= set(tables["attendance"]["code"])
    assert len({code.glyph for code in CODES.values()}) == len(CODES)


# ---- colours


def test_pages_colour_codes_as_figures_do():
    own = (SITE / "static" / "record.css").read_text(encoding="utf-8")
    assert not re.search(r"--[\w-]+:", own)  # a colour with a name is defined once, in code
    rules = dict(re.findall(r"^(body|[.\w, ]+) \{ (.+) \}$", stylesheet.stylesheet(), re.MULTILINE))
    light = dict(re.findall(r"(--[\w-]+): (#\w+);", rules["body"]))
    assert light == {name: colour for colour, name in style.CSS_NAMES.items()}
    assert set(stylesheet.DARK) == set(light)
    for kind, codes in (("mark", CODES), ("way", DIRECTIONS)):
        for name, code in codes.items():
            (rule,) = (rule for marks, rule in rules.items() if f".{kind}.{name}" in marks.split(", "))
            figure = style.ROLES[code.role]
            assert light[re.fullmatch(r"color: var\((.+)\);", rule)[1]] == (
                style.MUTED if figure == style.PAPER else figure
            )


# ---- figures


def test_figures_look_as_committed(drawn):
    """What the text of a figure does not tell, such as sizes, widths and margins, its pixels do."""
    for path, figures in drawn.items():
        committed = {
            cell.id: output["data"]["image/png"] for cell, output in pictures(nbformat.read(path, as_version=4))
        }
        assert set(committed) == set(figures)
        for cell, figure in figures.items():
            was, now = pixels(base64.b64decode(committed[cell])), pixels(show.figure_png(figure)[0])
            assert was.shape == now.shape, (path.name, cell)
            assert np.sqrt(((was - now) ** 2).mean()) < DRIFT, (path.name, cell)


# ---- every page, as a file


class Links(HTMLParser):
    """Ids and addresses of a page, and images without words."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.addresses, self.wordless = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        own = dict(attributes)
        if "id" in own:
            self.ids.append(own["id"])
        self.addresses += [own[name] for name in ("href", "src") if own.get(name)]
        if tag == "img" and len(own.get("alt") or "") < 40:
            self.wordless.append(own.get("src"))


@pytest.fixture(scope="module")
def parsed(site):
    return {path: Links(path.read_text(encoding="utf-8")) for path in pages_of(site)}


def test_every_link_inside_leads_somewhere(parsed):
    for path, page in parsed.items():
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme or address == "#":
                assert parts.scheme in ("https", "http", ""), (path.name, address)
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.exists(), (path.name, address)
            if parts.fragment and "=" not in parts.fragment:
                assert unquote(parts.fragment) in parsed[target].ids, (path.name, address)


def test_no_id_stands_twice_and_every_image_has_words(parsed):
    for path, page in parsed.items():
        assert len(set(page.ids)) == len(page.ids), path.name
        assert not page.wordless, path.name


def test_there_is_a_page_for_each_exercise_and_notebook(site, data):
    assert {path.stem for path in (site / "exercises").glob("*.html")} == set(data["exercises"]["exercise_id"])
    names = re.findall(r'toctree-l1"><a[^>]* href="(\d\w+)\.html"', (site / "index.html").read_text(encoding="utf-8"))
    assert names == [path.stem for path in NOTEBOOKS] * 2  # beside the page and in it


def test_every_module_of_the_code_is_on_the_page_of_its_stage(parsed, site):
    package = ROOT / "src" / "helpers"
    for path in package.glob("*/**/*.py"):
        name = path.relative_to(package.parent).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        assert f"module-{name}" in parsed[site / "api" / f"{name.split('.')[1]}.html"].ids, name


def test_an_exercise_shows_every_report_with_its_source(site, data):
    sources = data["sources"].set_index("source_id")
    for own, reports in data["reports"].groupby("exercise_id"):
        text = (site / "exercises" / f"{own}.html").read_text(encoding="utf-8")
        page = Links(text)
        assert set(reports["report_id"]) <= set(page.ids), own
        assert {url for url in sources.loc[reports["source_id"], "url"] if url} <= set(page.addresses), own


def test_every_conflict_is_shown(site, tables):
    for row in tables["register"].itertuples():
        text = (site / "exercises" / f"{row.exercise_id}.html").read_text(encoding="utf-8")
        assert ("Reports of the same standing disagree" in text) == bool(row.conflicts), row.exercise_id
        for field in (*row.conflicts, *row.changed):
            assert f"<li>{words.FIELDS[field]}: " in text, row.exercise_id


def test_the_front_page_is_dated_by_the_record(site, data, built):
    text = (site / "index.html").read_text(encoding="utf-8")
    version = read_package(DATA)["version"]
    assert f"Sources to <strong>{day(cutoff(data['sources']))}</strong>" in text
    assert f"data version <strong>{version}</strong>" in text
    assert f"data version {version}" in (site / "timeline.html").read_text(encoding="utf-8")
    assert version == yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"]


def test_own_script_is_small_and_nothing_comes_from_elsewhere(site, parsed):
    assert sum(path.stat().st_size for path in (SITE / "static").glob("*.js")) < SCRIPT_LIMIT
    loads = re.compile(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?:https?:)?//", re.IGNORECASE)
    for path in parsed:
        assert not loads.search(path.read_text(encoding="utf-8")), path.name


# ---- downloads


def test_each_figure_offers_its_three_files(site, built):
    for path in sorted((built / "notebooks").glob("*.ipynb")):
        page = (site / f"{path.stem}.html").read_text(encoding="utf-8")
        for cell, output in pictures(nbformat.read(path, as_version=4)):
            name = f"files/figures/{path.stem}-{cell.id}"
            assert all(f'href="{name}{suffix}"' in page for suffix in (".svg", ".png", ".csv")), name
            assert (site / f"{name}.png").read_bytes() == base64.b64decode(output["data"]["image/png"])
            assert (site / f"{name}.svg").read_text(encoding="utf-8").rstrip().endswith("</svg>")
            assert len(pd.read_csv(site / f"{name}.csv")) > 5


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
                assert text == other[name] or float(text) == pytest.approx(float(other[name]), abs=1e-6)


def test_the_graph_reads_back(site, tables):
    import networkx as nx

    graph = nx.read_graphml(site / "files" / "derived" / "network.graphml")
    drawn = network.two_mode_graph(tables["attendance"], tables["register"])
    assert set(graph.nodes) == set(drawn.nodes)
    assert {frozenset(edge) for edge in graph.edges()} == {frozenset(edge) for edge in drawn.edges()}


def test_the_zip_is_the_package(site):
    package = read_package(DATA)
    name = f"{package['name']}-{package['version']}"
    with zipfile.ZipFile(site / "files" / f"{name}.zip") as archive:
        assert archive.testzip() is None
        for resource in package["resources"]:
            assert archive.read(f"{name}/data/{resource['path']}") == (DATA / resource["path"]).read_bytes()
        assert {f"{name}/data/CODEBOOK.md", f"{name}/data/LICENSE.txt", f"{name}/derived/register.csv"} <= set(
            archive.namelist()
        )


def test_the_downloads_page_names_every_file_but_figures(site, parsed):
    offered = {address for page in parsed.values() for address in page.addresses}
    for path in (site / "files").rglob("*.*"):
        if path.name != "LICENSE.txt":
            assert path.relative_to(site).as_posix() in offered, path.name


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


# ---- every page, in the browser


@in_browser
def test_main_pages_load_quietly_are_light_and_accessible(site, visit):
    for look in (
        dict(viewport=DESK, color_scheme="light"),
        dict(viewport=PHONE, color_scheme="dark", has_touch=True),
    ):
        one = visit(**look)
        for path in main_pages(site):
            page = one.go(path)
            files = {Path(unquote(urlsplit(url).path)) for url in one.asked if url.startswith("file:")}
            assert not [url for url in one.asked if not url.startswith(("file:", "data:", "about:"))], path.name
            assert sum(file.stat().st_size for file in files) < PAGE_LIMIT, path.name
            assert not overflows(page), (path.name, look["viewport"])
            assert violations(page, ["scrollable-region-focusable"]) == [], path.name  # while all rows are there
            page.evaluate(ONE_OF_EACH)
            assert violations(page) == [], path.name
        assert one.complaints == []


# The article of another page in place of this one's: all exercises share the rest of the page and its style.
SWAP = """html => {
  const article = new DOMParser().parseFromString(html, "text/html").querySelector("article");
  document.querySelector("article").replaceWith(article);
}"""


@in_browser
def test_no_main_page_scrolls_sideways_at_any_width(site, visit):
    one = visit()
    for path in main_pages(site):
        page = one.go(path)
        for width in range(320, 1400, 45):
            page.set_viewport_size({"width": width, "height": 900})
            assert not overflows(page), (path.name, width)


@in_browser
def test_every_exercise_is_light_and_fits_a_phone(site, visit):
    paths = sorted((site / "exercises").glob("*.html"))
    page = visit(viewport=PHONE).go(paths[0])
    for path in paths:
        assert path.stat().st_size < PAGE_LIMIT / 3, path.name
        page.evaluate(SWAP, path.read_text(encoding="utf-8"))
        assert not overflows(page), path.name
    page.evaluate("document.querySelector('article h1').style.width = '600px'")
    assert overflows(page)  # the question is still awake


class Shapes(HTMLParser):
    """The kinds of element on a page: tag within tag, with all that can make it inaccessible but its words."""

    def __init__(self, text):
        super().__init__()
        self.kinds, self.open = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        loose = {
            "href",
            "id",
            "src",
            "title",
            "content",
            "value",
        }  # differ from page to page; a missing one still counts
        kind = tuple(sorted((name, "" if name in loose else value) for name, value in attributes))
        self.kinds.add((self.open[-1] if self.open else "", tag, kind))
        self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass


def covering(paths):
    """Few pages that together show every kind of element that any page shows: all come from one template."""
    left = {path: Shapes(path.read_text(encoding="utf-8")).kinds for path in paths}
    wanted, chosen = set().union(*left.values()), []
    while wanted:
        best = max(sorted(left), key=lambda path: len(left[path] & wanted))
        wanted -= left.pop(best)
        chosen.append(best)
    return chosen


@in_browser
def test_exercises_of_every_shape_load_quietly_and_are_accessible(site, visit):
    paths = covering(sorted((site / "exercises").glob("*.html")))
    assert len(paths) > 1  # more than one shape is met
    for look in (dict(viewport=DESK, color_scheme="dark"), dict(viewport=PHONE, color_scheme="light")):
        one = visit(**look)
        for path in paths:
            page = one.go(path)
            assert not [url for url in one.asked if not url.startswith(("file:", "data:", "about:"))], path.name
            assert violations(page) == [], path.name
        assert one.complaints == []


@in_browser
def test_axe_is_awake(site, visit):
    page = visit().go(site / "index.html")
    page.evaluate("document.querySelector('img').removeAttribute('alt')")
    page.evaluate("document.querySelector('h1').style.color = '#ddd'")
    assert {name for name, _ in violations(page)} == {"image-alt", "color-contrast"}


# ---- register and timeline


def count(page):
    shown, all_ = re.fullmatch(r"(\d+) of (\d+) shown", page.inner_text(".count")).groups()
    assert page.locator("tbody tr:visible").count() == int(shown)
    return int(shown), int(all_)


COUNTS = """([name, values]) => {
  const form = document.querySelector("form.filters"), field = form.elements[name], counts = {};
  for (const value of values) {
    field.value = value;
    if (field.value !== value) throw new Error(`${name} offers no ${value}`);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    counts[value] = parseInt(document.querySelector(".count").textContent);
  }
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return [counts, Array.from(field.options).map((option) => option.value).filter(Boolean)];
}"""


def agrees(page, name, wanted):
    """Whether each value of a filter, and no other, is offered and shows as many rows as the data have."""
    wanted = {str(value): int(number) for value, number in wanted.items()}
    shown, offered = page.evaluate(COUNTS, [name, list(wanted)])
    assert shown == wanted
    assert sorted(offered) == sorted(wanted)


@in_browser
def test_each_filter_of_the_register_counts_as_the_data_do(site, visit, tables):
    register, cells = tables["register"], tables["attendance"]
    page = visit(viewport=DESK).go(site / "register.html")
    assert count(page) == (len(register), len(register))
    for name, column in [("series", "series_id"), ("year", "year"), ("class", "event_type"), ("status", "status")]:
        agrees(page, name, register[column].value_counts())
    agrees(page, "host", register["hosts"].explode().value_counts())
    agrees(page, "state", cells[cells["expected"]].groupby("iso3").size().reindex(cells["iso3"].unique(), fill_value=0))
    any_state = cells.groupby("code")["exercise_id"].nunique().to_dict()
    came = cells[cells["code"].isin(["present", "observer"])]["exercise_id"].nunique()
    away = cells[cells["code"].isin(ABSENT)]["exercise_id"].nunique()
    awaited = cells[cells["expected"]]["exercise_id"].nunique()
    agrees(page, "attendance", any_state | {"came": came, "absent": away, "expected": awaited})


@in_browser
def test_state_and_attendance_are_one_question(site, visit, tables):
    cells = tables["attendance"]
    one = visit(viewport=DESK)
    for state in cells["iso3"].unique():
        page = one.go(site / "register.html", f"state={state}")
        own = cells.loc[cells["iso3"] == state, "code"].value_counts().reindex(cells["code"].unique(), fill_value=0)
        assert page.evaluate(COUNTS, ["attendance", list(own.index)])[0] == own.to_dict()


@in_browser
def test_the_register_is_searched_by_any_name_and_place(site, visit, data, tables):
    series = data["series"].set_index("series_id")
    register = tables["register"]
    told = [
        " ".join(
            [row.name, own["name"], *own["aliases"], own["name_ru"], *row.sites, row.exercise_id, row.kind]
        ).lower()
        for row in register.rename(columns={"event_type": "kind"}).itertuples(index=False)
        for own in [series.loc[row.series_id]]
    ]
    page = visit(viewport=DESK).go(site / "register.html")
    names = [alias for aliases in series["aliases"] for alias in aliases] + list(series["name_ru"])
    for word in {name.split()[0].lower() for name in names if len(name.split()[0]) > 6}:
        page.fill(".filters [name=q]", word)
        assert count(page)[0] == sum(word in text for text in told), word
    page.fill(".filters [name=q]", "no such word anywhere")
    assert count(page)[0] == 0


@in_browser
def test_each_filter_of_the_timeline_counts_as_the_data_do(site, visit, tables):
    events = tables["events"]
    page = visit(viewport=DESK).go(site / "timeline.html")
    assert count(page) == (len(events), len(events))
    for name in ("track", "actor", "direction"):
        agrees(page, name, events[name].value_counts())
    agrees(page, "subject", events.loc[events["subject"] != "", "subject"].value_counts())
    spans = [range(row.earliest.year, row.latest.year + 1) for row in events.itertuples()]
    agrees(page, "year", pd.Series([year for span in spans for year in span]).value_counts())


@in_browser
def test_every_event_links_its_sources(site, visit, data):
    urls = data["sources"].set_index("source_id")["url"]
    page = visit(viewport=DESK).go(site / "timeline.html")
    shown = page.evaluate(
        "Object.fromEntries(Array.from(document.querySelectorAll('tbody tr'),"
        " row => [row.id, Array.from(row.querySelectorAll('.sources a'), a => a.getAttribute('href'))]))"
    )
    for event in data["events"].itertuples():
        assert shown[event.event_id] == [urls[one] for one in event.source_ids if urls[one]]


@in_browser
def test_a_view_can_be_shared_and_comes_back(site, visit, tables):
    register = tables["register"]
    year = str(register["year"].mode()[0])
    one = visit(viewport=DESK)
    page = one.go(site / "register.html")
    page.select_option("[name=year]", year)
    page.select_option("[name=sort]", "name")
    page.fill(".filters [name=q]", "2")
    assert dict(parse_qsl(urlsplit(page.evaluate("location.href")).fragment)) == {
        "year": year,
        "sort": "name",
        "q": "2",
    }
    rows = page.locator("tbody tr:visible th").all_inner_texts()
    again = visit(viewport=DESK).page
    again.goto(page.evaluate("location.href"))
    assert again.locator("tbody tr:visible th").all_inner_texts() == rows
    assert again.input_value("[name=year]") == year
    page.click("button[type=reset]")
    page.wait_for_function("!location.hash")
    assert count(page)[0] == len(register)


@in_browser
def test_a_strange_address_does_no_harm(site, visit, tables):
    one = visit(viewport=DESK)
    page = one.go(site / "register.html", "year=1066&nonsense=%3Cb%3E&q=")
    assert count(page)[0] == len(tables["register"])
    assert one.complaints == []


@in_browser
def test_an_address_leads_to_one_event_and_back_to_its_exercise(site, visit, data):
    events = data["events"]
    event = events[events["exercise_id"] != ""].iloc[0]
    page = visit(viewport=DESK).go(site / "exercises" / f"{event['exercise_id']}.html")
    page.click(f"a[href$='timeline.html#{event['event_id']}']")
    row = page.locator(f"[id='{event['event_id']}']")
    row.wait_for()
    assert page.evaluate("document.querySelector(':target').id") == event["event_id"]
    page.wait_for_function(
        "(top => 0 <= top && top < innerHeight)(document.querySelector(':target').getBoundingClientRect().top)"
    )


@in_browser
def test_columns_sort_both_ways_and_say_so(site, visit):
    page = visit(viewport=DESK).go(site / "register.html")
    for head in ("First day", "Exercise", "Status"):
        button = page.get_by_role("columnheader", name=re.compile(head)).get_by_role("button")
        button.focus()
        page.keyboard.press("Enter")
        at = page.evaluate("document.activeElement.closest('th').cellIndex")
        orders = []
        for way in ("ascending", "descending"):
            assert page.locator(f"th[aria-sort={way}]").count() == 1
            cells = f"Array.from(document.querySelectorAll('tbody tr'), r => r.dataset.day && {at} === 3 ? r.dataset.day : r.cells[{at}].textContent.trim())"
            orders.append(page.evaluate(cells))
            page.keyboard.press("Enter")
        by_locale = "list => list.slice().sort((a, b) => a.localeCompare(b))"
        assert orders[0] == page.evaluate(by_locale, orders[0])
        assert orders[1] == page.evaluate(by_locale, orders[1])[::-1]


# ---- keyboard, phone, paper, no script


@in_browser
def test_the_keyboard_alone_goes_everywhere_and_is_seen(site, visit):
    page = visit(viewport=DESK).go(site / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("skip-to-content")
    reached = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "(() => { const a = document.activeElement; if (a === document.body) return null;"
            " const s = getComputedStyle(a), b = a.getBoundingClientRect();"
            " return [a.outerHTML.slice(0, 90), a.getAttribute('href'), s.outlineStyle !== 'none' && b.width > 0]; })()"
        )
        if place is None:
            break
        assert place[2], f"focus is not seen on {place[0]}"
        reached.add(place[1])
    else:
        pytest.fail("the keyboard never comes out of the page")
    assert {"register.html", "timeline.html", "downloads.html", "files/figures/record.svg"} <= reached


@in_browser
def test_filters_work_with_keys_alone(site, visit, tables):
    page = visit(viewport=DESK).go(site / "register.html")
    page.focus(".filters [name=q]")
    page.keyboard.type("interaction")
    page.keyboard.press("Enter")
    found = count(page)[0]
    assert 0 < found < len(tables["register"])
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "status":
            break
    page.keyboard.type("held")
    assert page.input_value("[name=status]") == "held"
    assert 0 < count(page)[0] <= found
    page.focus("summary")
    page.keyboard.press("Enter")
    assert page.locator("details.key li").first.is_visible()


@in_browser
def test_a_phone_has_a_menu_that_keys_open_and_close(site, visit):
    page = visit(viewport=PHONE).go(site / "register.html")
    link = page.locator(".sidebar-drawer a[href='timeline.html']")
    assert not link.is_visible()
    page.get_by_role("button", name="Pages of the record").focus()
    page.keyboard.press("Enter")
    assert link.is_visible()
    page.keyboard.press("Escape")
    assert not link.is_visible()


@in_browser
def test_tables_are_whole_without_script(site, visit, tables):
    one = visit(viewport=DESK, java_script_enabled=False)
    for name, rows in (("register", tables["register"]), ("timeline", tables["events"])):
        page = one.go(site / f"{name}.html")
        assert page.locator("tbody tr:visible").count() == len(rows)
        assert page.locator("form.filters:visible").count() == 0


@in_browser
def test_paper_gets_the_text_and_no_controls(site, visit):
    one = visit(viewport=DESK, color_scheme="dark")
    for path in main_pages(site):
        page = one.go(path)
        page.emulate_media(media="print")
        for gone in ("form.filters", ".sidebar-drawer", ".theme-toggle", ".downloads", "details.hide"):
            assert page.locator(f"{gone} >> visible=true").count() == 0, (path.name, gone)
        assert page.locator("article h1, article h2").first.is_visible() or path.stem == "search"
    assert page.pdf(format="A4")[:5] == b"%PDF-"


@in_browser
def test_a_table_can_be_downloaded(site, visit):
    page = visit(viewport=DESK, accept_downloads=True).go(site / "downloads.html")
    for name in ("derived/register.csv", f"{read_package(DATA)['name']}-{read_package(DATA)['version']}.zip"):
        with page.expect_download() as started:
            page.click(f"a[href='files/{name}']")
        assert Path(started.value.path()).read_bytes() == (site / "files" / name).read_bytes()


@in_browser
def test_search_finds_an_exercise_by_name(site, visit, tables):
    name = tables["register"].iloc[-1]["name"]
    page = visit(viewport=DESK).go(site / "index.html")
    page.fill(".sidebar-search", name)
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results li a")
    assert name in page.locator("#search-results li a").all_inner_texts()


# ---- values are text


PLANT = "\"'>--></td></table><img src=x onerror=document.title='owned'><script>document.title='owned'</script>\n````\n{{ 7 * 7 }} **b** `c` [d](javascript:document.title='owned')"


@pytest.fixture(scope="module")
def planted(data, tmp_path_factory):
    """A small site from a copy of the data with markup in every cell of free text. The contract would refuse it: pages must not rely on that."""
    copy = {name: table.copy() for name, table in data.items()}
    often = copy["reports"]["exercise_id"].value_counts().index
    whole = copy["exercises"].query("parent_id == '' and organiser == 'CSTO' and event_type == 'exercise'")
    chosen = [one for one in often if one in set(whole["exercise_id"])][:3]
    copy["exercises"] = whole[whole["exercise_id"].isin(chosen)].reset_index(drop=True)
    own = copy["exercises"]["exercise_id"]
    for name in ("reports", "events"):
        inside = copy[name]["exercise_id"].isin(own) if name == "reports" else copy[name].index < 5
        copy[name] = copy[name][inside].reset_index(drop=True)
    for name, columns in {
        "exercises": ["note"],
        "series": ["name", "name_ru", "mandate"],
        "reports": ["said_by", "absent_reason", "note", "deprecated_why"],  # troops are read as numbers
        "sources": ["outlet", "title"],
        "events": ["what", "note"],
        "countries": ["name"],
    }.items():
        for column in columns:
            copy[name][column] = PLANT
    copy["sources"]["url"] = "javascript:document.title='owned'"
    for name, column in (("series", "aliases"), ("reports", "sites")):
        copy[name][column] = [(PLANT,)] * len(copy[name])
    folder = tmp_path_factory.mktemp("planted")
    (folder / "source" / "extra").mkdir(parents=True)
    assembly.write_record(copy, derived_tables(copy), folder / "source")
    (folder / "source" / "index.md").write_text(
        "# Planted\n\n```{toctree}\nregister\ntimeline\n```\n", encoding="utf-8"
    )
    return render(folder / "source", folder / "site")


@in_browser
def test_markup_in_the_data_is_shown_and_never_obeyed(planted, visit):
    one = visit(viewport=DESK)
    seen = 0
    for path in pages_of(planted):
        page = one.go(path)
        page.wait_for_timeout(50)
        assert page.title() != "owned", path.name
        assert page.locator("article img").count() == 0, path.name
        assert page.locator("a[href^='javascript']").count() == 0, path.name
        assert "49" not in page.inner_text("article") or "{{ 7 * 7 }}" in page.inner_text("article")
        seen += "<img src=x onerror=document.title='owned'>" in page.inner_text("article")
    assert one.complaints == []
    assert seen >= 5  # three exercises, the register, the timeline
