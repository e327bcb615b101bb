"""What the theme prints round every page: names, numbers and words, as plain text that templates escape."""

from __future__ import annotations

from typing import Any

from guide.project import Guide
from guide.publish.brand import logo_path


def site_name(guide: Guide) -> str:
    """The site's name: the guide's and the clinic's."""
    return guide.words["shell"]["site_name"].format(clinic=guide.clinic.name)


def extra(guide: Guide) -> dict[str, Any]:
    """Values for the theme's templates, under config.extra."""
    facts, emergency = guide.clinic, guide.country.emergency
    return {
        "words": guide.words,
        "version": guide.version,
        "example_banner": bool(facts.example_values()),
        "clinic": {
            "name": facts.name,
            "address": facts.address_line,
            "phone_display": facts.phones.main.display,
            "phone_e164": facts.phones.main.e164,
            "emergency_display": emergency.number,
            "emergency_e164": emergency.number.replace(" ", ""),
            "logo": logo_path(facts),
        },
    }
