"""What services outside read of the project: workflows, forms, Zenodo, Binder and containers."""

import hashlib
import json
import re
import subprocess

import list_releases
import pytest
import yaml
from support import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = [path for path in sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")) if path.stem != "config"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_the_shell_of_a_workflow_is_sound_and_names_tools_that_are_there(path):
    flow = yaml.safe_load(path.read_text(encoding="utf-8"))
    for step in (step for job in flow["jobs"].values() for step in job["steps"] if "run" in step):
        subprocess.run(["bash", "-n"], input=step["run"], text=True, check=True)
        for tool in re.findall(r"tools/\w+\.py", step["run"]):
            assert (ROOT / tool).exists()


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_issue_forms_ask_for_what_a_row_needs(path):
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= set(form)
    kinds = {"input", "textarea", "dropdown", "markdown", "checkboxes"}
    assert all(one["type"] in kinds and one["attributes"]["label"] for one in form["body"])
    ids = [one["id"] for one in form["body"]]
    assert len(ids) == len(set(ids))
    assert any("source" in name or name == "address" for name in ids)


def test_zenodo_and_the_citation_say_the_same():
    zenodo = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert zenodo["title"] == cff["title"]
    assert zenodo["keywords"] == cff["keywords"]
    assert [one["name"] for one in zenodo["creators"]] == [one["name"] for one in cff["authors"]]
    assert zenodo["license"].upper() in cff["license"]
    assert zenodo["description"].startswith(" ".join(cff["abstract"].split()))


def test_binder_and_containers_install_what_is_locked():
    folder = ROOT / ".binder"
    wanted = (folder / "requirements.txt").read_text(encoding="utf-8").split()
    assert wanted[0] == "-r" and (folder / wanted[1]).resolve() == ROOT / "requirements.lock"
    assert (folder / "postBuild").stat().st_mode & 0o111
    subprocess.run(["bash", "-n", folder / "postBuild"], check=True)
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    target = container["postCreateCommand"].rsplit("make ", 1)[1]
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_released_files_are_listed_newest_first_with_their_checksums(tmp_path):
    for version in ("0.9.0", "0.10.0", "0.2.0"):
        (tmp_path / f"x-{version}.zip").write_bytes(version.encode())
    for _ in range(2):  # a second time, its own files are not listed
        assert list_releases.main(tmp_path) == 0
    lines = (tmp_path / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert [line.split()[1] for line in lines] == ["x-0.10.0.zip", "x-0.9.0.zip", "x-0.2.0.zip"]
    assert lines[0].split()[0] == hashlib.sha256(b"0.10.0").hexdigest()
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert page.index("0.10.0") < page.index("0.9.0") < page.index("0.2.0")
