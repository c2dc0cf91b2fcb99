"""Makes `src/helpers/display/outlines.json`: coasts and borders of the region, from Natural Earth's 1:50m countries.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/make_outlines.py package/countries-50m.json

Natural Earth is in the public domain; the npm package `world-atlas` carries it as TopoJSON. There each stretch of outline
is kept once: one that bounds two countries is a border, one that bounds a single country a coast.
"""

import json
import sys
from collections import Counter
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np

WEST, SOUTH, EAST, NORTH = 15, 33, 95, 72  # the region, in degrees
TOLERANCE = 0.06  # degrees by which a simplified line may miss a point: under a pixel of the widest figure
PLACES = 2  # decimals kept: a kilometre
LEAST = 0.5  # degrees: a closed coast of less extent is an islet or a pond

TARGET = Path(__file__).resolve().parents[1] / "src" / "helpers" / "display" / "outlines.json"
ORIGIN = {
    "title": "Coasts and borders between 15 and 95 degrees east, 33 and 72 degrees north",
    "origin": "Natural Earth 4.1, 1:50m countries, by way of the npm package world-atlas 2.0.2",
    "licence": "public domain",
    "changes": "Clipped to the region and simplified by tools/make_outlines.py.",
    "note": "Borders are those that Natural Earth draws, by who holds the ground; that says nothing of whose it is.",
}


def arcs_of(topology):
    """Each arc as an array of longitudes and latitudes."""
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    return [
        np.array(list(accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]]))) * scale + shift
        for arc in topology["arcs"]
    ]


def uses_of(topology):
    """How many countries each arc bounds, by its number."""

    def numbers(nested):
        for one in nested:
            yield from numbers(one) if isinstance(one, list) else [one if one >= 0 else ~one]

    countries = topology["objects"]["countries"]["geometries"]
    return Counter(arc for country in countries for arc in set(numbers(country.get("arcs", []))))


def clipped(line):
    """The stretches of a line whose points lie in the region. Points are dense, so that its edge stays straight."""
    inside = (line[:, 0] >= WEST) & (line[:, 0] <= EAST) & (line[:, 1] >= SOUTH) & (line[:, 1] <= NORTH)
    ends = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(int)))
    return [line[start:stop] for start, stop in zip(ends[::2], ends[1::2], strict=True) if stop - start > 1]


def simplified(line):
    """A line without the points that it can spare (Douglas and Peucker 1973)."""
    keep, todo = {0, len(line) - 1}, [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        ahead, off = line[last] - line[first], line[first + 1 : last] - line[first]
        length = np.hypot(*ahead)
        apart = np.abs(ahead[0] * off[:, 1] - ahead[1] * off[:, 0]) / length if length else np.hypot(*off.T)
        far = first + 1 + int(apart.argmax())
        if apart.max() > TOLERANCE:
            keep.add(far)
            todo += [(first, far), (far, last)]
    return line[sorted(keep)]


def joined(lines):
    """Lines that meet end to end as one, where only two meet."""
    lines = [[tuple(point) for point in line] for line in lines]
    meeting = Counter(end for line in lines for end in (line[0], line[-1]))
    while True:
        by_start = {line[0]: at for at, line in enumerate(lines) if meeting[line[0]] == 2}
        pair = next(
            ((at, by_start[line[-1]]) for at, line in enumerate(lines) if by_start.get(line[-1], at) != at), None
        )
        if pair is None:
            return [np.array(line) for line in lines]
        one, other = pair
        lines[one] += lines[other][1:]
        del lines[other]


def feature(kind, lines):
    """A GeoJSON feature of lines; points that fall together after rounding are kept once."""
    coordinates = []
    for line in lines:
        points = np.round(line, PLACES).tolist()
        coordinates.append([points[0], *(b for a, b in pairwise(points) if a != b)])
    return {
        "type": "Feature",
        "properties": {"kind": kind},
        "geometry": {"type": "MultiLineString", "coordinates": coordinates},
    }


def main(path):
    """Reads TopoJSON, writes the outlines, says how large they are."""
    topology = json.loads(Path(path).read_text(encoding="utf-8"))
    arcs, uses = arcs_of(topology), uses_of(topology)
    features = []
    for kind, wanted in (("coast", 1), ("border", 2)):
        lines = joined([part for at, arc in enumerate(arcs) if uses[at] == wanted for part in clipped(arc)])
        shown = [
            line
            for line in lines
            if wanted == 2 or tuple(line[0]) != tuple(line[-1]) or np.ptp(line, axis=0).max() >= LEAST
        ]
        features.append(feature(kind, [simplified(line) for line in shown]))
    outlines = {
        "type": "FeatureCollection",
        "metadata": ORIGIN,
        "bbox": [WEST, SOUTH, EAST, NORTH],
        "features": features,
    }
    TARGET.write_text(json.dumps(outlines, separators=(",", ":")) + "\n", encoding="utf-8")
    print(
        f"{TARGET.name}: {TARGET.stat().st_size:,} bytes, {sum(len(f['geometry']['coordinates']) for f in features)} lines"
    )


if __name__ == "__main__":
    main(sys.argv[1])
