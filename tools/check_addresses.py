"""Asks whether the addresses of sources still answer: `python tools/check_addresses.py FILE.csv [TABLES]`.

A page is asked for its head, and for itself only if its server refuses that; one server is asked one thing at a time, with a
pause between, and no more once it cannot be reached. What gives no page is listed in FILE.csv with what was said instead, and
nothing in the data is changed. A refusal (401, 403, 429) is no sign that a page is gone, so it is listed as such; a way to the
front page is a sign that it may be. The exit code is 0: a report is no test.
"""

import csv
import sys
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

DATA = Path(__file__).resolve().parents[1] / "data"
PLACES = {"sources.csv": ("source_id", "url"), "quotations.csv": ("quotation_id", "archive_url")}  # table: key, address
HEAD = ["address", "says", "gone", "rows"]
AGENT = "csto-exercises address check (open data; one request at a time)"
WAIT, PAUSE, AT_ONCE = 20, 1.0, 8  # seconds for an answer, seconds between two of one server, servers at once
OUT_OF_REACH = 3  # failures to connect in a row after which a server is asked no more
FRONT_PAGE = "front page"  # what an address says that leads on to one
SAFE = "%/:=&?~#+!$,;'@()*[]"  # signs of an address that stay as they are
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS}


def addresses(folder):
    """{address: ids of the rows that give it} of the tables in a folder."""
    found = defaultdict(list)
    for name, (key, column) in PLACES.items():
        if (folder / name).exists():
            with (folder / name).open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    if row[column].startswith(("http://", "https://")):
                        found[row[column]].append(row[key])
    return dict(found)


def ask(address):
    """What an address answers: a status such as 200, that it leads to a front page, or the kind of failure in a word."""
    said = ""
    for method in ("HEAD", "GET"):
        asked = Request(quote(address, safe=SAFE), method=method, headers={"User-Agent": AGENT})
        try:
            with urlopen(asked, timeout=WAIT) as answer:
                led_home = _is_front(answer.url) and not _is_front(address)
                return FRONT_PAGE if led_home else answer.status
        except HTTPError as error:
            said = error.code
            error.close()
            if said == HTTPStatus.TOO_MANY_REQUESTS:
                return said
        except (OSError, HTTPException, ValueError) as error:
            return type(getattr(error, "reason", error)).__name__
    return said


def _is_front(address):
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query


def ask_server(own, pause=PAUSE):
    """{address: answer} of the addresses of one server, one after the other."""
    answers = {}
    for at, address in enumerate(own):
        last = list(answers.values())[-OUT_OF_REACH:]
        if len(last) == OUT_OF_REACH and not any(isinstance(said, int) or said == FRONT_PAGE for said in last):
            answers[address] = last[-1]
            continue
        if at:
            time.sleep(pause)
        answers[address] = ask(address)
    return answers


def check(found, pause=PAUSE):
    """[address, what it says, whether it is gone (yes, refused, unclear), ids] of each address that gives no page."""
    by_server = defaultdict(list)
    for address in sorted(found):
        by_server[urlsplit(address).netloc].append(address)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = [
            answer for own in pool.map(lambda one: ask_server(one, pause), by_server.values()) for answer in own.items()
        ]
    silent = [(address, said) for address, said in answers if said != HTTPStatus.OK]
    return [[address, said, _gone(said), ";".join(found[address])] for address, said in sorted(silent)]


def _gone(said):
    return "yes" if said in GONE else "refused" if said in REFUSED else "unclear"


def main(file, folder=DATA, pause=PAUSE):
    """Writes the table and says in a line what it holds; returns the exit code."""
    found = addresses(Path(folder))
    rows = check(found, pause)
    with Path(file).open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows([HEAD, *rows])
    counts = Counter(row[2] for row in rows)
    kinds = ", ".join(f"{counts[kind]} {kind}" for kind in ("yes", "refused", "unclear")).replace("yes", "gone")
    print(f"{len(found)} addresses asked: {len(found) - len(rows)} give a page, {kinds}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
