"""The codebook says what the two descriptors say."""

import json

from helpers.commands import codebook
from helpers.loaders.tables import DATA


def test_the_codebook_says_what_the_contract_and_the_tables_say():
    """Its checksums tell when a table was changed, in a cell that no notebook shows, after the outputs were made."""
    written = (DATA / "CODEBOOK.md").read_text(encoding="utf-8")
    assert written == codebook.current(), "the contract or a table changed; run make refresh"


def test_every_column_is_described():
    for name in ("datapackage.json", "derived.json"):
        for resource in json.loads((DATA / name).read_text(encoding="utf-8"))["resources"]:
            assert resource["description"]
            assert all(len(field["description"]) > 3 for field in resource["schema"]["fields"]), resource["name"]
