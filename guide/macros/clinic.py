"""The clinic's own facts, and the help lines of its country, wherever a page wants them."""

from __future__ import annotations

from markupsafe import Markup

from guide.clinic import DAYS, PhoneLine
from guide.entries import HelpLine
from guide.faults import MacroFault, did_you_mean, listed, quoted
from guide.project import Guide

FACTS = ("address", "email", "legal_name", "name", "website")


def clinic(guide: Guide, key: str) -> Markup:
    """One fact of the clinic inside a sentence. An e-mail address or website can be pressed.

    key  address, email, legal_name, name or website

    Errors: MacroFault for another key.

    Page: You are reading the guide of {{ clinic("name") }}.
    """
    if key not in FACTS:
        raise MacroFault(quoted(key), did_you_mean(key, FACTS, f"write {listed(FACTS)}"))
    if key == "address":
        return guide.draw("fact", text=guide.clinic.address_line, href="")
    text = getattr(guide.clinic, key)
    return guide.draw("fact", text=text, href={"email": f"mailto:{text}", "website": text}.get(key, ""))


def phone(guide: Guide, line: str) -> Markup:
    """A number to tap, for use inside a sentence.

    line  main or after_hours; where the clinic has no after-hours number, what it says to do instead

    Errors: MacroFault for another line.

    Page: Ring {{ phone("main") }}.
    """
    phones = guide.clinic.phones
    if line not in ("main", "after_hours"):
        raise MacroFault(quoted(line), "write main or after_hours")
    number = phones.main if line == "main" else phones.after_hours.number
    if number is None:
        return guide.draw("fact", text=phones.after_hours.text, href="")
    return _tap(guide, number.display, number.e164)


def _tap(guide: Guide, display: str, dialled: str) -> Markup:
    return guide.draw("phone", display=display, href=f"tel:{dialled}")


def _line(guide: Guide, line: PhoneLine, label: str) -> dict[str, str]:
    """A phone line as a component takes it: its label, as typed to read, and as dialled to tap."""
    return {"label": line.label or guide.words["phones"][label], "display": line.display, "e164": line.e164}


def emergency_number(guide: Guide) -> Markup:
    """The emergency number of the clinic's country, to tap.

    Page: Call {{ emergency_number() }} now.
    """
    return _public(guide, guide.country.emergency)


def _public(guide: Guide, line: HelpLine) -> Markup:
    """A public number to tap: short ones such as 112 are dialled as they stand."""
    return _tap(guide, line.number, line.number.replace(" ", ""))


def advice_line(guide: Guide) -> Markup:
    """Whom to call for advice that is not an emergency, as a clause that begins with `call`.

    Page: If the clinic is closed, {{ advice_line() }}.
    """
    line = guide.country.advice_line
    if line is None:
        return guide.draw("fact", text=guide.words["help"]["no_advice_line"], href="")
    return guide.draw("advice-line", name=line.name, number=_public(guide, line), note=line.note or "")


def report_problem(guide: Guide) -> Markup:
    """Where to report harm from a device or product in the clinic's country, as a sentence.

    Page: {{ report_problem() }}
    """
    return guide.draw("report-problem", places=guide.country.report_to)


def booking_link(guide: Guide, text: str) -> Markup:
    """A link to the clinic's booking page; where it has none, an order to call its main number.

    text  the words of the link

    Page: {{ booking_link("Ask for a visit") }}
    """
    if guide.clinic.booking_link:
        return guide.draw("fact", text=text, href=guide.clinic.booking_link)
    main = guide.clinic.phones.main
    return Markup("{} {}").format(guide.words["call"]["call"], _tap(guide, main.display, main.e164))


def offers(guide: Guide, treatment: str) -> bool:
    """Whether the clinic offers a related treatment.

    treatment  rf or prp

    Errors: MacroFault for another treatment.

    Page: {% if offers("rf") %}This clinic also offers RF needling.{% endif %}
    """
    if treatment not in ("rf", "prp"):
        raise MacroFault(quoted(treatment), "write rf or prp")
    return getattr(guide.clinic.offers, treatment)


def call_card(guide: Guide, reason: str) -> Markup:
    """Whom to call, when, and what to do when the clinic is closed.

    reason  the sign that should make the reader call, as a short clause

    Page: {{ call_card("Your skin is getting more sore, not less") }}
    """
    return guide.draw("call-card", reason=reason, **_ways_to_call(guide))


def contact(guide: Guide) -> Markup:
    """How to reach the clinic.

    Page: {{ contact() }}
    """
    facts = guide.clinic
    return guide.draw(
        "contact", name=facts.name, legal_name=facts.legal_name, address=facts.address_lines, email=facts.email,
        website=facts.website, booking=facts.booking_link, languages=facts.languages, **_ways_to_call(guide),
    )


def _ways_to_call(guide: Guide) -> dict:
    facts = guide.clinic
    after = facts.phones.after_hours
    emergency = guide.country.emergency
    return {
        "phone": _line(guide, facts.phones.main, "main"),
        "hours": hours(guide),
        "closed": after.text,
        "after_hours_phone": _line(guide, after.number, "after_hours") if after.number else None,
        "emergency": {"display": emergency.number, "tel": emergency.number.replace(" ", "")},
        "advice": advice_line(guide) if guide.country.advice_line else None,
    }


def hours(guide: Guide) -> list[dict[str, str]]:
    """Opening hours with days of the same hours side by side put together."""
    words = guide.words
    rows: list[dict[str, str]] = []
    for day in DAYS:
        times = _times(guide, day)
        if rows and rows[-1]["times"] == times:
            rows[-1]["last"] = words["days"][day]
        else:
            rows.append({"first": words["days"][day], "last": "", "times": times})
    return [{"days": words["hours"]["span"].format(**row) if row["last"] else row["first"], "times": row["times"]} for row in rows]


def _times(guide: Guide, day: str) -> str:
    words = guide.words["hours"]
    spans = guide.clinic.opening_hours.spans(day)
    return ", ".join(words["times_span"].format(opens=_on_the_clock(guide, span.opens), closes=_on_the_clock(guide, span.closes)) for span in spans) or words["closed"]


def _on_the_clock(guide: Guide, time: str) -> str:
    """A time of day as people of the clinic's country write it: 17:00, or 5 pm.

    time  hours and minutes, from 00:00 to 24:00
    """
    words = guide.words["hours"]
    hour, minutes = int(time[:2]), time[3:]
    if guide.country.clock == 24:
        return time
    if minutes == "00" and hour % 12 == 0:
        return words["noon" if hour == 12 else "midnight"]
    shown = str((hour - 1) % 12 + 1) + (f":{minutes}" if minutes != "00" else "")
    return words["am" if hour < 12 else "pm"].format(time=shown)


def opening_hours(guide: Guide) -> Markup:
    """When the clinic is open, by day, and in which time zone.

    Page: {{ opening_hours() }}
    """
    zone = guide.clinic.time_zone.replace("_", " ")
    return guide.draw("opening-hours", hours=hours(guide), zone=zone, note=guide.clinic.opening_hours.note or "")


def practitioners(guide: Guide) -> Markup:
    """Who treats people here, with what qualification and registration.

    Page: {{ practitioners() }}
    """
    return guide.draw("practitioners", practitioners=guide.clinic.practitioners)


def devices(guide: Guide) -> Markup:
    """Which devices the clinic uses, and under which clearance or licence.

    Page: {{ devices() }}
    """
    return guide.draw("devices", devices=guide.clinic.devices)


def price(guide: Guide) -> Markup:
    """What the clinic says of its prices.

    Page: {{ price() }}
    """
    return guide.draw("statement", text=guide.clinic.price)


def complaints(guide: Guide) -> Markup:
    """How to complain to the clinic.

    Page: {{ complaints() }}
    """
    return guide.draw("statement", text=guide.clinic.complaints)


def reviewer(guide: Guide) -> Markup:
    """Who checked the guide for this clinic, or that no clinician has.

    Page: {{ reviewer() }}
    """
    return guide.draw("reviewer", reviewer=guide.clinic.named_reviewer)
