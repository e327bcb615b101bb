"""A small library made of values in memory, so that these tests stand whatever the data files say."""

from __future__ import annotations

from datetime import date

from guide.entries import FILES, CareStep, Country, HelpLine, ReportTo, Source
from guide.library import Library

LEAFLET = Source(id="leaflet-2020", kind="guideline", title="After needling", publisher="A hospital", seen="full text", accessed_on=date(2026, 11, 22), record="1")
HOTLINE = ReportTo(name="A regulator", url="https://regulator.test/")


def _step(name: str, time: str, least: str | None = None, most: str | None = None, settable: bool = True) -> CareStep:
    why = {"least_why": "Skin is open until then.", "least_sources": ["leaflet-2020"]} if least else {}
    why |= {"most_why": "Bare skin marks.", "most_sources": ["leaflet-2020"]} if most else {}
    return CareStep(
        id=name, stage="first-day", kind="do-not", name=name.replace("-", " ").capitalize(), advice="Wait {time}.", why="It heals.",
        time=time, clinic_may_set=settable, least=least, most=most, sources=["leaflet-2020"], certainty="low", **why,
    )


def _country(code: str, name: str, number: str, *also: str) -> Country:
    return Country(code=code, name=name, also=list(also), emergency=HelpLine(name="Emergency", number=number), report_to=[HOTLINE], sources=["leaflet-2020"])


STEPS = [
    _step("retinoids-before", "7 days"),
    _step("make-up-after", "24 hours", least="24 hours"),
    _step("exercise-after", "3 days"),
    _step("sun-after", "2 weeks", least="2 days"),
    _step("sunscreen-after", "24 hours", most="24 hours"),
    _step("next-session", "4 weeks", least="14 days"),
    _step("gel-only", "24 hours", settable=False),
]
COUNTRIES = [
    _country("US", "the United States", "911"),
    _country("UK", "the United Kingdom", "999", "GB"),
    _country("IE", "Ireland", "112"),
    _country("EU", "the European Union", "112", "DE", "FR"),
]

FILLED = {
    "references": {LEAFLET.id: LEAFLET},
    "care": {step.id: step for step in STEPS},
    "countries": {country.code: country for country in COUNTRIES},
}
LIBRARY = Library(**{key: FILLED.get(key, {}) for key in FILES}, words={}, documents={})
