"""Each topic that a reader comes with has one home of its own, under a name that never changes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from conftest import ROOT
from guide.faults import Faults
from guide.library import read_library
from guide.project import Guide
from guide.published import read_published


def test_every_topic_that_clinics_may_link_to_has_its_entry(guide: Guide) -> None:
    slugs = [address.split("/")[2] for address in read_published(ROOT / "data") if re.fullmatch(r"/go/[^/]+/", address)]
    assert sorted(guide.library.topics) == sorted(slugs), "put back what is missing; for a new topic, run `make published`"


def test_two_topics_with_one_home_are_told_with_the_line_of_the_second(tmp_path: Path) -> None:
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    file = data / "topics.yml"
    text = file.read_text(encoding="utf-8").rstrip("\n") + "\n"
    first = next(iter(read_library(data).topics.values()))
    entry = f"  - slug: twice\n    name: Twice\n    page: {first.page}\n    heading: {first.heading}\n    asks: [one, two, three]\n    index: [Twice]\n"
    file.write_text(text + entry, encoding="utf-8")
    try:
        read_library(data)
        told = []
    except Faults as found:
        told = [str(fault) for fault in found.faults]
    assert len(told) == 1 and told[0].startswith(f"data/topics.yml:{text.count(chr(10)) + 4}: ") and f"the home of “{first.slug}”" in told[0]


def test_nobody_asks_two_topics_in_the_same_words(guide: Guide) -> None:
    asked = [question.casefold() for topic in guide.library.topics.values() for question in topic.asks]
    assert sorted({question for question in asked if asked.count(question) > 1}) == []
