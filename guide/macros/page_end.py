"""How each page ends: its sources, and when it was reviewed and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from guide.macros.evidence import source_list
from guide.project import Guide


def page_end(guide: Guide, on: Mapping[str, Any]) -> Markup:
    """The list of sources and the review line."""
    reviewer = guide.clinic.named_reviewer
    review = guide.draw(
        "review-line",
        reviewed_on=guide.written(on["reviewed_on"]),
        review_by=guide.written(on["review_by"]),
        reviewer=reviewer,
        checked_on=guide.written(reviewer.reviewed_on) if reviewer else "",
    )
    return Markup("{}\n\n{}").format(source_list(guide, on), review)
