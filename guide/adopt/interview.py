"""The talk with the receptionist: one question after another, each answer checked at once, back and forth, until all is answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guide.adopt.asking import Stopped, Terminal, answer, command
from guide.adopt.kinds import YES_NO
from guide.adopt.questions import ANOTHER, KEEP_OURS, PARTS, Question, Questionnaire, as_data, over
from guide.clinic import PRACTICE_IN_TEXT, checked_clinic
from guide.faults import Fault
from guide.library import Library
from guide.places import Document, Key

PROMPT = "Your answer:"
NEXT_LINE = "Next line, or Enter:"
INTRO = (
    "Each question stands alone. Type your answer and press Enter.",
    "back goes to the question before. help, or ?, explains. later leaves a question for another day. none takes an answer away.",
    "stop, or Ctrl and C, keeps all that you have answered, so that you can go on another day.",
)
EXAMPLE_WORD = "example"
# What the clinic file's own checks say to people who write the file, and what it is to those who are asked.
SPOKEN = (
    (re.compile(r", in quotes; to keep our time, take the line out"), "; to keep our time, press Enter"),
    (re.compile(r"; to keep our default, leave the key out"), "; to keep our time, press Enter"),
    (re.compile(r"; leave it empty where there is none"), "; where there is none, type none"),
    (re.compile(r",? in quotes,?"), ""),
    (re.compile(r"such as opening_hours\.note"), "such as the note on your hours"),
    (re.compile(r"keep the value in one piece: .*"), "write it without an empty line in it"),
    (re.compile(r", or take the key out if it may be left out"), ""),
    (re.compile(r"; a folder goes in base_path"), ""),
)


@dataclass
class Interview:
    """The questions of one clinic file and the answers so far.

    terminal  where they are asked
    library   the data files
    example   the shipped clinic file's values, which stand where nothing is answered
    folder    the folder of the clinic file
    keep      called after each answer, so that nothing is lost whatever happens next
    answers   by the key of the question; None where it was skipped
    later     the questions that are left for another day
    """

    terminal: Terminal
    library: Library
    example: Mapping[str, Any]
    folder: Path
    keep: Callable[[], None]
    answers: dict[str, Any] = field(default_factory=dict)
    later: set[str] = field(default_factory=set)
    part: int = -1  # the part whose name was shown last

    def __post_init__(self) -> None:
        self.form = Questionnaire(self.library)

    def plan(self, part: int | None = None) -> list[Question]:
        """The questions that the answers so far lead to, all or those of one part."""
        return [question for question in self.form.plan(self.answers) if part in (None, question.part)]

    def open_questions(self) -> list[Question]:
        """Those that were neither answered, nor skipped, nor left for later."""
        return [question for question in self.plan() if self._is_open(question)]

    def _is_open(self, question: Question) -> bool:
        return question.key not in self.answers and question.key not in self.later

    def data(self) -> dict[str, Any]:
        """The clinic file's values: the answers, and the example where there is none."""
        free = {question.key: None for question in self.plan() if question.free and question.key not in self.answers}
        return over(rung_from_anywhere(self.example), as_data({**free, **self.answers}))

    def ask_open(self) -> None:
        """Ask every question that is open, and again those to which the person goes back.

        Errors: Stopped.
        """
        self._walk(lambda: self.plan(), all_of_them=False)

    def ask_part(self, part: int) -> None:
        """Ask every question of one part, whatever was answered.

        Errors: Stopped.
        """
        self._walk(lambda: self.plan(part), all_of_them=True)

    def _walk(self, plan: Callable[[], list[Question]], all_of_them: bool) -> None:
        """Go through questions, forth and back.

        plan         gives the questions anew after each answer
        all_of_them  whether answered ones are asked too; where not, only those that were passed already
        """
        place, furthest = 0, -1
        while len(now := plan()) > place:
            question = now[place]
            if all_of_them or place <= furthest or self._is_open(question):
                furthest = max(furthest, place)
                place += -1 if self._put(question, first=place == 0) else 1
            else:
                place += 1

    def mend(self) -> None:
        """Ask again what does not fit with the other answers, such as a telephone number of another country.

        Errors: Stopped.
        """
        while True:
            plan, faults = self.plan(), self._faults()
            found = next((question for question in plan if any(_is_of(fault, question) for fault in faults)), None)
            if found is None:
                return
            self.terminal.say("", "One answer does not go with the others:")
            self._put(found, first=True)

    def summary(self) -> Iterator[str]:
        """Every answer, part by part."""
        for number, name in enumerate(PARTS):
            yield f"Part {number + 1}: {name}"
            for question in self.plan(number):
                if not question.key.endswith(f".{ANOTHER}"):
                    yield f"  {question.label}: {self._said(question)}"

    def _said(self, question: Question) -> str:
        if question.key in self.later:
            return "left for later"
        value = self.answers.get(question.key)
        return "none" if value is None and not question.key.startswith("protocol.") else "ours" if value is None else question.kind.show(value)

    # --- One question ---

    def _put(self, question: Question, first: bool) -> bool:
        """Ask one question until it is answered; whether the person wants to go back."""
        self._show(question)
        while True:
            typed = self.terminal.ask(PROMPT)
            does = command(typed)
            if does == "back" and not first:
                return True
            if does == "back":
                self.terminal.say("There is no question before this one here.")
            elif does == "help":
                self._explain(question)
            elif does == "stop":
                raise Stopped
            elif self._answered(question, typed, does):
                self.keep()
                return False

    def _show(self, question: Question) -> None:
        say = self.terminal.say
        if question.part != self.part:
            self.part = question.part
            say("", f"Part {question.part + 1} of {len(PARTS)}: {PARTS[question.part]}")
        say("", question.ask)
        if question.key.startswith("protocol.") and question.key != KEEP_OURS:
            say(question.help)  # our time and its limits are what is asked about
        elif question.example:
            say(f"Such as: {question.example}")
        say(*self._enter(question))

    def _enter(self, question: Question) -> Iterator[str]:
        """What only pressing Enter does."""
        value = self._now(question)
        if value is not None:
            yield f"Enter {'keeps' if self.answers.get(question.key) is not None else 'takes'}: {question.kind.show(value)}"
        elif question.free:
            yield "Enter keeps ours." if question.key.startswith("protocol.") else "Enter skips it."

    def _now(self, question: Question) -> Any:
        """The answer so far, or the usual one where there is one."""
        value = self.answers.get(question.key)
        return question.default if value is None and not (question.free and question.key in self.answers) else value

    def _explain(self, question: Question) -> None:
        lines = [question.help, f"Such as: {question.example}" if question.example else "", *self._enter(question)]
        self.terminal.say(*filter(None, lines), *INTRO[1:])

    def _answered(self, question: Question, typed: str, does: str | None) -> bool:
        """Take what was typed; whether it is an answer."""
        if does == "later":
            return self._left_for_later(question)
        if does == "none":
            return self._taken_away(question)
        if not typed:
            return self._entered(question)
        return self._typed(question, typed)

    def _left_for_later(self, question: Question) -> bool:
        if question.free:
            self.answers[question.key] = None
        elif question.kind is YES_NO:
            self.terminal.say("Answer this one now, with yes or no.")
            return False
        else:
            self.answers.pop(question.key, None)
            self.later.add(question.key)
            self.terminal.say("Left for later. Until then the guide is not for publication.")
        return True

    def _taken_away(self, question: Question) -> bool:
        entry = re.fullmatch(r"(practitioners|devices)\.(\d+)\.name", question.key)
        if question.free:
            self._take(question, None)
        elif entry and (int(entry[2]) > 1 or self.answers.get(f"{entry[1]}.1.{ANOTHER}")):
            self.answers = without_entry(self.answers, entry[1], int(entry[2]))
            self.later = set(without_entry(dict.fromkeys(self.later), entry[1], int(entry[2])))
            self.terminal.say("Taken out of the list.")
        else:
            self.terminal.say("This one is needed. Type later if you do not know it yet.")
            return False
        return True

    def _entered(self, question: Question) -> bool:
        value = self._now(question)
        if value is None and not question.free:
            self.terminal.say("This one is needed. Type later if you do not know it yet.")
            return False
        return self._fits(question, value)

    def _typed(self, question: Question, typed: str) -> bool:
        if question.kind.lines:
            return self._lines(question, typed)
        return self._read(question, answer(typed), typed)

    def _lines(self, question: Question, typed: str) -> bool:
        """Take line after line until an empty one; what does not fit is asked again, and the lines before it stay."""
        lines: list[str] = []
        while True:
            if self._read(question, [*lines, answer(typed)], "", quiet=True):
                lines.append(answer(typed))
            elif not lines:
                return False
            typed = self._next_line(question, lines)
            if not typed:
                return bool(lines) and self._read(question, lines, "")

    def _next_line(self, question: Question, lines: list[str]) -> str:
        """What is typed as the next line; empty where there is none, or where the first one was taken back."""
        while True:
            typed = self.terminal.ask(NEXT_LINE)
            does = command(typed)
            if does == "stop":
                raise Stopped
            if does == "help":
                self._explain(question)
            elif does == "back":
                self.terminal.say(f"Taken away: {lines.pop()}")
                if not lines:
                    self.answers.pop(question.key, None)
                    return ""
            else:
                return typed

    def _read(self, question: Question, typed: Any, as_typed: str, quiet: bool = False) -> bool:
        """Read, check and take an answer; where it does not fit, say what would."""
        try:
            value = question.kind.read(typed)
        except ValueError as error:
            self._told(str(error))
            return False
        if not self._fits(question, value):
            return False
        shown = question.kind.show(value)
        if as_typed and question.kind is not YES_NO and shown.casefold() != as_typed.casefold():
            self.terminal.say(f"Taken as: {shown}")
        if not quiet and (EXAMPLE_WORD in shown.casefold() or PRACTICE_IN_TEXT.search(shown)):
            self.terminal.say("Taken. It looks like an example, so the guide is not for publication until you change it.")
        return True

    def _fits(self, question: Question, value: Any) -> bool:
        """Take an answer if the clinic file's own checks find nothing wrong with it."""
        before, left = dict(self.answers), set(self.later)
        self._take(question, value)
        faults = [fault for fault in self._faults() if _is_of(fault, question)]
        if faults:
            self.answers, self.later = before, left
            self._told(*(f"found {fault.found}; {fault.expected}" for fault in faults))
        return not faults

    def _take(self, question: Question, value: Any) -> None:
        self.answers[question.key] = value
        self.later.discard(question.key)

    def _told(self, *slips: str) -> None:
        for slip in slips:
            words = spoken(slip)
            self.terminal.say(f"That does not fit: {words}{'' if words.endswith(('.', '?')) else '.'}")

    def _faults(self) -> list[Fault]:
        data = self.data()
        return checked_clinic(Document("", data, dict.fromkeys(_places(data, ()), 0)), self.library, self.folder)[1]


def _places(value: Any, above: Key) -> Iterator[Key]:
    """Every place in the data, so that a fault can name its own."""
    for part, below in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*above, part)
        yield from _places(below, (*above, part))


def rung_from_anywhere(example: Mapping[str, Any]) -> dict[str, Any]:
    """The example with its telephone numbers as other countries dial them: where they are left for later, the rest can be checked."""
    phones = example.get("phones") or {}
    dialled = {name: {**line, "number": f"+1 {line['number']}"} if line.get("number", "+").startswith("(") else line for name, line in phones.items()}
    return {**example, "phones": dialled}


def _is_of(fault: Fault, question: Question) -> bool:
    return fault.key == question.key or fault.key.startswith(f"{question.key}.") or (fault.key == "phones" and question.key == "phones.after_hours")


def spoken(words: str) -> str:
    """What a check of the clinic file says, for somebody who is asked and sees no file."""
    for pattern, instead in SPOKEN:
        words = pattern.sub(instead, words)
    return words


def without_entry(answers: Mapping[str, Any], group: str, gone: int) -> dict[str, Any]:
    """The answers with one entry of a list taken out, and those after it moved up.

    gone  its number, from 1
    """
    kept = {}
    for key, value in answers.items():
        found = re.fullmatch(rf"{group}\.(\d+)\.(.+)", key)
        number = int(found[1]) if found else 0
        if number != gone:
            kept[f"{group}.{number - 1}.{found[2]}" if number > gone else key] = value
    last = max((int(found[1]) for key in kept if (found := re.match(rf"{group}\.(\d+)\.", key))), default=0)
    if answers.get(f"{group}.{last + 1}.{ANOTHER}") is False and last:
        kept[f"{group}.{last}.{ANOTHER}"] = False
    return kept
