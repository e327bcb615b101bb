"""The guide makes no claim that it warns of; and the command that looks for such claims finds them, and no more, in any text."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from conftest import ROOT
from guide.__main__ import main
from guide.faults import Faults
from guide.pages import PageSource, read_pages
from guide.places import Document
from guide.project import Guide
from guide.prose import blocks_of
from guide.wording import Claim, findings, read_claims, wording_faults


@cache
def claims() -> list[Claim]:
    """The list, read when a test first asks, so that a fault in it fails tests and not their collection."""
    return read_claims(ROOT / "data")


def found_in(text: str, name: str = "leaflet.md") -> list[str]:
    """The words of each claim in a text, as they stand there."""
    return [finding.words for block in blocks_of(text, name) for finding in findings(block, claims())]


def test_no_page_and_no_data_file_makes_a_claim_that_we_never_make(guide: Guide) -> None:
    faults = list(wording_faults(guide, read_pages(ROOT / "docs")))
    assert not faults, "\n".join(map(str, faults))


# --- The list ------------------------------------------------------------------------------------------------------


def test_each_form_of_a_claim_is_found_and_each_phrase_that_passes_is_not() -> None:
    for claim in claims():
        says = [f"Our care {words} {about}." for words in claim.says for about in claim.about or [""]]
        assert [text for text in says if not _finds(claim, text)] == [], claim.id
        assert [phrase for phrase in claim.passes if _finds(claim, f"Our {phrase}.")] == [], claim.id


def _finds(claim: Claim, text: str) -> bool:
    return any(findings(block, [claim]) for block in blocks_of(text, "x"))


def test_what_to_write_instead_makes_no_such_claim_itself() -> None:
    for claim in claims():
        assert found_in(f"{claim.instead}\n\n{claim.why}.") == [], claim.id


def test_no_claim_stands_in_the_list_twice() -> None:
    ids = [claim.id for claim in claims()]
    says = [(words.casefold(), tuple(claim.about)) for claim in claims() for words in claim.says]
    assert len(ids) == len(set(ids))
    assert len(says) == len(set(says)), sorted(words for words in says if says.count(words) > 1)


def test_a_list_that_does_not_fit_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "claims-to-avoid.yml").write_text("claims:\n  - id: x\n    say: [x]\n    why: x\n    instead: x\n", encoding="utf-8")
    with pytest.raises(Faults) as raised:
        read_claims(tmp_path)
    assert str(raised.value).startswith("data/claims-to-avoid.yml:3: ")
    assert "did you mean “says”?" in str(raised.value)


# --- What is a claim -----------------------------------------------------------------------------------------------

STILL_CLAIMS = [
    "It is painless, not like laser.",
    "Painless? Not quite, but nearly.",
    "Our treatment is not only painless, it is quick.",
    "It is not just painless.",
    "Why not try our painless facial?",
    "Not to mention painless.",
    "Nothing is as painless as this.",
    "Nothing beats flawless skin.",
    "It is nothing short of a miracle.",
    "It is nothing less than flawless.",
    "It couldn’t be more painless.",
    "No other clinic gives such flawless skin.",
    "No one else offers painless needling.",
    "Never miss flawless skin again.",
    "Don't worry, it is painless.",
    "No doubt: flawless skin.",
    "It is not a laser but painless.",
    "It is not a laser; it is painless.",
    "It is not a laser – it is painless.",
    "It is (not a laser) painless.",
    "It is not a laser (painless!).",
    "It is not a laser. It is painless.",
    "We do not use lasers, so it's painless.",
    "It does not need a knife and it is painless.",
    "No needles, painless and quick.",
    "No surgery and permanent results.",
    "No surgery is needed for permanent results.",
    "Without surgery you get permanent results.",
    "You don't need surgery to get permanent results.",
    "No downtime & 100% safe.",
    "Isn't it great to have flawless skin?",
    "Want painless skin care?",
    "Do you want flawless skin?",
    "It is not true that we are far away or that you have to pay a lot for permanent results.",
]
NO_CLAIMS = [
    'They call it "painless".',
    "They call it “no downtime” and ‘flawless’.",
    "Adverts say 'painless' and «flawless».",
    "It is not permanent.",
    "It isn’t permanent.",
    "No treatment is painless.",
    "Nobody can guarantee that.",
    "Nobody, not even a doctor, can guarantee that.",
    "It is not safe, painless or permanent.",
    "It is not quick and painless.",
    "No treatment is quick and painless.",
    "It isn't as painless as some say.",
    "We cannot honestly tell you that it is permanent.",
    "There is no proof of lasting or permanent change.",
    "There is no such thing as a guaranteed result.",
    "No clinic that is honest promises permanent results.",
    "No device comes with guaranteed results.",
    "Be wary of anyone who says it is painless.",
    "It is far from painless.",
    "It is less than flawless.",
    "It is neither safe for everyone nor painless.",
    "No cream can get rid of stretch marks.",
    "Is it permanent?",
    "Are results permanent on brown skin?",
    "It can leave a permanent scar.",
    "A painless lump that grows needs a doctor.",
    "Remove your make-up and wait until fine lines are dry.",
    "A glowworm.",
]


@pytest.mark.parametrize("text", STILL_CLAIMS)
def test_a_claim_is_found_though_a_word_that_denies_stands_near(text: str) -> None:
    assert found_in(text)


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_what_is_quoted_denied_or_asked_is_no_claim(text: str) -> None:
    assert found_in(text) == []


def test_a_quotation_covers_what_stands_in_it_and_no_more() -> None:
    assert found_in('They say "painless". Ours is painless.') == ["painless"]
    assert found_in("Our patients' skin is flawless, and the nurses' care painless.") == ["flawless", "painless"]
    assert found_in('A needle of 0.5" is painless, and one of 1" too.') == ["painless"]
    assert found_in('It is "painless, and we mean it.') == ["painless"]


def test_a_denial_reaches_to_the_end_of_its_sentence_and_no_further() -> None:
    assert found_in("It is not permanent. It is painless.") == ["painless"]
    assert found_in("- It is not\n- permanent") == ["permanent"]


# --- Where it stands -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["There is no\ndowntime.", "There is no\n    downtime.", "There is no down-\ntime.", "There is **no** downtime.", "There is no [downtime](why.md).", "A no-downtime facial.", "No\u00a0downtime.", "No down\u00adtime.", "NO DOWNTIME"],
)
def test_a_claim_is_found_across_line_breaks_and_markup(text: str) -> None:
    assert len(found_in(text)) == 1


@pytest.mark.parametrize("text", ["There is no\n\ndowntime.", "- There is no\n- downtime.", "# No\ndowntime", "| no | downtime |"])
def test_words_of_two_paragraphs_make_no_claim_together(text: str) -> None:
    assert found_in(text) == []


def test_a_line_that_was_broken_on_purpose_ends_what_a_denial_reaches() -> None:
    assert found_in("No needles\nPermanent results") == ["Permanent"]
    assert found_in("<p>No needles<br>Permanent results", "page.html") == ["Permanent"]
    assert found_in("It is not\npermanent") == []
    assert found_in("<p>No<br>Downtime", "page.html") == ["No\nDowntime"]


def test_both_spellings_are_found() -> None:
    assert found_in("Anti-ageing, anti-aging, antiageing, for all skin colours, for all skin colors.") == ["Anti-ageing", "anti-aging", "antiageing", "for all skin colours", "for all skin colors"]


PAGE = '---\ntitle: "Painless care"\ndescription: Plain words.\n---\n\n# Care\n\n!!! note "No downtime"\n\n    It is\n    flawless.\n\n{{ call_card("Your miracle") }}\n\nPlain.{{ cite("glow-2020") }}\n'


def test_a_finding_has_the_line_on_which_its_first_word_stands() -> None:
    lines = [(finding.line, finding.words) for block in blocks_of(PAGE, "page.md") for finding in findings(block, claims())]
    assert lines == [(2, "Painless"), (8, "No downtime"), (11, "flawless"), (13, "miracle")]


HTML = """<!doctype html>
<title>Painless care</title>
<script>let miracle = "flawless";</script>
<p class="glow">It is pain<b>less</b>, &amp; there is no
down&shy;time. <q>Flawless</q>
<img src="glow.png" alt="No side effects">
<ul><li>There is no<li>downtime</ul>"""


def test_a_web_page_is_read_as_its_readers_see_it() -> None:
    found = [(finding.line, finding.words) for block in blocks_of(HTML, "page.html") for finding in findings(block, claims())]
    assert found == [(2, "Painless"), (4, "painless"), (4, "no downtime"), (6, "No side effects")]


def test_a_data_file_is_read_without_its_quotes_and_ids() -> None:
    assert found_in('id: painless\nname: "No downtime"\nlist: ["It is flawless."]\n', "data.yml") == ["No downtime", "flawless"]


def test_a_claim_on_a_page_stops_the_build(guide: Guide) -> None:
    [fault] = wording_faults(guide, [PageSource("aftercare/page.md", "# A page\n\nIt is painless.\n")])
    assert str(fault).startswith("docs/aftercare/page.md:3: found “painless”; ")
    assert "Instead: Most people feel some pain." in str(fault)


def test_a_claim_over_two_lines_of_a_drawing_is_found(guide: Guide) -> None:
    document = Document("data/drawings.yml", {"labels": {"first": "no | downtime"}}, {})
    guide = replace(guide, library=replace(guide.library, documents={"drawings": document}))
    assert [fault.found for fault in wording_faults(guide, [])] == ["“no downtime”"]


def test_a_claim_in_the_list_of_changes_is_found_as_a_page_shows_it(guide: Guide, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for path in (Path("data") / "claims-to-avoid.yml", Path("CHANGELOG.md")):
        (tmp_path / path).write_text((ROOT / path).read_text(encoding="utf-8"), encoding="utf-8")
    with (tmp_path / "CHANGELOG.md").open("a", encoding="utf-8") as file:
        file.write("\n- It is painless.\n")
    [fault] = wording_faults(replace(guide, root=tmp_path), [])
    assert str(fault).startswith("CHANGELOG.md:") and "“painless”" in fault.found


# --- The command ---------------------------------------------------------------------------------------------------


def test_the_command_gives_one_line_for_each_finding_in_each_file(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.html"
    one.write_text("Fine.\nPainless!\n\nIt is flawless\n", encoding="utf-8")
    two.write_text("<p>No downtime", encoding="utf-8")
    assert main(["words", str(one), str(two)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(";")[0] for line in lines] == [f"{one}:2: found “Painless”", f"{one}:4: found “flawless”", f"{two}:1: found “No downtime”", "3 to mend."]
    assert all(". Instead: " in line for line in lines[:3])


def test_the_command_is_content_with_a_plain_text(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "one.txt").write_text("Most people feel some pain.\n", encoding="utf-8")
    assert main(["words", str(tmp_path / "one.txt")]) == 0
    assert capsys.readouterr().out == "Nothing to mend.\n"


def test_a_file_that_cannot_be_read_is_told_plainly_and_the_others_are_read(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "latin.txt").write_bytes("Café".encode("latin-1"))
    (tmp_path / "word.docx").write_bytes(b"PK\x03\x04rest")
    (tmp_path / "good.txt").write_text("Painless.", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    names = ["none.txt", ".", "latin.txt", "word.docx", "good.txt", "empty.txt"]
    assert main(["words", *(str(tmp_path / name) for name in names)]) == 1
    told = capsys.readouterr().err
    for words in ("no such file", "a folder or a device", "not UTF-8", "a word processor's document", "good.txt:1: found “Painless”", "5 to mend."):
        assert words in told


def test_long_runs_of_signs_are_read_at_once() -> None:
    for sign in ("-", "'", '"', " ", "boost ", "not ", "“", "a-", "not, ", "<!-- ", "{{ ", "[a", "<a "):
        assert found_in(f"boost {sign * 3000} scars") == []


@pytest.mark.parametrize("words", [[], ["words"], ["wrods", "x.txt"], ["check", "x"]])
def test_a_command_that_does_not_fit_shows_those_that_do(words: list[str], capsys: pytest.CaptureFixture) -> None:
    assert main(words) == 2
    assert "python -m guide words FILE…" in capsys.readouterr().err
