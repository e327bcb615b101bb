"""Puts a built guide into the folder that a host serves, beside the host's configuration."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

from guide.hosts.rules import TEXT
from guide.publish.headers import HEADERS
from guide.publish.permanent import REDIRECTS

PUBLIC = "public"  # what the host serves; beside it stands what the host is told
FOR_ONE_HOST = (HEADERS, REDIRECTS)  # each recipe writes its own, or has no use for them
LEAST_PACKED = 256  # bytes: packing less than a packet saves nothing


def copy_site(site: Path, public: Path, base: str) -> Path:
    """Copy the pages to where the host has them, and give that folder.

    site    the built folder
    public  the folder that the host serves
    base    the guide's folder there, from / to /

    Errors: OSError where something cannot be written.
    """
    place = public / base.strip("/") if base.strip("/") else public
    shutil.copytree(site, place, ignore=_left_out(site), dirs_exist_ok=True)
    return place


def _left_out(site: Path):
    """Leave out the files for one host, and hidden ones, which are the last host's own."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        hidden = {name for name in names if name.startswith(".")}
        return hidden | (set(FOR_ONE_HOST) & set(names) if Path(folder) == site else set())

    return left_out


def pack(folder: Path) -> None:
    """Write beside each text a packed copy, for a host that sends it as it is. The same bytes each time.

    folder  all files of which are packed, where that makes them smaller
    """
    for file in sorted(folder.rglob("*")):
        if file.suffix.lstrip(".") in TEXT and file.is_file():
            plain = file.read_bytes()
            packed = gzip.compress(plain, 9, mtime=0)
            if len(plain) >= LEAST_PACKED and len(packed) < len(plain):
                file.with_name(f"{file.name}.gz").write_bytes(packed)


def write(file: Path, text: str) -> None:
    """Write a text file, with its folder, and with lines that end as servers read them on any system."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
