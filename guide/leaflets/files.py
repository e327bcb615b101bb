"""The files: every hand-out on every paper, made beside those of last time, which they replace only when all went well."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from guide.faults import Fault, Faults, quoted
from guide.leaflets.engine import PAPERS, Engine
from guide.leaflets.sheet import read_sheet, sheet_pages
from guide.project import Guide
from guide.publish.swap import stage_beside

NAME = re.compile(rf"[a-z0-9-]+-(?:{'|'.join(PAPERS)})\.pdf")
UNTOUCHED = "the leaflets of last time are untouched"


def make_leaflets(guide: Guide, folder: Path) -> Iterator[str]:
    """Build the guide aside, make every hand-out from it, and tell of each file once all of them stand.

    guide   the guide, with its pages
    folder  where the files will stand, with nothing but leaflets in it

    Errors: Faults where WeasyPrint is missing, the folder holds something else, the guide cannot be built, a hand-out cannot be set or a file cannot be written.
    """
    engine = Engine()  # before the build, so that nobody waits to hear what to install
    _only_leaflets(folder)
    try:
        with tempfile.TemporaryDirectory() as aside:
            site = Path(aside) / "site"
            _build(guide.root, site)
            yield from write_leaflets(guide, engine, site, folder)
            yield f"The leaflets stand in {folder}"
    except OSError as error:
        found = f"a file or folder that cannot be written ({error.strerror or error})"
        raise Faults([Fault(str(error.filename or folder), 0, "", found, f"make room or name another folder; {UNTOUCHED}")]) from None


def write_leaflets(guide: Guide, engine: Engine, site: Path, folder: Path) -> list[str]:
    """Write every hand-out of a built site, and put the folder in its place; a line for each file.

    site  the built folder

    Errors: Faults where a hand-out cannot be set; OSError where a file cannot be written.
    """
    staged, told = stage_beside(folder), []
    try:
        for page in sheet_pages(guide):
            sheet = read_sheet(guide, page, site)
            for paper in PAPERS:
                name, leaflet = f"{sheet.name}-{paper}.pdf", engine.leaflet(sheet, paper)
                (staged.new / name).write_bytes(leaflet.content)
                told.append(f"{name}: {leaflet.sides} {'side' if leaflet.sides == 1 else 'sides'} of {PAPERS[paper]}")
        staged.publish()
    finally:
        staged.clear()
    return told


def _only_leaflets(folder: Path) -> None:
    """Refuse a folder with anything else in it, as the new one takes its place; hidden files stay."""
    if folder.exists() and not folder.is_dir():
        raise Faults([Fault(str(folder), 0, "", "a file", "name a folder, or a new one")])
    other = sorted(path.name for path in folder.glob("*") if not path.name.startswith(".") and not NAME.fullmatch(path.name))
    if other:
        raise Faults([Fault(str(folder), 0, "", f"{quoted(other[0])} in it", "name a folder for the leaflets alone, or a new one: all that is in it is replaced")])


def _build(root: Path, site: Path) -> None:
    """Build the guide as `make site` does, where nobody sees it; what is wrong is told by the build itself."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(root / "mkdocs.yml"), "--site-dir", str(site)]
    done = subprocess.run(command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    if done.returncode:
        raise Faults([Fault("leaflets", 0, "", "a guide that could not be built", f"mend what is told above; {UNTOUCHED}")])
