"""What belongs to the clinic and not to the guide, so that no newer guide touches it: its clinic file, and pages of its own."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from guide.faults import Fault, Faults
from guide.pages import PageSource
from guide.places import read_text
from guide.project import CLINIC_FILE

OWN = "own"  # the folder of the clinic's own, beside the guide's
PAGES = "pages"
ADDRESS = "clinic"  # the folder of the site in which own pages stand: no page of the guide ever does
PAGE_NAME = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*\.md")


def own_clinic(root: Path) -> Path:
    """Where the clinic's own file is, or will be.

    root  the project's folder
    """
    return root / OWN / CLINIC_FILE


def chosen_clinic(root: Path, named: str | None) -> str | None:
    """The clinic file to read, as the person knows it: the one that they named, or the clinic's own; None for the example that came with the guide."""
    own = own_clinic(root)
    if named or not own.is_file():
        return named
    try:
        return os.path.relpath(own)
    except ValueError:  # on Windows, no way leads from one disk to another
        return str(own)


@dataclass(frozen=True)
class OwnPage(PageSource):
    """A page of the clinic's own.

    shown  the file as the person knows it, for faults
    path   where the file is
    """

    shown: str
    path: Path

    @property
    def file(self) -> str:
        return self.shown


def pages_folder(clinic_file: Path) -> Path:
    """Where a clinic's own pages are: in `pages` beside clinic.yml, and in `leeds-pages` beside leeds.yml."""
    return clinic_file.with_name(PAGES if clinic_file.name == CLINIC_FILE else f"{clinic_file.stem}-{PAGES}")


def read_own_pages(clinic_file: Path, shown: str) -> list[OwnPage]:
    """The clinic's own pages, in the order of their names; none where there is no such folder.

    clinic_file  where the clinic file is
    shown        the clinic file as the person knows it

    Errors: Faults with every file there that is no page, or cannot be read.
    """
    folder = pages_folder(clinic_file)
    pages, faults = [], []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        inside = path.relative_to(folder)
        if path.is_dir() or any(part.startswith(".") for part in inside.parts):
            continue
        name = (Path(shown).parent / folder.name / inside).as_posix()
        found = _name_faults(name, inside.as_posix())
        text, unread = (None, []) if found else read_text(path, name)
        faults += [*found, *unread]
        pages.append(OwnPage(f"{ADDRESS}/{inside.as_posix()}", text or "", name, path))
    if faults:
        raise Faults(faults)
    return pages


def _name_faults(shown: str, inside: str) -> list[Fault]:
    if inside.lower().endswith((".md.txt", ".txt", ".docx", ".doc", ".rtf", ".pdf", ".html")) or not inside.lower().endswith(".md"):
        return [Fault(shown, 0, "", "a file that is no page", "save the page as plain text under a name that ends in .md, such as parking.md, and keep other files elsewhere")]
    if not PAGE_NAME.fullmatch(inside):
        return [Fault(shown, 0, "", "a name that makes no good web address", "use small letters, digits and single hyphens only, such as car-park.md")]
    return []
