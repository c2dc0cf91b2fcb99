"""Carries out a small graph in a folder again and again, each time killed at another change of a file: run by the tests.

The process imports once and forks for every run, so that a kill is a real one and costs little. It prints a line of JSON.
"""

import json
import os
import signal
import sys
import tempfile
from pathlib import Path

from helpers.commands.steps import Step, alone, carry_out, digest, put

CHANGES = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate"}


def graph(folder):
    """Two folders of pages from one source, side by side, and a book of both; all are written beside and renamed."""

    def write(name, texts, wide):
        def work():
            beside = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=folder / ".new")) / name
            beside.mkdir()
            for at in range(wide):
                (beside / f"page {at}").write_text("+".join(path.read_text() for path in texts()) + str(at))
            put(beside, folder / name)
            return ""

        return work

    source, drafts, book = folder / "source", [folder / "draft 1", folder / "draft 2"], folder / "book"
    steps = [Step(path.name, write(path.name, lambda: [source], 3), (source,), (path,)) for path in drafts]
    pages = [path / "page 0" for path in drafts]
    return [*steps, Step("book", write("book", lambda: pages, 2), tuple(drafts), (book,), tuple(p.name for p in drafts))]


def run(folder, kill_at=None):
    """Runs the graph in a process of its own; returns how many changes of files it made, or -1 if it was killed."""
    read, write = os.pipe()
    if not (child := os.fork()):
        seen = 0

        def hook(event, words):
            nonlocal seen
            if event in CHANGES and not (event == "open" and not (words[2] or 0) & (os.O_WRONLY | os.O_RDWR)):
                seen += 1
                if seen == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        with alone(folder / "build"):
            (folder / ".new").mkdir(exist_ok=True)
            failed = carry_out(graph(folder), folder / "done", 1)
        os.write(write, str(seen).encode())
        os._exit(failed)
    os.close(write)
    with os.fdopen(read) as said:
        count = said.read()
    return -1 if os.waitpid(child, 0)[1] else int(count)


def outputs(folder):
    return digest([folder / name for name in ("draft 1", "draft 2", "book")])


def main(place):
    """Prints {changes, killed, same, idle}: how many changes a run makes, and of how many kills what came true."""
    fresh = {}
    for text in ("one", "two"):
        folder = Path(place, text)
        folder.mkdir()
        (folder / "source").write_text(text)
        changes = run(folder)
        fresh[text] = outputs(folder)
    moments = sorted({1 + at * (changes - 1) // 11 for at in range(12)})
    killed = same = idle = 0
    for at in moments:
        folder = Path(place, str(at))
        folder.mkdir()
        for text in ("one", "two"):  # once with nothing there, once over what is done already
            (folder / "source").write_text(text)
            killed += run(folder, at) == -1
            after = run(folder)
            same += outputs(folder) == fresh[text]
            idle += after >= 0 and run(folder) < changes / 4
    print(json.dumps({"changes": changes, "kills": 2 * len(moments), "killed": killed, "same": same, "idle": idle}))


if __name__ == "__main__":
    main(sys.argv[1])
