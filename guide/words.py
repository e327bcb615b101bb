"""Which words data/words.yml holds, by group: all that a component, the frame of a page or a macro prints, and no other."""

from __future__ import annotations

import string
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, create_model

from guide.models import Facts, Sentence

GROUPS = {
    "shell": """
        site_name guide_name example_banner all_pages all_pages_heading menu worried home path on_this_page read_on next previous
        search search_label search_hint search_one search_many search_first search_also search_none search_nearest search_failed
        search_results search_worry search_worry_one search_worry_many search_harm search_harm_page search_emergency search_today search_signs search_questions search_call
        not_found_title not_found_heading not_found_text not_found_home not_found_phone
        call emergency clinic_wins who_writes_this sources privacy
        colours colours_device colours_light colours_dark colours_kept made_with
    """,
    "cite": "source between",
    "certainty": "how_sure high moderate low very_low expert_opinion",
    "care": "own_figure own_figure_alone differs",
    "care_kinds": "do do_not ask",
    "warning_levels": "emergency emergency_action same_day same_day_action next_visit next_visit_action",
    "care_cards": "emergency urgent call_us",  # how the title of a care card on a page begins: page_rules.py
    "call": "call call_us_if when_closed also emergency book",
    "warning": "do_now",
    "timeline": "before after visit leave_skin leave_day put_on leave_before leave_also_after leave_after only start scale earliest careful prescribed",
    "healing": "find usual call help_now",
    "concerns": "caption concern answer sure others",
    "rate": "counted share did about percentage rest none none_limit picture picture_none who when",
    "options": "caption option for what_it_is life how_well harms pigment_risk downtime sessions cost sure sources more",
    "cost_classes": "none low medium high not_known",
    "differs": "title",
    "help": "call on no_advice_line report",
    "sources": "heading kinds seen read_on range_only own_page used_on used_in_lists",
    "source_kinds": """
        trial randomised_trial systematic_review meta_analysis review case_report laboratory regulator device_label guideline law
        society patient_information clinic_leaflet news
    """,
    "review": "reviewed due checked_by not_checked caption page reviewed_column due_column",
    "contact": "clinic company address email website booking languages",
    "phones": "main after_hours",
    "hours": "caption zone days times closed span times_span am pm noon midnight",
    "days": "monday tuesday wednesday thursday friday saturday sunday",
    "months": "m1 m2 m3 m4 m5 m6 m7 m8 m9 m10 m11 m12",
    "people": "registration",
    "devices": "maker licence",
    "glossary": "letters also between",
    "questions": "letters",
    "sheet": "write_on how phone computer version reviewed more",
    "question_list": """
        says hours numbing_time rf no_rf lead lead_link title none hint take up down remove own own_limit add day with_whom
        place removed empty long
    """,
    "keep": "keep forget what off kept forgotten refused",
    "share": "print copy_it mail text note copied by_hand mailing cut",
    "tell": """
        group_wait group_ask group_care now after list none lead note note_all one many added taken_off clear_all clear_sure cleared subject noted my_name my_date
    """,
    "plan": """
        date event_date day month year month_hint hour hour_hint show bad_day bad_month bad_year no_such_day bad_hour
        shown past late far whole_days to_the_hour today from_hour calendar calendar_note reminder saved
        appointment appointment_for before on_day after when_book when_days when_before when_day when_first when_after
        leave_skin leave_day leave_text healing healing_calendar healing_check event event_text event_show event_single event_last_session event_course event_last
        event_over event_visit event_past plan_for call_before call_after call_at_home skip terms to_dates to_today to_event
    """,
    "day": "do more pick hint picked all all_shown show",
    "matters": """
        q_bothers q_bothers_hint q_hopes q_hopes_hint q_days q_days_hint q_marks q_marks_hint q_marks_link q_cost q_sure q_sure_hint q_most q_most_hint q_own q_own_hint
        hope_change hope_stay hope_feel hope_unseen hope_visits days_0 days_3 days_7 days_more marks_none marks_small marks_more
        cost_low cost_some cost_course sure_good sure_some sure_little not_yet other
        part_scars part_lines part_colour row_ticked row_what row_weigh
        clear_all clear_sure cleared sorted facts order none rows then first named unnamed by_days rest known known_rest sure also subject said join
    """,
    "permanent": "language answer moved part_moved list_title list_lead",
    "structured": "procedure",
}
# What stands in braces in a word, for a value that is filled in. Words that are not here hold no braces.
FILLED_IN = {
    "shell.site_name": ["clinic"],
    "shell.search_many": ["count"],
    "shell.search_first": ["title"],
    "shell.search_worry_one": ["sign"],
    "shell.search_worry_many": ["sign"],
    "care.own_figure": ["default"],
    "care.differs": ["name", "range"],
    "warning_levels.emergency_action": ["emergency"],
    "timeline.leave_before": ["time"],
    "timeline.leave_also_after": ["time"],
    "timeline.leave_after": ["time"],
    "timeline.only": ["time"],
    "timeline.start": ["time"],
    "sources.read_on": ["day"],
    "tell.many": ["count"],
    "tell.added": ["name"],
    "tell.taken_off": ["name"],
    "hours.span": ["first", "last"],
    "question_list.own_limit": ["most"],
    "question_list.place": ["count", "place", "question"],
    "question_list.removed": ["question"],
    "question_list.long": ["count", "most"],
    "hours.times_span": ["closes", "opens"],
    "hours.am": ["time"],
    "hours.pm": ["time"],
    "matters.rows": ["ask", "rows", "ticked"],
    "matters.named": ["ticked"],
    "matters.unnamed": ["ticked"],
    "matters.by_days": ["ticked"],
    "matters.then": ["ask", "rows", "ticked"],
    "rate.counted": ["count", "of", "what"],
    "rate.share": ["share"],
    "rate.did": ["share"],
    "rate.about": ["share"],
    "rate.percentage": ["of", "share", "what"],
    "rate.rest": ["rest"],
    "rate.none": ["of", "what"],
    "rate.none_limit": ["most"],
    "rate.picture": ["share"],
    "rate.picture_none": ["share"],
    "plan.no_such_day": ["count", "month"],
    "plan.shown": ["away", "day"],
    "plan.from_hour": ["day", "time"],
    "plan.appointment_for": ["what"],
    "plan.when_before": ["time"],
    "plan.when_after": ["time"],
    "plan.healing": ["label"],
    "plan.event_last": ["day"],
    "plan.plan_for": ["day"],
}


def _word(key: str) -> Any:
    """A word's type: a text with exactly the braces that are filled in."""
    wanted = FILLED_IN.get(key, [])

    def checked(text: str) -> str:
        try:
            found = sorted(name for _, name, *_ in string.Formatter().parse(text) if name is not None)
        except ValueError:
            found = None
        if found != wanted:
            raise ValueError(f"write {' and '.join(f'{{{name}}}' for name in wanted)} in it once, and no other braces" if wanted else "write no braces in it")
        return text

    return Annotated[Sentence, AfterValidator(checked)]


def _group(name: str, words: str) -> type[BaseModel]:
    return create_model(name, __base__=Facts, **{word: (_word(f"{name}.{word}"), ...) for word in words.split()})


Words = create_model("Words", __base__=Facts, **{name: (_group(name, words), ...) for name, words in GROUPS.items()})
