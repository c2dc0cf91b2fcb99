"""What pages are made from, and what of them is committed.

`python site assemble NOTEBOOKS TABLES FIGURES SOURCE` gathers what Sphinx renders; `python site readme` renews README.md,
`python site typeface` the cut of the typeface, and `python site remember FOLDER` keeps what a released version says.
"""

import argparse
from pathlib import Path

import pages
from pages import history, readme, typeface


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
    commands.add_parser("typeface", help="cut the typeface of the pages anew")
    keep = commands.add_parser("remember", help="keep what a version says that was released")
    keep.add_argument("folder", type=Path, help="its data folder")
    asked = vars(parser.parse_args())
    acts = {
        "assemble": pages.assemble,
        "readme": readme.renew,
        "typeface": typeface.write_typeface,
        "remember": history.remember,
    }
    acts[asked.pop("command")](**asked)


if __name__ == "__main__":
    main()
