"""Reads a tagged PDF back: its tree of parts, what each side draws and under which mark, its fonts and its links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

SHOWS = {b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do", b"EI"}  # what leaves ink


def opened(file: Path) -> PdfReader:
    """A PDF, with any slip in its form as a failure."""
    return PdfReader(file, strict=True)


@dataclass(frozen=True)
class Part:
    """One part of the tree.

    kind   its tag, such as H1
    alt    the words that stand for a picture; empty where there are none
    marks  the marks of the page's text that it holds itself, each with its side
    kids   the parts in it
    """

    kind: str
    alt: str
    marks: list[tuple[int, int]]
    kids: list[Part]

    def all(self, *kinds: str) -> Iterator[Part]:
        """This part and all in it, in the order of reading; of some kinds alone, where any are named."""
        if not kinds or self.kind in kinds:
            yield self
        for kid in self.kids:
            yield from kid.all(*kinds)

    def every_mark(self) -> list[tuple[int, int]]:
        return [mark for part in self.all() for mark in part.marks]


def tree(pdf: PdfReader) -> Part:
    """The document's tree of parts."""
    sides = {page.indirect_reference.idnum: number for number, page in enumerate(pdf.pages)}
    return _part(pdf.root_object["/StructTreeRoot"]["/K"][0].get_object(), sides, 0)


def _part(entry: DictionaryObject, sides: dict[int, int], side: int) -> Part:
    side = sides[entry.raw_get("/Pg").idnum] if "/Pg" in entry else side
    kids = entry.get("/K", [])
    kids = [kid.get_object() for kid in (kids if isinstance(kids, ArrayObject) else [kids])]
    marks = [(side, kid) for kid in kids if isinstance(kid, int)]
    parts = [_part(kid, sides, side) for kid in kids if isinstance(kid, DictionaryObject) and "/S" in kid]
    return Part(entry["/S"][1:], entry.get("/Alt", ""), marks, parts)


@dataclass(frozen=True)
class Drawn:
    """What a side draws.

    marks     each mark, with the font and the bytes of its letters
    running   how many pieces of what runs along the page it has
    unmarked  what leaves ink and has no mark
    """

    marks: dict[int, list[tuple[str, bytes]]]
    running: int
    unmarked: list[str]


def drawn(page: PageObject, pdf: PdfReader) -> Drawn:
    """What a side draws, and under which mark."""
    marks: dict[int, list[tuple[str, bytes]]] = {}
    running, unmarked, open_marks, font = 0, [], [], ""
    for words, operator in ContentStream(page.get_contents(), pdf).operations:
        if operator in (b"BDC", b"BMC"):
            about = words[1] if len(words) > 1 else {}
            running += about.get("/Type") == "/Pagination"
            open_marks.append("/Artifact" if words[0] == "/Artifact" else about.get("/MCID"))
        elif operator == b"EMC":
            open_marks.pop()
        elif operator == b"Tf":
            font = words[0]
        elif operator in SHOWS:
            mark = next((mark for mark in reversed(open_marks) if mark is not None), None)
            if mark is None:
                unmarked.append(operator.decode())
            elif isinstance(mark, int):
                marks.setdefault(mark, []).extend((font, bytes(piece.original_bytes)) for piece in _letters(words))
    return Drawn(marks, running, unmarked)


def _letters(words: list) -> Iterator:
    for word in words:
        yield from (piece for piece in (word if isinstance(word, ArrayObject) else [word]) if hasattr(piece, "original_bytes"))


def text_of(part: Part, pdf: PdfReader, sides: list[Drawn]) -> str:
    """What a part says, in the order of the tree: what a voice reads."""
    said = []
    for side, mark in part.every_mark():
        letters = {name: _unicode(font) for name, font in pdf.pages[side]["/Resources"]["/Font"].items()}
        said += ["".join(letters[font].get(raw[at : at + 2], "\ufffd") for at in range(0, len(raw), 2)) for font, raw in sides[side].marks.get(mark, [])]
    return "".join(said)


def _unicode(font: DictionaryObject) -> dict[bytes, str]:
    """Which letters each glyph of a font stands for, as the file itself says."""
    table = font.get_object()["/ToUnicode"].get_data().decode("ascii")
    pairs = re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]*)>", table)
    return {bytes.fromhex(glyph): bytes.fromhex(letters).decode("utf-16-be") for glyph, letters in pairs}


def fonts(pdf: PdfReader) -> dict[str, DictionaryObject]:
    """Every font by its name, with what describes it."""
    found = {}
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            found[font["/BaseFont"]] = inner["/FontDescriptor"].get_object()
    return found


def links(pdf: PdfReader) -> list[str]:
    """Where each link of the file leads."""
    marked = [annotation.get_object() for page in pdf.pages for annotation in page.get("/Annots", [])]
    return [str(annotation["/A"]["/URI"]) if "/A" in annotation else f"#{annotation['/Dest']}" for annotation in marked]
