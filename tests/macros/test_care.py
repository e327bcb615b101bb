"""Care steps, conditions and warning signs say what holds at this clinic and in its country."""

from __future__ import annotations

import html
from typing import get_args

import pytest

from guide.entries import CareStep, RedFlag
from guide.macros.care import care_steps, healing_days, time, warning_signs
from guide.project import Guide

STAGES = get_args(CareStep.model_fields["stage"].annotation)
LEVELS = get_args(RedFlag.model_fields["level"].annotation)


def test_warning_signs_give_the_number_of_the_clinics_country_to_tap(other_guide: Guide) -> None:
    shown = warning_signs(other_guide, "emergency", on={})
    assert 'href="tel:999"' in html.unescape(shown)
    assert "911" not in shown


def test_healing_days_give_the_number_of_the_clinics_country(guide: Guide, other_guide: Guide) -> None:
    assert 'href="tel:911"' in html.unescape(healing_days(guide, on={}))
    assert 'href="tel:999"' in html.unescape(healing_days(other_guide, on={}))


def test_healing_days_show_each_level_of_care_in_words_and_hide_none(guide: Guide) -> None:
    shown = html.unescape(healing_days(guide, on={}))
    windows = list(guide.library.healing.values())
    for label, kind, field in (("Usual", "usual", "usual"), ("Call the clinic", "call", "call"), ("Get help now", "help-now", "help_now")):
        assert shown.count(f">{label}</p>") == shown.count(f"mg-level--{kind}\"") == len(windows)
        assert shown.count("<li>") == len(windows) + sum(len(window.usual) + len(window.call) + len(window.help_now) for window in windows)
        assert all(sign.split("{")[0].strip() in shown for window in windows for sign in getattr(window, field))
    assert "<details" not in shown and "hidden" not in shown and "{" not in shown


@pytest.mark.parametrize("level", LEVELS)
def test_no_blank_is_left_in_warning_signs(level: str, guide: Guide) -> None:
    shown = html.unescape(warning_signs(guide, level, on={}))
    assert "{" not in shown
    assert shown.count("mg-warning-signs__sign\"") == sum(sign.level == level for sign in guide.library.red_flags.values())


@pytest.mark.parametrize("stage", STAGES)
def test_every_step_of_a_stage_is_shown_with_no_blank_left(stage: str, guide: Guide) -> None:
    shown = html.unescape(care_steps(guide, stage, on={}))
    steps = [step for step in guide.library.care.values() if step.stage == stage]
    assert steps
    assert all(step.name in shown for step in steps)
    assert "{" not in shown


def test_our_sources_stand_behind_our_figure_and_not_behind_a_clinics_own(guide: Guide, other_guide: Guide) -> None:
    step = next(key for key in other_guide.clinic.protocol if other_guide.library.care[key].time and other_guide.library.care[key].sources)
    assert "mg-cite" in time(guide, step, on={})
    own = time(other_guide, step, on={})
    assert "mg-cite" not in own
    assert str(other_guide.clinic.protocol[step]) in own
    assert str(other_guide.library.care[step].default) in own, "the note says what this guide would say"


def test_each_stretch_of_healing_has_a_place_of_its_own_and_a_link_to_it(guide: Guide) -> None:
    shown = healing_days(guide, on={})
    for window in guide.library.healing.values():
        assert shown.count(f'id="healing-{window.id}"') == shown.count(f'href="#healing-{window.id}"') == 1
