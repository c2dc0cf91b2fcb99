"""Tables as a reader sees them: escaped, in words, at a length that can be taken in."""

import html

import pandas as pd
from IPython.display import HTML

SENTENCE = 60  # characters; what is longer is read as a sentence


ROOM = 16  # em for the sentences of a long table: what its other columns leave of a page's width


MAX_ROWS = 25  # what a reader takes in without scrolling; the whole table is in build/tables


def table(frame, rows=MAX_ROWS, caption=""):
    """A frame as an HTML table: no index, columns and codes in words, cells escaped, dates ISO, shares rounded, at most `rows`
    rows, the rest counted.
    """
    shown = frame.head(rows).copy().rename_axis(columns=None)
    for name in shown.columns:
        if pd.api.types.is_datetime64_any_dtype(shown[name]):
            shown[name] = shown[name].dt.strftime("%Y-%m-%d")
        elif pd.api.types.is_float_dtype(shown[name]):
            shown[name] = shown[name].map(lambda v: "" if pd.isna(v) else f"{v:.2f}")
        elif name == "code":
            shown[name] = shown[name].map(heading)
        elif shown[name].map(lambda v: isinstance(v, tuple)).any():
            shown[name] = shown[name].map(lambda v: ", ".join(map(str, v)))
    text = shown.rename(columns=heading).to_html(index=False, border=0, na_rep="", justify="left", classes="record")
    more = f"<p>{len(frame) - rows} more rows.</p>" if len(frame) > rows else "" if len(frame) else "<p>None.</p>"
    title = f"<p><strong>{html.escape(caption)}</strong></p>" if caption else ""
    return HTML(title + text + more)


HEADINGS = {"iso3": "state", "lang": "language"}  # columns whose names say nothing to a reader


def heading(column):
    """A column's name, or a code, in a reader's words: 'start_earliest' becomes 'start earliest'."""
    return HEADINGS.get(column, str(column).replace("_", " "))


def sources_of(ids, sources):
    """Links to the publications with these ids, as HTML; a founding article without an address by its outlet alone."""
    table = sources.set_index("source_id")
    links = []
    for one in ids:
        outlet, url = html.escape(table.at[one, "outlet"]), table.at[one, "url"]
        links.append(
            f'<a href="{html.escape(url)}">{outlet}</a>' if url.startswith(("https://", "http://")) else outlet
        )
    return ", ".join(links)


def searchable(frame, linked, caption):
    """A long table as HTML with a field that hides the rows without the words typed; without script it is a plain table.

    Cells are escaped, except those of the columns in `linked`, which hold HTML of `sources_of`.
    """
    columns = [frame[name] if name in linked else frame[name].map(_cell) for name in frame]
    wordy = [name for name in frame if name not in linked and frame[name].astype(str).str.len().max() > SENTENCE]
    room = f' style="min-width: {ROOM // max(1, len(wordy))}em"'  # which columns of single words would else squeeze
    head = "".join(f"<th{room if name in wordy else ''}>{html.escape(heading(name))}</th>" for name in frame)
    rows = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in zip(*columns, strict=True)]
    return HTML(
        f"<p><strong>{html.escape(caption)}</strong></p>"
        f'<p><label>Search <input type="search" oninput="{html.escape(_FILTER)}"></label></p>'
        f'<div class="record-long" tabindex="0" role="region" aria-label="{html.escape(caption)}"><table class="record searchable">'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


_FILTER = (
    "const words = this.value.toLowerCase().split(/\\s+/);"
    "for (const row of this.closest('p').nextElementSibling.querySelectorAll('tbody tr'))"
    " row.hidden = !words.every(word => row.textContent.toLowerCase().includes(word))"
)


def _cell(value):
    return "" if pd.isna(value) else html.escape(str(value)).replace("/", "/<wbr>")  # a range of dates may break
