"""The commands that make of a built guide what a host needs, and the zips."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from guide.faults import Fault, Faults
from guide.hosts.classic import UnknownModule
from guide.hosts.portable import LeadsNowhere, any_folder, offline
from guide.hosts.recipes import write_recipe
from guide.hosts.zips import FOLDER, write_zip
from guide.own import chosen_clinic
from guide.project import Guide, open_guide

BUILD = "build"
SITE = "site"


def write_host(root: Path, clinic: str | None, name: str, address: str = "") -> Iterator[str]:
    """Write what one host needs into build/, and give the lines to print.

    root     the project's folder
    clinic   what the person wrote for CLINIC
    name     the host, as `recipes.RECIPES` has it
    address  where the host says that the guide will stand

    Errors: Faults with what is wrong.
    """
    yield from write_recipe(name, _guide(root, clinic), root / SITE, root / BUILD, address)


def write_portable(root: Path, clinic: str | None) -> Iterator[str]:
    """Write the zip for any folder of any host, and give the lines to print."""
    file = root / BUILD / f"{FOLDER}.zip"
    write_zip(file, any_folder(_guide(root, clinic), root / SITE))
    yield f"Written: {file}"
    yield "What to do next: hosting/README.md, under zip."


def write_offline(root: Path, clinic: str | None) -> Iterator[str]:
    """Write the zip for a disk, and give the lines to print.

    Errors: Faults with what is wrong.
    """
    file = root / BUILD / f"{FOLDER}-offline.zip"
    try:
        write_zip(file, offline(_guide(root, clinic), root / SITE))
    except (UnknownModule, LeadsNowhere) as error:
        raise Faults([Fault(SITE, 0, "", str(error), "mend it, and build again")]) from None
    yield f"Written: {file}"
    yield "What to do next: hosting/README.md, under offline."


def _guide(root: Path, clinic: str | None) -> Guide:
    return open_guide(root, chosen_clinic(root, clinic))
