"""The foot of each side is told apart from the text: PDF/UA wants it marked as what runs along a page, so that no voice reads it out in the midst of a sentence.

WeasyPrint 70 marks it as text that stands in no part of the document. Here it becomes what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

RUNNING = "<</Type /Pagination>>"


def mark_running(document: Any, pdf: Any) -> None:
    """Mark as running along the page all text that no part of the document holds.

    document  what WeasyPrint has set; not used, but WeasyPrint gives it
    pdf       the file in the making, before it is written
    """
    held = set(_held(pdf, _number(pdf.catalog["StructTreeRoot"])))
    parents = pdf.objects[_number(pdf.objects[_number(pdf.catalog["StructTreeRoot"])]["ParentTree"])]["Nums"]
    for side, reference in enumerate(pdf.page_references):
        of_side = parents[2 * side + 1]
        running = {mark for mark, parent in enumerate(of_side) if _number(parent) not in held}
        _rename(pdf.objects[_number(pdf.objects[_number(reference)]["Contents"])].stream, running)
        for mark in running:
            of_side[mark] = "null"


def _held(pdf: Any, number: int) -> Iterator[int]:
    """The number of an object of the tree of parts, and of each below it."""
    yield number
    part = pdf.objects[number]
    for child in part.get("K", ()) if isinstance(part, dict) else ():
        if isinstance(child, bytes):
            yield from _held(pdf, _number(child))


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _rename(stream: list[Any], running: set[int]) -> None:
    """Give each of these marks of a page the name of what runs along it."""
    for place, part in enumerate(stream):
        if isinstance(part, dict) and part.get("MCID") in running:
            stream[place - 1 : place + 1] = ["/Artifact", RUNNING]
