"""What reaches over all pages: every question from A to Z, what changed, and when each page was reviewed."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from markupsafe import Markup

from guide.entries import Topic
from guide.macros.words import by_letter
from guide.pages import address_of
from guide.project import Guide

RELEASE = re.compile(r"^## (.+)$", re.M)


def questions_a_to_z(guide: Guide, *, on: MutableMapping[str, Any]) -> Markup:
    """Every topic under each word that a reader may look for, in the order of the alphabet.

    Page: {{ questions_a_to_z() }}
    """
    entries = (
        {"word": word, "question": _question(guide, topic), "href": _href(topic.page, topic.heading, on)} for topic in guide.library.topics.values() for word in topic.index
    )
    return guide.draw("questions", letters=by_letter(entries, lambda entry: entry["word"]))


def _question(guide: Guide, topic: Topic) -> str:
    """The heading at a topic's home, or the topic's name where the pages are not at hand."""
    headings = (heading for page in guide.pages if page.name == topic.page for heading in page.headings)
    return next((heading.text for heading in headings if heading.id == topic.heading), topic.name)


def _href(page: str, heading: str, on: MutableMapping[str, Any]) -> str:
    return f"{on.get('to_root', '')}{address_of(page)}#{heading}"


def changes(guide: Guide) -> Markup:
    """What changed in the guide and when, newest first, as CHANGELOG.md has it.

    Page: {{ changes() }}
    """
    _, *parts = RELEASE.split(guide.changelog)
    releases = [{"title": title, "groups": list(_groups(text))} for title, text in zip(parts[::2], parts[1::2], strict=True)]
    return guide.draw("changes", releases=releases)


def _groups(text: str) -> list[dict[str, Any]]:
    """The changes by whom they are for: lines that begin with a dash, below one that does not."""
    groups: list[dict[str, Any]] = []
    for line in filter(None, text.splitlines()):
        if line.startswith("- "):
            groups[-1]["lines"].append(line.removeprefix("- ").replace("`", ""))
        else:
            groups.append({"label": line, "lines": []})
    return groups


def review_dates(guide: Guide, *, on: MutableMapping[str, Any]) -> Markup:
    """Every page with the day of its last review and the day by which the next is due.

    Page: {{ review_dates() }}
    """
    rows = [
        {"title": page.facts.title, "href": f"{on.get('to_root', '')}{page.address}", **{key: guide.written(getattr(page.facts, key)) for key in ("reviewed_on", "review_by")}}
        for page in guide.pages
    ]
    return guide.draw("review-dates", rows=rows)
