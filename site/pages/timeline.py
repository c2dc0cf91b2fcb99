"""The timeline, as plain values for its template. Nothing here is escaped: the template does that."""

import pandas as pd

from helpers.derive.codes import DIRECTIONS, TRACKS
from pages import words


def timeline_page(data: dict[str, pd.DataFrame], tables: dict[str, pd.DataFrame]) -> dict:
    """What the timeline's template needs: the events, latest first, with their publications, and the words of each filter."""
    names = words.states(data)
    sources = data["sources"].set_index("source_id")
    exercises = tables["register"].set_index("exercise_id")["name"].to_dict()
    events = tables["steps"].sort_values(["earliest", "event_id"], ascending=False).to_dict("records")
    rows = [
        event
        | {
            "who": names.get(event["actor"], event["actor"]),
            "whom": names.get(event["subject"], ""),
            "track_name": TRACKS.get(event["track"], event["track"]),
            "years": [str(year) for year in range(event["earliest"].year, event["latest"].year + 1)],
            "publications": words.publications(event["source_ids"], sources),
            "exercise": exercises.get(event["exercise_id"], ""),
        }
        for event in events
    ]
    return {
        "rows": rows,
        "directions": DIRECTIONS,
        "filters": [
            ("track", "Track", _options((row["track"], row["track_name"]) for row in rows)),
            ("actor", "Who acts", _options((row["actor"], row["who"]) for row in rows)),
            ("subject", "State concerned", _options((row["subject"], row["whom"]) for row in rows if row["subject"])),
            ("direction", "Direction", [(way, f"{code.glyph} {code.label}") for way, code in DIRECTIONS.items()]),
            ("year", "Year", _options((year, year) for row in rows for year in row["years"])),
        ],
    }


def _options(pairs):
    return sorted(set(pairs), key=lambda pair: pair[1])
