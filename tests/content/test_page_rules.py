"""Each rule for pages, broken once on purpose: the fault names the page, the line and what would be right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import mkdocs.utils
import pytest

from guide.faults import Fault, Faults
from guide.macros import PLAIN
from guide.page_rules import page_faults
from guide.pages import PageSource, read_pages
from guide.project import Guide

GOOD = """\
---
title: A page for tests
description: A page that keeps every rule, so that each test can break one.
advice: true
reviewed_on: 2026-01-15
review_by: 2027-01-15
---

# A page for tests

!!! summary "In short"

    - One plain line.

Some scars looked a little better.{{ cite("alam-2014") }}

## What to do { #what-to-do }

Leave make-up off for {{ time("make-up-after") }}.
Read [more on this page](#what-to-do).

{{ call_card("Your skin is getting more sore") }}

!!! unknown "What is not known"

    - We found no study of this.
"""


def faults_of(guide: Guide, text: str, name: str = "aftercare/page.md", nav: list[str] | None = None) -> list[Fault]:
    """The faults of one page by itself; sources and topics of other pages are left aside."""
    faults, _ = page_faults(guide, [PageSource(name, text)], nav if nav is not None else [name])
    return [fault for fault in faults if not fault.file.startswith("data/")]


def test_a_page_that_keeps_every_rule_has_no_fault(guide: Guide) -> None:
    assert faults_of(guide, GOOD) == []


BROKEN = {
    "an unknown source": ('cite("alam-2014")', 'cite("alam-2041")', 15, "“alam-2041”", "did you mean “alam-2014”?"),
    "a source that only shows a range": ('cite("alam-2014")', 'cite("nuance-skinpen")', 15, "only shows how far", "advice_differs"),
    "a citation of nothing": ('cite("alam-2014")', "cite()", 15, "nothing in it", "name a source"),
    "a figure with no source": ("Some scars looked", "In 15 people scars looked", 15, "", None),
    "a figure that its source does not give": ("Some scars looked", "In 77 people scars looked", 15, "77, which data/figures.yml does not have for alam-2014", "note there where it was seen"),
    "an abbreviation that nothing explains": ("One plain line.", "Ask about PRP first.", 13, "the abbreviation “PRP”", "say what it means"),
    "letters and a number that nothing explains": ("One plain line.", "Ask about the CO2 kind.", 13, "the abbreviation “CO2”", "use term()"),
    "an abbreviation that is explained in brackets": ("One plain line.", "Ask about needling with heat (RF), then RF again.", 13, "", None),
    "an abbreviation before its words in brackets": ("One plain line.", "Ask about PRP (a part of your blood).", 13, "", None),
    "an abbreviation that a comma explains": ("One plain line.", "Ask the NHS, the health service of the UK.", 13, "", None),
    "an abbreviation that explains itself": ("One plain line.", 'Use {{ term("spf") }}, as SPF is marked.', 13, "", None),
    "a claim with no source in its paragraph": ("One plain line.", "Scars get better.", 13, "a claim about benefit, harm or timing", "cite a source"),
    "a figure in a list with no source": ("One plain line.", "One line in 100.", 13, "a figure with no source", "cite"),
    "a figure in the words of a link": ("[more on this page]", "[how 9 in 10 fare]", 20, "a figure with no source", "cite"),
    "a figure in a call card": ("Your skin is getting more sore", "You have 9 spots", 22, "a figure with no source", "without a figure"),
    "a figure in the words shown for a term": ("Read [more", 'The {{ term("dermis", "9 layers") }}. [more', 20, "a figure with no source", "cite"),
    "a figure in the reason for a certainty": ("Read [more", '{{ certainty("low", "only 77 people") }} [more', 20, "77, which data/figures.yml does not have for alam-2014", "correct it"),
    "a figure beside a citation in other quotation marks": ('looked a little better.{{ cite("alam-2014") }}', "looked better in 77 people.{{ cite('alam-2014') }}", 15, "77, which data/figures.yml does not have", "correct it"),
    "a share in words that its source does not give": ("Some scars looked", "Seven in twenty scars looked", 15, "7, which data/figures.yml does not have", "correct it"),
    "a figure in a heading with no space": ("## What to do", "##What 9 in 10 do", 17, "a figure with no source", "in the text below"),
    "a heading made by the line below it": ("Read [more", "More\n----\n\nRead [more", 21, "makes the one above it a heading", "##"),
    "a macro without its brackets": ("Read [more", "{{ reviewer }} [more", 20, "something other than a macro", "nothing more"),
    "words in braces": ("Read [more", '{{ "9 of 10" }} [more', 20, "something other than a macro", "outside the braces"),
    "words chosen in braces": ("Read [more", '{{ "a" if offers("rf") else "b" }} [more', 20, "something other than a macro", "outside the braces"),
    "a macro's answer that is changed": ('cite("alam-2014")', 'cite("alam-2014") | upper', 15, "something other than a macro", "nothing more"),
    "a part of a macro's answer that is called": ('cite("alam-2014")', 'cite("alam-2014").lower()', 15, "something other than a macro", "nothing more"),
    "values that come from a list": ('cite("alam-2014")', 'cite("alam-2014", *["x"])', 15, "something other than a macro", "nothing more"),
    "words that are kept for later": ("Read [more", "{% set clinic = 1 %}[more", 20, "something other than a macro", "nothing more"),
    "a choice by no macro": ("Read [more", "{% if 1 %}yes{% endif %} [more", 20, "something other than a macro", "nothing more"),
    "a share in words with no source": ("One plain line.", "Half, or fifty per cent.", 13, "a figure with no source", "cite"),
    "a figure beside a time that has no source": ("Leave make-up off for", "In 9 of 10 people, wait", 19, "a figure with no source", "cite"),
    "a figure in a heading": ("## What to do", "## What 9 in 10 do", 17, "a figure with no source", "in the text below"),
    "a figure in the title": ("title: A page", "title: For 9 in 10, a page", 2, "a figure with no source", "without a figure"),
    "a share in the description": ("description: A page", "description: Ten per cent, and a page", 3, "a figure with no source", "without a figure"),
    "an unknown macro": ("call_card(", "call_crad(", 22, "“call_crad”", "did you mean “call_card”?"),
    "an undefined variable": ("Read [more", "{{ clinic_name }} [more", 20, "“clinic_name”", ""),
    "a macro with too little": ('time("make-up-after")', "time()", 19, "wrong number of values", "time()"),
    "an unknown care step": ('time("make-up-after")', 'time("makeup-after")', 19, "“makeup-after”", "did you mean “make-up-after”?"),
    "a block inside a sentence": ("Read [more", '{{ care_steps("first-day") }} Read [more', 20, "care_steps() among other text", "a line of its own"),
    "a block with no blank line": ("Read [more", '{{ contact() }}\nRead [more', 20, "contact() among other text", "a blank line before and after"),
    "a macro that cannot be read": ('time("make-up-after") }}', 'time("make-up-after" }}', 19, "cannot be read", 'name("value")'),
    "a macro with a value that is no text": ('time("make-up-after")', "time(24)", 19, "no text", "in quotes"),
    "an unknown filter": ('cite("alam-2014")', 'cite("alam-2014") | uper', 15, "something other than a macro", "nothing more"),
    "a file that is read into the page": ("Read [more", '{% include "secret.md" %} [more', 20, "something other than a macro", "nothing more"),
    "a sum that fails": ("Read [more", "{{ 1 / 0 }} [more", 20, "something other than a macro", "nothing more"),
    "a part that a macro's answer does not have": ('cite("alam-2014")', 'cite("alam-2014").year', 15, "something other than a macro", "nothing more"),
    "a value that is worked out": ('time("make-up-after")', "time(step)", 19, "worked out", "in quotes"),
    "a broken link": ("(#what-to-do)", "(../prepare/nowhere.md)", 20, "prepare/nowhere.md", "write the way"),
    "a broken anchor": ("(#what-to-do)", "(#what-to-bo)", 20, "#what-to-bo", "did you mean “what-to-do”?"),
    "a link to another host": ("(#what-to-do)", "(https://example.org/)", 20, "https://example.org/", "pages of the guide only"),
    "a script as a link": ("(#what-to-do)", "(javascript:alert)", 20, "javascript:alert", "pages of the guide only"),
    "a link that leads nowhere": ("(#what-to-do)", "()", 20, "leads nowhere", "name a page"),
    "a link with a title": ("(#what-to-do)", '(#what-to-do "More")', 20, "another form", "[the words](the-page.md)"),
    "a link whose address stands elsewhere": ("(#what-to-do)", "[more]", 20, "another form", "[the words](the-page.md)"),
    "an address for such a link": ("Read [more", "[more]: javascript:alert(1)\nRead [more", 20, "another form", "[the words](the-page.md)"),
    "a heading with no permanent name": ("{ #what-to-do }", "", 17, "no permanent name", "{ #first-wash }"),
    "a skipped heading level": ("## What", "#### What", 17, "level 4 below one of level 1", "use ##"),
    "a second title": ("## What", "# What", 17, "a second title", "use ##"),
    "a macro in a heading": ("## What to do", '## {{ clinic("name") }}', 17, "a macro in a heading", "text below"),
    "raw HTML": ("Read [more", "<div>\nRead [more", 20, "raw HTML", "component"),
    "raw HTML inside a line": ("Read [more", "Read <b>this</b> [more", 20, "raw HTML", "component"),
    "a typed phone number": ("Read [more", "Ring 020 7946 0000. [more", 20, "a phone number", "clinic.yml"),
    "a typed e-mail address": ("Read [more", "Write to us@example.org. [more", 20, "e-mail", "clinic.yml"),
    "no summary": ('!!! summary "In short"', "Summary", 9, "no summary box", "begin with"),
    "a summary that is too long": ("    - One plain line.", "    - One.\n" * 6, 11, "a summary of 6 lines", "between 1 and 5"),
    "nothing on what is not known": ("!!! unknown", "!!! note", 0, "not known", "!!! unknown"),
    "a box of a kind that we do not draw": ("!!! unknown", '!!! warning "Stop"\n\n    Wait.\n\n!!! unknown', 24, "a box of the kind “warning”", "summary, unknown, fact, emergency, urgent or call-us"),
    "a slip in the kind of a box": ("!!! unknown", '!!! urgnet "Urgent"\n\n    Call.\n\n!!! unknown', 24, "“urgnet”", "did you mean “urgent”?"),
    "a box with no title": ("!!! unknown", "!!! emergency\n\n    Call.\n\n!!! unknown", 24, "no title", '!!! emergency "Emergency"'),
    "a macro in the title of a box": ("!!! unknown", '!!! emergency "Emergency: call {{ emergency_number() }}"\n\n    Call.\n\n!!! unknown', 24, "a macro in the title", "in the text of the box"),
    "a care card that does not say its level": ("!!! unknown", '!!! urgent "Get help now"\n\n    Call.\n\n!!! unknown', 24, "“Get help now” does not say its level", "begin it with “Urgent”"),
    "a care card of one level with the word of another": ("!!! unknown", '!!! emergency "Urgent: get help"\n\n    Call.\n\n!!! unknown', 24, "does not say its level", "begin it with “Emergency”"),
    "a care card whose word goes on": ("!!! unknown", '!!! call-us "Calling card"\n\n    Call.\n\n!!! unknown', 24, "does not say its level", "begin it with “Call”"),
    "a second fact box": ("!!! unknown", '!!! fact "Worth knowing"\n\n    One.\n\n!!! fact "Worth knowing"\n\n    Two.\n\n!!! unknown', 28, "a second fact box", "keep the one fact"),
    "a figure in the title of a box": ("!!! unknown", '!!! fact "In 9 of 10"\n\n    Wait.\n\n!!! unknown', 24, "a figure with no source", "cite"),
    "advice with no call card": ("{{ call_card(", "Or {{ call_card(", 0, "no call card", "call_card("),
    "advice that is denied": ("advice: true", "advice: false", 4, "advice: false", "advice: true"),
    "an unknown key": ("advice: true", "advice: true\nauthor: x", 5, "“author”", "known here"),
    "a missing key": ("advice: true\n", "", 1, "nothing", "“advice”"),
    "a title that is too long": ("title: A page", "title: " + "A page " * 12, 2, "A page", "60 characters"),
    "a review that is due before it was made": ("review_by: 2027", "review_by: 2025", 6, "2025-01-15", "a later date"),
    "a date in other words": ("reviewed_on: 2026-01-15", "reviewed_on: January", 5, "“January”", "2026-01-31"),
    "no front matter": ("---\ntitle", "title", 1, "no front matter", "begin the page with ---"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_told_with_its_line_and_what_would_be_right(name: str, guide: Guide) -> None:
    good, bad, line, found, expected = BROKEN[name]
    assert good in GOOD, "the good page no longer holds what this test breaks"
    faults = faults_of(guide, GOOD.replace(good, bad, 1))
    if expected is None:  # the sentence keeps its own source, so it stays right
        assert faults == []
        return
    told = [fault for fault in faults if found in fault.found and expected in fault.expected]
    assert told, "\n".join(map(str, faults)) or "nothing was told"
    assert told[0].line == line
    assert "\n" not in str(told[0])


def test_a_slip_in_a_macro_itself_is_told_with_the_page_and_line(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(guide: Guide) -> str:
        return {}["lost"]

    monkeypatch.setitem(PLAIN, "reviewer", failing)
    [fault] = faults_of(guide, GOOD.replace("Read [more", "{{ reviewer() }}\nRead [more"))
    assert str(fault) == "docs/aftercare/page.md:20: found reviewer(), which failed (KeyError: 'lost'); the page may be right: look in guide/macros"


def test_a_page_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_bytes("---\ntitle: Café".encode("latin-1"))
    with pytest.raises(Faults) as raised:
        read_pages(tmp_path)
    assert str(raised.value).startswith("docs/page.md:2: ")
    assert "not UTF-8" in str(raised.value)


def test_a_page_from_an_editor_on_windows_is_read_like_any_other(tmp_path: Path, guide: Guide) -> None:
    (tmp_path / "page.md").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode("utf-8"))
    [page] = read_pages(tmp_path)
    assert faults_of(guide, page.text) == []


def test_every_file_that_the_engine_takes_for_a_page_is_checked(tmp_path: Path) -> None:
    names = [f"page{ending}" for ending in mkdocs.utils.markdown_extensions]
    for name in names:
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    assert sorted(page.name for page in read_pages(tmp_path)) == sorted(names)


def test_a_digit_in_the_id_of_a_word_is_no_figure(guide: Guide) -> None:
    word = next(iter(guide.library.glossary.values())).model_copy(update={"id": "b12"})
    known = replace(guide, library=replace(guide.library, glossary={"b12": word}))
    assert faults_of(known, GOOD.replace("Read [more", '{{ term("b12") }}. Read [more')) == []


def test_one_slip_is_told_once(guide: Guide) -> None:
    for bad in ("{{ clinic_name }}", '{{ "words" }}', '{{ call_crad("Pain") }}', "##9 in 10 fare well { #fare }"):
        assert len(faults_of(guide, GOOD.replace("Read [more", f"{bad}\n\nRead [more"))) == 1, bad


def test_each_kind_of_box_with_its_own_word_is_no_fault(guide: Guide) -> None:
    words = guide.words["care_cards"]
    titles = {"emergency": words["emergency"], "urgent": f"{words['urgent']}: get help now", "call-us": f"{words['call_us']} the clinic today", "fact": "“Worth” knowing"}
    boxes = "\n\n".join(f'!!! {kind} "{title}"\n\n    Call.' for kind, title in titles.items())
    assert faults_of(guide, GOOD.replace("Read [more", f"{boxes}\n\nRead [more")) == []


def test_lists_of_signs_say_their_level_as_care_cards_do(guide: Guide) -> None:
    cards, lists = guide.words["care_cards"], guide.words["warning_levels"]
    assert lists["emergency"].startswith(cards["emergency"])
    assert lists["same_day"].startswith(cards["call_us"])
    assert guide.words["healing"]["call"].startswith(cards["call_us"])


def test_a_choice_by_a_macro_is_no_fault(guide: Guide) -> None:
    assert faults_of(guide, GOOD.replace("Read [more", '{% if offers("rf") %}Yes.{% else %}No.{% endif %} Read [more')) == []


def test_a_claim_on_the_first_page_needs_its_source_and_one_about_this_guide_none(guide: Guide) -> None:
    claim = GOOD.replace("One plain line.", "Scars get better.")
    assert ["a claim about" in fault.found for fault in faults_of(guide, claim, "index.md")] == [True]
    assert faults_of(guide, claim, "about/page.md") == []


def test_a_claim_is_backed_by_a_link_to_a_page_with_sources_and_by_no_other(guide: Guide) -> None:
    pages = [
        PageSource("aftercare/page.md", GOOD.replace("One plain line.", "Scars get better: see [more](bare.md).")),
        PageSource("aftercare/bare.md", GOOD.replace('{{ cite("alam-2014") }}', "").replace("looked a little better", "were seen").replace("A page for tests", "A bare page")),
    ]
    faults, _ = page_faults(guide, pages, [page.name for page in pages])
    assert [str(fault) for fault in faults if not fault.file.startswith("data/")][0].startswith("docs/aftercare/page.md:13: found a claim about benefit")
    backed = [replace(pages[0], text=pages[0].text.replace("bare.md", "#what-to-do")), pages[1]]
    assert [fault for fault in page_faults(guide, backed, [page.name for page in pages])[0] if not fault.file.startswith("data/")] == []


def test_all_faults_of_a_page_come_at_once(guide: Guide) -> None:
    broken = GOOD.replace("alam-2014", "alam-2041").replace("make-up-after", "makeup-after").replace("(#what", "(#wat")
    assert len(faults_of(guide, broken)) == 3


def test_a_page_that_no_menu_leads_to_is_told(guide: Guide) -> None:
    [fault] = faults_of(guide, GOOD, nav=[])
    assert "no menu leads to" in fault.found


def test_a_menu_entry_with_no_page_is_told(guide: Guide) -> None:
    [fault] = faults_of(guide, GOOD, nav=["aftercare/page.md", "aftercare/pgae.md"])
    assert fault.file == "mkdocs.yml"
    assert "did you mean “aftercare/page.md”?" in fault.expected


def test_a_topic_whose_page_or_heading_is_gone_is_told_with_its_line(guide: Guide) -> None:
    topic = next(iter(guide.library.topics.values()))
    lines = (guide.root / "data" / "topics.yml").read_text(encoding="utf-8").split("\n")
    gone, _ = page_faults(guide, [PageSource("aftercare/page.md", GOOD)], ["aftercare/page.md"])
    bare, _ = page_faults(guide, [PageSource(topic.page, GOOD)], [topic.page])
    [no_page] = [fault for fault in gone if fault.key == "topics.1.page"]
    [no_heading] = [fault for fault in bare if fault.key == "topics.1.heading"]
    assert lines[no_page.line - 1].strip() == f"page: {topic.page}" and "does not exist" in no_page.found
    assert lines[no_heading.line - 1].strip() == f"heading: {topic.heading}" and f"which {topic.page} does not have" in no_heading.found


@pytest.mark.parametrize(("page", "found"), [("options/gone.md", "“options/gone.md”, which does not exist"), ("aftercare/page.md#gone", "“gone”, which aftercare/page.md does not have")])
def test_an_option_whose_page_or_heading_is_gone_is_told_with_its_line(page: str, found: str, guide: Guide) -> None:
    name, option = next(iter(guide.library.options.items()))
    changed = replace(guide, library=replace(guide.library, options={name: option.model_copy(update={"page": page})}))
    faults, _ = page_faults(changed, [PageSource("aftercare/page.md", GOOD)], ["aftercare/page.md"])
    [told] = [fault for fault in faults if fault.key == "options.1.page"]
    lines = (guide.root / "data" / "options.yml").read_text(encoding="utf-8").split("\n")
    assert lines[told.line - 1].strip() == f"page: {option.page}" and told.found.endswith(found)


def test_two_pages_may_not_have_one_title(guide: Guide) -> None:
    pages = [PageSource(name, GOOD) for name in ("aftercare/a.md", "aftercare/b.md")]
    faults, _ = page_faults(guide, pages, [page.name for page in pages])
    assert any("docs/aftercare/a.md has too" in fault.found and fault.file == "docs/aftercare/b.md" for fault in faults)


def test_a_source_that_nothing_cites_is_told_with_its_line(guide: Guide) -> None:
    used = guide.library.cited_in_data()
    unused = next(source for source in guide.library.references if source not in used and source != "alam-2014")
    faults, _ = page_faults(guide, [PageSource("aftercare/page.md", GOOD)], ["aftercare/page.md"])
    [told] = [fault for fault in faults if f"“{unused}”" in fault.found]
    lines = (guide.root / told.file).read_text(encoding="utf-8").split("\n")
    assert lines[told.line - 1].strip() == f"- id: {unused}"
