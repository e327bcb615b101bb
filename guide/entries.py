"""What each data file holds: the model of its entries, closed and described."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, create_model, model_validator

from guide.duration import Duration, parse_duration
from guide.models import Facts, Line, Sentence, Slug

Certainty = Literal["high", "moderate", "low", "very-low", "expert-opinion"]
SourceIds = Annotated[list[Slug], Field(min_length=1)]
Positive = Annotated[int, Field(gt=0)]
BLANK = re.compile(r"\{([a-z0-9-]+)\}")  # a care step's id stands for its time, and `emergency` for the country's number
EMERGENCY = "emergency"
LINE_END = " | "  # stands where a line of a drawing's label ends
LEAST_FOR_NONE = 30  # people of whom the rule of three holds: see guide/macros/rates.py


def _a_length(text: str) -> str:
    parse_duration(text)
    return text


DurationText = Annotated[str, AfterValidator(_a_length)]


class Source(Facts):
    """A paper, an official record or a page that a claim rests on."""

    id: Slug = Field(description="permanent name, author-year")
    kind: Literal[
        "meta-analysis", "systematic-review", "randomised-trial", "trial", "case-report", "laboratory", "review",
        "guideline", "regulator", "device-label", "law", "society", "patient-information", "clinic-leaflet", "news",
    ] = Field(description="in the order in which the list of all sources has them: the strongest proof first")
    title: Sentence
    authors: Line | None = None
    publisher: Line = Field(description="journal, body or clinic")
    year: int | None = None
    doi: Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    pmid: Annotated[str, StringConstraints(pattern=r"^\d{1,8}$")] | None = None
    pmcid: Annotated[str, StringConstraints(pattern=r"^PMC\d+$")] | None = None
    record: Line | None = Field(None, description="official record number, such as DEN160029")
    url: Annotated[str, StringConstraints(pattern=r"^https://[^\s\"<>]+$")] | None = Field(None, description="the body's own address, never a mirror")
    seen: Line = Field(description="how much of it was read: abstract, full text, summary page …")
    accessed_on: date
    only_shows_range: bool = Field(False, description="a clinic's leaflet or news: shows how far advice differs, never an authority")

    @model_validator(mode="after")
    def _can_be_found(self) -> Source:
        if not (self.doi or self.pmid or self.pmcid or self.record or self.url or self.only_shows_range):
            raise ValueError("give a doi, pmid, pmcid, record or url, so that a reader can find it")
        return self


class Concern(Facts):
    """Something people want treated, and what is known of it."""

    id: Slug
    name: Line
    verdict: Literal["helps-some", "may-help", "add-on-only", "not-shown"]
    answer: Sentence = Field(description="one plain sentence")
    change: Sentence = Field(description="how big the change was, in words and numbers")
    measured_in: Sentence = Field(description="how many people, in what kind of study")
    certainty: Certainty
    certainty_why: Sentence
    other_options: Sentence = Field(description="what works as well or better")
    sources: SourceIds


class CareStep(Facts):
    """One instruction before, on the day of or after treatment."""

    id: Slug
    stage: Literal["weeks-before", "days-before", "on-the-day", "first-day", "first-week", "first-month"]
    part: Line | None = Field(None, description="the small heading below which it stands; entries of one part follow each other")
    kind: Literal["do", "do-not", "ask"]
    name: Line
    calendar: Line | None = Field(None, description="what the moment is for, in a few discreet words that go on after `Skin appointment:`; for a step that has a time or may have one")
    advice: Sentence = Field(description="one order, to `you`; {time} stands for the length of time")
    advice_when_set: Sentence | None = Field(None, description="the same with {time}, for a clinic that sets a time where we give none")
    on_sheet: Positive | None = Field(None, description="how many sentences of the advice a printed sheet keeps; all where it is left out")
    why: Sentence
    time: DurationText | None = Field(None, description="our careful default")
    clinic_may_set: bool = Field(False, description="the clinic file may give another length under protocol")
    least: DurationText | None = Field(None, description="the shortest that a clinic may set")
    least_why: Sentence | None = None
    least_sources: list[Slug] = []
    most: DurationText | None = Field(None, description="the longest that a clinic may set, where later is less safe")
    most_why: Sentence | None = None
    most_sources: list[Slug] = []
    differs: Sentence | None = Field(None, description="how far advice differs, such as `from 24 hours to 2 weeks`")
    differs_sources: list[Slug] = []
    sources: list[Slug] = Field([], description="what the advice itself rests on; empty where we found none")
    certainty: Certainty

    @model_validator(mode="after")
    def _hangs_together(self) -> CareStep:
        if self.clinic_may_set and bool(self.time) == bool(self.advice_when_set):
            raise ValueError("a step that a clinic may set needs a time, or else advice_when_set")
        if self.advice_when_set and "{time}" not in self.advice_when_set:
            raise ValueError("advice_when_set says {time}")
        if ("{time}" in self.advice) != (self.time is not None):
            raise ValueError("a step with a time says {time} in its advice, and one without does not")
        if self.least and not (self.least_why and self.least_sources):
            raise ValueError("a limit needs least_why and least_sources")
        if self.most and not (self.most_why and self.most_sources):
            raise ValueError("a limit needs most_why and most_sources")
        if self.differs and not self.differs_sources:
            raise ValueError("a range needs differs_sources")
        return self

    @property
    def default(self) -> Duration | None:
        return parse_duration(self.time) if self.time else None


class TimelineRow(Facts):
    """Something to leave out or put on, as one row of the strip of days."""

    id: Slug
    kind: Literal["leave", "only", "start"] = Field(description="leave it out for that time, put on nothing else for that time, or start with it after that time")
    group: Literal["skin", "day"] | None = Field(None, description="whether it is kept off the skin or left out of the day; with kind: leave, and no other")
    name: Line
    before: Slug | None = Field(None, description="the care step that holds the time before the visit")
    after: Slug | None = Field(None, description="the care step that holds the time after the visit")
    within: Slug | None = Field(None, description="the row that has its time after the visit, and stands for it there")

    @model_validator(mode="after")
    def _has_one_end(self) -> TimelineRow:
        if bool(self.after) == bool(self.within):
            raise ValueError("give either `after`, a care step, or `within`, another row")
        return self

    @model_validator(mode="after")
    def _is_grouped_where_it_is_left_out(self) -> TimelineRow:
        if (self.kind == "leave") != bool(self.group):
            raise ValueError("give `group`, skin or day, with kind: leave, and with no other kind")
        return self

    @model_validator(mode="after")
    def _begins_where_it_can(self) -> TimelineRow:
        if self.within and not self.before:
            raise ValueError("give `before` too: a row with `within` shows only before the visit")
        if self.before and self.kind != "leave":
            raise ValueError("write kind: leave, or take out `before`: before a visit, things are left out and none is put on")
        return self


class Suitability(Facts):
    """A condition to tell the clinic about before booking."""

    id: Slug
    group: Literal["do-not", "wait", "ask-first", "with-care"]
    part: Line | None = Field(None, description="the small heading below which it stands; entries of one part follow each other")
    name: Line
    question: Sentence = Field(description="a care step's id in braces stands for its time, and {emergency} for the country's number, here and in why and what_to_do")
    why: Sentence
    what_to_do: Sentence
    call_now: bool = Field(False, description="a yes cannot wait for a list: what to do shows at once, with the clinic's number")
    sources: list[Slug] = Field([], description="empty where we found none; then `why` says so")
    certainty: Certainty


class RedFlag(Facts):
    """A warning sign and what to do about it."""

    id: Slug
    level: Literal["emergency", "same-day", "next-visit"]
    part: Line | None = Field(None, description="the small heading below which it stands; entries of one part follow each other")
    sign: Line
    looks_like: Sentence
    do_now: Sentence
    on_sheet: Positive | None = Field(None, description="how many sentences of `do_now` a printed sheet keeps; all where it is left out")
    typed: list[Line] = Field([], description="what a worried reader may type into the search for it: single words in any form, phrases to the letter")
    sources: SourceIds


class HealingWindow(Facts):
    """What is usual and what is not in one stretch of healing."""

    id: Slug
    label: Line
    begins: DurationText = Field("0 hours", description="how soon after treatment it can begin; care whose time is over by then is left out")
    picks: list[Line] = Field([], description="the days of it that a reader can pick, in their order")
    usual: Annotated[list[Sentence], Field(min_length=1)]
    call: Annotated[list[Sentence], Field(min_length=1)] = Field(description="signs to call the clinic about the same day")
    help_now: Annotated[list[Sentence], Field(min_length=1)] = Field(description="signs that cannot wait; each says what to do")
    sources: SourceIds


class Rate(Facts):
    """How many people something happened to in one study, for a picture of 100 people."""

    id: Slug
    what: Line = Field(description="what happened to them, as a clause in the past such as `got dark marks`; `did not` must fit it too")
    count: Annotated[int, Field(ge=0)] | None = Field(None, description="how many people, where the source gives a count")
    per_100: Annotated[str, StringConstraints(pattern=r"^\d{1,2}(\.\d+)?$")] | None = Field(None, description="the source's percentage, in quotes, where it gives no count")
    of: Annotated[int, Field(gt=0)] = Field(description="how many people the figure is about")
    group: Sentence = Field(description="who was studied, with skin types where we know them")
    when: Sentence = Field(description="the time that the figure is about")
    certainty: Certainty
    certainty_why: Sentence
    note: Sentence | None = None
    sources: SourceIds

    @model_validator(mode="after")
    def _can_be_drawn(self) -> Rate:
        if (self.count is None) == (self.per_100 is None):
            raise ValueError("give either a count or per_100, as the source does")
        if self.count == 0 and self.of < LEAST_FOR_NONE:
            raise ValueError(f"that it happened to none of fewer than {LEAST_FOR_NONE} people says too little for a picture: say it in a sentence")
        if self.count != 0 and not 0 < self.in_100 < 100:
            raise ValueError("a picture of 100 people shows from 1 to 99: say this figure in a sentence")
        return self

    @property
    def share(self) -> Fraction:
        """People of every 100, exactly."""
        return Fraction(self.per_100) if self.count is None else Fraction(100 * self.count, self.of)

    @property
    def in_100(self) -> int:
        """Whole people of every 100; halves go up."""
        return int(self.share + Fraction(1, 2))

    @property
    def as_given(self) -> str:
        """The figure as the source has it."""
        return f"{self.per_100}% of {self.of}" if self.count is None else f"{self.count or 'none'} of {self.of}"


_ForWhat = create_model("_ForWhat", __base__=Facts, **{"for": (Sentence, Field(description="what people choose it for"))})  # Python keeps the word `for`


class Option(_ForWhat):
    """Something that a reader could choose, with the same rows as every other option."""

    id: Slug
    part: Line = Field(description="the small heading below which it stands; options of one part follow each other")
    name: Line
    page: Annotated[str, StringConstraints(pattern=r"^([a-z0-9-]+/)*[a-z0-9-]+\.md(#[a-z0-9-]+)?$")] = Field(description="where more is said: a path under docs, with the id of a heading if need be")
    stays_first: bool = Field(False, description="it stands first whatever a reader ticks, as doing nothing does")
    concerns: list[Slug] = Field([], description="of data/concerns.yml, those that `for` names, or whose `other_options` names it from a source of both")
    downtime_days_most: Annotated[int, Field(ge=0)] | None = Field(None, description="the most days off, only where `downtime` gives them; left out where they are not known")
    what_it_is: Sentence
    life: Sentence = Field(description="what it may be like: how it feels, and what others see of it")
    how_well: Sentence
    how_well_short: Line
    harms: Sentence
    pigment_risk: Sentence = Field(description="the risk of dark or pale marks")
    pigment_short: Line
    downtime: Sentence
    downtime_short: Line
    sessions: Sentence
    cost_class: Literal["none", "low", "medium", "high", "not-known"] = Field(description="of a whole course")
    cost_why: Sentence
    certainty: Certainty = Field(description="how sure we are of how well it works")
    certainty_why: Sentence
    sources: SourceIds

    @model_validator(mode="after")
    def _days_off_are_those_that_it_tells(self) -> Option:
        most = self.downtime_days_most
        if most is not None and not re.search(rf"\b{most} days?\b" if most else r"^(None|No days off)\b", self.downtime):
            raise ValueError("give downtime_days_most only where `downtime` says as many days, or begins with None or No days off")
        return self


class Term(Facts):
    """A word explained."""

    id: Slug
    word: Line
    meaning: Sentence
    also: list[Line] = Field([], description="other words for it")


class HelpLine(Facts):
    """A number that the public can ring."""

    name: Line
    number: Annotated[str, StringConstraints(pattern=r"^[0-9 ]{2,20}$")]
    note: Line | None = None


class ReportTo(Facts):
    """Where a reader reports a problem with a device, product or treatment."""

    name: Line
    url: Annotated[str, StringConstraints(pattern=r"^https://[^\s\"<>]+$")] | None = None
    phone: Annotated[str, StringConstraints(pattern=r"^[0-9 -]{3,20}$")] | None = None


class Drawing(Facts):
    """A drawing and every word in it."""

    id: Slug = Field(description="also the name of its file in overrides/drawings")
    title: Line
    description: Annotated[list[Sentence], Field(min_length=1)] = Field(description="all that it says, for a reader who does not see it")
    caption: Sentence = Field(description="what it shows, as printed below it")
    labels: dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")], Line] = Field(description="every word in it; ` | ` stands where a line ends")
    sources: list[Slug] = Field([], description="what it rests on; empty for a scene that claims nothing")


class Country(Facts):
    """What a clinic's country settles."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    name: Line
    also: list[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]] = Field([], description="other codes that this entry answers for")
    clock: Literal[12, 24] = Field(24, description="12 where people write 5 pm, 24 where they write 17:00")
    emergency: HelpLine
    advice_line: HelpLine | None = Field(None, description="None where no single national line was found")
    report_to: list[ReportTo]
    sources: SourceIds


class SeenFigures(Facts):
    """Figures as sources give them, and where they stand there."""

    id: Slug
    seen: Sentence = Field(description="the figures in few words, as the sources give them")
    where: Line | None = Field(None, description="the part of the source that was read")
    sources: SourceIds


class Topic(Facts):
    """Something that readers come to learn, and the one place that answers it."""

    slug: Slug = Field(description="permanent name")
    name: Line
    page: Annotated[str, StringConstraints(pattern=r"^([a-z0-9-]+/)*[a-z0-9-]+\.md$")] = Field(description="its path under docs")
    heading: Slug = Field(description="the id of the heading on that page")
    asks: Annotated[list[Line], Field(min_length=3)] = Field(description="ways in which readers ask it, in their own words")
    index: Annotated[list[Line], Field(min_length=1)] = Field(description="the words under which the list from A to Z has it")


Place = Annotated[str, StringConstraints(pattern=r"^([a-z0-9-]+/)*[a-z0-9-]+\.md(#[a-z0-9-]+)?$")]


class Move(Facts):
    """A page or a heading whose address changed."""

    old: Place = Field(description="its path under docs as it was, with the id of the heading where only that moved")
    new: Place = Field(description="where the answer stands now")


class Synonyms(Facts):
    """Words that mean the same to someone who searches."""

    word: Line = Field(description="the one that the guide uses, or the most usual")
    also: Annotated[list[Line], Field(min_length=1)] = Field(description="words or short phrases that someone may type in its place")


# What of a clinic file answers a question; guide/macros/questions.py has how.
Answer = Literal["complaints", "devices", "licences", "numbing_time", "out_of_hours", "practitioners", "price", "qualifications", "registrations", "rf"]


class Question(Facts):
    """A question to ask a clinic."""

    ask: Sentence = Field(description="{word|shown} stands for a word of the glossary and what is shown of it")
    answered_by: Answer | None = Field(None, description="what of the clinic file answers it; left out where nothing does")


class Worry(Facts):
    """What someone in danger may type, and no list of signs on the skin holds."""

    id: Slug
    sign: Line
    typed: Annotated[list[Line], Field(min_length=1)] = Field(description="words and phrases, told apart to the letter")


class QuestionGroup(Facts):
    """Questions to ask a clinic about one thing."""

    id: Slug = Field(description="also the id of their heading on the page about questions")
    title: Line = Field(description="that heading")
    questions: Annotated[list[Question], Field(min_length=1)]

    @property
    def asks(self) -> list[str]:
        """The questions alone, as typed."""
        return [question.ask for question in self.questions]


# Each key with its file and the model of its entries.
FILES: dict[str, tuple[str, type[BaseModel]]] = {
    "references": ("references.yml", Source),
    "concerns": ("concerns.yml", Concern),
    "care": ("care.yml", CareStep),
    "timeline": ("timeline.yml", TimelineRow),
    "suitability": ("suitability.yml", Suitability),
    "red_flags": ("red-flags.yml", RedFlag),
    "healing": ("healing.yml", HealingWindow),
    "questions": ("questions.yml", QuestionGroup),
    "glossary": ("glossary.yml", Term),
    "countries": ("countries.yml", Country),
    "figures": ("figures.yml", SeenFigures),
    "topics": ("topics.yml", Topic),
    "moved": ("moved.yml", Move),
    "synonyms": ("synonyms.yml", Synonyms),
    "worries": ("worries.yml", Worry),
    "rates": ("rates.yml", Rate),
    "options": ("options.yml", Option),
    "drawings": ("drawings.yml", Drawing),
}
