"""The check of addresses, against a server in this process: no test asks anybody outside."""

import csv
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import check_addresses
import pytest

ANSWERS = {"/there": 200, "/": 200, "/gone": 404, "/removed": 410, "/members-only": 403, "/busy": 429, "/broken": 500}
NO_HEAD = {"/no-head": 405, "/head-lies": 404}  # what it says to HEAD; to GET it gives the page


@pytest.fixture
def server():
    """(address of a server, what it was asked for)."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self):
            asked.append((self.command, self.path))
            if self.path == "/moved-home":
                self.send_response(302)
                self.send_header("Location", "/")
            else:
                given = ANSWERS.get(self.path, 200)
                self.send_response(NO_HEAD.get(self.path, given) if self.command == "HEAD" else given)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self):
            self.do_HEAD()

        def log_message(self, *words):
            pass

    own = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=own.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{own.server_address[1]}", asked
    own.shutdown()
    own.server_close()


def write(folder, name, head, *rows):
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


def test_what_gives_no_page_is_listed_and_the_rest_is_left_in_peace(server, tmp_path, capsys):
    address, asked = server
    paths = [*ANSWERS, *NO_HEAD, "/moved-home", "/с-буквами"]
    rows = [[f"s{at}", f"{address}{path}"] for at, path in enumerate(paths)]
    write(tmp_path, "sources.csv", ["source_id", "url"], *rows, ["again", f"{address}/gone"], ["none", ""])
    write(tmp_path, "quotations.csv", ["quotation_id", "archive_url"], ["q1", f"{address}/removed"], ["q2", ""])
    assert check_addresses.main(tmp_path / "out.csv", tmp_path, pause=0) == 0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        found = {row["address"].removeprefix(address): row for row in csv.DictReader(file)}
    assert {path: (row["says"], row["gone"]) for path, row in found.items()} == {
        "/gone": ("404", "yes"),
        "/removed": ("410", "yes"),
        "/members-only": ("403", "refused"),
        "/busy": ("429", "refused"),
        "/broken": ("500", "unclear"),
        "/moved-home": ("front page", "unclear"),
    }
    assert found["/gone"]["rows"] == "s2;again"
    assert found["/removed"]["rows"] == "s3;q1"
    assert asked.count(("HEAD", "/there")) == 1 and ("GET", "/there") not in asked
    assert ("GET", "/no-head") in asked and ("GET", "/busy") not in asked
    assert capsys.readouterr().out == "11 addresses asked: 5 give a page, 2 gone, 2 refused, 2 unclear\n"


def test_a_server_out_of_reach_is_asked_no_more(monkeypatch):
    asked = []
    monkeypatch.setattr(check_addresses, "ask", lambda address: asked.append(address) or "TimeoutError")
    answers = check_addresses.ask_server([f"http://127.0.0.1/{at}" for at in range(9)], pause=0)
    assert len(asked) == check_addresses.OUT_OF_REACH
    assert set(answers.values()) == {"TimeoutError"} and len(answers) == 9


def test_one_that_cannot_be_reached_is_unclear_and_no_error():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{free.getsockname()[1]}/x"
    ((address, said, gone, rows),) = check_addresses.check({closed: ["s1"]}, pause=0)
    assert (address, said, gone, rows) == (closed, "ConnectionRefusedError", "unclear", "s1")


def test_every_address_of_the_record_would_be_asked_once():
    found = check_addresses.addresses(check_addresses.DATA)
    assert len(found) > 1000
    assert all(address.startswith("http") and rows for address, rows in found.items())
