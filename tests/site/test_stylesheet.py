"""Pages colour attendance codes and directions as figures do."""

import re

from browser import SITE

from helpers.derive.codes import CODES, DIRECTIONS
from helpers.display import style
from pages import stylesheet


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
