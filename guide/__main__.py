"""The guide's own commands: `python -m guide check`, and the others that its answer to no command at all lists."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from guide.build import checked_guide, example_lines
from guide.clinic import schema_text
from guide.due import due_dates, due_lines
from guide.faults import Fault, Faults, did_you_mean
from guide.library import read_library
from guide.pages import read_pages
from guide.project import CLINIC_FILE, open_guide
from guide.scores import GUIDE, READERS, read_instruments, read_open, read_sheets, score_lines, shortfalls, stray_faults
from guide.wording import read_claims, word_faults

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
DOCS = ROOT / "docs"
SCHEMA = DATA / "clinic.schema.json"


class _NavLoader(yaml.SafeLoader):
    """Reads mkdocs.yml for its nav alone: MkDocs' own tags, such as !ENV, are passed over."""


_NavLoader.add_multi_constructor("!", lambda loader, suffix, node: None)


def check() -> int:
    """Print every fault and every value that is still an example; 1 where there is a fault."""
    guide = checked_guide(ROOT, os.environ.get("CLINIC"), DOCS, _nav())
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
    SCHEMA.write_text(schema_text(read_library(DATA)), encoding="utf-8")
    return 0


def words(*files: str) -> int:
    """Print every claim in some text files that we would not make; 1 where there is one, or a file cannot be read."""
    faults = list(word_faults([Path(file) for file in files], read_claims(DATA)))
    if faults:
        raise Faults(faults)
    print("Nothing to mend.")
    return 0


def due() -> int:
    """Print what must be looked at again; 1 where something is late. The one place that asks for today's date."""
    clinic_file, pages = os.environ.get("CLINIC"), read_pages(DOCS)
    sheets, _ = read_sheets(DATA, [page.name for page in pages], read_instruments(DATA))  # what is wrong in them, `scores` tells
    entries = due_dates(open_guide(ROOT, clinic_file), pages, date.today(), sheets, clinic_file or CLINIC_FILE)
    _show(due_lines(entries))
    return int(any(entry.days_late > 0 for entry in entries))


def scores(*named: str) -> int:
    """Check the readers' marks and print the scores; 1 where one is missing or too low.

    named  `first` or `second` for that reader alone, and the pages; left out, both readers and all pages
    """
    readers, pages = [name for name in named if name in READERS], [name for name in named if name not in READERS]
    every = [*(page.name for page in read_pages(DOCS)), GUIDE]
    asked = [name.replace("\\", "/").removeprefix("docs/") for name in pages]
    unknown = [Fault(name, 0, "", "no such page", did_you_mean(name, every, f"name a page as seen from docs, or {GUIDE}")) for name in asked if name not in every]
    if unknown:
        raise Faults(unknown)
    instruments = read_instruments(DATA)
    sheets, faults = read_sheets(DATA, asked or every, instruments, readers or READERS)
    known = [score for score in read_open(DATA) if score.of in (asked or every)]
    low = [line for sheet in sheets for line in shortfalls(sheet, instruments, known)]
    still = [f"Open: {score.of}, {score.scale}: {score.why} {score.mend}" for score in known]
    _show([*score_lines(sheets, instruments), *still, *(f"Below the bar: {line}" for line in low)])
    faults += [] if asked else stray_faults(DATA, every)
    if faults:
        raise Faults(faults)
    return int(bool(low))


def audit() -> int:
    """Print how hard each page of the built site is to read, and every score; 1 where something falls short."""
    from guide.reading import page_measures, reading_lines, too_hard  # what it measures with is installed for tests only

    measures = page_measures(ROOT / "site", [page.name for page in read_pages(DOCS)])
    _show([*reading_lines(measures), ""])
    failed = scores()
    return int(bool(failed or too_hard(measures)))


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


@dataclass(frozen=True)
class Command:
    """One command: what it does, and how many words may follow it."""

    run: Callable[..., int]
    after: str = ""
    least: int = 0

    def fits(self, words: list[str]) -> bool:
        return len(words) >= self.least if self.after else not words


COMMANDS = {
    "check": Command(check),
    "schema": Command(schema),
    "words": Command(words, "FILE…", least=1),
    "due": Command(due),
    "scores": Command(scores, "[first|second] [PAGE…]"),
    "audit": Command(audit),
}


def usage() -> Iterator[str]:
    """How each command is called."""
    yield "Use one of:"
    for name, command in COMMANDS.items():
        yield f"  python -m guide {name} {command.after}".rstrip()


def main(words: list[str]) -> int:
    """Run one command, and tell every fault in plain lines."""
    command = COMMANDS.get(words[0]) if words else None
    if command is None or not command.fits(words[1:]):
        print(*usage(), sep="\n", file=sys.stderr)
        return 2
    try:
        return command.run(*words[1:])
    except Faults as found:
        print(*found.faults, f"{len(found.faults)} to mend.", sep="\n", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
