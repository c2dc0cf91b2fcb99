"""Citations, and what search engines, feeds and shared links read."""

import json
import re
from xml.etree import ElementTree

import pytest
import yaml
from browser import DESK, in_browser, run
from support import ROOT

import helpers
from helpers.commands import changes
from helpers.loaders.contract import read_package
from helpers.loaders.tables import DATA
from pages import history, share
from pages.context import base_url
from pages.readme import START

FACTS = {
    "author": "A",
    "title": "The {record} & more",
    "version": "1.2.3",
    "published": "2030-01-02",
    "year": "2030",
    "base": "",
}


def test_a_citation_names_page_version_day_and_address():
    plain = share.cite(FACTS, "Search 2024", "exercises/search-2024")
    assert plain["text"] == "A (2030). “Search 2024”. In: The {record} & more (version 1.2.3, 2030-01-02) [data set]."
    there = share.cite(FACTS | {"base": "https://example.org/csto/"}, "Search 2024", "exercises/search-2024")
    assert there["text"].endswith(". https://example.org/csto/exercises/search-2024.html")
    assert "  url = {https://example.org/csto/exercises/search-2024.html}" in there["bibtex"]
    assert r"In: The \{record\} \& more." in plain["bibtex"]
    body = plain["bibtex"].replace(r"\{", "").replace(r"\}", "")
    assert body.count("{") == body.count("}")


@pytest.mark.parametrize(
    ("given", "known"), [("", ""), ("https://a.org/b", "https://a.org/b/"), (" https://a.org/ ", "https://a.org/")]
)
def test_the_address_of_the_site_is_one_setting(monkeypatch, given, known):
    monkeypatch.setenv("BASE_URL", given)
    assert base_url() == known


def test_an_address_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("BASE_URL", "javascript:alert(1)")
    with pytest.raises(ValueError, match=r"BASE_URL is 'javascript:alert\(1\)', which does not begin"):
        base_url()


@pytest.fixture(scope="module")
def published(built, tmp_path_factory):
    """The assembled folder as it is when the address of the site is known, rendered for a few pages."""
    folder = tmp_path_factory.mktemp("published")
    given = {"BASE_URL": "https://example.org/csto"}
    import os

    run(
        ROOT / "site",
        "assemble",
        *(built / name for name in ("notebooks", "tables", "figures")),
        folder / "source",
        env=os.environ | given,
    )
    return folder / "source"


def test_the_address_of_the_site_reaches_all_that_needs_it(published):
    base = "https://example.org/csto/"
    assert json.loads((published / "settings.json").read_text(encoding="utf-8"))["base_url"] == base
    pages = json.loads((published / "pages.json").read_text(encoding="utf-8"))
    places = {
        one.text
        for one in ElementTree.parse(published / "extra" / "sitemap.xml").getroot().iter()
        if one.text and one.text.startswith("https")
    }
    assert {f"{base}{page['path']}.html" for page in pages if page["path"] != "404"} <= places
    assert yaml.safe_load((published / "extra" / "files" / "CITATION.cff").read_text(encoding="utf-8"))["url"] == base
    assert (
        json.loads((published / "extra" / "files" / "data" / "croissant.json").read_text(encoding="utf-8"))["url"]
        == base
    )
    ld = json.loads(pages[0]["ld"])
    assert ld["url"] == base
    assert ld["@type"] == "Dataset"
    feed = ElementTree.parse(published / "extra" / "changes.atom").getroot()
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert all(
        entry.find("{*}link").get("href").startswith(base) for entry in feed.iter("{http://www.w3.org/2005/Atom}entry")
    )
    member = (published / "pages" / "members" / "ARM.html").read_text(encoding="utf-8")
    assert f"{base}members/ARM.html" in member


def test_without_an_address_nothing_pretends_to_have_one(site):
    assert not (site / "sitemap.xml").exists()
    text = (site / "index.html").read_text(encoding="utf-8")
    assert 'rel="canonical"' not in text
    assert "og:url" not in text
    assert re.search(r'<meta property="og:description" content="[^"]{40,}"', text)
    ld = json.loads(re.search(r'<script type="application/ld\+json">(.+?)</script>', text, re.DOTALL)[1])
    assert ld["version"] == read_package(DATA)["version"]


def test_what_changed_stands_in_numbers_and_words(site):
    text = (site / "changes.html").read_text(encoding="utf-8")
    for version, told in share.releases():
        assert f'id="v{version.replace(".", "-")}"' in text
        assert told in text
    assert "Rows of reports" in text


def test_the_changelog_s_headings_lists_and_tables_are_those_of_a_page(monkeypatch, tmp_path):
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text(
        "# Changelog\n\n## 2.0.0 (1 May 2030)\n\n### What is new\n\n- One thing,\n  in two lines\n- `another`\n\n"
        "### Numbers\n\n| number | now |\n| --- | --- |\n| rows | 3 |\n\n## 1.0.0\n\n- The first\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(share, "CHANGELOG", changelog)
    (version, told), (first, least) = share.releases()
    assert (version, first) == ("2.0.0 (1 May 2030)", "1.0.0")
    assert told.count("<h3>") == 2
    assert told.count("<li>") == 2
    assert "<th>number</th>" in told and "<td>3</td>" in told
    assert "###" not in told and "| --" not in told and "|" not in told
    assert least.split() == ["<ul>", "<li>The", "first</li>", "</ul>"]


@pytest.fixture
def remembered(tmp_path, monkeypatch):
    """The file of what the last version says, kept of today's data; `changes` is not asked to execute the notebook again."""
    monkeypatch.setattr(history, "REMEMBERED", tmp_path / "last_version.json")
    executed = START.parent
    monkeypatch.setattr(
        history.changes, "findings", lambda folders, notebooks: [changes.said_in(one, one.stem) for one in notebooks]
    )
    history.remember(DATA)
    return tmp_path / "last_version.json", executed


def test_the_page_of_changes_shows_what_reads_otherwise_than_in_the_last_version(remembered):
    kept, executed = remembered
    record = helpers.open_record()
    assert history.changes_page(record, executed).values["said"] == []
    before = json.loads(kept.read_text(encoding="utf-8"))
    first, claim = next(iter(before["findings"])), next(iter(before["verdicts"]))
    now = before["findings"][first], before["verdicts"][claim]
    before["findings"][first], before["verdicts"][claim] = "It was otherwise.", "was another"
    kept.write_text(json.dumps(before), encoding="utf-8")
    values = history.changes_page(record, executed).values
    assert values["said"] == [("It was otherwise.", now[0])]
    assert values["turned"] == [(claim.partition(": ")[2], "was another", now[1])]
    other = history.changes_page(helpers.open_record(focus="KAZ"), executed).values
    assert (other["rows"], other["said"], other["turned"]) == ([], [], [])


def test_the_page_of_data_leads_to_released_versions_where_it_is_published(published, site):
    link = 'href="https://example.org/csto/releases/index.html"'
    assert link in (published / "pages" / "downloads.html").read_text(encoding="utf-8")
    assert "releases/" not in (site / "downloads.html").read_text(encoding="utf-8")


@in_browser
def test_each_kind_of_thing_has_a_citation_to_copy(site, visit, tables):
    version = read_package(DATA)["version"]
    one = visit(viewport=DESK)
    exercise = tables["register"].iloc[100]
    for address, name in (
        (f"exercises/{exercise['exercise_id']}.html", exercise["name"]),
        ("members/ARM.html", "Armenia"),
        ("series/interaction.html", "Interaction"),
    ):
        page = one.go(site / address)
        page.locator("details.cite summary").click()
        said = page.locator("details.cite p").first.inner_text()
        assert f"“{name}”" in said
        assert f"version {version}, " in said
        button = page.get_by_role("button", name="Copy BibTeX")
        assert button.get_attribute("data-copy").startswith("@misc{csto_")
        button.click()
        page.wait_for_selector("button.copy:has-text('Copied')")
    page = one.go(site / "index.html")
    page.get_by_role("button", name="cite this figure").click()
    assert f"(version {version}, " in page.locator("dialog.citation p").first.inner_text()
    assert page.locator("dialog.citation pre").inner_text().startswith("@misc{csto_figure_who_came,")
    page.keyboard.press("Escape")
    assert page.locator("dialog").count() == 0
    event = tables["steps"].iloc[-1]
    page = one.go(site / "timeline.html", event["event_id"])
    page.get_by_role("button", name="cite this step").click()
    assert event["what"] in page.locator("dialog.citation p").first.inner_text()
    assert one.complaints == []


@in_browser
def test_without_a_clipboard_the_whole_citation_is_selected_to_be_copied(site, visit):
    page = visit(viewport=DESK).go(site / "members" / "ARM.html")
    page.evaluate("""() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
      document.execCommand = () => {
        const field = document.activeElement;
        window.taken = field.value.slice(field.selectionStart, field.selectionEnd);
        return true;
      };
    }""")
    page.locator("details.cite summary").click()
    button = page.get_by_role("button", name="Copy BibTeX")
    whole = button.get_attribute("data-copy")
    button.click()
    assert page.evaluate("window.taken") == whole
    assert page.locator("textarea").count() == 0
