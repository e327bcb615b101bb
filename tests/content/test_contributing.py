"""What CONTRIBUTING.md lists is what there is: every module, every macro for pages, every command."""

from __future__ import annotations

import re

from conftest import ROOT
from guide.__main__ import COMMANDS
from guide.macros import BLOCKS, ON_PAGE, PLAIN

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def rows_below(heading: str) -> list[list[str]]:
    """The cells of each row of the tables in one part of the text."""
    part = TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in part.split("\n") if line.startswith("|")][2:]


def named(cells: list[str]) -> set[str]:
    return {name for cell in cells for name in re.findall(r"`([\w./]+)`", cell)}


def test_the_map_names_every_module() -> None:
    modules = {path.name for path in (ROOT / "guide").glob("*.py")} - {"__init__.py"}
    folders = {f"{path.parent.name}/" for path in (ROOT / "guide").glob("*/__init__.py")}
    assert named([row[0] for row in rows_below("The map")]) == modules | folders


def test_the_table_of_macros_has_each_in_its_column() -> None:
    rows = rows_below("Macros for pages")
    assert named([row[0] for row in rows]) == {*PLAIN, *ON_PAGE} - BLOCKS
    assert named([row[1] for row in rows]) == BLOCKS


def test_every_command_of_the_guide_is_told() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    told = TEXT + (ROOT / "README.md").read_text(encoding="utf-8")
    assert [target for target in targets if f"make {target}" not in told] == []
    assert {"new-clinic" if name == "new" else name for name in COMMANDS} <= set(targets)
