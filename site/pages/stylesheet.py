"""The style sheet that follows from the code: the typeface, the colours of figures by name, and which attendance code has which of them."""

from collections import defaultdict

from helpers.derive.codes import CODES, DIRECTIONS
from helpers.display.style import CSS_NAMES, MUTED, PAPER, ROLES
from pages import typeface

DARK = {  # what the colours of figures become in dark mode; those of words keep a contrast of 4.5 to 1
    "--ink": "#e6e8eb",
    "--muted": "#a9b0ba",
    "--came": "#6cc0f5",
    "--away": "#ff9a57",
    "--came-pale": "#7ba0b8",
    "--away-pale": "#a86f4c",
    "--faint": "#3a3f47",
    "--paper": "#131416",
    "--shade": "#1d2126",
}


def stylesheet() -> str:
    """The rules as CSS text: custom properties in light and in dark, then a colour for each code and direction."""
    light = _properties({name: colour for colour, name in CSS_NAMES.items()})
    dark = _properties(DARK)
    rules = [
        *typeface.rules(),
        f"body {{ {light} }}",
        f'body[data-theme="dark"] {{ {dark} }}',
        f'@media (prefers-color-scheme: dark) {{ body:not([data-theme="light"]) {{ {dark} }} }}',
        *(f"{', '.join(marks)} {{ color: var({name}); }}" for name, marks in _coloured().items()),
    ]
    return "\n".join(rules) + "\n"


def _properties(values: dict[str, str]) -> str:
    return " ".join(f"{name}: {colour};" for name, colour in values.items())


def _coloured() -> dict[str, list[str]]:
    """Selectors of marks by the custom property that colours them; a mark that is hollow in figures has its outline's."""
    coloured = defaultdict(list)
    for kind, codes in {"mark": CODES, "way": DIRECTIONS}.items():
        for name, code in codes.items():
            colour = ROLES[code.role]
            coloured[CSS_NAMES[MUTED if colour == PAPER else colour]].append(f".{kind}.{name}")
    return coloured
