"""What to do and when, what is usual, whom to ask first, and what should make a reader call."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from itertools import groupby, pairwise, zip_longest
from math import inf
from typing import Any, TypeVar, get_args

from markupsafe import Markup

from guide.duration import parse_duration
from guide.entries import BLANK, EMERGENCY, CareStep, HealingWindow, RedFlag, Suitability
from guide.faults import MacroFault, listed, quoted
from guide.macros.clinic import emergency_number
from guide.macros.evidence import care_step, certainty_label, marks
from guide.project import Guide, shown_as_typed

STAGES = list(get_args(CareStep.model_fields["stage"].annotation))
GROUPS = list(get_args(Suitability.model_fields["group"].annotation))
LEVELS = list(get_args(RedFlag.model_fields["level"].annotation))
HEALING = ("usual", "call", "help_now")  # how much care each stretch of healing asks for, least first
SENTENCE_END = re.compile(r"(?<=\.)\s+(?=[A-Z])")
# Care after a visit: from which hour, and to which, the steps of a stage hold that say no time of their own.
SPANS = {"first-day": (0, 24), "first-week": (0, 168), "first-month": (168, inf)}
GOES_ON = {"sunscreen-after": 336}  # to which hour what is begun holds, where its advice says for longer than its stage
FIRST_DAYS = "aftercare/first-days/"  # the page that says why
Entry = TypeVar("Entry")


def time(guide: Guide, step: str, *, on: MutableMapping[str, Any]) -> Markup:
    """A step's length of time inside a sentence: the clinic's own where it has one, and then it says so.

    step  id of data/care.yml

    Errors: MacroFault for an unknown step, or one that has no time.

    Page: Leave make-up off for {{ time("make-up-after") }}.
    """
    found = care_step(guide, step)
    if found.time is None:
        raise MacroFault(quoted(step), "this step has no `time` in data/care.yml")
    length = length_said(guide, found)
    backed = [] if length["own"] else found.sources  # our sources do not stand behind a clinic's own figure
    return guide.draw("time", **length, marks=marks(guide, backed, on))


def care_steps(guide: Guide, stage: str, *, on: MutableMapping[str, Any]) -> Markup:
    """What to do, not do and ask at one stage, with the clinic's own times.

    stage  weeks-before, days-before, on-the-day, first-day, first-week or first-month

    Errors: MacroFault for another stage.

    Page: {{ care_steps("first-day") }}
    """
    return guide.draw("care-steps", parts=step_parts(guide, stage, on))


def step_parts(guide: Guide, stage: str, on: MutableMapping[str, Any]) -> list[dict[str, Any]]:
    """The steps of one stage as components take them, below the headings of their parts."""
    steps = _of(guide.library.care, "stage", stage, STAGES)
    return _parts(steps, lambda step: _shown_step(guide, step, on))


def _shown_step(guide: Guide, step: CareStep, on: MutableMapping[str, Any]) -> dict[str, Any]:
    length = length_said(guide, step)
    told = step.advice_when_set if length["own"] else None
    advice = advice_said(guide, step, length)
    kind = guide.words["care_kinds"][step.kind.replace("-", "_")]
    label = certainty_label(guide, step.certainty)
    on_sheet = None if told else step.on_sheet
    return {"name": step.name, "on_sheet": on_sheet, "why": step.why, "kind": step.kind, "kind_label": kind, "advice": advice,
            "certainty_label": label, "marks": marks(guide, step.sources, on), **length}


def cut(text: Markup, kept: int | None) -> tuple[Markup, Markup]:
    """The first sentences of a text, all of them where no number is given, and the others."""
    sentences = SENTENCE_END.split(text)
    kept = kept or len(sentences)
    return Markup(" ".join(sentences[:kept])), Markup(" ".join(sentences[kept:]))


def advice_said(guide: Guide, step: CareStep, length: Mapping[str, Any]) -> Markup:
    """A step's advice with its length of time filled in.

    length  as `length_said` gives it
    """
    said = step.advice_when_set if length["own"] and step.advice_when_set else step.advice
    before, _, after = said.partition("{time}")
    return guide.draw("advice", before=before, length=length["length"], after=after)


def length_said(guide: Guide, step: CareStep) -> dict[str, Any]:
    """A step's length of time in words, whether it is the clinic's own, and what to say where it is."""
    length, own = guide.length_of(step)
    words = guide.words["care"]
    note = words["own_figure"].format(default=step.default) if step.default else words["own_figure_alone"]
    return {"length": str(length) if length else "", "own": own, "own_note": note if own else ""}


def ask_first(guide: Guide, group: str, *, on: MutableMapping[str, Any]) -> Markup:
    """Conditions to tell the clinic about, as questions a reader can answer.

    group  do-not, wait, ask-first or with-care

    Errors: MacroFault for another group.

    Page: {{ ask_first("wait") }}
    """
    return guide.draw("ask-first", parts=condition_parts(guide, group, on))


def condition_parts(guide: Guide, group: str, on: MutableMapping[str, Any]) -> list[dict[str, Any]]:
    """The conditions of one group as components take them, below the headings of their parts."""
    entries = _of(guide.library.suitability, "group", group, GROUPS)
    return _parts(entries, lambda entry: _shown_condition(guide, entry, on))


def _shown_condition(guide: Guide, entry: Suitability, on: MutableMapping[str, Any]) -> dict[str, Any]:
    texts = {field: _filled(guide, getattr(entry, field)) for field in ("question", "why", "what_to_do")}
    return {"id": entry.id, "name": entry.name, "call_now": entry.call_now, **texts, "marks": marks(guide, entry.sources, on)}


def _filled(guide: Guide, text: str) -> Markup:
    """A text whose blanks are filled: a care step's id by its time at this clinic, {emergency} by the country's number."""
    parts = BLANK.split(text)  # words, blank, words, blank, …
    fillings = [emergency_number(guide) if blank == EMERGENCY else _bare_time(guide, blank) for blank in parts[1::2]]
    words = [shown_as_typed(part) for part in parts[0::2]]
    return Markup("").join(part for pair in zip_longest(words, fillings, fillvalue=Markup("")) for part in pair)


def _bare_time(guide: Guide, step: str) -> Markup:
    return guide.draw("time", **length_said(guide, guide.library.care[step]), marks=[])


def warning_signs(guide: Guide, level: str, *, on: MutableMapping[str, Any]) -> Markup:
    """Warning signs of one level, always in plain sight, with what to do first.

    level  emergency, same-day or next-visit

    Errors: MacroFault for another level.

    Page: {{ warning_signs("emergency") }}
    """
    return guide.draw("warning-signs", **signs_of_level(guide, level, on))


def signs_of_level(guide: Guide, level: str, on: MutableMapping[str, Any]) -> dict[str, Any]:
    """The warning signs of one level as components take them: the level in words, what to do, and the signs in their parts."""
    signs = _of(guide.library.red_flags, "level", level, LEVELS)
    words = guide.words["warning_levels"]
    key = level.replace("-", "_")
    parts = _parts(signs, lambda sign: _shown_sign(guide, sign, on))
    return {"level": level, "level_label": words[key], "action": _filled(guide, words[f"{key}_action"]), "parts": parts}


def healing_days(guide: Guide, *, on: MutableMapping[str, Any]) -> Markup:
    """What is usual, when to call the clinic, when to get help now and what to do, from the first hours to the months after.

    With a script, the reader may pick a day, and it comes first.

    Page: {{ healing_days() }}
    """
    windows = [
        {
            "id": window.id,
            "label": window.label,
            "picks": window.picks,
            "levels": [_level(guide, window, field) for field in HEALING],
            "marks": marks(guide, window.sources, on),
            "parts": _parts(_by_part(care_then(guide, begins, ends)), lambda step: _short_step(guide, step, on)),
        }
        for window, begins, ends in _spans(guide)
    ]
    return guide.draw("healing-days", windows=windows, more=f"{on.get('to_root', '')}{FIRST_DAYS}")


def _spans(guide: Guide) -> Iterator[tuple[HealingWindow, float, float]]:
    """Each stretch of healing with the hours after treatment at which it and the next can begin."""
    windows = list(guide.library.healing.values())
    hours = [*(parse_duration(window.begins).hours for window in windows), inf]
    yield from ((window, *span) for window, span in zip(windows, pairwise(hours), strict=True))


def care_then(guide: Guide, begins: float, ends: float) -> list[CareStep]:
    """The steps that hold in a stretch of time after treatment, by the clinic's own figures.

    begins, ends  in hours after treatment
    """
    starts = {row.after for row in guide.library.timeline.values() if row.kind == "start"}

    def holds(step: CareStep) -> bool:
        first, last = SPANS.get(step.stage, (inf, inf))
        last = GOES_ON.get(step.id, last)
        length, _ = guide.length_of(step)
        if length and step.id in starts:
            return length.hours <= ends and begins < last
        return first <= begins < (length.hours if length else last)

    return [step for step in guide.library.care.values() if holds(step)]


def _by_part(steps: list[CareStep]) -> list[CareStep]:
    """Steps of several stages with those of one part together, the parts in the order in which they first come."""
    parts = [step.part for step in steps]
    return sorted(steps, key=lambda step: parts.index(step.part))


def _short_step(guide: Guide, step: CareStep, on: MutableMapping[str, Any]) -> dict[str, Any]:
    """A step as a line of a list: its name, and of its advice what a printed sheet keeps."""
    shown = _shown_step(guide, step, on)
    backed = [] if shown["own"] else shown["marks"]  # our sources do not stand behind a clinic's own figure
    return {**shown, "advice": cut(shown["advice"], shown["on_sheet"])[0], "marks": backed}


def _level(guide: Guide, window: HealingWindow, field: str) -> dict[str, Any]:
    signs = [_filled(guide, sign) for sign in getattr(window, field)]
    return {"kind": field.replace("_", "-"), "label": guide.words["healing"][field], "signs": signs}


def _shown_sign(guide: Guide, sign: RedFlag, on: MutableMapping[str, Any]) -> dict[str, Any]:
    return {"sign": sign.sign, "looks_like": _filled(guide, sign.looks_like), "do_now": _filled(guide, sign.do_now), "on_sheet": sign.on_sheet, "marks": marks(guide, sign.sources, on)}


def _parts(entries: list[Entry], shown: Callable[[Entry], dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries below the headings of their parts; a list that is not cut has one part with no heading."""
    return [{"title": title, "entries": [shown(entry) for entry in part]} for title, part in groupby(entries, key=lambda entry: entry.part)]


def _of(entries: Mapping[str, Entry], field: str, wanted: str, known: list[str]) -> list[Entry]:
    if wanted not in known:
        raise MacroFault(quoted(wanted), f"write {listed(known)}")
    return [entry for entry in entries.values() if getattr(entry, field) == wanted]
