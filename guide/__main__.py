"""The guide's own commands: `python -m guide check` and `python -m guide schema`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import yaml

from guide.build import checked_guide, example_lines
from guide.clinic import schema_text
from guide.faults import Fault, Faults
from guide.library import read_library

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "data" / "clinic.schema.json"


class _NavLoader(yaml.SafeLoader):
    """Reads mkdocs.yml for its nav alone: MkDocs' own tags, such as !ENV, are passed over."""


_NavLoader.add_multi_constructor("!", lambda loader, suffix, node: None)


def check() -> int:
    """Print every fault and every value that is still an example; 1 where there is a fault."""
    try:
        guide = checked_guide(ROOT, os.environ.get("CLINIC"), ROOT / "docs", _nav())
    except Faults as found:
        print(*found.faults, f"{len(found.faults)} to mend.", sep="\n", file=sys.stderr)
        return 1
    print(*example_lines(guide), "Nothing to mend.", sep="\n")
    return 0


def _nav() -> Any:
    try:
        return yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _NavLoader)["nav"]
    except (yaml.YAMLError, KeyError, TypeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        raise Faults([Fault("mkdocs.yml", line, "nav", "no list of pages that can be read", "compare it with the file that came with the guide")]) from None


def schema() -> int:
    """Write the clinic file's JSON Schema, for editors that help while typing."""
    SCHEMA.write_text(schema_text(read_library(ROOT / "data")), encoding="utf-8")
    return 0


COMMANDS = {"check": check, "schema": schema}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit("Use: python -m guide check, or python -m guide schema")
    sys.exit(COMMANDS[sys.argv[1]]())
