"""Abbreviations: each is explained where a page first uses it, is a dotted word that explains itself, or is one that everybody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.pages import HEADING

# Two capitals or more, and a number among or after them: RF, CO2, AHAs.
SHORT = re.compile(r"(?<![\w.-])(?:[A-Z]\d*){2,}(?=s?(?![\w-]))")
ROMAN = re.compile(r"[IVX]+")  # the numbers of skin types, which a page brings in as such
EVERYDAY = {
    "UK": "a country that everybody knows by its letters",
    "US": "as UK",
    "USA": "as UK",
    "HIV": "better known by its letters than by its name",
    "EMLA": "a brand, which the sentence says",
    "PEMAT": "the name of a checklist, which the sentence says",
    "DISCERN": "as PEMAT",
    "CDC": "as PEMAT",
    "JAMA": "as PEMAT",
    "IPDAS": "as PEMAT",
    "GRADE": "the name of a method, which the sentence says",
    "DEN": "letters of a file's number, which the sentence says",
    "NCT": "as DEN",
    "PMC": "as DEN",
}
TERM = re.compile(r"\{\{\s*term\((.*?)\)\s*\}\}")
OTHER_MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
TARGET = re.compile(r"\]\([^)]*\)")
# After the letters: words in brackets, or set off by a comma; a few words of the same name may come between.
MEANING_AFTER = r"(?:\W{0,3}[\w-]+){0,3}\W{0,4}(?:\((?=[^)]{4})|, (?:the|a|an|or|which|short for)\b)"
MEANING_BEFORE = r"\w[\w’-]*\W{0,4} \((?:the |called |or |in short )?(?:[^()]* )?"


def unexplained(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The first use of each abbreviation that nothing there explains: its line, and its letters.

    lines  a page's lines with their numbers. Headings are passed over: the text below a heading explains what it says
    """
    known = set(EVERYDAY)
    for number, line in lines:
        if HEADING.match(line):
            continue
        dotted = {letters for call in TERM.findall(line) for letters in _letters(call)} | _terms(line)
        text = TARGET.sub("]", OTHER_MACRO.sub("", TERM.sub(_shown, line)))
        for letters in dict.fromkeys(_letters(text)):
            if letters not in known and letters not in dotted and not _explained(letters, text):
                yield number, letters
            known.add(letters)
        known |= dotted


def _letters(text: str) -> list[str]:
    return [found for found in SHORT.findall(text) if not ROMAN.fullmatch(found)]


def _terms(line: str) -> set[str]:
    """Ids of words that explain themselves, as letters: `term("spf")` is SPF."""
    return {call.split(",")[0].strip(" \"'").upper() for call in TERM.findall(line)}


def _shown(call: re.Match) -> str:
    return " ".join(re.findall(r"[\"']([^\"']*)[\"']", call[1])[-1:])


def _explained(letters: str, text: str) -> bool:
    """Whether words for the letters stand beside them."""
    name = rf"(?<![\w-]){re.escape(letters)}s?(?![\w-])"
    return bool(re.search(name + MEANING_AFTER, text) or re.search(MEANING_BEFORE + name, text))
