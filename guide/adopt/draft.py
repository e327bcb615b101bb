"""Answers that are kept while a clinic file is not finished: a file beside it, written anew after each answer."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guide.places import LARGEST_FILE

ENDING = ".draft"  # no .yml: such a file is not taken for a clinic's


def draft_of(target: Path) -> Path:
    """Where the answers for a clinic file are kept."""
    return target.with_name(target.name + ENDING)


def write_draft(target: Path, answers: Mapping[str, Any]) -> None:
    """Keep the answers.

    target  the clinic file that they are for

    Errors: OSError where they cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    replace_file(draft_of(target), json.dumps(answers, ensure_ascii=False, indent=1) + "\n")


def read_draft(target: Path) -> dict[str, Any] | None:
    """The answers that were kept; None where there are none that can be read."""
    try:
        with draft_of(target).open("rb") as file:
            answers = json.loads(file.read(LARGEST_FILE))
    except (OSError, ValueError):
        return None
    return answers if isinstance(answers, dict) else None


def replace_file(path: Path, text: str) -> None:
    """Write a file beside the old one and move it there, so that no half of it is ever there.

    Errors: OSError where it cannot be written; the old one stays.
    """
    path = path.resolve()
    descriptor, beside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with open(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
