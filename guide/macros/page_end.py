"""How each page ends: its sources, when it was reviewed and by whom; and the same facts for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from guide.macros.evidence import source_list
from guide.project import Guide

SCHEMA_DAYS = {"monday": "Mo", "tuesday": "Tu", "wednesday": "We", "thursday": "Th", "friday": "Fr", "saturday": "Sa", "sunday": "Su"}


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


def structured_data(guide: Guide, on: Mapping[str, Any], address: str) -> Markup:
    """The page and the clinic in schema.org's words, as JSON that is safe inside a script element.

    on       the page's front matter and notes
    address  the page's own address; empty where the site has none
    """
    page = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": on["title"],
        "description": on["description"],
        "inLanguage": "en",
        "lastReviewed": on["reviewed_on"].isoformat(),
        "about": {"@type": "MedicalProcedure", "name": guide.words["structured"]["procedure"]},
        "publisher": _clinic(guide),
        "citation": [guide.library.references[source].title for source in on.get("cited", [])],
    }
    if address:
        page["url"] = address
    if guide.clinic.named_reviewer:
        named = guide.clinic.named_reviewer
        page["reviewedBy"] = {"@type": "Person", "name": named.name, "jobTitle": named.role}
    return json_for_html(page)


def _clinic(guide: Guide) -> dict[str, Any]:
    facts = guide.clinic
    return {
        "@type": "MedicalClinic",
        "name": facts.name,
        "legalName": facts.legal_name,
        "address": facts.address_line,
        "telephone": facts.phones.main.e164,
        "email": facts.email,
        "url": facts.website,
        "openingHours": [
            f"{short} {span.opens}-{span.closes}"
            for day, short in SCHEMA_DAYS.items()
            for span in facts.opening_hours.spans(day)
        ],
    }


def json_for_html(value: Any) -> Markup:
    """JSON in which no character can end the script element or begin markup."""
    text = json.dumps(value, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)
