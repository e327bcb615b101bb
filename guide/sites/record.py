"""What each site was made of, so that a second run builds only what changed.

Beside the sites, `.built/<slug>.json` says what a site was made of and what then stood in it. It is written once the site stands in
its place. While a site is being built its record is held, so that of two commands at once each site is built by one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from guide.own import pages_folder

FOLDER = ".built"
# All that a build reads but for the clinic's own files, seen from the project's folder.
SHARED = ("CHANGELOG.md", "mkdocs.yml", "requirements.txt", "data", "docs", "guide", "overrides")
PIN = re.compile(r"^([\w.-]+)==", re.M)


@dataclass(frozen=True)
class Record:
    """What is known of a site.

    made_of   fingerprint of all that it was made of
    stood     fingerprint of its files, by name, size and time
    logo      the clinic's logo, seen from the folder of its file; empty where there is none
    examples  how many of its values are still examples
    """

    made_of: str
    stood: str
    logo: str
    examples: int


def record_path(sites: Path, slug: str) -> Path:
    """Where the record of a site is.

    sites  the folder of the sites
    """
    return sites / FOLDER / f"{slug}.json"


def read_record(path: Path) -> Record | None:
    """A record; None where there is none that can be read."""
    try:
        return Record(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_record(path: Path, record: Record) -> None:
    """Write a record. One that is cut short reads as none.

    Errors: OSError where it cannot be written.
    """
    path.write_text(json.dumps(asdict(record)), encoding="utf-8")


def stands_as_recorded(record: Record | None, shared: str, clinic: Path, site: Path) -> bool:
    """Whether a site needs no build: nothing that it was made of has changed, and no file in it.

    shared  fingerprint of what all sites are made of
    clinic  the clinic file
    """
    return record is not None and record.made_of == made_of(shared, clinic, record.logo) and record.stood == standing(site)


def made_of(shared: str, clinic: Path, logo: str) -> str:
    """Fingerprint of all that a site is made of.

    shared  fingerprint of what all sites are made of
    clinic  the clinic file
    logo    the clinic's logo, seen from the folder of its file; empty where there is none
    """
    own = [clinic, pages_folder(clinic), *([clinic.parent / logo] if logo else [])]
    return _fingerprint([shared.encode(), *_contents(clinic.parent, own)])


def made_of_shared(root: Path) -> str:
    """Fingerprint of what all sites are made of: pages, data, code, templates, and the versions of what builds them.

    root  the project's folder
    """
    return _fingerprint([*_contents(root, [root / name for name in SHARED]), *_versions(root)])


def _versions(root: Path) -> Iterator[bytes]:
    yield str(sys.version_info[:3]).encode()
    for name in PIN.findall((root / "requirements.txt").read_text(encoding="utf-8")):
        try:
            yield f"{name} {version(name)}".encode()
        except PackageNotFoundError:
            yield f"{name} is missing".encode()


def _contents(folder: Path, paths: Iterable[Path]) -> Iterator[bytes]:
    """Name and content of each file, at any depth; a file that is not there is told from an empty one."""
    for path in paths:
        for file in sorted(_files(path)):
            yield file.relative_to(folder).as_posix().encode()
            yield b"here " + file.read_bytes() if file.is_file() else b"missing"


def _files(path: Path) -> Iterator[Path]:
    """The files of a folder that a build could read, or the file itself."""
    if not path.is_dir():
        yield path
        return
    for folder, inside, files in os.walk(path):
        inside[:] = [name for name in inside if name != "__pycache__" and not name.startswith(".")]
        yield from (Path(folder, name) for name in files if not name.startswith("."))


def standing(site: Path) -> str:
    """Fingerprint of the files in a site, by name, size and time; hidden ones at its top are the host's, and left out.

    Times count in whole seconds: archives, in which runners keep a site, hold no more.
    """
    return _fingerprint(f"{name} {size} {time}".encode() for name, size, time in sorted(_listed(os.fspath(site), "")))


def _listed(folder: str, below: str) -> Iterator[tuple[str, int, int]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    yield from () if name.startswith(".") else _listed(entry.path, f"{name}/")
                elif not name.startswith("."):
                    status = entry.stat(follow_symlinks=False)
                    yield name, status.st_size, int(status.st_mtime)
    except (FileNotFoundError, NotADirectoryError):
        yield below, -1, 0


def _fingerprint(parts: Iterable[bytes]) -> str:
    """One fingerprint of many parts, of which none can be taken for two."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()
