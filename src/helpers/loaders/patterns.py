"""Regular expressions of a data package, matched in time that grows with the text alone.

A descriptor may be anybody's, and a pattern such as `(a+)+b` keeps a matcher that goes back, as Python's does, busy for ever.
Here a pattern is read as an automaton that is in several states at once and never goes back; where a character leads is
remembered, so that it is worked out once. Patterns are of characters, classes, groups, `|`, `?`, `*`, `+` and `{m,n}`; what
else a regular expression can hold (references, looking around, anchors, flags) is refused.

References
----------
Thompson, K. (1968). Programming techniques: Regular expression search algorithm. *Communications of the ACM* 11(6), 419-422.
"""

import re
from functools import cache

MAX_LENGTH = 200  # characters of a pattern
MAX_STATES = 3000  # of its automaton
_ATOM = re.compile(r"\[\^?\]?(?:\\.|[^\]\\\[])*\]|\\[dDsSwW]|\\[^a-zA-Z0-9]|[^\\\[\](){}|*+?^$]", re.DOTALL)
_TIMES = re.compile(r"\{([0-9]{1,3})(?:(,)([0-9]{1,3})?)?\}|[*+?]")
_SHORT = {"*": (0, None), "+": (1, None), "?": (0, 1)}
END = 0  # the state in which a text fits


class Pattern:
    """A regular expression that a whole text is held to.

    Parameters
    ----------
    text
        The expression, as in `constraints.pattern` of Table Schema.

    Raises
    ------
    ValueError
        In one line, if it is no regular expression or holds what is not allowed here.
    """

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise ValueError(f"is longer than {MAX_LENGTH} characters")
        self._left = text
        self.steps: list[tuple[re.Pattern[str] | None, list[int]]] = [(None, [])]  # of a state: which character, where to
        parts = self._read_choice(0)
        if self._left:
            raise ValueError(f"has a {self._left[0]!r} that does not belong there")
        self._places: dict[frozenset[int], _Place] = {}
        self._first = self.place_of([self._enter(parts, END)])

    def fits(self, value: str) -> bool:
        """Whether a whole text is what the expression describes.

        Parameters
        ----------
        value
            The text.

        Returns
        -------
        bool
        """
        place = self._first
        for char in value:
            place = place[char]
            if not place.states:
                return False
        return END in place.states

    def place_of(self, states: list[int]) -> "_Place":
        """Where a text is that can be in some states, and so in those that they lead to without a character.

        Parameters
        ----------
        states
            Numbers of the states; used up.

        Returns
        -------
        _Place
        """
        reached: set[int] = set()
        while states:
            state = states.pop()
            if state not in reached:
                reached.add(state)
                test, targets = self.steps[state]
                states += targets if test is None else []
        known = frozenset(reached)
        return self._places.setdefault(known, _Place(self, known))

    def _read_choice(self, depth: int) -> tuple:
        """Reads what stands between two brackets, or the whole."""
        if depth > 20:
            raise ValueError("has too many brackets in one another")
        choices: list[tuple] = [("all", [])]
        while self._left and self._left[0] != ")":
            if self._left[0] == "|":
                self._left = self._left[1:]
                choices.append(("all", []))
            else:
                choices[-1][1].append(self._read_part(depth))
        return ("any", choices)

    def _read_part(self, depth: int) -> tuple:
        """Reads a character, a class or a group, and how often it may come."""
        if self._left[0] == "(":
            self._left = self._left[1:].removeprefix("?:")
            part = self._read_choice(depth + 1)
            if not self._left:
                raise ValueError("has a bracket that is not closed")
            self._left = self._left[1:]
        elif found := _ATOM.match(self._left):
            try:
                part = ("one", re.compile(found[0], re.DOTALL if found[0] != "." else 0))
            except re.error:
                raise ValueError(f"has a class that cannot be: {found[0]}") from None
            self._left = self._left[found.end() :]
        else:
            raise ValueError(f"has a {self._left[0]!r} that does not belong there")
        if times := _TIMES.match(self._left):
            self._left = self._left[times.end() :]
            least, comma, most = times.groups()
            bounds = _SHORT.get(times[0]) or (int(least), int(most) if most else None if comma else int(least))
            if bounds[1] is not None and bounds[0] > bounds[1]:
                raise ValueError(f"has bounds that cannot be: {times[0]}")
            part = ("times", part, *bounds)
        return part

    def _state(self, test: re.Pattern[str] | None, targets: list[int]) -> int:
        if len(self.steps) >= MAX_STATES:
            raise ValueError("repeats too much")
        self.steps.append((test, targets))
        return len(self.steps) - 1

    def _enter(self, part: tuple, then: int) -> int:
        """The state before a part that leads to the state `then` behind it."""
        kind, content = part[:2]
        if kind == "one":
            return self._state(content, [then])
        if kind == "all":
            for inner in reversed(content):
                then = self._enter(inner, then)
            return then
        if kind == "any":
            return self._state(None, [self._enter(inner, then) for inner in content])
        least, most = part[2:]
        if most is None:
            again: list[int] = [then]
            last = self._state(None, again)
            again.append(self._enter(content, last))
        else:
            last = then
            for _ in range(most - least):
                last = self._state(None, [self._enter(content, last), then])
        for _ in range(least):
            last = self._enter(content, last)
        return last


class _Place(dict):
    """All states that a text can be in, and where each next character leads: {character: place}, filled as it is asked."""

    def __init__(self, pattern: Pattern, states: frozenset[int]) -> None:
        self.pattern, self.states = pattern, states

    def __missing__(self, char: str) -> "_Place":
        steps = (self.pattern.steps[state] for state in self.states)
        led = [target for test, targets in steps if test and test.fullmatch(char) for target in targets]
        self[char] = self.pattern.place_of(led)
        return self[char]


@cache
def pattern_of(text: str) -> Pattern:
    """Read a regular expression, once.

    Parameters
    ----------
    text
        The expression.

    Returns
    -------
    Pattern

    Raises
    ------
    ValueError
        As `Pattern`.
    """
    return Pattern(text)
