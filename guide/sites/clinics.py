"""Which clinics there are: every clinic file in `clinics/`, by the name of its site; and how runners share them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from guide.faults import Fault, quoted
from guide.project import CLINIC_FILE

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = 63  # characters, so that a name can also be the first part of a web address
# Names that Windows keeps for devices: no folder there can have them.
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
ENDING = ".yml"


@dataclass(frozen=True)
class ClinicFile:
    """A clinic's file in the folder of many.

    slug    the name of its site
    shown   the file as the person knows it, such as `clinics/leeds.yml`
    faults  why it cannot have a site, where it cannot
    """

    slug: str
    shown: str
    faults: tuple[Fault, ...] = field(default=(), compare=False)


def find_clinics(folder: Path, shown: str) -> list[ClinicFile]:
    """Every clinic file in a folder, by slug: `leeds.yml`, or `clinic.yml` in a folder `leeds` of its own.

    Pictures, folders of own pages, drafts and hidden files are passed over.

    folder  the folder
    shown   the folder as the person knows it
    """
    found = [ClinicFile(slug, f"{shown}/{name}") for slug, name in _named(folder)]
    return sorted((_judged(clinic, found) for clinic in found), key=lambda clinic: (clinic.slug, clinic.shown))


def _named(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        if path.is_dir() and (path / CLINIC_FILE).is_file():
            yield path.name, f"{path.name}/{CLINIC_FILE}"
        elif path.suffix.lower() in (ENDING, ".yaml") and path.is_file():
            yield path.name.removesuffix(ENDING), path.name


def _judged(clinic: ClinicFile, others: Sequence[ClinicFile]) -> ClinicFile:
    """The clinic file with what is wrong in its name."""
    twins = [other.shown for other in others if other.slug == clinic.slug and other.shown != clinic.shown]
    if not SLUG.fullmatch(clinic.slug) or clinic.slug in DEVICES or len(clinic.slug) > LONGEST:
        advice = f"a clinic's site has the name of its file: use small letters, digits and single hyphens, {LONGEST} at most, such as leeds{ENDING}"
        return ClinicFile(clinic.slug, clinic.shown, (Fault(clinic.shown, 0, "", f"the name {quoted(clinic.slug)}", advice),))
    if twins:
        return ClinicFile(clinic.slug, clinic.shown, (Fault(clinic.shown, 0, "", f"a second clinic file for {quoted(clinic.slug)}, beside {twins[0]}", "keep one of the two"),))
    return clinic


def shard(clinics: Sequence[ClinicFile], number: int, of: int) -> list[ClinicFile]:
    """One runner's share of all clinics, by slug.

    The shares differ by one clinic at most, each clinic is in one of them, and every machine cuts them alike.
    A clinic that comes or goes moves no more than one clinic from each share to the next.

    number  which share, from 1
    of      how many shares there are
    """
    spread = sorted(clinics, key=lambda clinic: (hashlib.sha256(clinic.slug.encode()).digest(), clinic.shown))
    start, end = (len(spread) * each // of for each in (number - 1, number))
    return sorted(spread[start:end], key=lambda clinic: (clinic.slug, clinic.shown))
