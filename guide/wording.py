"""Claims that we never make: the list, how they are found in a text, and what is written instead.

Passed over are words in quotation marks, which are somebody else's; words that their own sentence denies shortly before
("no treatment is painless"); and what a plain question asks ("Is it permanent?").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import Field

from guide.faults import Fault, quoted
from guide.models import Facts, Line, Sentence, Slug, required
from guide.pages import PageSource
from guide.places import read_document, read_text
from guide.project import Guide
from guide.prose import Block, blocks_of, data_blocks, text_blocks

NOT_OURS = ("references", "figures", "topics", "synonyms", "worries")  # data files in other people's words: titles, findings, what patients ask and type

DASH = r"[\s\-‐‑‒–]"
GAP = rf"(?:{DASH}{{1,3}}(?!(?:and|or|before|until|from|to|with|near|after)\b)\w+(?:[’'-]\w+){{0,2}}){{0,3}}?{DASH}{{1,3}}"
SENTENCE_END = re.compile(r"[.!?…]+[\"”’')\]]*\s+|\n")
QUOTED = re.compile(r"“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|(?<!\d)\"[^\"]*\"|(?<!\w)‘[^‘]*?’(?!\w)|(?<!\w)'(?=\w)[^']*(?:\w'\w[^']*)*'(?!\w)")

# --- What denies ---

DENIER = re.compile(
    r"(?i)(?<!\w)(?:nobody|no[ -]one|nothing|none|not|never|neither|nor|no|cannot|without|hardly|rarely|seldom|unlikely|beware|wary|myth|untrue"
    r"|far from|anything but|less than|\w+n['’]t)(?!\w)"
)
REACH = 8  # words between what denies and what is denied
# What follows a "not" that denies nothing: "not only painless", "no doubt", "do not miss", "nothing beats".
NO_DENIAL = re.compile(
    r"(?i)\s+(?:only|just|merely|simply|solely|to\s+mention|else|others?|doubts?|question|wonder|matter|worr\w+|need\w*|have\s+to|miss|hesitate|wait|forget|delay"
    r"|fails?|look\s+(?:any\s+)?further|short\s+of|less\s+than|but|(?:quite\s+)?like|beats|compares|you|it|we|they)\b"
)
INVITES = re.compile(r"(?i)\bwhy\s+$")  # "why not try our painless …"
VERB = r"(?:is|are|was|were|be|can|could|will|would|may|might|should|must|has|have|does|do|did|promises?|offers?|gives?|makes?|says?|claims?|guarantees?|works?|shows?|shown|found|means?|leaves?|comes?|brings?|needs?)"
# Where a new thought begins, which the denial before it does not reach.
TURN = re.compile(
    rf"(?i)[;:…—()]|\s[-–]\s|\b(?:but|yet|however|although|though|because|while|whereas|instead|rather|thanks\s+to|than)\b|\b(?:needed|required|necessary)\b"
    rf"|\b(?:and|so|as|since)\s+(?:it|it['’]s|this|these|they|we|you|your|our|enjoy|get|feel|see|love|look)\b|\band\s+(?:\w+\s+){{0,2}}{VERB}\b"
)
PAIRED = re.compile(r"\([^()]*\)")
BOAST = re.compile(r"(?i)(?:\b(?:a|any)\s+(?:more|such)|\b(?:as|so|more|such|this))\s*$")  # "nothing is as painless"
BOAST_AFTER_NOT = re.compile(r"(?i)\b(?:(?:a|any)\s+(?:more|such)|be\s+more)\s*$")
NOUN_ALONE = 4  # words: how far "no …" and "without …" reach where no verb follows
ENDS_NOUN = re.compile(rf"(?i)&|\b(?:and|for|with|you|your|we|our|it|just|only|{VERB})\b")
ASKS = re.compile(r"(?i)^\W*(?:is|are|was|were|does|do|did|can|could|will|would|has|have)\s+(?!you\b|anyone\b|your\b).*\?\W*$", re.S)


class Claim(Facts):
    """Words that promise too much, and what to write in their place."""

    id: Slug
    says: list[Line] = Field(min_length=1, description="the words in every form and spelling; a space or hyphen matches either")
    about: list[Line] = Field([], description="where given, one of these must follow, at most three words on")
    passes: list[Line] = Field([], description="longer phrases in which the same words are no such claim")
    why: Sentence
    instead: Sentence = Field(description="what a receptionist can write")

    @cached_property
    def found_by(self) -> re.Pattern[str]:
        """What finds the claim in a text."""
        says = _any_of(self.says)
        return re.compile(rf"(?i)(?<!\w){says}{GAP}{_any_of(self.about)}(?!\w)" if self.about else rf"(?i)(?<!\w){says}(?!\w)")

    @cached_property
    def passed_by(self) -> re.Pattern[str]:
        """What finds the phrases that pass; where there is none, it finds nothing."""
        return re.compile(rf"(?i)(?<!\w){_any_of(self.passes)}(?!\w)" if self.passes else r"(?!)")


class _Claims(Facts):
    claims: list[Claim] = Field(min_length=1)


@dataclass(frozen=True)
class Finding:
    """A claim in a text: the words as they stand there, and the line on which they begin."""

    claim: Claim
    words: str
    line: int

    def fault(self, file: str) -> Fault:
        return Fault(file, self.line, "", quoted(self.words), f"{self.claim.why}. Instead: {self.claim.instead}")


def read_claims(folder: Path) -> list[Claim]:
    """The claims that we never make.

    folder  the folder `data`

    Errors: Faults with everything that is wrong in the file.
    """
    return required(_Claims, *read_document(folder / "claims-to-avoid.yml", "data/claims-to-avoid.yml")).claims


def wording_faults(guide: Guide, pages: Iterable[PageSource]) -> Iterator[Fault]:
    """Every such claim in the guide's pages, in the list of changes that a page shows, and in the texts of its data files."""
    claims = read_claims(guide.root / "data")
    for page in pages:
        yield from _block_faults(text_blocks(page.text), page.file, claims)
    yield from _block_faults(text_blocks(guide.changelog), "CHANGELOG.md", claims)
    for key, document in guide.library.documents.items():
        if key not in NOT_OURS:
            yield from _block_faults(data_blocks(document), document.name, claims)


def word_faults(files: Iterable[Path], claims: Sequence[Claim]) -> Iterator[Fault]:
    """Every such claim in some text files, and every file that cannot be read."""
    for file in files:
        text, faults = read_text(file, str(file))
        yield from faults
        yield from _block_faults(blocks_of(text or "", file.name), str(file), claims)


def _block_faults(blocks: Iterable[Block], file: str, claims: Sequence[Claim]) -> Iterator[Fault]:
    for block in blocks:
        for finding in findings(block, claims):
            yield finding.fault(file)


def findings(block: Block, claims: Sequence[Claim]) -> list[Finding]:
    """The claims in one block, in its order; of two that overlap, the one that begins first."""
    text = bare = block.text
    spans = [(match.start(), -match.end(), claim) for claim in claims for match in claim.found_by.finditer(text) if not _passes(match, claim)]
    quotes = [match.span() for match in QUOTED.finditer(text)]
    found: list[Finding] = []
    reached = 0
    for start, negative_end, claim in sorted(spans, key=lambda span: span[:2]):
        end = -negative_end
        if start >= reached and not any(opens < start and end < closes for opens, closes in quotes) and not _answered(bare, start, end):
            found.append(Finding(claim, text[start:end], block.lines[start]))
            bare = bare[:start] + "x" * (end - start) + bare[end:]  # so that its own "no" denies nothing after it
            reached = end
    return found


def _passes(match: re.Match[str], claim: Claim) -> bool:
    return any(phrase.start() <= match.start() and match.end() <= phrase.end() for phrase in claim.passed_by.finditer(match.string))


def _answered(text: str, start: int, end: int) -> bool:
    """Whether the words' own sentence denies them, or only asks."""
    begins = max((match.end() for match in SENTENCE_END.finditer(text, 0, start)), default=0)
    stop = SENTENCE_END.search(text, end)
    ends = stop.end() if stop else len(text)
    return bool(ASKS.match(text[begins:ends])) or _denied(text[begins:start], text[end:ends])


def _denied(before: str, after: str) -> bool:
    """Whether something shortly before denies the words.

    before  the sentence up to the words
    after   the sentence from there
    """
    return any(_reaches(match, before, after) for match in DENIER.finditer(before))


def _reaches(denier: re.Match[str], before: str, after: str) -> bool:
    word = denier[0].casefold()
    between = before[denier.end() :]
    if NO_DENIAL.match(between) and word not in ("far from", "anything but", "less than"):
        return False
    if INVITES.search(before[: denier.start()]) or len(between.split()) > REACH:
        return False
    if word == "less than" and re.search(r"(?i)\b(?:nothing|no)\s+$", before[: denier.start()]):
        return False
    if word in ("no", "without") and not _noun_reaches(word, between):
        return False
    boast = BOAST_AFTER_NOT if word == "not" or word.endswith(("n't", "n’t")) else BOAST
    if boast.search(between) or TURN.search(PAIRED.sub("", between)):
        return False
    return _commas_reach(between, after)


def _noun_reaches(word: str, between: str) -> bool:
    """Whether "no …" or "without …" speaks of the words: close before them, or, for "no", as the subject of a verb."""
    if word == "no" and re.search(rf"(?i)\b{VERB}\b", between):
        return True
    return len(between.split()) <= NOUN_ALONE and not ENDS_NOUN.search(between)


def _commas_reach(between: str, after: str) -> bool:
    """Whether a denial reaches past commas: in a list with `or`, and past words that are set between two."""
    if "," not in between:
        return True
    beside = f"{between.rpartition(',')[2]} {' '.join(after.split()[:3])}"
    return bool(re.search(r"(?i)\bn?or\b", beside)) or (between.startswith(",") and between.count(",") % 2 == 0)


def _any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of some phrases, the longest first."""
    return f"(?:{'|'.join(_pattern(phrase) for phrase in sorted(phrases, key=len, reverse=True))})"


def _pattern(phrase: str) -> str:
    parts = {" ": rf"{DASH}{{1,3}}", "-": rf"{DASH}{{0,3}}", "%": r"\s?%", "'": "['’]"}
    return "".join(parts.get(character, re.escape(character)) for character in phrase)
