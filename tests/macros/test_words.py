"""The words that components print: each is used, each kind of thing has its word, and a slip in the file is told."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import get_args

import pytest

from conftest import ROOT
from guide.clinic import DAYS
from guide.entries import CareStep, Certainty, Option, RedFlag, Source
from guide.faults import Faults
from guide.library import read_library
from guide.page_rules import CARE_CARDS
from guide.words import GROUPS

# Groups whose words are picked by a value of the data, and the values that there are.
PICKED = {
    "certainty": get_args(Certainty),
    "care_cards": CARE_CARDS,
    "care_kinds": get_args(CareStep.model_fields["kind"].annotation),
    "warning_levels": get_args(RedFlag.model_fields["level"].annotation),
    "source_kinds": get_args(Source.model_fields["kind"].annotation),
    "cost_classes": get_args(Option.model_fields["cost_class"].annotation),
    "days": DAYS,
    "months": [f"m{month}" for month in range(1, 13)],
}
USERS = "\n".join(
    path.read_text(encoding="utf-8")
    for folder, ending in (("overrides", "html"), ("guide/macros", "py"), ("guide/publish", "py"))
    for path in (ROOT / folder).rglob(f"*.{ending}")
)


@pytest.mark.parametrize("group", PICKED)
def test_each_value_that_the_data_may_hold_has_its_word(group: str) -> None:
    assert {value.replace("-", "_") for value in PICKED[group]} <= set(GROUPS[group].split())


@pytest.mark.parametrize("group", sorted(set(GROUPS) - set(PICKED)))
def test_each_word_is_printed_somewhere(group: str) -> None:
    unused = [word for word in GROUPS[group].split() if not re.search(rf"""(\.{word}\b|["']{word}["'])""", USERS)]
    assert not unused, f"nothing prints {unused}: delete them in guide/words.py and data/words.yml"


SLIPS = [
    # what stands there, what is written instead, what is told
    ('    how_sure: "How sure:"', '    how_sur: "How sure:"', "words.certainty.how_sur: found the unknown key “how_sur”; did you mean “how_sure”?"),
    ('    home: "Home"\n', "", "words.shell.home: found nothing; the key “home” is needed here"),
    ("guide says {default}", "guide says {defualt}", "write {default} in it once, and no other braces"),
    ('also: "Also', 'also: "{Also', "write no braces in it"),
    ("call {emergency}", "Call 911 now", "write {emergency} in it once, and no other braces"),
]


@pytest.mark.parametrize(("good", "bad", "told"), SLIPS, ids=[told for *_, told in SLIPS])
def test_a_slip_in_the_words_is_told_with_its_line(good: str, bad: str, told: str, tmp_path: Path) -> None:
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    words = (data / "words.yml").read_text(encoding="utf-8")
    assert good in words, f"data/words.yml no longer holds {good!r}: choose another text for this test to break"
    (data / "words.yml").write_text(words.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(Faults) as raised:
        read_library(data)
    assert any(re.match(r"data/words\.yml:\d+: ", str(fault)) and told in str(fault) for fault in raised.value.faults), str(raised.value)
