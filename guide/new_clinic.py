"""`python -m guide new`: asks a clinic the questions of its file and writes it, with the shipped file as the model.

An old file is never lost: its answers are the defaults, it is replaced only after a yes, and it is kept beside the new one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from guide.adopt.asking import Stopped, Terminal
from guide.adopt.draft import draft_of, read_draft, replace_file, write_draft
from guide.adopt.filling import filled
from guide.adopt.interview import INTRO, Interview
from guide.adopt.kinds import YES_NO
from guide.adopt.questions import KEEP_OURS, PARTS, as_answers
from guide.clinic import LARGEST_CLINIC_FILE, PRACTICE_IN_TEXT, Clinic, read_clinic, steps_to_set
from guide.faults import Fault, Faults, quoted
from guide.library import Library, read_library
from guide.own import own_clinic
from guide.places import parse_document, read_text
from guide.project import CLINIC_FILE

ENDINGS = (".yml", ".yaml")
OLD = ".old"  # no .yml: such a file is not taken for a clinic's
SCHEMA = "data/clinic.schema.json"
WRITE = "Enter writes the file. A number goes to that part. Your answer:"
YES_OR_NO = "yes or no:"


def new_clinic(root: Path, named: str | None, source: BinaryIO, shown: TextIO, typed: bool) -> int:
    """Ask, and write the file; 1 where the person stopped before.

    root    the project's folder
    named   the file as the person named it; left out, the clinic's own
    source  what is typed, or comes through a pipe
    shown   where the questions are shown
    typed   whether a person sees what they type

    Errors: Faults where the file cannot be one, or cannot be read.
    """
    maker = _Maker(root, named, Terminal(source, shown, typed))
    try:
        maker.ask()
        maker.write()
    except (Stopped, KeyboardInterrupt):
        maker.stopped()
        return 1
    except OSError as error:
        raise Faults([Fault(maker.name, 0, "", f"a file that cannot be written ({error.strerror})", f"check that the disk has room and that you may write there; the answers that could be kept are in {draft_of(maker.target).name}")]) from None
    return 0


class _Maker:
    """One clinic file in the making."""

    def __init__(self, root: Path, named: str | None, terminal: Terminal) -> None:
        self.root = root
        self.named = named
        self.terminal = terminal
        self.name, self.target = _target(root, named)
        self.library: Library = read_library(root / "data")
        self.template, example = _shipped(root)
        self.talk = Interview(terminal, self.library, example, self.target.parent, self._keep)
        self.existing = self._existing()

    # --- Asking ---

    def ask(self) -> None:
        """Ask all that is open, then show the answers until the person is content with them.

        Errors: Stopped.
        """
        self._open()
        self.talk.ask_open()
        self.talk.mend()
        while True:
            part = self._part_to_change()
            if part is None:
                return
            self.talk.ask_part(part)
            self.talk.mend()

    def _open(self) -> None:
        """Begin: with what was kept, with what the file says already, or from nothing."""
        say = self.terminal.say
        kept = read_draft(self.target)
        say(f"This asks what the guide says of your clinic, and writes {self.name}.", "")
        if kept is not None:
            self.talk.answers = kept
            say("You stopped before. Your answers so far are kept: here is what is left.")
        elif draft_of(self.target).exists():
            aside = self._free_name(draft_of(self.target).name + OLD)
            draft_of(self.target).rename(aside)
            say(f"{draft_of(self.target).name} cannot be read, and is now called {aside.name}. We begin anew.")
        elif self.existing:
            self.talk.answers = self._answers_of(self.existing)
            say(f"{self.name} is there already, for {self.existing.get('name')}. Its answers stand until you change them.", "For another clinic, stop and name another file, such as clinics/leeds.yml.")
        say(*INTRO)

    def _part_to_change(self) -> int | None:
        """Show all answers; the part that the person wants to change, or None where the file can be written."""
        say = self.terminal.say
        say("", "These are your answers.", "")
        for line in self.talk.summary():
            say(line.strip(), indent="  " if line.startswith(" ") else "")
        say("")
        while True:
            try:
                word = self.terminal.ask(WRITE).lower()
            except Stopped:
                if self.terminal.typed:
                    raise
                return None  # all is answered, and what was piped in ends here
            if not word:
                return None
            if word == "stop":
                raise Stopped
            if word.isdecimal() and 1 <= int(word) <= len(PARTS):
                return int(word) - 1
            say(f"Press Enter to write the file, type a number from 1 to {len(PARTS)} to change a part, or stop.")

    def _keep(self) -> None:
        write_draft(self.target, {key: value for key, value in self.talk.answers.items() if key not in self.talk.later})

    def stopped(self) -> None:
        """Say what is kept, and how to go on."""
        self.terminal.say("")
        if draft_of(self.target).exists():
            self.terminal.say(f"Stopped. Your answers are kept in {draft_of(self.target).name}, and {self.name} is as it was.", f"To go on where you stopped, type: {self._again()}")
        else:
            self.terminal.say(f"Stopped. Nothing was changed. To begin, type: {self._again()}")

    # --- What is there already ---

    def _existing(self) -> dict[str, Any]:
        """The values of the file that is there, unless it is the example still; a file of the older way counts as well."""
        for path, name in ((self.target, self.name), *([(self.root / CLINIC_FILE, CLINIC_FILE)] if self.named is None else [])):
            if path.exists():
                text, faults = read_text(path, name, LARGEST_CLINIC_FILE)
                document, found = parse_document(text, name) if text is not None else (None, [])
                if document is None:
                    raise Faults([*faults, *found])
                data = document.data if isinstance(document.data, dict) else {}
                return {} if _is_example(data.get("name")) else data
        return {}

    def _answers_of(self, data: dict[str, Any]) -> dict[str, Any]:
        """What a file answers already; what is still an example is asked anew."""
        answers = {key: value for key, value in as_answers(data).items() if not _is_example(value)}
        if "reviewer" in data:
            answers.setdefault("reviewer.name", None)
        if answers[KEEP_OURS] is False:
            answers = {**{f"protocol.{step}": None for step in steps_to_set(self.library)}, **answers}
        return answers

    # --- Writing ---

    def write(self) -> None:
        """Write the file, once it is sure that it can be read back, and say what comes next.

        Errors: Stopped where an old file must stay; OSError where nothing can be written.
        """
        text = filled(self.template, self.talk.data(), self._schema())
        self.target.parent.mkdir(parents=True, exist_ok=True)
        clinic = self._read_back(text)
        kept = self._put_old_aside() if self.target.exists() else None
        replace_file(self.target, text)
        draft_of(self.target).unlink(missing_ok=True)
        self.terminal.say("", *self._written(clinic, kept))

    def _read_back(self, text: str) -> Clinic:
        """The clinic as the file will say it.

        Errors: Faults, as for any clinic file; none is left where each question was answered.
        """
        beside = self._free_name(f".{self.target.name}-new")
        try:
            replace_file(beside, text)
            return read_clinic(beside, self.library, self.name)
        finally:
            beside.unlink(missing_ok=True)

    def _put_old_aside(self) -> Path | None:
        """Keep a copy of the file that is there; None where it is the example that came with the guide.

        Errors: Stopped where the person does not want it replaced.
        """
        if not self.existing:
            return None
        aside = self._free_name(self.target.name + OLD)
        self.terminal.say("", f"{self.name} is there already. Shall the new answers take its place? The old file is kept as {aside.name}; notes of your own in it stay there.")
        while True:
            word = self.terminal.ask(YES_OR_NO)
            try:
                if not YES_NO.read(word):
                    raise Stopped
            except ValueError:
                continue
            shutil.copy2(self.target, aside)
            return aside

    def _free_name(self, name: str) -> Path:
        """A name beside the clinic file that no other file has."""
        names = (name if not number else f"{name}-{number}" for number in range(10_000))
        return next(path for path in (self.target.with_name(name) for name in names) if not path.exists())

    def _schema(self) -> str:
        try:
            return Path(os.path.relpath(self.root / SCHEMA, self.target.parent)).as_posix()
        except ValueError:  # on Windows, no way leads from one disk to another
            return ""

    def _written(self, clinic: Clinic, kept: Path | None) -> Iterator[str]:
        yield f"Written: {self.name}"
        if kept:
            yield f"The old file is {kept.name}."
        examples = clinic.example_values()
        if examples:
            yield f"{len(examples)} {'value is' if len(examples) == 1 else 'values are'} still an example, so pages say that they are not for publication:"
            yield from (f"  {example}" for example in examples)
            yield f"When you know them, type again: {self._again()}"
        yield "What to type next:"
        yield f"  {self._call('check')}"
        yield "  says what is missing or does not go together."
        yield f"  {self._call('site')}"
        yield "  builds the guide into the folder site."

    def _again(self) -> str:
        return self._call("new-clinic")

    def _call(self, target: str) -> str:
        """A command as it is typed on this computer."""
        if os.name == "nt":
            run = {"check": "-m guide check", "site": "-m mkdocs build", "new-clinic": "-m guide new"}[target]
            first = f"set CLINIC={self.named}& " if self.named and target != "new-clinic" else ""
            return f"{first}.venv\\Scripts\\python {run}{f' {self.named}' if self.named and target == 'new-clinic' else ''}"
        return f"make {target}{f' CLINIC={_shell(self.named)}' if self.named else ''}"


def _shell(word: str) -> str:
    return f"'{word}'" if " " in word else word


def _target(root: Path, named: str | None) -> tuple[str, Path]:
    """The file to write, as people know it and as it is.

    Errors: Faults where it cannot be one.
    """
    path = Path(named).absolute() if named else own_clinic(root)
    name = named or path.relative_to(root).as_posix()
    if path.suffix.lower() not in ENDINGS:
        raise Faults([Fault(name, 0, "", f"the name {quoted(path.name)}", f"name a file that ends in .yml, such as {path.stem or 'clinic'}.yml")])
    if path.exists() and not path.is_file():
        raise Faults([Fault(name, 0, "", "a folder or a device", "give the name of a file")])
    if any(parent.exists() and not parent.is_dir() for parent in path.parents):
        raise Faults([Fault(name, 0, "", "a file where its folder should be", "name a file in a folder")])
    return name, path


def _shipped(root: Path) -> tuple[str, dict[str, Any]]:
    """The shipped clinic file: its text, and its values.

    Errors: Faults where somebody broke it.
    """
    text, faults = read_text(root / CLINIC_FILE, CLINIC_FILE, LARGEST_CLINIC_FILE)
    document, found = parse_document(text, CLINIC_FILE) if text is not None else (None, [])
    if text is None or document is None or found or not isinstance(document.data, dict):
        raise Faults([*faults, *found] or [Fault(CLINIC_FILE, 0, "", "no clinic file", "fetch the one that came with the guide")])
    return text, document.data


def _is_example(value: Any) -> bool:
    """Whether a value is one of the example clinic's."""
    if isinstance(value, (dict, list)):
        return any(_is_example(part) for part in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and ("example" in value.casefold() or bool(PRACTICE_IN_TEXT.search(value)))
