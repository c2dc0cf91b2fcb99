"""What each rule of the stylesheet comes to on the pages is what somebody approved, so that a declaration gone is seen.

A browser says what it makes of every declaration on the first element that its selector meets: what another rule overrides,
and what the frame brings along, is in it; where pointer, key, address or the data make the difference, what is declared
stands. Whoever changes the look on purpose looks at pages at both widths and on paper, and after `make run` writes what is
approved with `PYTHONPATH=tests python tests/site/test_approved_style.py`.
"""

import difflib
import re
import sys

from browser import CHROMIUM, DESK, PHONE, SITE, Visit, in_browser, main_pages
from support import ROOT

APPROVED = ROOT / "tests" / "fixtures" / "approved" / "style.txt"
BETWEEN = {"width": 800, "height": 900}
LOOKS = (  # what a page is opened with, and then looked at with: its script makes other elements on a phone
    [(DESK, "screen"), (DESK, "print"), (BETWEEN, "screen")],
    [(PHONE, "screen")],
)
FIRST = ["index", "register", "timeline", "members/ARM", "03_disengagement", "codebook", "answers", "brief", "changes"]
FIRST += ["compare", "places", "series/interaction"]  # with three long exercises these show every kind of element
BY_HAND = {  # selectors of what the script makes when somebody clicks, and such elements
    'th[aria-sort="ascending"] button::after',
    'th[aria-sort="descending"] button::after',
    ".pair[hidden]",
    "dialog.citation",
    "dialog.citation p",
}
MADE = """<dialog class="citation" open><p>Words.</p></dialog><div class="pair" hidden>Words.</div><table class="record"><tr>
<th aria-sort="ascending"><button>Up</button></th><th aria-sort="descending"><button>Down</button></th></tr></table>"""

# Of the rules that are left ({number: 1}) and hold in this look: {number: what it comes to}, and the numbers of those that meet
# nothing on this page. Sheets of files cannot be read, so that the text is parsed again.
TELL = r"""([text, left]) => {
  const sheet = new CSSStyleSheet(), told = {}, open = [];
  sheet.replaceSync(text);
  const rules = [];
  (function walk(list, media) {
    for (const rule of list) {
      if (rule instanceof CSSMediaRule) walk(rule.cssRules, rule.conditionText);
      else if (rule instanceof CSSStyleRule) rules.push([rule, media]);
    }
  })(sheet.cssRules, "");
  const longhands = (name, value) => {
    const probe = document.createElement("i").style;
    probe.setProperty(name, value);
    return Array.from(probe);
  };
  rules.forEach(([rule, media], number) => {
    if (!(number in left) || (media && !matchMedia(media).matches)) return;
    const state = /:(hover|focus|focus-visible|target)\b/.test(rule.selectorText);
    const pseudo = (rule.selectorText.match(/::[a-z]+/) || [""])[0];
    const element = document.querySelector(rule.selectorText.replace(/::[a-z]+|:(hover|focus-visible|focus|target)\b/g, "") || "*");
    if (!element) return open.push(number);
    const map = element.computedStyleMap(), own = getComputedStyle(element, pseudo || null);
    const values = [...rule.style.cssText.matchAll(/([a-z-]+): ([^;]+?)(?: !important)?;/g)].map(([, name, value]) => {
      if (state || value.includes("calc(")) return `${name}: ${value}`;
      if (pseudo) return `${name}: ${own.getPropertyValue(name)}`;
      const parts = longhands(name, value).map((one) => String(map.get(one) ?? own.getPropertyValue(one)));
      return `${name}: ${[...new Set(parts)].join(" ")}`;
    });
    told[number] = `${media ? `@${media} ` : ""}${rule.selectorText} { ${values.join("; ")} }`;
  });
  return [rules.map(([rule]) => rule.selectorText), told, open];
}"""


def told(browser, pages):
    """The browser, and a line a rule in the order of the stylesheet; and the selectors of those that met nothing."""
    text = (SITE / "static" / "record.css").read_text(encoding="utf-8")
    left, lines = {str(number): 1 for number in range(1000)}, {}
    for looks, shown in [*((looks, pages) for looks in LOOKS), (LOOKS[0], None)]:
        one = Visit(browser, viewport=looks[0][0])
        for path in shown or pages[:1]:
            page, unmet = one.go(path), set()
            if shown is None:
                page.evaluate("html => document.querySelector('article').insertAdjacentHTML('beforeend', html)", MADE)
            for viewport, medium in looks:
                page.set_viewport_size(viewport)
                page.emulate_media(media=medium)
                selectors, found, still_open = page.evaluate(TELL, [text, left])
                lines |= found
                unmet |= {selectors[number] for number in still_open} - BY_HAND
                left = {number: 1 for number in left if number not in lines and int(number) < len(selectors)}
            page.set_viewport_size(looks[0][0])
            page.emulate_media(media="screen")
            if not unmet:
                break
        one.page.context.close()
    by = f"computed by Chromium {browser.version.partition('.')[0]}"
    return [by, *(lines[number] for number in sorted(lines, key=int))], [selectors[int(number)] for number in left]


def pages_to_look_at(site):
    """Those that show most kinds of element first, so that few have to be opened."""
    exercises = sorted((site / "exercises").glob("*.html"), key=lambda path: path.stat().st_size)
    first = [*(site / f"{name}.html" for name in FIRST), *exercises[-3:]]
    others = [path for path in main_pages(site) if path.parent.name != "api" and path not in first]
    return [*first, *others, *reversed(exercises)]


@in_browser
def test_every_rule_meets_something_and_comes_to_what_was_approved(site, chromium):
    now, dead = told(chromium, pages_to_look_at(site))
    assert dead == []
    before = APPROVED.read_text(encoding="utf-8").splitlines()
    if before[0] != now[0]:  # another browser words values otherwise: what is declared must stand nevertheless
        before, now = ([re.sub(": [^;}]+", "", line) for line in lines[1:]] for lines in (before, now))
    differs = list(difflib.unified_diff(before, now, "approved", "now", lineterm="", n=0))
    assert not differs, "\n".join(differs)


if __name__ == "__main__":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        lines, dead = told(driver.chromium.launch(executable_path=CHROMIUM), pages_to_look_at(ROOT / "build" / "site"))
    APPROVED.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"wrote {APPROVED.name}; selectors that meet nothing: {dead}", file=sys.stderr)
