"""One style sheet from many: each component has its own file, and a reader fetches a single one."""

from __future__ import annotations

import re
from pathlib import Path

FIRST = ("tokens", "brand", "base", "shell")  # what the others build on, in this order; then by name
LAST = ("print",)  # what wins over all of them
WHOLE = "guide.css"
COMMENT = re.compile(r"/\*.*?\*/", re.S)
SPACE = re.compile(r"\s+")


def join_styles(site: Path) -> None:
    """Join every style sheet in assets/css into guide.css, and leave that one alone.

    site  the built folder
    """
    folder = site / "assets" / "css"
    parts = sorted((path for path in folder.glob("*.css") if path.name != WHOLE), key=_place)
    joined = "".join(_lean(path.read_text(encoding="utf-8")) for path in parts)
    (folder / WHOLE).write_text(joined, encoding="utf-8")
    for path in parts:
        path.unlink()


def _place(path: Path) -> tuple[int, str]:
    order = FIRST.index(path.stem) if path.stem in FIRST else len(FIRST)
    return (order + (path.stem in LAST), path.stem)


def _lean(text: str) -> str:
    """A style sheet without comments, and with each run of white space as one."""
    return SPACE.sub(" ", COMMENT.sub("", text)).strip() + "\n"
