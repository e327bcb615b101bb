"""Drawings with their words: each is a file that takes its words from the data, so that a second language is data."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from markupsafe import Markup

from guide.entries import LINE_END, Drawing
from guide.faults import MacroFault, did_you_mean, quoted
from guide.macros.evidence import marks
from guide.project import Guide, shown_as_typed

LEADING = 18  # units from one line of a label to the next


def drawing(guide: Guide, name: str, *, on: MutableMapping[str, Any]) -> Markup:
    """A drawing, and below it a sentence that says what it shows.

    name  id of data/drawings.yml

    Errors: MacroFault for a drawing that there is none of.

    Page: {{ drawing("skin-depths") }}
    """
    drawings = guide.library.drawings
    if name not in drawings:
        raise MacroFault(f"the unknown drawing {quoted(name)}", did_you_mean(name, list(drawings), "see data/drawings.yml"))
    on["drawings"] = on.get("drawings", 0) + 1
    shown, key = drawings[name], f"drawing-{name}-{on['drawings']}"
    return guide.draw("drawing", drawing=shown, picture=picture(guide, shown, key), marks=marks(guide, shown.sources, on))


def picture(guide: Guide, drawing: Drawing, key: str) -> Markup:
    """The drawing as an svg element, its words filled in.

    drawing  the entry of data/drawings.yml
    key      begins every id in it, so that a page can hold many drawings
    """
    return guide.fill(f"{drawing.id}.svg", drawing=drawing, labels=drawing.labels, key=key, lines=lines)


def lines(label: str, x: int, y: int) -> Markup:
    """A label of more than one line as text elements, one to a line.

    label  its text, with ` | ` where a line ends
    x, y   where its first line stands, in units of the drawing
    """
    element = Markup('<text x="{}" y="{}">{}</text>')
    return Markup(" ").join(element.format(x, y + LEADING * place, shown_as_typed(line)) for place, line in enumerate(label.split(LINE_END)))
