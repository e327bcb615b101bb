"""The guide's own commands: `python -m guide check` and `python -m guide schema`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import yaml

from guide.build import example_lines, nav_pages
from guide.clinic import schema_text
from guide.faults import Faults
from guide.library import read_library
from guide.pages import page_faults, read_pages
from guide.project import open_guide

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "data" / "clinic.schema.json"


class _NavLoader(yaml.SafeLoader):
    """Reads mkdocs.yml for its nav alone: MkDocs' own tags, such as !ENV, are passed over."""


_NavLoader.add_multi_constructor("!", lambda loader, suffix, node: None)


def check() -> int:
    """Print every fault and every value that is still an example; 1 where there is a fault."""
    try:
        guide = open_guide(ROOT, os.environ.get("CLINIC", "clinic.yml"))
        nav = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _NavLoader)["nav"]
        faults = page_faults(guide, read_pages(ROOT / "docs"), list(nav_pages(nav)))
        if faults:
            raise Faults(faults)
    except Faults as found:
        print(*found.faults, f"{len(found.faults)} to mend.", sep="\n", file=sys.stderr)
        return 1
    print(*example_lines(guide), "Nothing to mend.", sep="\n")
    return 0


def schema() -> int:
    """Write the clinic file's JSON Schema, for editors that help while typing."""
    SCHEMA.write_text(schema_text(read_library(ROOT / "data")), encoding="utf-8")
    return 0


COMMANDS = {"check": check, "schema": schema}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit("Use: python -m guide check, or python -m guide schema")
    sys.exit(COMMANDS[sys.argv[1]]())
