"""The worksheet on what matters: it puts facts in the reader's order, says each order, takes nothing away and recommends nothing."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pypdf import PdfReader

from axe import HEIGHT
from guide.macros.matters import PARTS, ROWS
from guide.project import Guide
from test_every_page import KEPT, NOTHING
from test_print import MOST_SIDES, SIZES, Side, at_the_edge, read_back, squeezed
from tools import TOOLS, reader, scriptless, tab_to  # noqa: F401  two of them are fixtures

TOOL = TOOLS["matters"]
OPTIONS = ".mg-what-matters__option"
SHEETS = 2  # of paper, both sides of each
SCREENS = 2  # on which the first answer stands, or the first field
LEFT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def sheet(reader: BrowserContext, address: str) -> Page:
    """The worksheet, ready to tick."""
    return TOOL.opened(reader.new_page(), address)


def tick(page: Page, ask: str, answer: str) -> None:
    page.locator(f"input[name=mg-{ask}][value='{answer}']").check()


def order_of(page: Page) -> list[str]:
    """The options as they stand, by their ids."""
    return page.locator(OPTIONS).evaluate_all("(all) => all.map((option) => option.getAttribute('aria-labelledby').replace('mg-matters-', ''))")


def rows_of(option: Locator) -> list[str]:
    return option.locator("[data-mg-row]").evaluate_all("(rows) => rows.map((row) => row.dataset.mgRow)")


def said(page: Page) -> str:
    return page.locator(".mg-what-matters__order").inner_text()


def test_nothing_ticked_leaves_the_fair_order_and_says_so(sheet: Page, guide: Guide) -> None:
    assert order_of(sheet) == list(guide.library.options)
    assert said(sheet) == guide.words["matters"]["none"]
    tick(sheet, "sure", "sure_good")
    tick(sheet, "sure", "")
    assert said(sheet) == guide.words["matters"]["none"], "not to know yet is no tick"


def test_options_that_are_for_what_was_ticked_stand_first_in_the_fair_order_and_none_is_lost(sheet: Page, guide: Guide) -> None:
    options = guide.library.options
    tick(sheet, "bothers", "stretch-marks")
    wanted = [name for name in options if options[name].stays_first or "stretch-marks" in options[name].concerns]
    assert order_of(sheet) == [*wanted, *(name for name in options if name not in wanted)] != list(options)
    assert all(option.is_visible() for option in sheet.locator(OPTIONS).all())
    assert "tested for it: Stretch marks" in said(sheet)
    sheet.once("dialog", lambda asked: asked.accept())
    sheet.locator("[data-mg-clear]").click()
    assert order_of(sheet) == list(options)


def test_known_days_off_that_fit_come_first_among_equals_and_what_is_not_known_is_not_held_to_be_short(sheet: Page, guide: Guide) -> None:
    options = guide.library.options
    for answer, most in (("days_0", 0), ("days_7", 7)):
        tick(sheet, "days", answer)
        fits = [name for name in options if options[name].downtime_days_most is not None and options[name].downtime_days_most <= most]
        assert order_of(sheet) == [*fits, *(name for name in options if name not in fits)]
    assert "“Not known” means neither few nor many" in said(sheet)
    tick(sheet, "bothers", "acne-scars")
    tick(sheet, "days", "days_0")
    assert order_of(sheet)[:3] == ["doing-nothing", "retinoid-creams", "home-rollers"], "what it is for goes before days off"


def test_a_concern_that_no_option_is_for_says_so_and_shows_what_is_known_first(sheet: Page, guide: Guide) -> None:
    tick(sheet, "bothers", "melasma")
    assert order_of(sheet) == list(guide.library.options)
    assert "No other option here is said to be for what you ticked: Melasma" in said(sheet)
    known = sheet.locator("[data-mg-concern=melasma]")
    assert guide.library.concerns["melasma"].certainty_why in known.inner_text(), "how sure we are stands beside it"
    assert known.bounding_box()["y"] < sheet.locator(OPTIONS).first.bounding_box()["y"]
    assert sheet.locator("[data-mg-concern]").count() == len(guide.library.concerns), "the others stand below"
    sheet.locator("input[value=melasma]").uncheck()
    assert known.bounding_box()["y"] > sheet.locator(OPTIONS).last.bounding_box()["y"]


def test_rows_on_what_was_ticked_come_first_in_every_option_and_the_order_is_said(sheet: Page) -> None:
    tick(sheet, "cost", "cost_low")
    tick(sheet, "hopes", "hope_unseen")
    tick(sheet, "most", "harms")
    first = ["harms", "life", "downtime", "cost"]
    for option in sheet.locator(OPTIONS).all():
        assert rows_of(option) == [*first, *(row for row in (*ROWS, "cost") if row not in first)]
        assert option.locator(".mg-what-matters__sure").bounding_box()["y"] < option.locator("dl").first.bounding_box()["y"]
    told = said(sheet).split("\n")
    assert told[0] == "In each option, first: Possible harm. You ticked “Possible harm” under “What matters most to me”."
    assert "Then: What a course costs. You ticked “Little or nothing” under “What it may cost”." in told
    assert "Doing nothing" not in said(sheet), "options move only by concern and by days off"


def test_a_heading_stands_only_where_something_stands_below_it(sheet: Page, guide: Guide) -> None:
    words = guide.words["matters"]
    ticked = sheet.get_by_role("heading", name=words["row_ticked"], exact=True)
    colour = sheet.get_by_role("heading", name=words["part_colour"], exact=True)
    assert ticked.count() == 0 and colour.count() == 1
    for concern in PARTS["part_colour"]:
        tick(sheet, "bothers", concern)
    assert ticked.count() == len(guide.library.options) and colour.count() == 0
    sheet.once("dialog", lambda asked: asked.dismiss())
    sheet.locator("[data-mg-clear]").click()
    assert ticked.count() > 0, "nothing is cleared by a slip of the thumb"
    sheet.once("dialog", lambda asked: asked.accept())
    sheet.locator("[data-mg-clear]").click()
    assert ticked.count() == 0 and colour.count() == 1
    below = [concern for part in PARTS.values() for concern in guide.library.concerns if concern in part]
    assert sheet.locator("[data-mg-concern]").evaluate_all("(all) => all.map((one) => one.dataset.mgConcern)") == below, "each is back in its place"


def test_doing_nothing_stays_first_and_visible_whatever_is_ticked(sheet: Page) -> None:
    for ask in sheet.locator("[data-mg-ask]").all():
        ask.locator("input").first.check()
        assert order_of(sheet)[0] == "doing-nothing"
    expect(sheet.locator(OPTIONS).first).to_be_visible()


def test_the_sheet_is_filled_in_and_read_by_keyboard_alone_and_what_changed_is_heard(sheet: Page) -> None:
    status = sheet.locator(".mg-what-matters__status")
    expect(status).to_have_text("")
    first = sheet.locator("input[name=mg-bothers]").first
    tab_to(sheet, first)
    sheet.keyboard.press("Space")
    expect(status).to_have_text("Sunken acne scars. The facts below now stand in your order.")
    assert "In each option, first: What it is for, How well it works." in said(sheet)
    expect(first).to_be_focused()
    tab_to(sheet, sheet.locator("input[name=mg-days]").first)
    sheet.keyboard.press("ArrowDown")
    assert "Up to three days" in said(sheet)
    tab_to(sheet, sheet.locator("#mg-matters-own"))
    sheet.keyboard.type("June")
    expect(sheet.locator(".mg-what-matters__typed")).to_have_text("June")
    tab_to(sheet, sheet.get_by_role("button", name="Clear my ticks and words"))
    for button, part, told in (("Copy", "share", " "), ("Keep on this device", "keep", "Kept on this device"), ("Forget", "keep", "Forgotten")):
        tab_to(sheet, sheet.get_by_role("button", name=button))
        sheet.keyboard.press("Enter")
        expect(sheet.locator(f".mg-{part}__status")).to_contain_text(told)
    facts = sheet.get_by_role("link", name="The facts, in your order")
    back_to(sheet, facts)
    sheet.keyboard.press("Enter")
    assert sheet.evaluate("document.querySelector(':target').textContent") == "What stands first, and why"
    back_to(sheet, sheet.locator("[data-mg-clear]"))
    sheet.once("dialog", lambda asked: asked.accept())
    sheet.keyboard.press("Enter")
    expect(status).to_contain_text("cleared")
    assert sheet.locator("input:checked[name^=mg-]").count() == 0 and sheet.locator("#mg-matters-own").input_value() == ""
    assert sheet.locator(".mg-share textarea").filter(visible=True).count() == 0, "cleared words do not wait to be copied"


def back_to(page: Page, target: Locator) -> None:
    tab_to(page, target, "Shift+Tab")


def test_what_is_kept_comes_back_in_its_order_and_is_forgotten(reader: BrowserContext, address: str) -> None:
    page = TOOL.opened(reader.new_page(), address)
    tick(page, "bothers", "melasma")
    tick(page, "days", "days_7")
    page.locator("#mg-matters-own").fill("June")
    page.get_by_role("button", name="Keep on this device").click()
    before = order_of(page), said(page)
    TOOL.opened(page, address)
    assert (order_of(page), said(page)) == before
    assert page.locator("#mg-matters-own").input_value() == "June"
    page.get_by_role("button", name="Forget").click()
    assert page.evaluate(KEPT) == NOTHING


def test_the_text_to_share_holds_ticks_orders_and_facts_with_how_sure_they_are(sheet: Page, guide: Guide) -> None:
    sheet.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    tick(sheet, "marks", "marks_small")
    sheet.locator("#mg-matters-own").fill("A wedding")
    sheet.get_by_role("button", name="Copy").click()
    text = sheet.locator(".mg-share textarea").input_value()
    assert text.startswith("A wedding") and guide.words["matters"]["said"] in text
    assert "You ticked “A small risk” under “How much risk of dark marks I accept”." in text
    for option in guide.library.options.values():
        assert f"{option.name}\n{guide.words['matters']['sure']} " in text
        assert f"{option.certainty_why}\nRisk of dark marks: {option.pigment_risk}" in text


def test_without_a_script_every_fact_stands_in_the_fair_order(scriptless: Page, address: str, guide: Guide) -> None:
    scriptless.goto(f"{address}{TOOL.path}")
    assert order_of(scriptless) == list(guide.library.options)
    assert all(row.is_visible() for row in scriptless.locator("[data-mg-row], [data-mg-concern]").all())
    assert scriptless.locator("main [hidden]:not([data-mg-tool] *)").count() == 0


def test_paper_has_boxes_to_tick_and_room_to_write_and_shows_what_was_ticked(sheet: Page) -> None:
    box = "(answer) => { const box = getComputedStyle(answer, '::before'); return [box.borderTopStyle, box.backgroundImage !== 'none'] }"
    tick(sheet, "bothers", "acne-scars")
    sheet.locator("#mg-matters-own").fill("A wedding")
    sheet.emulate_media(media="print")
    answers = sheet.locator(".mg-what-matters__answer")
    assert answers.nth(0).evaluate(box) == ["solid", True] and answers.nth(1).evaluate(box) == ["solid", False]
    assert sheet.locator(".mg-what-matters__line").filter(visible=True).count() == 2, "only below the reader's own words: each question has been answered"
    expect(sheet.locator(".mg-what-matters__typed")).to_have_text("A wedding")
    assert all(option.is_visible() for option in sheet.locator(OPTIONS).all())


def on_paper(page: Page, size: str) -> list[Side]:
    return [read_back(side) for side in PdfReader(io.BytesIO(page.pdf(format=size))).pages]


@pytest.mark.parametrize("all_of_it", [False, True])
def test_what_is_ticked_is_printed_with_its_facts_on_each_option_alone(all_of_it: bool, sheet: Page, guide: Guide) -> None:
    chosen = [("bothers", "melasma"), ("marks", "marks_small"), ("most", "harms")]
    if all_of_it:
        chosen += [("bothers", concern) for concern in guide.library.concerns]
        chosen += [("hopes", "hope_feel"), ("hopes", "hope_unseen"), ("hopes", "hope_visits"), ("days", "days_3"), ("cost", "cost_low"), ("sure", "sure_good")]
    for ask, answer in chosen:
        tick(sheet, ask, answer)
    sheet.locator("#mg-matters-own").fill("A wedding")
    words = guide.words["matters"]
    for size in SIZES:
        sides = on_paper(sheet, size)
        text = "".join(side.text for side in sides)
        assert len(sides) <= SHEETS * MOST_SIDES and at_the_edge(sides) == [], size
        there = [words["marks_small"], "A wedding", words["said"], guide.words["tell"]["my_date"], guide.clinic.phones.main.display]
        there += [part for option in guide.library.options.values() for part in (option.name, option.certainty_why, option.harms, option.pigment_risk)]
        assert [part for part in there if squeezed(part) not in text] == []
        not_there = [words["marks_none"] + words["marks_small"], words["known_rest"], "What does a risk look like"]
        assert [part for part in [*not_there, *(option.what_it_is for option in guide.library.options.values())] if squeezed(part) in text] == []
        assert text.index(squeezed("Doing nothing")) < text.index(squeezed(guide.library.options["subcision"].harms))


def test_paper_with_nothing_ticked_has_every_box_and_every_fact(sheet: Page, guide: Guide) -> None:
    text = "".join(side.text for side in on_paper(sheet, "A4"))
    answers = sheet.locator(".mg-what-matters__answer").all_inner_texts()
    facts = [part for option in guide.library.options.values() for part in (option.what_it_is, option.how_well, option.harms, option.cost_why)]
    assert len(answers) > 40 and [part for part in [*answers, *facts] if squeezed(part) not in text] == []
    assert squeezed(guide.words["matters"]["said"]) not in text


@pytest.mark.parametrize(("path", "first"), [(TOOL.path, ".mg-what-matters__answer"), ("prepare/my-plan/", "form[data-mg-plan=visit] input")])
@pytest.mark.parametrize("clinic", ["address", "other_address"])
def test_a_phone_shows_the_first_thing_to_fill_in_within_two_screens(path: str, first: str, clinic: str, browser: Browser, request: pytest.FixtureRequest) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{request.getfixturevalue(clinic)}{path}")
    part = page.locator(first).first
    part.wait_for()
    box = part.bounding_box()
    assert box["y"] + box["height"] <= SCREENS * 740
    context.close()


def test_the_second_clinic_and_the_smallest_phone_have_the_whole_sheet(browser: Browser, other_address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": HEIGHT})
    page = TOOL.opened(context.new_page(), other_address)
    tick(page, "bothers", "acne-scars")
    assert page.evaluate(LEFT) <= 0
    assert order_of(page)[0] == "doing-nothing" and page.locator("[data-mg-first]").count() > 10
    assert page.locator("[data-mg-share-mail]").count() == 1
    context.close()
