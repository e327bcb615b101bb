"""The search box: its keys, what is heard, the way back to a question, and links that open a search."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from axe import HEIGHT, NARROW, WIDE
from guide.project import Guide
from test_search import answered, ask


@pytest.fixture(params=[NARROW, WIDE], ids=["phone", "wide"])
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page at phone width, then a wide one, on which nothing moves."""
    context = browser.new_context(viewport={"width": request.param, "height": HEIGHT}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page at phone width on which nothing moves."""
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def reached(page: Page) -> str:
    """What has the focus, in a word: the box, the opener, or a link's own words."""
    return page.evaluate("() => { const at = document.activeElement; return at.name === 'q' ? 'box' : at.matches('.mg-search__open') ? 'opener' : at.textContent.trim(); }")


def settle(page: Page) -> None:
    """Wait until what a key or a press has started has ended: where it must start nothing, there is nothing else to wait for."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


# --- Keys ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["scars", "fever", "qzxv"])
def test_arrows_walk_from_the_box_through_every_link_and_back(question: str, screen: Page, address: str) -> None:
    screen.goto(address)
    links = ask(screen, question).locator("a").filter(visible=True).all_text_contents()
    assert len(links) > 3
    for stop in [*links, links[-1]]:  # at the end it stays
        screen.keyboard.press("ArrowDown")
        assert reached(screen) == stop.strip()
    for stop in [*reversed(links[:-1]), "box", "box"]:
        screen.keyboard.press("ArrowUp")
        assert reached(screen) == stop.strip()
    expect(screen.locator("input[name=q]")).to_have_value(question)


def test_enter_in_the_box_leads_to_the_first_result_and_enter_there_opens_it(screen: Page, address: str) -> None:
    screen.goto(address)
    first = ask(screen, "can i wear makeup").locator(".mg-search__link").first
    screen.keyboard.press("Enter")
    expect(first).to_be_focused()
    screen.keyboard.press("Enter")
    screen.wait_for_url("**/aftercare/back-to-normal-life/#makeup")


@pytest.mark.parametrize(("question", "part"), [("fever", ".mg-search__results a"), ("qzxv", ".mg-search__nearest a")])
def test_enter_twice_dials_no_number(question: str, part: str, screen: Page, address: str) -> None:
    screen.goto(address)
    first = ask(screen, question).locator(part).first
    screen.keyboard.press("Enter")
    expect(first).to_be_focused()


def test_enter_before_the_search_can_answer_puts_the_question_in_no_address(screen: Page, address: str) -> None:
    screen.route("**/search.js", lambda route: route.abort())
    screen.goto(address)
    if screen.locator(".mg-search__open").is_visible():
        screen.locator(".mg-search__open").evaluate("(opener) => opener.setAttribute('aria-expanded', 'true')")  # as it does once it has started
    screen.evaluate("addEventListener('submit', (event) => (window.mgKept = event.defaultPrevented))")
    screen.locator("input[name=q]").fill("craters")
    screen.keyboard.press("Enter")
    assert screen.evaluate("window.mgKept") is True


def test_escape_closes_what_was_found_and_gives_the_focus_back_in_two_steps(screen: Page, address: str) -> None:
    screen.goto(address)
    opener = screen.locator(".mg-search__open")
    on_phone = opener.is_visible()
    panel = ask(screen, "scars")
    for key in ("ArrowDown", "ArrowUp", "Tab"):  # from a result, from the box, and from the button beside it
        screen.keyboard.press(key)
        screen.keyboard.press("Escape")
        settle(screen)
        assert panel.is_hidden() and reached(screen) == "box", key
        panel = ask(screen, "scars")
    screen.keyboard.press("Escape")
    screen.keyboard.press("Escape")
    settle(screen)
    assert panel.is_hidden() and reached(screen) == ("opener" if on_phone else "box")
    assert screen.locator("input[name=q]").is_visible() is not on_phone
    ask(screen, "scars")  # and it opens again


def test_the_box_opens_by_its_button_by_keyboard(phone: Page, address: str) -> None:
    phone.goto(address)
    opener = phone.locator(".mg-search__open")
    expect(opener).to_have_attribute("aria-expanded", "false")
    opener.focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("searchbox")).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "true")


def test_results_close_when_the_keyboard_goes_on_or_a_press_lands_beside_them_and_not_by_a_press_on_them(screen: Page, address: str) -> None:
    screen.goto(address)
    panel = ask(screen, "acne scars")
    panel.locator(".mg-search__count").click()
    expect(panel).to_be_visible()
    screen.mouse.click(3, HEIGHT - 3)
    settle(screen)
    assert panel.is_hidden()
    ask(screen, "acne scars").locator("a").filter(visible=True).last.focus()
    screen.keyboard.press("Tab")
    settle(screen)
    assert panel.is_hidden()


def test_a_thumb_opens_the_box_and_a_result(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address)
    page.locator(".mg-search__open").tap()
    page.get_by_role("searchbox").wait_for()
    ask(page, "makeup").locator(".mg-search__link").first.tap()
    page.wait_for_url("**/aftercare/back-to-normal-life/#makeup")
    context.close()


# --- What is heard ------------------------------------------------------------------------------------------------


def test_the_status_line_is_silent_until_the_keys_rest_then_says_the_count_and_the_first_title(phone: Page, address: str, guide: Guide) -> None:
    phone.clock.install(time=0)
    phone.goto(address)
    phone.clock.pause_at(3_600_000)  # from here on, time goes only as told
    status, words = phone.get_by_role("status"), guide.library.words["shell"]
    assert status.text_content() == ""
    for typed in ("acn", "acne scars"):  # the second key comes before the first was answered aloud
        panel = ask(phone, typed)
        phone.clock.run_for(300)
        assert status.text_content() == ""
    phone.clock.run_for(1000)
    assert panel.locator(".mg-search__count").inner_text() in status.text_content()
    assert words["search_first"].format(title=panel.locator(".mg-search__link").first.text_content()) in status.text_content()
    for typed, said in {"fever": words["search_worry"], "qzxv": words["search_none"]}.items():
        ask(phone, typed)
        phone.clock.run_for(1000)
        assert status.text_content().startswith(said)
    phone.keyboard.press("Escape")
    phone.clock.run_for(1000)
    assert status.text_content() == ""


# --- Back, and links to a search ----------------------------------------------------------------------------------


def addresses(page: Page) -> list[str]:
    """Every address that a page asks for or shows from now on."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("framenavigated", lambda frame: seen.append(frame.url))
    return seen


def test_the_question_is_back_after_following_a_result_and_stands_in_no_address(screen: Page, address: str) -> None:
    seen = addresses(screen)
    screen.goto(address)
    ask(screen, "craters").locator(".mg-search__link").first.click()
    screen.wait_for_url("**/understand/acne-scars/#acne-scars")
    screen.go_back()
    panel = answered(screen, "craters")
    expect(panel.locator(".mg-search__link").first).to_be_visible()
    expect(screen.locator("input[name=q]")).to_have_value("craters")
    assert [url for url in seen if "crater" in url] == []
    screen.goto(f"{address}?q=craters")
    assert [url for url in seen if "crater" in url], "else the check above would see nothing"


def test_the_question_is_back_across_a_link_on_the_same_page(screen: Page, address: str) -> None:
    screen.goto(f"{address}understand/acne-scars/")
    panel = ask(screen, "craters")
    panel.locator(".mg-search__link").first.click()
    screen.wait_for_url("**/acne-scars/#acne-scars")
    settle(screen)
    assert panel.is_hidden()
    screen.go_back()
    answered(screen, "craters")
    expect(screen.locator("input[name=q]")).to_have_value("craters")


def test_the_place_that_a_result_leads_to_keeps_no_question(screen: Page, address: str) -> None:
    screen.clock.install(time=0)
    screen.goto(f"{address}understand/acne-scars/")
    screen.clock.pause_at(3_600_000)  # from here on, time goes only as told
    panel = ask(screen, "craters")
    panel.locator(".mg-search__link").first.click()
    screen.wait_for_url("**/acne-scars/#acne-scars")
    screen.clock.run_for(1000)
    assert not screen.evaluate("history.state?.mgSearch"), "else Forward or a reload would open the results over the answer"


def test_a_question_that_was_left_by_escape_does_not_come_back(screen: Page, address: str) -> None:
    screen.clock.install(time=0)
    screen.goto(address)
    screen.clock.pause_at(3_600_000)  # from here on, time goes only as told
    ask(screen, "craters")
    screen.clock.run_for(1000)
    assert screen.evaluate("history.state.mgSearch") == "craters"
    screen.keyboard.press("Escape")
    screen.clock.run_for(1000)
    assert screen.evaluate("history.state.mgSearch") == ""


@pytest.mark.parametrize("query", ["holes%20in%20my%20face", "holes+in+my+face&from=letter"])
def test_a_link_to_a_search_opens_its_results(query: str, screen: Page, address: str) -> None:
    screen.goto(f"{address}aftercare/sun/?q={query}")
    panel = answered(screen, "holes in my face")
    expect(screen.locator("input[name=q]")).to_have_value("holes in my face")
    screen.keyboard.press("Escape")  # with the focus where a page that opens has it
    settle(screen)
    assert panel.is_hidden()
    panel = ask(screen, "holes in my face")
    panel.locator(".mg-search__link").first.click()
    screen.wait_for_url("**/understand/acne-scars/#acne-scars")
    screen.go_back()
    answered(screen, "holes in my face")
