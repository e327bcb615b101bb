"""A claim about benefit, harm or timing has its source in the same paragraph; an order, a question or an honest gap needs none."""

from __future__ import annotations

import pytest

from guide.claims import claims, unbacked

CLAIMS = [
    "Most scars look better after a course.",
    "Redness lasts about a week.",
    "- Dark marks are common in brown skin.",
    "| Redness | It fades in days. |",
    "Use sunscreen, because sun makes dark marks worse.",
    "**Some raised scars look better after needling.**",
    "    - It heals in a few days.",
    "After three sessions, most scars look better.",
    "If you have dark skin, marks are more common.",
    "Use sunscreen, as sun makes dark marks worse.",
    "Keep it clean. It heals in days.",
    "It may help. Ask first.",
    "It prevents dark marks.",
    "(It heals in days.)",
]
NO_CLAIMS = [
    "How long does redness last?",
    "## It heals in a few days { #heals }",
    "Keep make-up off for a few days.",
    "- Do not pick flakes: they come off within days.",
    "We found no study of how long it lasts.",
    "How often it happens was not measured.",
    "Nobody can promise that your scar will fade.",
    '"It is getting better, or worse."',
    "**The claim:** dark marks fade after one session.",
    "This page is not about active acne, which can get worse.",
    "Your face is looked at in good light.",
    "- for how many days",
    "Bring them, so that someone can help in time.",
    "If it gets worse, call the clinic.",
    "After a few days, when it looks better, wash it.",
    "Ask who sees them. They help you to compare later.",
    "**It got worse after a week. Why?**",
]


@pytest.mark.parametrize("line", CLAIMS)
def test_a_sentence_on_benefit_harm_or_timing_is_a_claim(line: str) -> None:
    assert claims(line)


@pytest.mark.parametrize("line", NO_CLAIMS)
def test_orders_questions_gaps_and_other_peoples_words_are_no_claims(line: str) -> None:
    assert not claims(line)


def found(*lines: str) -> list[int]:
    return [number for number, _ in unbacked(list(enumerate(lines, 1)), lambda target: target == "proof.md")]


def test_a_claim_with_no_source_in_its_paragraph_is_found_by_its_line() -> None:
    assert found("Your skin is cleaned.", "It heals in days.", "", 'Scars soften.{{ cite("alam-2014") }}') == [2]


@pytest.mark.parametrize("backing", ['{{ cite("alam-2014") }}', '{{ time("make-up-after") }}', '{{ certainty("low") }}', "See [the studies](proof.md)."])
def test_a_source_or_a_link_to_it_backs_its_whole_paragraph(backing: str) -> None:
    assert found("It heals in days.", f"Redness goes first. {backing}") == []


def test_a_link_to_a_page_that_has_no_sources_backs_nothing() -> None:
    assert found("It heals in days. See [our prices](cost.md).") == [1]


def test_a_source_in_another_paragraph_backs_nothing() -> None:
    assert found('Scars soften.{{ cite("alam-2014") }}', "", "It heals in days.") == [3]


def test_the_box_of_what_is_not_known_needs_no_source_and_what_follows_it_does() -> None:
    box = ['!!! unknown "What is not known"', "", "    - It may last for years.", ""]
    assert found(*box, "It heals in days.") == [5]
