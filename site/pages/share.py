"""What makes pages citable and findable: citations, metadata for search engines, sitemap, feed."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from helpers.loaders.tables import DATA
from pages import words
from pages.context import Page, base_url

ROOT = DATA.parent
CHANGELOG = ROOT / "CHANGELOG.md"


def citation() -> dict[str, str]:
    """How to cite the record: {author, title, version, published, year, base, text, bibtex} from CITATION.cff."""
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    author, published = " and ".join(one["name"] for one in cff["authors"]), str(cff["date-released"])
    facts = {
        "author": author,
        "title": cff["title"],
        "version": str(cff["version"]),
        "published": published,
        "year": published[:4],
        "base": base_url(),
    }
    return facts | cite(facts, "", "")


def cite(facts: dict[str, str], what: str, path: str) -> dict[str, str]:
    """Citation as text and as BibTeX of the whole record, or of a page of it.

    Parameters
    ----------
    facts
        As `citation` gives them.
    what
        Title of the page; blank for the whole.
    path
        Its address from the root, without `.html`.
    """
    address = f"{facts['base']}{path}.html" if facts["base"] and path else facts["base"]
    whole = f"{facts['title']} (version {facts['version']}, {facts['published']}) [data set]"
    named = f"“{what}”. In: {whole}" if what else whole
    text = f"{facts['author']} ({facts['year']}). {named}.{f' {address}' if address else ''}"
    fields = {
        "author": f"{{{_tex(facts['author'])}}}",
        "title": f"{{{_tex(what or facts['title'])}}}",
        "year": facts["year"],
        "version": facts["version"],
        "note": f"{'In: ' + _tex(facts['title']) + '. ' if what else ''}Data set, version {facts['version']}, released {facts['published']}",
    }
    if address:
        fields["url"] = address
    key = "_".join(["csto", *re.findall(r"[A-Za-z0-9]+", path or "exercises")])
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return {"text": text, "bibtex": f"@misc{{{key},\n{lines}\n}}\n"}


def _tex(text: str) -> str:
    """Text that BibTeX takes as it is."""
    return re.sub(r"([{}\\#$%&_])", r"\\\1", " ".join(text.split()))


def linked_data(facts: dict[str, str], package: dict[str, Any], files: list[str]) -> Markup:
    """The front page's JSON-LD: the record as a data set of schema.org."""
    data = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": facts["title"],
        "description": package["description"],
        "version": facts["version"],
        "datePublished": facts["published"],
        "license": package["licenses"][0]["path"],
        "creator": {"@type": "Organization", "name": facts["author"]},
        "isAccessibleForFree": True,
    }
    if facts["base"]:
        data |= {"url": facts["base"], "@id": facts["base"]}
        data["distribution"] = [
            {"@type": "DataDownload", "contentUrl": facts["base"] + path, "encodingFormat": "application/zip"}
            for path in files
        ]
    return Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))


def releases() -> list[tuple[str, Markup]]:
    """(version, what changed as HTML: headings, lists and tables) of CHANGELOG.md, the latest first."""
    parts = re.split(r"^## ", CHANGELOG.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    told = (part.partition("\n") for part in parts)
    return [(version.strip(), words.markdown(text, inline=False)) for version, _, text in told]


def write_feed(facts: dict[str, str], target: Path) -> None:
    """The Atom feed of what changed, an entry a version. Only the last version's day is known; earlier ones bear it too."""
    base = facts["base"]
    name = base or "urn:csto-exercises:"
    entries = "".join(
        f"<entry><id>{escape(name)}changes#{escape(version)}</id><title>Version {escape(version)}</title>"
        f"<updated>{facts['published']}T00:00:00Z</updated>"
        f'<link href="{escape(base)}changes.html#v{escape(version.replace(".", "-"))}"/>'
        f'<summary type="html">{escape(told)}</summary></entry>\n'
        for version, told in releases()
    )
    target.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{escape(name)}changes</id><title>{escape(facts['title'])}: changes</title>"
        f"<updated>{facts['published']}T00:00:00Z</updated><author><name>{escape(facts['author'])}</name></author>\n"
        f"{entries}</feed>\n",
        encoding="utf-8",
    )


def write_sitemap(paths: list[str], facts: dict[str, str], target: Path) -> None:
    """The sitemap of every page; only where the address of the site is known, since it must hold whole addresses."""
    if facts["base"]:
        rows = "".join(f"<url><loc>{escape(facts['base'])}{escape(path)}.html</loc></url>\n" for path in sorted(paths))
        target.write_text(
            f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n',
            encoding="utf-8",
        )


def small_pages(facts: dict[str, str]) -> list[Page]:
    """How to cite, accessibility, and the page for an address that leads nowhere."""
    return [
        Page("cite", "How to cite", "cite.html", {}, "How to cite the record, a page, a figure or a step of it."),
        Page(
            "accessibility",
            "Accessibility",
            "accessibility.html",
            {},
            "What these pages do so that everybody can use them.",
        ),
        Page("404", "No such page", "404.html", {"base": facts["base"]}),
    ]
