"""The guide's own commands: `python -m guide check`, and the others that its answer to no command at all lists."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from guide.build import checked_guide, own_pages
from guide.clinic import schema_text
from guide.due import due_dates, due_lines
from guide.faults import Fault, Faults, did_you_mean, quoted
from guide.library import read_library
from guide.new_clinic import new_clinic
from guide.own import chosen_clinic, read_own_pages
from guide.pages import read_pages
from guide.places import ISO_DATE
from guide.project import CLINIC_FILE, clinic_path, open_guide
from guide.published import add_published, built_addresses, lost_addresses
from guide.scores import GUIDE, READERS, read_instruments, read_open, read_sheets, score_lines, shortfalls, stray_faults
from guide.second_look import check_lines
from guide.wording import read_claims, word_faults

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
DOCS = ROOT / "docs"
SCHEMA = DATA / "clinic.schema.json"


class _NavLoader(yaml.SafeLoader):
    """Reads mkdocs.yml for its nav alone: MkDocs' own tags, such as !ENV, are passed over."""


_NavLoader.add_multi_constructor("!", lambda loader, suffix, node: None)


def check(*seen_from: str) -> int:
    """Print every fault, every value that is still an example, what does not go together, is past due or left empty; 1 where there is a fault.

    seen_from  the day from which it is seen, as year-month-day; left out, today
    """
    day, named = _day(seen_from), chosen_clinic(ROOT, os.environ.get("CLINIC"))
    guide = checked_guide(ROOT, named, DOCS, _nav())
    _show(check_lines(guide, own_pages(guide), day, named or CLINIC_FILE))
    return 0


def _day(words: Sequence[str]) -> date:
    """A day as it was typed, or today."""
    try:
        return date.fromisoformat(words[0]) if words else date.today()
    except ValueError:
        raise Faults([Fault("check", 0, "", quoted(words[0]), "write a day as year-month-day, such as 2027-01-31")]) from None


def new(*file: str) -> int:
    """Ask the questions of the clinic file and write it; 1 where the person stops before.

    file  the clinic file to write; left out, the one in CLINIC, or else the clinic's own
    """
    named = next(iter(file), None) or os.environ.get("CLINIC") or None
    return new_clinic(ROOT, named, sys.stdin.buffer, sys.stdout, sys.stdin.isatty())


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


def published() -> int:
    """Add what the built site publishes to the list of published addresses; 1 where one of them leads nowhere."""
    site = ROOT / "site"
    if not (site / "index.html").is_file():
        raise Faults([Fault("site", 0, "", "no built guide", "build it first, as make published does")])
    added = add_published(DATA, built_addresses(site, read_pages(DOCS)))
    _show([*(f"Added: {address}" for address in added), f"{len(added)} added."])
    lost = list(lost_addresses(DATA, site))
    if lost:
        raise Faults(lost)
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
    clinic_file = chosen_clinic(ROOT, os.environ.get("CLINIC"))
    pages = [*read_pages(DOCS), *read_own_pages(clinic_path(ROOT, clinic_file), clinic_file or CLINIC_FILE)]
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
    most: int = 1000
    form: re.Pattern[str] | None = None  # of each of these words, where not any will do

    def fits(self, words: list[str]) -> bool:
        return (self.least <= len(words) <= self.most if self.after else not words) and all(self.form.match(word) for word in words if self.form)


COMMANDS = {
    "new": Command(new, "[FILE]", most=1),
    "check": Command(check, "[DAY]", most=1, form=ISO_DATE),
    "schema": Command(schema),
    "published": Command(published),
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
