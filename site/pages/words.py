"""Words and marks that several pages share. Values of the data stay text: templates escape them."""

import calendar
import re

import pandas as pd
from markdown_it import MarkdownIt
from markupsafe import Markup

from helpers.analyses.cadence.troops import word_troops
from helpers.derive.codes import ABSENT, ATTENDED, CODES
from helpers.display.phrases import NO_BREAK

GROUPS = {  # what a reader asks first: several codes at once
    "came": ("came, to take part or to watch", ATTENDED),
    "absent": ("stayed away, on any evidence", ABSENT),
    "expected": ("was expected", [code for code in CODES if code != "not_expected"]),
}
FORCES = {  # the package names the forces; what they are called is said here
    "CSTO": "all members",
    "CRRF": "Collective Rapid Reaction Force",
    "PKF": "peacekeeping force",
    "CRDF-CA": "Central Asian rapid deployment force",
    "RGF-EE": "East European regional group",
    "RGF-C": "Caucasian regional group",
}
AHEAD = "to take part"  # of those whom a report from before the exercise names
FIELDS = {  # columns of a report that tell what it says, in the order of a sentence
    "status": "status",
    "start": "first day",
    "end": "last day",
    "hosts": "host",
    "sites": "place",
    "forces": "force",
    "participants": "took part",
    "staff_only": "staff only",
    "observers": "observers",
    "absent": "absent",
    "absent_reason": "reason given",
    "troops": "persons",
}

LANGUAGES = {
    **{"ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech"},
    **{
        "de": "German",
        "el": "Greek",
        "es": "Spanish",
        "fa": "Persian",
        "fr": "French",
        "he": "Hebrew",
        "hu": "Hungarian",
    },
    **{"hy": "Armenian", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "ko": "Korean"},
    **{"ky": "Kyrgyz", "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese"},
    **{"ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sr": "Serbian", "tg": "Tajik", "tk": "Turkmen"},
    **{"tr": "Turkish", "uk": "Ukrainian", "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese"},
}
CURRENCIES = {"RUB": "roubles", "USD": "US dollars", "EUR": "euros", "AMD": "drams"}
STATUS = {  # what a page calls a status
    "held": "held",
    "planned": "planned",
    "unverified": "not yet verified",
    "cancelled": "called off",
    "postponed": "called off (postponed)",
    "merged": "merged into another",
    "relocated": "moved elsewhere",
}
# Texts are CommonMark with tables: without HTML, and without what MyST adds, so that nothing in them is more than words and links.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"]).enable("table")
_LINK_TO_NOTEBOOK = re.compile(r'(<a href="[^":]*)\.ipynb(#[^"]*)?"')


def markdown(text: str, root: str = "", *, inline: bool = True) -> Markup:
    """Text of a finding as HTML; links to notebooks lead to their pages, from the site's root by way of `root`."""
    shown = _MARKDOWN.renderInline(text) if inline else _MARKDOWN.render(text)
    shown = _LINK_TO_NOTEBOOK.sub(r'\1.html\2"', shown)
    return Markup(re.sub(r'<a href="(?![a-z]+:|#|/)', f'<a href="{root}', shown))


def bare(text: str) -> str:
    """Text of a finding in plain words, for titles and descriptions."""
    shown = re.sub(r"<[^>]+>", "", _MARKDOWN.renderInline(text))
    return Markup(shown).unescape()


def first_sentence(text: str) -> str:
    """The first sentence of a text."""
    return re.split(r"(?<=[.!?]) (?=[A-Z])", text, maxsplit=1)[0]


def list_name(name: str, start: pd.Timestamp) -> str:
    """A name as a list without days shows it: 'Staff talks 2025-2 (June)', 'Search 2024'."""
    return f"{name} ({calendar.month_name[start.month]})" if re.search(r"\d{4}-\d$", name) else name


def status(coded: str, end: pd.Timestamp, searched_to: pd.Timestamp) -> str:
    """What a page calls a status; a plan whose last day is past, when sources were last looked for, is 'not yet verified'."""
    past = coded == "planned" and pd.notna(end) and end < searched_to
    return STATUS["unverified"] if past else STATUS.get(coded, plain(coded))


def language(source: dict) -> str:
    """The language of a publication whose title an English reader cannot read, or which is described in our words."""
    if source["lang"] == "en":
        return ""
    return LANGUAGES.get(source["lang"], source["lang"])


def states(data: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Names of states by code."""
    return data["countries"].set_index("iso3")["name"].to_dict()


def plain(code: str) -> str:
    """A code word of the contract as a reader's word: staff_event is 'staff event'."""
    return code.replace("_", " ")


def day(edtf: str) -> str:
    """An EDTF date in words: 2024-10-01 is '1 October 2024', 2012-08? 'August 2012 (uncertain)'."""
    if "/" in edtf:
        return " to ".join(day(part) for part in edtf.split("/"))
    bare = edtf.rstrip("?~")
    year, month, date = [*bare.split("-"), "", ""][:3]
    words = " ".join(
        part for part in (date.lstrip("0"), calendar.month_name[int(month)] if month else "", year) if part
    )
    if edtf.endswith("~"):
        return f"about {words}"
    return f"{words} (uncertain)" if edtf.endswith("?") else words


def short_day(edtf: str) -> str:
    """An EDTF date as a table wants it, unbroken: '26 Sep 2022', 'Sep 2022', '2012?'."""
    if "/" in edtf:
        return "–".join(short_day(part) for part in edtf.split("/"))
    bare = edtf.rstrip("?~")
    year, month, date = [*bare.split("-"), "", ""][:3]
    parts = [date.lstrip("0"), calendar.month_abbr[int(month)] if month else "", year]
    return NO_BREAK.join(part for part in parts if part) + edtf[len(bare) :]


def cell_words(cell: dict) -> str:
    """What a mark of attendance says: code, guest or host, grade."""
    more = ", as a guest" if cell["guest"] else ", host" if cell["host"] else ""
    return f"{cell['state']}: {CODES[cell['code']].label}{more}{', grade ' + cell['grade'] if cell['grade'] else ''}"


def days(start: str, end: str) -> str:
    """First and last day in words, what both share once: '3 to 5 August 2022', '31 August to 6 September 2025'."""
    if start == end:
        return day(start)
    one, two = start.split("-"), end.split("-")
    whole = (start + end).replace("-", "").isdigit() and len(one) == len(two) > 1
    if whole and one[0] == two[0]:
        month = "" if one[1] == two[1] else calendar.month_name[int(one[1])]
        return f"{' '.join(part for part in (*(one[2:] and [one[2].lstrip('0')]), month) if part)} to {day(end)}"
    return f"{day(start)} to {day(end)}"


def persons(coded: str, scope: str) -> str:
    """A number of persons as coded, in words: ~600 of a joint total is 'about 600 (several drills together)'."""
    whose = {"exercise": "", "joint": " (several drills together)", "contingent": " (one state's)"}
    return word_troops(coded) + whose.get(scope, "")


def money(sum_: int | str, currency: str) -> str:
    """A sum in words: '53.2 million roubles', '598,000 US dollars'; blank if none is given."""
    if sum_ == "":
        return ""
    amount = f"{int(sum_) / 1e6:.4g} million" if int(sum_) >= 1e6 else f"{int(sum_):,}"
    return f"{amount} {CURRENCIES.get(currency, currency)}".strip()


def poll_share(share: str) -> str:
    """A share as published, in whole per cent: '34%'; of some, but too few for one, 'under 1%'."""
    return "under 1%" if 0 < float(share) < 0.5 else f"{float(share):.0f}%"


def link(url: str) -> str:
    """An address that a page may link to, or nothing."""
    return url if url.startswith(("https://", "http://")) else ""


def publication(row: dict) -> dict:
    """A publication with a safe address, its title without brackets, and a gloss: in which language, in whose words."""
    title = row["title"]
    described = title.startswith("[") and title.endswith("]")
    tongue = language(row)
    gloss = ", ".join(part for part in ("our words" if described else "", f"in {tongue}" if tongue else "") if part)
    return row | {
        "link": link(row["url"]),
        "shown": title[1:-1] if described else title,
        "shown_lang": "en" if described else row["lang"],
        "gloss": gloss,
    }
