"""What pages are made from, and what of them is committed.

`python site assemble NOTEBOOKS TABLES FIGURES SOURCE` gathers what Sphinx renders; `python site readme` renews README.md.
"""

import argparse
from pathlib import Path

import pages
from pages import readme


def main() -> None:
    """Reads the command line and does what it asks."""
    parser = argparse.ArgumentParser(prog="python site", description=__doc__.split("\n\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    gather = commands.add_parser("assemble", help="gather what Sphinx renders, in an empty folder")
    for name, what in {
        "notebooks": "the folder of executed notebooks",
        "tables": "the folder of derived tables",
        "figures": "the folder in which the run kept its figures",
        "source": "the folder to fill",
    }.items():
        gather.add_argument(name, type=Path, help=what)
    commands.add_parser("readme", help="write the findings and the figure of README.md from the committed notebooks")
    asked = vars(parser.parse_args())
    if asked.pop("command") == "assemble":
        pages.assemble(**asked)
    else:
        readme.renew()


if __name__ == "__main__":
    main()
