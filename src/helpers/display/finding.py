"""A finding: a sentence with the numbers that it rests on."""

from IPython.display import Markdown

from helpers.display.phrases import escape


def finding(text, **values):
    """A sentence with computed values as Markdown. Values of the data are escaped; numbers are formatted by the sentence."""
    if not values:  # a finished sentence, whose braces are its own
        return Markdown(text)
    return Markdown(text.format(**{name: escape(v) if isinstance(v, str) else v for name, v in values.items()}))
