"""Each macro that can be called wrongly, called wrongly once: the fault says what was found and what would be right."""

from __future__ import annotations

import pytest

from guide.faults import MacroFault
from guide.macros import bound
from guide.project import Guide

WRONG = [
    # macro, values, what was found, what would be right
    ("advice_differs", ["make-up-aftr"], "“make-up-aftr”", "did you mean “make-up-after”?"),
    ("advice_differs", ["pillowcase"], "“pillowcase”", "no `differs` in data/care.yml"),
    ("ask_first", ["never"], "“never”", "write do-not, wait, ask-first or with-care"),
    ("care_steps", ["day-one"], "“day-one”", "write weeks-before, days-before, on-the-day, first-day, first-week or first-month"),
    ("certainty", ["sure"], "“sure”", "write high, moderate, low, very-low or expert-opinion"),
    ("cite", [], "nothing in it", 'cite("alam-2014")'),
    ("cite", ["alam-2041"], "“alam-2041”", "did you mean “alam-2014”?"),
    ("cite", ["nuance-skinpen"], "only shows how far advice differs", "use advice_differs()"),
    ("clinic", ["nmae"], "“nmae”", "did you mean “name”?"),
    ("clinic", ["colour"], "“colour”", "write address, email, legal_name, name or website"),
    ("offers", ["laser"], "“laser”", "write rf or prp"),
    ("phone", ["fax"], "“fax”", "write main or after_hours"),
    ("rate", ["neck-line-better"], "“neck-line-better”", "did you mean “neck-lines-better”?"),
    ("term", ["dermi"], "“dermi”", "did you mean “dermis”?"),
    ("time", ["makeup-after"], "“makeup-after”", "did you mean “make-up-after”?"),
    ("time", ["blood-thinners"], "“blood-thinners”", "no `time` in data/care.yml"),
    ("warning_signs", ["tomorrow"], "“tomorrow”", "write emergency, same-day or next-visit"),
]


@pytest.mark.parametrize(("macro", "values", "found", "expected"), WRONG, ids=[f"{macro} {' '.join(values)}" for macro, values, *_ in WRONG])
def test_a_wrong_value_is_told_with_what_would_be_right(macro: str, values: list[str], found: str, expected: str, guide: Guide) -> None:
    with pytest.raises(MacroFault) as raised:
        bound(guide, dict)[macro](*values)
    assert found in raised.value.found
    assert expected in raised.value.expected
