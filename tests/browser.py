"""The pages and the system's browser, if there is one: no test downloads any."""

import shutil
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from support import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for path in map(shutil.which, NAMES) if path), None)
SITE = ROOT / "site"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
in_browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium found")


def run(*command, **more):
    done = subprocess.run([sys.executable, *map(str, command)], cwd=ROOT, capture_output=True, text=True, **more)
    assert done.returncode == 0, done.stdout + done.stderr


def render(source, target):
    run("-m", "sphinx", "-q", "-W", "--keep-going", "-c", SITE, "-d", target.parent / "doctrees", source, target)
    return target


def pictures(notebook):
    """(cell, output) of every picture in a notebook."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                yield cell, output


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


def pages_of(site):
    return sorted(site.rglob("*.html"))


def main_pages(site):
    """Every page that does not only lead on, but of those of which there are many from one template only some."""
    some = ("members/index", "members/ARM", "members/UZB", "series/index", "series/interaction", "series/other")
    paths = sorted([*site.glob("*.html"), *site.glob("api/*.html"), *(site / f"{one}.html" for one in some)])
    return [path for path in paths if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")]


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


# Leaves of each table the rows, and of the code's names the entries, that show a kind of element which none above shows: the
# register has hundreds of rows, and to a rule of accessibility those that differ in their words, or in the order of their
# marks, are one.
ONE_OF_EACH = """() => {
  const loose = ["id", "href", "title"], tables = Array.from(document.querySelectorAll("table")), seen = new Set();
  const kind = (one) => Array.from(one.attributes, (own) =>
    own.name + (loose.includes(own.name) || own.name.startsWith("data-") ? "" : "=" + own.value)).sort().join();
  for (const row of document.querySelectorAll("tbody tr, dl.py")) {
    const kinds = [row, ...row.querySelectorAll("*")].map((one) =>
      [tables.indexOf(row.closest("table")), one.parentElement.tagName, one.tagName, kind(one)].join("|"));
    if (kinds.every((one) => seen.has(one))) row.remove();
    kinds.forEach((one) => seen.add(one));
  }
}"""


def overflows(page):
    """Boxes that are wider than their place: the page itself, or anything in it that scrolls sideways or is cut off there."""
    return page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll("body, header, main, main *, footer")]
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1 && getComputedStyle(one).display !== "inline"
          && !one.closest("svg, pre, .hidden-text, .quarters") && (one === document.documentElement || getComputedStyle(one).overflowX !== "visible"))
        .map((one) => one.outerHTML.slice(0, 90))"""
    )


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
