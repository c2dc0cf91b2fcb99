"""Markup planted in the data is shown and never obeyed."""

import pytest
from browser import DESK, in_browser, pages_of, render

from helpers.commands.export import derived_tables
from pages import assembly

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
