"""Writes data/CODEBOOK.md from the two descriptors and the rules of coding, so that nothing is described twice, and data/RULES.md."""

import hashlib
import json

from helpers.commands import rules
from helpers.derive.codes import CODES, GRADES
from helpers.loaders.files import read_text
from helpers.loaders.tables import DATA

CODING = ("REPORTS.md", "STEPS.md", "CLAIMS.md")  # how publications, steps and claims are coded, beside their tables
DIGITS = 16  # of a checksum: enough that no change passes by accident, few enough to compare by eye

HEAD = """# Codebook

Generated from `datapackage.json` (the tables as coded) and `derived.json` (the tables computed from them, written to
`build/tables/` by `make run`), and from `REPORTS.md`, `STEPS.md` and `CLAIMS.md` (how a publication is read, what counts as a
step, and how a claim is tested). Change those and run `make refresh`; changes made here are lost. How a number follows from these tables stands in `RULES.md`.

- Text is UTF-8 (NFC), each cell one line of visible characters; a blank cell means that the source does not say.
- Dates are EDTF texts: `2024`, `2024-10`, `2024-10-01`, with `?` or `~` if uncertain, `a/b` for a range.
- Lists are separated by `;`. States are ISO 3166-1 alpha-3 codes.
"""


def codebook(package, derived, folder):
    """The codebook as Markdown text, from two Data Package descriptors (dicts) and the folder of the tables and the rule of steps."""
    parts = [HEAD, f"Version {package['version']}; licence {package['licenses'][0]['name']}.\n"]
    parts += [
        "## Attendance codes\n",
        _rows(["code", "meaning"], [(name, code.meaning) for name, code in CODES.items()]),
        "## Grades\n",
        _rows(["grade", "rests on"], GRADES.items()),
        *((folder / name).read_text(encoding="utf-8") for name in CODING),
        "## Rows and checksums\n",
        "The tables as coded that all outputs of this version were made from: two copies agree where these numbers do.\n",
        _rows(["table", "rows", "SHA-256"], [_checksum(r, folder) for r in package["resources"]]),
    ]
    for title, descriptor in [("Tables as coded", package), ("Derived tables", derived)]:
        parts.append(f"## {title}\n")
        parts += [_table(resource) for resource in descriptor["resources"]]
    return "\n".join(parts)


def _checksum(resource, folder):
    path = folder / resource["path"]
    rows = len(read_text(path, resource["schema"]["fields"]))
    return f"`{path.name}`", rows, f"`{hashlib.sha256(path.read_bytes()).hexdigest()[:DIGITS]}`"


def _table(resource):
    schema = resource["schema"]
    key = ", ".join(f"`{name}`" for name in schema["primaryKey"])
    rows = [
        (f"`{field['name']}`", field["type"], _rule(field, schema), field["description"]) for field in schema["fields"]
    ]
    return f"### `{resource['path']}`\n\n{resource['description']} Key: {key}.\n\n" + _rows(
        ["column", "type", "rule", "meaning"], rows
    )


def _rule(field, schema):
    constraints = field.get("constraints", {})
    said = ["needed"] if constraints.get("required") else []
    if allowed := constraints.get("enum") or field.get("itemEnum"):
        said.append("one of " + ", ".join(allowed))
    if "minimum" in constraints:
        said.append(
            f"{constraints['minimum']} to {constraints['maximum']}"
            if "maximum" in constraints
            else f"from {constraints['minimum']}"
        )
    targets = [key["reference"] for key in schema.get("foreignKeys", []) if key["fields"] == [field["name"]]]
    if reference := field.get("itemReference"):
        targets.append({"resource": reference["resource"], "fields": [reference["field"]]})
    said += [f"the same for all rows of a {field['sameFor']}"] if "sameFor" in field else []
    said += [f"in {target.get('resource', 'this table')}.{target['fields'][0]}" for target in targets]
    return "; ".join(said)


def _rows(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def current():
    """The codebook that the descriptors call for now."""
    package, derived = (
        json.loads((DATA / name).read_text(encoding="utf-8")) for name in ("datapackage.json", "derived.json")
    )
    return codebook(package, derived, DATA)


def main() -> int:
    """Writes the codebook and the rules; returns the exit code."""
    (DATA / "CODEBOOK.md").write_text(current(), encoding="utf-8")
    (DATA / "RULES.md").write_text(rules.rules_page(), encoding="utf-8")
    return 0
