"""A talk in a terminal, in plain lines: no colour and no moving cursor, so that a screen reader, a pipe and any window get the same."""

from __future__ import annotations

import locale
import re
import textwrap
from typing import BinaryIO, TextIO

WIDTH = 78
COMMANDS = {
    "back": {"back", "b"},
    "help": {"help", "?"},
    "stop": {"stop", "quit", "exit"},
    "later": {"later"},
    "none": {"none"},
}
PRESSED = re.compile(r"\x1b(?:\[[0-9;]*[A-Za-z~]|O[A-Za-z])")  # what arrow keys and pasting send along with the letters
# Signs that old Windows windows do not have, and what stands for them there.
SIMPLE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "—": "-"})


class Stopped(Exception):
    """The person wants to stop, or there is nothing more to read."""


class Terminal:
    """Where questions are shown and answers are typed.

    source  bytes as they are typed, or as they come through a pipe
    shown   where lines are printed
    typed   whether a person sees what they type; where not, each answer is printed after its question
    """

    def __init__(self, source: BinaryIO, shown: TextIO, typed: bool) -> None:
        self.source = source
        self.shown = shown
        self.typed = typed

    def say(self, *lines: str, indent: str = "") -> None:
        """Print some lines; a long one goes on below itself."""
        for line in lines:
            self._print("\n".join(textwrap.wrap(line, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)) + "\n")

    def ask(self, prompt: str) -> str:
        """One line of what is typed, without spaces and pressed keys round it.

        Errors: Stopped at the end of what can be read, and at Ctrl-C.
        """
        self._print(f"{prompt} ")
        try:
            line = self.source.readline()
        except KeyboardInterrupt:
            line = b""
        if not line:
            self._print("\n")
            raise Stopped
        typed = PRESSED.sub("", _decoded(line)).replace("\t", " ").strip()
        if not self.typed:
            self._print(f"{typed}\n")
        return typed

    def _print(self, text: str) -> None:
        encoding = self.shown.encoding or "utf-8"
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            text = text.translate(SIMPLE).encode(encoding, "replace").decode(encoding)
        self.shown.write(text)
        self.shown.flush()


def _decoded(line: bytes) -> str:
    """What was typed: in UTF-8, or else in the letters of this computer's own code page."""
    for encoding in ("utf-8-sig", locale.getpreferredencoding(False), "cp1252"):
        try:
            return line.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return line.decode("latin-1")


def command(typed: str) -> str | None:
    """The command that a line is, or None where it is an answer."""
    return next((name for name, words in COMMANDS.items() if typed.lower() in words), None)


def answer(typed: str) -> str:
    """What a line says as an answer: a word that is also a command can be put in quotation marks."""
    inner = typed[1:-1].strip() if len(typed) > 2 and typed[0] == typed[-1] and typed[0] in "\"'" else ""
    return inner if inner and command(inner) else typed
