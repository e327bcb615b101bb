"""What a page tells machines, in the words of schema.org, as JSON-LD.

Decided here, and why:

- Nothing is said that the page or the clinic file does not say. `lastReviewed` is the day that the page shows; `reviewedBy` stands only where
  the clinic names the clinician who has read the guide, and then with the day on which they finished.
- Only a page on the treatment is a MedicalWebPage about it; one on the clinic, on privacy or on parking is a WebPage.
- `specialty` speaks of the page. The clinic's own is not told: no key of the clinic file says which it has.
- Facts that are the same on every page stand in full once, on the first page, under an `@id` that the others name: each page stays light.
- The path leaves sections out, as they have no page to lead to; on the first page there is none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from markupsafe import Markup

from guide.clinic import DAYS, REGIONS
from guide.entries import Source
from guide.macros.evidence import described
from guide.project import Guide
from guide.publish.brand import logo_path
from guide.publish.found import ABOUT_THE_CLINIC
from guide.publish.share_picture import SHARE_PICTURE
from guide.publish.shell import site_name

SCHEMA = "https://schema.org"
SCHEMA_DAYS = {day: day[:2].capitalize() for day in DAYS}
CLINIC, PROCEDURE, SITE = "#clinic", "#microneedling", "#site"  # each @id, after the guide's own address
HOME = ""
# Kinds of sources that are papers; all others are works of another kind, such as a label or a law.
PAPERS = {"meta-analysis", "systematic-review", "randomised-trial", "trial", "case-report", "laboratory", "review"}
PART = " | "  # between the names in a word that holds several

Thing = dict[str, Any]


def structured_data(guide: Guide, on: Mapping[str, Any], address: str) -> Markup:
    """The page, the clinic and the treatment in schema.org's words, as JSON that is safe inside a script element.

    on       the page's front matter and notes
    address  the page's own address, seen from the guide's first folder; empty for the first page
    """
    medical = bool(on["advice"] or on.get("cited")) and address != ABOUT_THE_CLINIC
    in_full = address in (HOME, ABOUT_THE_CLINIC)
    page = {
        "@context": SCHEMA,
        "@type": "MedicalWebPage" if medical else "WebPage",
        "url": guide.clinic.site_url + address,
        "name": on["title"],
        "description": on["description"],
        "inLanguage": "en",
        **_review(guide, on),
        **(_medical(guide, in_full=address == HOME) if medical else {}),
        "publisher": _clinic(guide) if in_full else _clinic_in_short(guide),
        "isPartOf": _site(guide) if address == HOME else {},
        "breadcrumb": _path(guide, on["title"], address) if address else {},
        "citation": [_source(guide, guide.library.references[source]) for source in on.get("cited", [])],
    }
    return json_for_html(_told(page))


def _told(thing: Thing) -> Thing:
    """A thing without what is empty."""
    return {key: value for key, value in thing.items() if value}


def _review(guide: Guide, on: Mapping[str, Any]) -> Thing:
    reviewer = guide.clinic.named_reviewer
    if not reviewer:
        return {"lastReviewed": on["reviewed_on"].isoformat()}
    return {"lastReviewed": reviewer.reviewed_on.isoformat(), "reviewedBy": {"@type": "Person", "name": reviewer.name, "jobTitle": reviewer.role}}


def _medical(guide: Guide, *, in_full: bool) -> Thing:
    """What a page on the treatment is about, and for whom."""
    words = guide.words["structured"]
    treatment = {"@type": "MedicalProcedure", "@id": guide.clinic.site_url + PROCEDURE, "name": words["procedure"]}
    if in_full:
        treatment |= {
            "alternateName": words["other_names"].split(PART),
            "procedureType": f"{SCHEMA}/PercutaneousProcedure",
            "bodyLocation": words["body"],
            "preparation": words["preparation"],
            "howPerformed": words["how_performed"],
            "followup": words["followup"],
        }
    return {"about": treatment, "audience": {"@type": "Patient"}, "specialty": f"{SCHEMA}/Dermatology"}


def _site(guide: Guide) -> Thing:
    return {"@type": "WebSite", "@id": guide.clinic.site_url + SITE, "name": site_name(guide), "url": guide.clinic.site_url}


def _clinic_in_short(guide: Guide) -> Thing:
    facts = guide.clinic
    return {"@type": "MedicalClinic", "@id": facts.site_url + CLINIC, "name": facts.name, "telephone": facts.phones.main.e164, "url": facts.website}


def _clinic(guide: Guide) -> Thing:
    facts, logo = guide.clinic, logo_path(guide.clinic)
    place = facts.address
    return _clinic_in_short(guide) | _told(
        {
            "legalName": facts.legal_name,
            "email": facts.email,
            "image": facts.site_url + SHARE_PICTURE,
            "logo": facts.site_url + logo if logo else "",
            "address": _told(
                {
                    "@type": "PostalAddress",
                    "streetAddress": ", ".join(place.lines),
                    "addressLocality": place.town,
                    "addressRegion": place.region,
                    "postalCode": place.postcode,
                    "addressCountry": REGIONS.get(facts.country, facts.country),
                }
            ),
            "openingHours": list(_hours(guide)),
        }
    )


def _hours(guide: Guide) -> Iterator[str]:
    """When the clinic is open, days with the same times together: Mo-We 09:00-17:00."""
    times = {day: [f"{span.opens}-{span.closes}" for span in guide.clinic.opening_hours.spans(day)] for day in DAYS}
    for spans, alike in groupby(DAYS, times.__getitem__):
        first, *more = [SCHEMA_DAYS[day] for day in alike]
        yield from (f"{first}-{more[-1]} {span}" if more else f"{first} {span}" for span in spans)


def _path(guide: Guide, title: str, address: str) -> Thing:
    """The way to a page: the first page, then this one."""
    steps = ((guide.words["shell"]["home"], ""), (title, address))
    items = [{"@type": "ListItem", "position": place, "name": name, "item": {"@id": guide.clinic.site_url + to}} for place, (name, to) in enumerate(steps, 1)]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _source(guide: Guide, source: Source) -> Thing:
    """A source by its name and the first of the addresses at which readers find it."""
    found = next((each["href"] for each in described(guide, source)["identifiers"] if each["href"]), "")
    return _told({"@type": "ScholarlyArticle" if source.kind in PAPERS else "CreativeWork", "name": source.title, "url": found})


def json_for_html(value: Any) -> Markup:
    """JSON in which no character can end the script element or begin markup."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)
