"""Facts about the guide itself: counted from the data, filled in for the clinic, and harmless whatever the clinic types."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

from guide.macros.trust import access_checks, credit, evidence_base, report_mistake
from guide.project import Guide

MARKUP = re.compile(r"<[^>]+>")


def text_of(markup: str) -> str:
    return " ".join(html.unescape(MARKUP.sub(" ", markup)).split())


def test_sources_are_counted_by_kind_and_by_how_much_was_read(guide: Guide) -> None:
    shown = text_of(evidence_base(guide, on={}))
    sources = guide.library.references.values()
    assert f"The {len(sources)} sources" in shown
    assert f"Of {sum(source.seen.startswith('abstract') and ' and ' not in source.seen and 'introduction' not in source.seen for source in sources)} we read only the abstract" in shown
    assert sum(int(count) for count in re.findall(r'<td data-label="How many">(\d+)</td>', evidence_base(guide, on={}))) == len(sources)
    assert guide.written(max(source.accessed_on for source in sources)) in shown


def test_a_paper_that_was_read_further_is_no_abstract_only(guide: Guide) -> None:
    library = guide.library
    before, some = evidence_base(guide, on={}), next(source for source in library.references.values() if source.seen == "abstract")
    further = replace(library, references={**library.references, some.id: some.model_copy(update={"seen": "abstract, introduction and methods"})})
    count = re.compile(r"Of (\d+) we read")
    assert int(count.search(evidence_base(replace(guide, library=further), on={}))[1]) == int(count.search(before)[1]) - 1


def test_a_fault_that_the_checks_found_is_not_hidden(guide: Guide) -> None:
    library = guide.library
    name, check = next(iter(library.access.items()))
    run = check.model_copy(update={"ran": 40, "failed": 3, "ran_on": date(2026, 1, 15), "browser": "Chromium 1.2"})
    shown = access_checks(replace(guide, library=replace(library, access={**library.access, name: run})))
    assert all(part in shown for part in (">40<", ">3<", "15 January 2026", "Chromium 1.2"))


def test_a_check_that_was_not_run_yet_says_so_and_claims_no_result(guide: Guide) -> None:
    library = guide.library
    never = {name: check.model_copy(update=dict.fromkeys(("ran", "failed", "ran_on", "browser"))) for name, check in library.access.items()}
    shown = access_checks(replace(guide, library=replace(library, access=never)))
    assert "none" not in shown and shown.count(">not known yet<") == len(never) and guide.words["trust"]["access_browser"] not in shown


def test_a_mistake_is_told_to_the_clinic_by_phone_or_by_a_mail_that_says_what_it_is_about(guide: Guide, other_guide: Guide) -> None:
    for one in (guide, other_guide):
        shown = report_mistake(one)
        assert f"tel:{one.clinic.phones.main.e164}" in shown
        mail = html.unescape(re.search(r'href="(mailto:[^"]*)"', shown)[1])
        assert unquote(urlsplit(mail).path) == one.clinic.email and set(parse_qs(urlsplit(mail).query)) == {"subject", "body"}


def test_the_credit_names_the_guide_its_version_licence_and_address(guide: Guide) -> None:
    shown = text_of(credit(guide))
    for part in (guide.words["shell"]["guide_name"], guide.version, "CC BY 4.0", guide.clinic.site_url):
        assert part in shown
