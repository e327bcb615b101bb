"""The search answers what patients type: the right section first, a warning sign with its numbers above all, and a way on where it finds nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
from playwright.sync_api import Locator, Page, expect

from axe import HEIGHT, NARROW, WIDE
from guide.pages import address_of
from guide.project import Guide
from guide.typed import LITTLE, typed_words

# What people type, by the topic whose section comes first. The issue's own examples come first in each kind.
ASKED = {
    "whole questions": {"how long will I be red": "healing-timeline", "can i wear makeup": "makeup", "is it ok to gym": "daily-life", "how many sessions": "sessions"},
    "lay words": {"holes in my face": "acne-scars", "ruined my skin": "lasting-problems", "pits": "acne-scars", "craters": "acne-scars", "gym": "daily-life", "work out": "daily-life"},
    "brands and medicines": {"Accutane": "isotretinoin", "Roaccutane": "isotretinoin", "retin-a": "retinoids-acids", "tretinoin": "retinoids-acids", "Advil": "medicines-blood-thinners"},
    "a letter or two amiss": {"acutane": "isotretinoin", "ezcema": "active-skin-problems", "rosasea": "active-skin-problems", "pregnent": "pregnancy-breastfeeding", "mirconeedling": "what-it-is"},
    "a letter once or doubled": {"tatoo": "other-treatments-timing", "nummbing cream": "numbing-cream", "kelloids": "keloids", "rednes": "healing-timeline"},
    "words that sound alike": {"akutane": "isotretinoin", "melazma": "pigment-melasma", "botoks": "other-treatments-timing", "keloyd": "keloids"},
    "words run together or apart": {"acnescars": "acne-scars", "numbingcream": "numbing-cream", "hairloss": "hair-loss", "sun screen": "sun", "make up": "makeup"},
    "half a word": {"isotret": "isotretinoin", "pregna": "pregnancy-breastfeeding", "sunsc": "sun", "acne sca": "acne-scars"},
    "plurals and verb forms": {"keloid": "keloids", "fillers": "other-treatments-timing", "pregnancies": "pregnancy-breastfeeding", "exercising": "daily-life", "swims": "daily-life", "itched": "healing-timeline"},
    "numbers": {"spf 30": "sun", "spf30": "sun", "24 hours": "aftercare-skincare", "0.5 mm": "needle-depth"},
    "things to use": {"calendar": "calendar", "count back from my wedding": "event-date", "tell the clinic": "tell-the-clinic", "what matters to me": "what-matters", "day 3": "what-day"},
    "what the guide keeps": {"privacy": "privacy", "is what i type saved": "privacy", "cookies": "privacy"},
    "little words that change all": {"how does microneedling work": "how-it-works", "does microneedling work": "evidence", "what does it feel like": "pain", "I feel ill": "red-flags", "eye cream": "aftercare-skincare", "cream in my eye": "red-flags"},
    "signs and accents": {"(Advil)": "medicines-blood-thinners", "“keloids”": "keloids", "tattoos?": "other-treatments-timing", "botox/filler": "other-treatments-timing", "rétinol": "retinoids-acids"},
}
# What worried people type, by the sign that the card names.
WORRYING = {
    "pus": "pus", "fever": "fever", "can't breathe": "anaphylaxis", "swelling": "spreading-redness", "vision": "eye-injury", "allergic": "anaphylaxis",
    "feaver": "fever", "alergic reaction": "anaphylaxis", "my face is swollen": "spreading-redness", "cant breath": "anaphylaxis", "I feel ill and have chills": "fever",
    "my throat is closing up": "anaphylaxis", "my lip is swollen": "anaphylaxis",
}
HARMING = ["I feel suicidal", "I want to kill myself", "i want to die", "thoughts of self-harm", "want to hurt myself", "suicidle", "i want to kill my self"]
CALM = [
    "how long will I be red", "can i wear makeup", "does it hurt", "how much will it hurt", "what will it feel like", "how will I feel after", "eye cream", "cream around the eyes",
    "does it kill bacteria", "what happens at the end", "cost", "acne scars", "breastfeeding", "tell me", "television", "focus", "rosacea", "numbing cream", "healing day by day",
]
LEVELS = ["harm", "emergency", "same-day"]  # of cards, the most urgent first
SHAPES = ["({})", "({},", "“{}”.", "‘{}’", '"{}"', "{}/other", "{}; other", "{}, other", "{}. Other", "other:{}", "{}?", "other-{}", "[{}]"]
MARK_MORE = """(link, words) => words.forEach((word) => {
  const mark = document.createElement("mark");
  mark.textContent = word;
  link.append(" ", mark);
})"""
READ_WORDS = """async ([address, texts]) => {
  const { words } = await import(`${address}assets/js/search-words.js`);
  return texts.map(words);
}"""
GROUPS = "(pages) => pages.map((page) => [...page.querySelectorAll('.mg-search__link')].map((link) => link.href))"
# The words of what a link to a heading leads to, as a reader sees them: without marks of sources and meanings that open on a press.
ANSWERED = """(heading) => {
  const plain = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("sup, [popover], [data-search-exclude], .headerlink").forEach((part) => part.remove());
    return copy.textContent.replace(/\\s+/g, " ").trim();
  };
  const after = [...document.querySelectorAll("article p, article li")].filter((text) => heading.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING);
  return { title: plain(heading), first: after.map(plain).find((text) => /[.?!:]$/.test(text)) };
}"""


def ask(page: Page, question: str) -> Locator:
    """Type a question into the search box of an open page. Returns the panel, once its list is the one for this question."""
    box = page.locator("input[name=q]")
    if not box.is_visible():
        page.locator(".mg-search__open").click()
    box.fill(question)
    return answered(page, question)


def answered(page: Page, question: str) -> Locator:
    """The panel, once it shows what answers a question, or as much of it as the box takes."""
    read = question[: int(page.locator("input[name=q]").get_attribute("maxlength"))].strip()
    panel = page.locator(f".mg-search__panel[data-mg-asked={json.dumps(read, ensure_ascii=False)}]")
    panel.wait_for()
    return panel


def where_first(page: Page, question: str) -> str:
    """Where the first result leads, seen from the guide's first folder; empty where nothing was found."""
    links = ask(page, question).locator(".mg-search__results .mg-search__link")
    return links.first.evaluate("(link) => link.getAttribute('href')").removeprefix("./") if links.count() else ""


def led_elsewhere(page: Page, address: str, guide: Guide, asked: dict[str, str]) -> dict[str, str]:
    """Questions whose first result is not their topic's own section, with where it leads instead."""
    page.goto(address)
    topics = {question: guide.library.topics[slug] for question, slug in asked.items()}
    found = {question: where_first(page, question) for question in asked}
    return {question: place for question, place in found.items() if place != f"{address_of(topics[question].page)}#{topics[question].heading}"}


@pytest.mark.parametrize("kind", ASKED)
def test_the_topics_own_section_comes_first_for(kind: str, page: Page, address: str, guide: Guide) -> None:
    assert led_elsewhere(page, address, guide, ASKED[kind]) == {}


def test_a_section_that_does_not_come_first_is_noticed(page: Page, address: str, guide: Guide) -> None:
    wrong = {"can i wear makeup": "keloids", "qzxv": "sun"}
    assert led_elsewhere(page, address, guide, wrong) == {"can i wear makeup": "aftercare/back-to-normal-life/#makeup", "qzxv": ""}


@pytest.mark.parametrize("question", ["acne scars", "can i wear makeup", "acutane", "is it ok to gym", "spf 30", "hair loss"])
def test_the_first_result_shows_the_sections_title_and_the_first_sentence_of_its_answer(question: str, page: Page, address: str) -> None:
    page.goto(address)
    first = ask(page, question).locator(".mg-search__page").first
    title, snippet = (first.locator(part).first.text_content() for part in (".mg-search__link", ".mg-search__snippet"))
    first.locator(".mg-search__link").first.click()
    page.wait_for_url("**/*#*")
    told = page.locator(":target").evaluate(ANSWERED)
    assert title == told["title"]
    assert snippet and told["first"].startswith(snippet), f"the answer begins {told['first'][:120]!r}"


MARKED = {"acne scars": {"acne", "scars"}, "gym": {"gym", "exercise"}, "eczema": {"eczema"}, "ezcema": {"eczema"}, "pregnancies": {"pregnant", "pregnancy"}, "how many sessions": {"sessions"}}


@pytest.mark.parametrize("question", MARKED)
def test_what_was_asked_for_is_marked_in_whole_words_in_any_form_and_by_any_name(question: str, page: Page, address: str) -> None:
    page.goto(address)
    marks = ask(page, question).locator(".mg-search__page").first.locator("mark")
    assert MARKED[question] <= {mark.lower() for mark in marks.all_text_contents()}


def little_words_marked(panel: Locator, question: str) -> set[str]:
    """Little words that the results mark, though nobody asked for them."""
    return {mark.lower() for mark in panel.locator("mark").all_text_contents()} & LITTLE - set(typed_words(question))


def test_a_little_word_that_nobody_asked_for_is_not_marked(page: Page, address: str) -> None:
    page.goto(address)
    found = {question: little_words_marked(ask(page, question), question) for question in ("can't breathe", "bruise", "is it ok to gym", "how many sessions", "acne scars")}
    assert {question: marks for question, marks in found.items() if marks} == {}


def test_a_little_word_that_is_marked_is_noticed(page: Page, address: str) -> None:
    page.goto(address)
    panel = ask(page, "acne scars")
    panel.locator(".mg-search__link").first.evaluate(MARK_MORE, ["The", "scars"])
    assert little_words_marked(panel, "acne scars") == {"the"}


def group_faults(groups: Iterable[list[str]]) -> list[str]:
    """What is wrong with links that should stand in groups of one page each."""
    pages = [{link.split("#")[0] for link in group} for group in groups]
    faults = [f"no single page: {sorted(group)}" for group in pages if len(group) != 1]
    alone = [page for group in pages for page in group]
    return faults + [f"two groups: {page}" for page in set(alone) if alone.count(page) > 1] + [f"a link twice: {group}" for group in groups if len(set(group)) < len(group)]


@pytest.mark.parametrize("question", ["scars", "sunscreen", "how long will I be red", "retinol"])
def test_results_stand_in_groups_of_one_page_and_are_counted(question: str, page: Page, address: str, guide: Guide) -> None:
    page.goto(address)
    panel = ask(page, question)
    groups = panel.locator("ol.mg-search__results > li.mg-search__page").evaluate_all(GROUPS)
    assert groups and group_faults(groups) == []
    words = guide.library.words["shell"]
    assert panel.locator(".mg-search__count").inner_text() == (words["search_one"] if len(groups) == 1 else words["search_many"].format(count=len(groups)))
    assert {label.get_attribute("aria-label") for label in panel.locator(".mg-search__sections").all()} <= {words["search_also"]}


def test_results_that_are_not_grouped_are_noticed() -> None:
    assert group_faults([["a/#b", "a/#c"], ["d/"]]) == []
    assert len(group_faults([["a/#b", "d/"]])) == len(group_faults([["a/#b"], ["a/#c"]])) == len(group_faults([["a/#b", "a/#b"]])) == 1


def card_for(page: Page, question: str) -> tuple[str, str]:
    """The level of the card that a question brings up, and what it says; both empty where there is none."""
    card = ask(page, question).locator(".mg-search__worry").filter(visible=True)
    assert card.count() < 2, f"{question}: one card is enough"
    return (card.get_attribute("data-mg-level"), card.inner_text()) if card.count() else ("", "")


def test_a_worrying_word_well_or_misspelt_shows_the_card_of_its_sign(page: Page, address: str, guide: Guide) -> None:
    page.goto(address)
    flags = {question: guide.library.red_flags[flag] for question, flag in WORRYING.items()}
    found = {question: card_for(page, question) for question in WORRYING}
    assert {question: card for question, card in found.items() if card[0] != flags[question].level or flags[question].sign not in card[1]} == {}


def test_whatever_a_warning_sign_is_typed_as_shows_its_card_or_a_more_urgent_one(page: Page, address: str, guide: Guide) -> None:
    page.goto(address)
    missed = []
    for flag in guide.library.red_flags.values():
        cards = {typed: card_for(page, typed) for typed in flag.typed}
        missed += [typed for typed, (level, said) in cards.items() if flag.sign not in said and level not in LEVELS[: LEVELS.index(flag.level)]]
    assert missed == []


def test_thoughts_of_harming_oneself_show_the_emergency_number_and_where_to_find_help(page: Page, address: str, guide: Guide) -> None:
    page.goto(address)
    asked = [*HARMING, *(typed for worry in guide.library.worries.values() for typed in worry.typed)]
    assert [question for question in asked if card_for(page, question)[0] != "harm"] == []
    card = page.locator(".mg-search__worry").filter(visible=True)
    assert guide.country.emergency.number in numbers_in(card)
    card.locator("a:not([href^='tel:'])").click()
    expect(page.locator(":target")).to_be_in_viewport()


def test_calm_words_show_no_card(page: Page, address: str) -> None:
    page.goto(address)
    assert {question: said for question in CALM if (said := card_for(page, question)[1])} == {}


def numbers_in(part: Locator) -> list[str]:
    return [link.removeprefix("tel:") for link in part.locator("a[href^='tel:']").evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")]


def numbers_of(guide: Guide) -> set[str]:
    return {guide.clinic.phones.main.e164, guide.country.emergency.number}


@pytest.mark.parametrize("question", ["can't breathe", "fever"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_card_stands_above_all_results_with_both_numbers_in_view(width: int, question: str, page: Page, address: str, guide: Guide) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(address)
    card = page.locator(".mg-search__worry").filter(visible=True)
    ask(page, "scars")
    expect(card).to_have_count(0)
    panel = ask(page, question)
    # Both at one moment: the page may still be on its way to the box.
    assert panel.evaluate("(panel) => panel.querySelector('.mg-search__worry').getBoundingClientRect().bottom <= panel.querySelector('.mg-search__link').getBoundingClientRect().top")
    assert set(numbers_in(card)) == numbers_of(guide)
    for link in card.locator("a").all():
        expect(link).to_be_in_viewport(ratio=1)
    assert card.locator("a:not([href^='tel:'])").evaluate("(link) => link.href") == f"{address}aftercare/when-to-call/"
    assert card.locator(".mg-search__head").inner_text() == guide.library.words["shell"]["search_worry"]


@pytest.mark.parametrize("question", ["qzxv", "qzxv qzxv", "microneedlingzzzzzz", "😀", "?"])
def test_where_nothing_is_found_the_panel_says_so_kindly_and_leads_on(question: str, page: Page, address: str, guide: Guide) -> None:
    page.goto(address)
    ask(page, "scars")
    expect(page.locator(".mg-search__none")).to_be_hidden()
    expect(page.locator(".mg-search__near")).to_be_hidden()
    panel = ask(page, question)
    assert panel.locator(".mg-search__page").count() == 0
    assert panel.locator(".mg-search__count").inner_text() == guide.library.words["shell"]["search_none"]
    links = panel.locator("a").filter(visible=True)
    led = links.evaluate_all("(links) => links.map((link) => link.href)")
    assert {f"{address}about/questions/", f"{address}aftercare/when-to-call/"} <= set(led)
    assert set(numbers_in(panel.locator(".mg-search__none"))) == numbers_of(guide)
    near = panel.locator(".mg-search__nearest a").filter(visible=True).evaluate_all("(links) => links.map((link) => link.getAttribute('href').slice(2))")
    homes = {f"{address_of(topic.page)}#{topic.heading}" for topic in guide.library.topics.values()}
    assert near and len(set(near)) == len(near) and set(near) & homes


def test_the_nearest_topic_is_the_one_that_is_spelt_most_alike(page: Page, address: str) -> None:
    page.goto(address)
    for question, topic in {"melasmologist": "melasma", "microneedlingzzzzzz": "microneedling", "pregnantology": "pregnant"}.items():
        assert topic in ask(page, question).locator(".mg-search__nearest a").first.inner_text(), question


def test_a_second_clinics_numbers_stand_in_the_card_and_where_nothing_is_found(page: Page, other_address: str, guide: Guide, other_guide: Guide) -> None:
    assert not numbers_of(guide) & numbers_of(other_guide)
    page.goto(f"{other_address}aftercare/first-days/")
    for question, part in (("fever", ".mg-search__worry"), ("can't breathe", ".mg-search__worry"), ("qzxv", ".mg-search__none")):
        assert set(numbers_in(ask(page, question).locator(part).filter(visible=True))) == numbers_of(other_guide)
    assert where_first(page, "make-up").endswith("aftercare/back-to-normal-life/#makeup")


def test_the_browser_reads_words_as_the_build_does(page: Page, address: str, guide: Guide) -> None:
    page.goto(address)
    texts = [shape.format("word") for shape in SHAPES] + ["about 0.5 mm", "A4 paper", "SPF50+", "rétinol, it’s", "naïve Ærø ÅSE ﬁne 3½", "אדום 24", *(ask for topic in guide.library.topics.values() for ask in topic.asks)]
    read = page.evaluate(READ_WORDS, [address, texts])
    assert {text: words for text, words in zip(texts, read, strict=True) if words != typed_words(text)} == {}
    assert all("word" in words for words in read[: len(SHAPES)])
