"""The pages as files: links, ids, sources, conflicts."""

import re
from urllib.parse import unquote, urlsplit

import yaml
from browser import NOTEBOOKS, SITE, Links
from support import ROOT

from helpers import open_record
from helpers.analyses.disengagement.text import describe_attendance, describe_status
from helpers.derive.register import cutoff
from helpers.display.addresses import TIMELINE_PAGES
from helpers.display.phrases import day
from helpers.loaders.contract import read_package
from helpers.loaders.tables import DATA
from pages import api, words

PAGE_LIMIT, SCRIPT_LIMIT = 1_500_000, 100_000  # bytes


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


def test_no_page_shows_marks_of_markdown(parsed):
    for path in parsed:
        shown = re.sub(r"<(script|style|pre)\b.+?</\1>|<[^>]+>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"###? |\| ?:?--", shown), path.name


def test_no_page_of_the_record_shows_keys_of_rows_or_letters_of_statistics(parsed):
    for path in parsed:
        if path.parent.name in ("members", "exercises", "series") or path.stem in (
            "index",
            "brief",
            "places",
            *TIMELINE_PAGES,
        ):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\(row |\bn = \d", text), path.name


def test_there_is_a_page_for_each_exercise_member_series_and_notebook(site, data, tables, parsed):
    old = data["retired"].query("table == 'exercises' and leads_to != ''")["retired_id"]
    assert {path.stem for path in (site / "exercises").glob("*.html")} == {*data["exercises"]["exercise_id"], *old}
    assert {path.stem for path in (site / "members").glob("???.html")} == set(tables["attendance"]["iso3"])
    used = set(data["exercises"]["series_id"])
    assert {path.stem for path in (site / "series").glob("*.html")} == used | {"index"}
    answers = parsed[site / "answers.html"].addresses
    for path in NOTEBOOKS:
        assert (site / f"{path.stem}.html").exists()
        assert f"{path.stem}.html" in answers


def test_every_page_has_a_title_and_a_description(site, parsed):
    seen = {}
    for path in parsed:
        if "api" in path.parts or path.stem in ("search", "codebook", "404"):
            continue
        text = path.read_text(encoding="utf-8")
        title = re.search(r"<title>(.+?)</title>", text, re.DOTALL)[1].strip()
        assert title not in seen or path.parent.name == "exercises", (path.name, seen.get(title))
        seen[title] = path.name
        assert len(re.search(r'<meta name="description" content="([^"]*)"', text)[1]) > 10, path.name


def test_every_module_of_the_code_is_on_the_page_of_its_stage(parsed, site):
    package = ROOT / "src" / "helpers"
    for path in package.glob("*/**/*.py"):
        name = path.relative_to(package.parent).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        assert f"module-{name}" in parsed[site / "api" / f"{name.split('.')[1]}.html"].ids, name


def test_the_page_of_a_stage_has_a_heading_a_module_below_that_of_its_folder():
    headings = [line for line in api._stage("analyses").splitlines() if line.startswith("#")]
    assert headings[:3] == ["# Analyses", "## cadence", "### cadence.figures"]


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


def test_the_front_page_is_dated_by_the_record(site, data):
    text = (site / "index.html").read_text(encoding="utf-8")
    version = read_package(DATA)["version"]
    assert f"Our latest source on the CSTO is of {day(cutoff(data))}; what happened since is not known" in text
    assert f"we searched to {day(data['search_log']['searched_on'].max())}" in text
    assert f"version {version}" in text
    assert f"data version {version}" in (site / "timeline.html").read_text(encoding="utf-8")
    assert version == yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"]


def test_the_front_page_says_what_the_findings_say(site):
    record = open_record()
    text = (site / "index.html").read_text(encoding="utf-8")
    answer, status = describe_attendance(record), describe_status(record)
    assert f"<h1>{words.markdown(answer.headline.rstrip('.'))}</h1>" in text
    assert words.markdown(answer.detail) in text
    plain = re.sub(r"<[^>]+>", "", re.search(r'<p class="status-line">(.+?)</p>', text)[1])
    assert plain == words.bare(status.detail).rstrip(".")
    for code in {*record.attendance["iso3"]}:
        assert f'href="members/{code}.html"' in text


def test_own_script_is_small_and_nothing_comes_from_elsewhere(site, parsed):
    assert sum(path.stat().st_size for path in (SITE / "static").glob("*.js")) < SCRIPT_LIMIT
    loads = re.compile(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?:https?:)?//", re.IGNORECASE)
    for path in parsed:
        assert not loads.search(path.read_text(encoding="utf-8")), path.name
