"""Facts about the guide itself: how it was checked for access, what it rests on, how to report a mistake, and how to credit it."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any, get_args
from urllib.parse import quote

from markupsafe import Markup

from guide.entries import Source
from guide.macros.clinic import phone
from guide.project import Guide

# What data/references.yml says of a paper of which no more than its abstract was read.
ABSTRACT_ONLY = re.compile(r"abstract( copy|, in a copy| \([^)]*\))?")

MAILBOX = "@+'"  # what an address may hold that means nothing else in a link: RFC 6068


def access_checks(guide: Guide) -> Markup:
    """How the guide was checked for access, with what the last run of each check found, and when.

    Page: {{ access_checks() }}
    """
    every = guide.library.access.values()
    checks = [{"says": check.says, "ran": check.ran, "failed": check.failed, "day": guide.written(check.ran_on) if check.ran_on else ""} for check in every]
    browsers = list(dict.fromkeys(check.browser for check in every if check.browser))
    return guide.draw("access-checks", checks=checks, browsers=browsers)


def evidence_base(guide: Guide, *, on: MutableMapping[str, Any]) -> Markup:
    """How many sources of each kind the guide rests on, how many were read as a short summary only, and when the last was looked at.

    Page: {{ evidence_base() }}
    """
    sources = guide.library.references.values()
    names = guide.words["source_kinds"]
    kinds = [(names[kind.replace("-", "_")], [source for source in sources if source.kind == kind]) for kind in get_args(Source.model_fields["kind"].annotation)]
    rows = [{"kind": kind, "count": len(found), "abstracts": _abstracts(found)} for kind, found in kinds if found]
    looked = guide.written(max(source.accessed_on for source in sources))
    return guide.draw("evidence-base", rows=rows, count=len(sources), abstracts=_abstracts(list(sources)), looked=looked, href=f"{on.get('to_root', '')}about/sources/")


def _abstracts(sources: list[Source]) -> int:
    return sum(bool(ABSTRACT_ONLY.fullmatch(source.seen)) for source in sources)


def report_mistake(guide: Guide) -> Markup:
    """How to tell the clinic of a mistake in the guide: by phone, or by a mail that says what it is about.

    Page: {{ report_mistake() }}
    """
    facts, words = guide.clinic, guide.words["trust"]
    about = f"subject={quote(words['mistake_subject'])}&body={quote(words['mistake_body'])}"
    mail = f"mailto:{quote(facts.email, safe=MAILBOX)}?{about}" if facts.email else None
    return guide.draw("report-mistake", phone=phone(guide, "main"), email=facts.email, mail=mail)


def credit(guide: Guide) -> Markup:
    """The line that credits the guide, ready to copy: its name, its version, its licence and where it stands.

    Page: {{ credit() }}
    """
    return guide.draw("credit", name=guide.words["shell"]["guide_name"], version=guide.version, address=guide.clinic.site_url)
