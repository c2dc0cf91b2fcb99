"""`make lab` opens JupyterLab on the whole project, also for root, with the start notebook shown."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from support import ROOT

needs_make = pytest.mark.skipif(not shutil.which("make"), reason="needs make")


def command(**environment):
    run = ["make", "--dry-run", "lab", "PYTHON=true"]
    said = subprocess.run(run, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=True)
    return said.stdout.splitlines()[-1].split()


@needs_make
def test_root_is_let_in_and_nobody_else_is_told(tmp_path):
    for user in ("0", "1000"):
        (tmp_path / "id").write_text(f"#!/bin/sh\necho {user}\n", encoding="utf-8")
        (tmp_path / "id").chmod(0o755)
        words = command(PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        assert ("--allow-root" in words) == (user == "0")


@needs_make
def test_the_project_is_the_root_and_the_start_notebook_is_shown():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, *command()[1:], "--no-browser", f"--port={port}", "--IdentityProvider.token=t"]
    server = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        listed = {one["name"] for one in ask(port, "api/contents")["content"]}
        assert {"notebooks", "data", "CONTRIBUTING.md", "examples"} <= listed
        shown = next(word.partition("=")[2] for word in words if "default_url" in word)
        assert shown.startswith("/lab/tree/")
        assert ask(port, "api/contents/" + shown.removeprefix("/lab/tree/") + "?content=0")["type"] == "notebook"
    finally:
        server.terminate()
        server.wait(timeout=30)


def ask(port, path):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/{path}", headers={"Authorization": "token t"})
    for _ in range(240):
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)
        except OSError:
            time.sleep(0.5)
    raise AssertionError("JupyterLab did not answer")
