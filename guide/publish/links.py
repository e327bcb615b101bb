"""The link kit in the built folder: links.json, its schema, a page and a QR code for each topic, sheets to print, and their style sheet."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from guide.faults import Fault, Faults
from guide.links.kit import JSON, LINKS, QUIET, SIZES, Subject, Told, has_poster, links, subjects
from guide.links.pages import list_page, poster_page, poster_place, topic_page
from guide.links.model import SCHEMA
from guide.project import Guide
from guide.publish.search import INDEX, SENTENCE
from guide.publish.styles import COMMENT, SPACE

PARTS = "assets/css/links"  # a folder of its own, so that its files are not joined into the style sheet of patients' pages
WHOLE = "assets/css/links.css"
PIXELS = 10  # of a module in the PNG
DOTS_PER_INCH = 254  # so that a module is a millimetre in the PNG too


def write_links(guide: Guide, site: Path) -> None:
    """Write the link kit.

    site  the built folder, with the index of the search

    Errors: Faults where a page stands in its place; OSError where a file cannot be written.
    """
    _keep_free(guide)
    _write_style(site)
    every = list(subjects(guide, told(guide, site)))
    kit = links(guide, every)
    (site / JSON).write_text(json.dumps(kit.model_dump(), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    shutil.copyfile(guide.root / "data" / SCHEMA, site / SCHEMA)
    _write(site, LINKS, list_page(guide, every))
    for subject, topic in zip(every, [kit.whole, *kit.topics], strict=True):
        _write(site, subject.place, topic_page(guide, subject, topic))
        _write_code(subject, site / subject.place)
        for size in SIZES:
            if has_poster(subject, size):
                _write(site, poster_place(subject, size), poster_page(guide, subject, size))


def _keep_free(guide: Guide) -> None:
    faults = [Fault(page.file, 0, "", "a page where the link kit stands", f"give it another folder and name than {LINKS.rstrip('/')}") for page in guide.pages if page.address.startswith(LINKS)]
    if faults:
        raise Faults(faults)


def told(guide: Guide, site: Path) -> dict[str, Told]:
    """How pages answer each topic, by slug, as the search tells it.

    site  the built folder: its index begins with the homes of the topics, in the order of data/topics.yml
    """
    homes = json.loads((site / INDEX).read_text(encoding="utf-8"))["homes"]
    return {slug: Told(title, SENTENCE.split(snippet)[0]) for slug, (_, _, title, snippet) in zip(guide.library.topics, homes, strict=False)}


def _write_style(site: Path) -> None:
    """Join the kit's style sheets into one, and leave that one alone."""
    parts = sorted((site / PARTS).glob("*.css"))
    joined = "".join(SPACE.sub(" ", COMMENT.sub("", part.read_text(encoding="utf-8"))).strip() + "\n" for part in parts)
    (site / WHOLE).write_text(joined, encoding="utf-8")
    shutil.rmtree(site / PARTS)


def _write_code(subject: Subject, folder: Path) -> None:
    """The QR code as a drawing in millimetres, one to a module, and as a picture of the same size."""
    with (folder / "qr.svg").open("wb") as svg, (folder / "qr.png").open("wb") as png:
        subject.code.save(svg, kind="svg", unit="mm", border=QUIET, light="#fff", title=subject.typed)
        subject.code.save(png, kind="png", scale=PIXELS, border=QUIET, dpi=DOTS_PER_INCH)


def _write(site: Path, address: str, page: str) -> None:
    file = site / address / "index.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{page}\n", encoding="utf-8")
