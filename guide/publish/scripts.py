"""Scripts without comments and empty space: readers fetch them, and the comments are for us."""

from __future__ import annotations

from pathlib import Path

import rjsmin


def lean_scripts(site: Path) -> None:
    """Make every script of ours, and those in vendor/, smaller; a comment that opens with `/*!`, such as a licence, stays.

    site  the built folder
    """
    for script in (site / "assets" / "js").rglob("*.js"):
        script.write_text(rjsmin.jsmin(script.read_text(encoding="utf-8"), keep_bang_comments=True) + "\n", encoding="utf-8")
