"""The way from a page to what clinics need to lead people to the guide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from guide.links.kit import LINKS
from guide.project import Guide


def link_kit(guide: Guide, *, on: Mapping[str, Any]) -> Markup:
    """A link to the page for clinics, in one line.

    Page: {{ link_kit() }}
    """
    return guide.draw("link-to-kit", href=f"{on.get('to_root', '')}{LINKS}")
