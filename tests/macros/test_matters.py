"""What the worksheet sorts by is what the data says, and what to do on a day holds by the clinic's own figures."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from guide.duration import parse_duration
from guide.entries import Option
from guide.faults import Faults
from guide.library import read_library
from guide.macros.care import care_then, healing_days
from guide.macros.matters import PARTS, ROW_PARTS, ROWS, what_matters
from guide.project import Guide

LONGEST = 7  # lines of a list that a reader can take in

# How `for` names each concern that some option is for. Those of home rollers are "scars or lines".
NAMED = {"acne-scars": r"scars", "fine-lines-and-wrinkles": r"lines", "stretch-marks": "stretch marks", "loose-skin": "loose skin", "sun-damage": "sun damage"}
OTHER = {"sunscreen": "sunscreen"}  # options that a concern names, each as its `other_options` does


def named_by_the_data(guide: Guide, option: Option, concern: str) -> bool:
    entry = guide.library.concerns[concern]
    elsewhere = option.id in OTHER and OTHER[option.id] in entry.other_options and set(option.sources) & set(entry.sources)
    return bool(re.search(NAMED[concern], getattr(option, "for"), re.I) or elsewhere)


def test_an_option_stands_first_for_what_the_data_names_it_for_and_for_nothing_else(guide: Guide) -> None:
    for option in guide.library.options.values():
        wanted = [concern for concern in NAMED if named_by_the_data(guide, option, concern)] if not option.stays_first else []
        assert sorted(option.concerns) == sorted(wanted), option.id


def test_days_off_lift_no_option_at_a_clinic_since_most_of_these_have_no_figure(guide: Guide) -> None:
    at_a_clinic = [option for option in guide.library.options.values() if option.part == "At a clinic"]
    assert len(at_a_clinic) > 4
    assert [option.id for option in at_a_clinic if option.downtime_days_most is not None] == [], "all of them, or none"


def test_doing_nothing_alone_stays_first_and_is_first_in_the_fair_order(guide: Guide) -> None:
    assert [option.id for option in guide.library.options.values() if option.stays_first] == [next(iter(guide.library.options))] == ["doing-nothing"]


@pytest.mark.parametrize(("good", "bad", "told"), [
    ("concerns: [acne-scars, loose-skin]", "concerns: [acne-scars, lose-skin]", "did you mean “loose-skin”?"),
    ("downtime_days_most: 0", "downtime_days_most: 5", "give downtime_days_most only where"),
    ("concerns: [acne-scars, loose-skin]\n", "concerns: [acne-scars]\n    downtime_days_most: 0\n", "give downtime_days_most only where"),
])
def test_a_fact_to_sort_by_that_the_data_does_not_give_is_told(good: str, bad: str, told: str, project: Path) -> None:
    file = project / "data" / "options.yml"
    text = file.read_text(encoding="utf-8")
    assert good in text
    file.write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(Faults) as raised:
        read_library(project / "data")
    assert told in str(raised.value)


def test_the_worksheet_shows_every_row_of_every_option_and_how_sure_we_are(guide: Guide) -> None:
    on: dict = {}
    page = html.unescape(what_matters(guide, on=on))
    articles = re.findall(r"<article.*?</article>", page, re.S)
    assert [re.search(r'id="mg-matters-([a-z-]+)"', article)[1] for article in articles] == list(guide.library.options)
    for option, article in zip(guide.library.options.values(), articles, strict=True):
        assert len(re.findall("<dt>", article)) == 9
        assert article.index(option.certainty_why) < article.index("<dl")
        assert option.how_well in article and option.harms in article and option.pigment_risk in article and option.cost_why in article
        assert set(option.sources) <= set(on["cited"])
    assert all(concern.answer in page and concern.certainty_why in page for concern in guide.library.concerns.values())


def test_each_concern_and_each_row_stands_below_one_heading_and_no_list_is_long(guide: Guide) -> None:
    placed = [concern for part in PARTS.values() for concern in part]
    assert sorted(placed) == sorted(guide.library.concerns), "give each concern one place in PARTS of guide/macros/matters.py"
    assert sorted(row for part in ROW_PARTS.values() for row in part) == sorted((*ROWS, "cost"))
    shown = what_matters(guide, on={})
    lists = re.findall(r'__answers"(.*?)</div>|<dl(.*?)</dl>|<ul(.*?)</ul>', shown, re.S)
    assert len(lists) > 20 and max(len(re.findall("<label|<dt>|<li", "".join(found))) for found in lists) <= LONGEST


def test_the_worksheet_names_no_winner_and_gives_no_score(guide: Guide) -> None:
    words = " ".join(guide.words["matters"].values()).lower()
    assert not re.search(r"\b(best|winner|score|recommended|suits you|right for you|points)\b", words)
    assert "no ranking" in words and "recommends nothing" in words


def test_the_question_on_risk_leads_to_what_a_risk_looks_like_on_the_same_page(guide: Guide) -> None:
    page = (guide.root / "docs" / "options" / "what-matters-to-me.md").read_text(encoding="utf-8")
    asks = re.findall(r"<fieldset.*?</fieldset>", what_matters(guide, on={}), re.S)
    assert [re.search(r'data-mg-ask="(\w+)"', ask)[1] for ask in asks if 'href="#risk"' in ask] == ["marks"]
    assert "{ #risk }" in page and '{{ rate("' in page


def test_paper_has_the_lines_of_the_other_sheets_and_says_that_nothing_is_recommended(guide: Guide) -> None:
    [paper] = re.findall(r'__paper">(.*?)</div>', html.unescape(what_matters(guide, on={})), re.S)
    words = guide.words
    assert [line for line in (words["tell"]["my_name"], words["tell"]["my_date"], words["matters"]["said"], words["shell"]["clinic_wins"]) if line not in paper] == []


# What to do on a day


def test_each_stretch_of_healing_can_be_picked_and_begins_after_the_one_before(guide: Guide) -> None:
    windows = list(guide.library.healing.values())
    begins = [parse_duration(window.begins).hours for window in windows]
    assert begins[0] == 0 and begins == sorted(set(begins))
    picks = [pick for window in windows for pick in window.picks]
    assert all(window.picks for window in windows) and len(set(picks)) == len(picks)


def held(guide: Guide, begins: float, ends: float) -> set[str]:
    return {step.id for step in care_then(guide, begins, ends)}


def test_care_holds_until_its_time_is_over_by_the_clinics_own_figures(guide: Guide, other_guide: Guide) -> None:
    assert {"make-up-after", "exercise-after", "sun-after", "cooling"} <= held(guide, 0, 6)
    assert not {"moisturiser-after", "sunscreen-after", "results"} & held(guide, 0, 6), "these do not begin yet"
    assert {"moisturiser-after", "sunscreen-after"} <= held(guide, 6, 24)
    assert "make-up-after" not in held(guide, 24, 72) and "make-up-after" in held(other_guide, 24, 72), "36 hours at the second clinic"
    assert "exercise-after" not in held(guide, 72, 168) and "exercise-after" in held(other_guide, 72, 168), "5 days there"
    assert held(guide, 168, 672) >= {"sun-after", "sunscreen-after", "next-session", "results"}
    assert "moisturiser-after" not in held(guide, 168, 672)
    assert "at least two weeks" in guide.library.care["sunscreen-after"].advice, "GOES_ON of guide/macros/care.py says it in hours"
    assert held(guide, 672, float("inf")) == {"results"}


def test_each_step_after_a_visit_stands_on_some_day_and_says_its_own_figure(guide: Guide, other_guide: Guide) -> None:
    shown = html.unescape(healing_days(guide, on={}))
    after = [step for step in guide.library.care.values() if step.stage in ("first-day", "first-week", "first-month")]
    assert [step.name for step in after if f"<b>{step.name}.</b>" not in shown] == []
    own = html.unescape(healing_days(other_guide, on={}))
    assert "36 hours" in own and "this guide says 24 hours" in own and "36 hours" not in shown


def test_what_to_do_on_a_day_stands_below_the_headings_of_its_parts_each_once_and_no_list_is_long(guide: Guide, other_guide: Guide) -> None:
    for clinic in (guide, other_guide):
        days = re.findall(r'__steps">(.*?)</div>', healing_days(clinic, on={}), re.S)
        assert len(days) == len(clinic.library.healing)
        for day in days:
            headings = re.findall(r"<h4[^>]*>(.*?)</h4>", day)
            assert len(set(headings)) == len(headings)
            assert all(len(re.findall("<li", part)) <= LONGEST for part in re.findall(r"<ul>(.*?)</ul>", day, re.S))
