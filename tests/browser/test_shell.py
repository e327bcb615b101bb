"""What stands round every page: the header's controls, the list of pages, what to read next, and the choice of colours."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Locator, Page, expect

from axe import HEIGHT, NARROW, WIDE, axe_findings
from test_every_page import KEPT, NOTHING

PAGE = "aftercare/first-days/"
SECTION = "Aftercare"
PAPER = {"light": "rgb(251, 248, 243)", "dark": "rgb(21, 25, 26)"}  # --mg-colour-paper of each scheme
WHITE = "rgb(255, 255, 255)"
OTHER = {"light": "dark", "dark": "light"}
GROUND = "() => getComputedStyle(document.documentElement).backgroundColor"
CONTROLS = ".mg-header__control"


@pytest.fixture(params=[NARROW, WIDE])
def width(request: pytest.FixtureRequest) -> int:
    """As wide as a phone, then as wide as a laptop."""
    return request.param


@pytest.fixture(params=[(NARROW, "light"), (WIDE, "dark")], ids=["light phone", "dark laptop"])
def kind(request: pytest.FixtureRequest) -> tuple[int, str]:
    """A kind of device: how wide it is, and which colours it asks for."""
    return request.param


@pytest.fixture
def own(kind: tuple[int, str]) -> str:
    """The colours that the reader's device asks for."""
    return kind[1]


@pytest.fixture
def reader(kind: tuple[int, str], browser: Browser) -> Iterator[BrowserContext]:
    """A reader's browser that has never been here before."""
    width, scheme = kind
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def quiet(width: int, browser: Browser) -> Iterator[Page]:
    """A page in a browser that runs no script."""
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def choose(page: Page, colours: str) -> None:
    """Choose colours in the footer."""
    page.locator(f".mg-scheme input[value={colours}]").check()


def seen(page: Page) -> str:
    """The scheme that a page's ground shows."""
    ground = page.evaluate(GROUND)
    return next((scheme for scheme, colour in PAPER.items() if colour == ground), ground)


def list_of_pages(page: Page) -> Locator:
    """The list of pages that a reader sees: beside the page where there is room, else in the menu, opened."""
    if page.locator(".mg-side").is_visible():
        return page.locator(".mg-side")
    page.locator(".mg-menu__button").press("Enter")
    return page.locator(".mg-menu__panel")


# The choice of colours


def test_colours_are_chosen_by_keyboard_and_change_the_whole_page(reader: BrowserContext, own: str, address: str) -> None:
    page = reader.new_page()
    page.goto(f"{address}{PAGE}")
    assert seen(page) == own
    as_device = page.get_by_role("group", name="Colours").get_by_role("radio", name="As on my device")
    expect(as_device).to_be_checked()
    as_device.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Light")).to_be_checked()
    assert seen(page) == "light"
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
    assert seen(page) == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark", "the browser's own boxes and bars follow"
    page.keyboard.press("ArrowDown")
    expect(as_device).to_be_checked()
    assert seen(page) == own


def test_nothing_is_wrong_in_the_colours_that_a_reader_chose(reader: BrowserContext, own: str, address: str) -> None:
    page = reader.new_page()
    page.goto(f"{address}{PAGE}")
    choose(page, OTHER[own])
    assert axe_findings(page) == []


def test_the_browsers_own_frame_follows_the_choice(reader: BrowserContext, own: str, address: str) -> None:
    page = reader.new_page()
    page.goto(address)
    choose(page, OTHER[own])
    frame = page.evaluate("[...document.querySelectorAll('meta[name=theme-color]')].filter((meta) => matchMedia(meta.media).matches).map((meta) => meta.content)")
    assert frame == [page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--mg-colour-paper')")]


def test_the_choice_lasts_over_links_and_back_and_is_shown_before_a_page_is(reader: BrowserContext, own: str, address: str) -> None:
    page = reader.new_page()
    page.goto(address)
    page.goto(f"{address}{PAGE}")
    chosen = OTHER[own]
    choose(page, chosen)
    page.locator(".mg-next__link--next").click()
    page.wait_for_url(re.compile("is-this-normal"))
    assert seen(page) == chosen
    expect(page.locator(f".mg-scheme input[value={chosen}]")).to_be_checked()
    page.go_back()
    assert seen(page) == chosen
    page.go_back()
    assert seen(page) == chosen, "a page that was open before the choice shows it too"
    page.route("**/*.js", lambda route: route.abort())
    page.reload()
    assert seen(page) == chosen, "the choice waits for no file, so the page never shows other colours first"


def test_a_page_that_slept_while_the_reader_chose_wakes_in_the_chosen_colours(browser_type: BrowserType, browser_type_launch_args: dict, address: str) -> None:
    """Browsers keep the pages before this one asleep for Back. Playwright turns that off, so it is turned on here."""
    with browser_type.launch(**browser_type_launch_args, ignore_default_args=["--disable-back-forward-cache"]) as browser:
        page = browser.new_page(color_scheme="light")
        page.goto(address)
        expect(page.locator(".mg-scheme")).to_be_visible()
        page.goto(f"{address}{PAGE}")
        choose(page, "dark")
        page.evaluate("setTimeout(() => history.back())")  # no wait for a load, which a page that wakes does not have
        page.wait_for_function("(address) => location.href === address && document.documentElement.dataset.mgColours === 'dark'", arg=address)
        assert seen(page) == "dark"


def test_a_choice_keeps_nothing_and_a_new_tab_knows_nothing_of_it(reader: BrowserContext, own: str, address: str) -> None:
    page = reader.new_page()
    page.goto(address)
    choose(page, OTHER[own])
    page.goto(f"{address}{PAGE}")
    assert page.evaluate(KEPT) == NOTHING
    assert reader.cookies() == []
    assert page.url == f"{address}{PAGE}"
    tab = reader.new_page()
    tab.goto(address)
    assert seen(tab) == own


def test_what_another_site_in_the_same_tab_can_read_says_nothing_of_this_guide(reader: BrowserContext, own: str, address: str) -> None:
    page = reader.new_page()
    page.goto(address)
    choose(page, OTHER[own])
    page.route("https://elsewhere.example/", lambda route: route.fulfill(body="<title>Elsewhere</title>", content_type="text/html"))
    page.evaluate("location.href = 'https://elsewhere.example/'")
    page.wait_for_url("https://elsewhere.example/")
    assert page.evaluate("window.name") in ("", OTHER[own])


def test_as_on_my_device_forgets_the_choice(reader: BrowserContext, own: str, address: str) -> None:
    page = reader.new_page()
    page.goto(address)
    choose(page, OTHER[own])
    choose(page, "device")
    assert seen(page) == own
    assert page.evaluate("window.name") == ""
    page.emulate_media(color_scheme=OTHER[own])
    assert seen(page) == OTHER[own], "the page follows the device again"
    page.goto(f"{address}{PAGE}")
    assert seen(page) == OTHER[own]


def test_a_name_that_another_page_gave_the_window_is_left_alone(reader: BrowserContext, own: str, address: str) -> None:
    page = reader.new_page()
    page.goto(address)
    page.evaluate("window.name = 'booking-dark'")
    page.goto(f"{address}{PAGE}")
    assert seen(page) == own
    for colours in (OTHER[own], "device"):
        choose(page, colours)
        assert seen(page) == (own if colours == "device" else colours), "the choice holds on the page itself"
        assert page.evaluate("window.name") == "booking-dark"


def test_paper_stays_light_whatever_was_chosen(reader: BrowserContext, address: str) -> None:
    page = reader.new_page()
    page.goto(f"{address}{PAGE}")
    choose(page, "dark")
    page.emulate_media(media="print")
    assert page.evaluate(GROUND) == WHITE
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_without_a_script_no_choice_is_offered(quiet: Page, address: str) -> None:
    quiet.goto(address)
    assert quiet.locator(".mg-scheme").count() == 1
    expect(quiet.locator(".mg-scheme")).to_be_hidden()


def test_where_the_style_sheet_may_not_be_read_no_choice_is_offered(page: Page, address: str) -> None:
    page.add_init_script("Object.defineProperty(CSSStyleSheet.prototype, 'cssRules', { get() { throw new DOMException('', 'SecurityError') } })")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address, wait_until="networkidle")
    expect(page.locator(".mg-scheme")).to_be_hidden()
    assert not complaints


def test_a_style_sheet_of_an_extension_that_may_not_be_read_takes_no_choice_away(page: Page, address: str) -> None:
    closed = "https://extension.example/closed.css"
    page.route(closed, lambda route: route.fulfill(body="p { color: inherit }", content_type="text/css"))
    page.route(address, lambda route: route.fulfill(response=(found := route.fetch()), body=found.text().replace("<head>", f'<head><link rel="stylesheet" href="{closed}">')))
    page.emulate_media(color_scheme="light")
    page.goto(address)
    assert page.evaluate("(closed) => [...document.styleSheets].some(({ href }) => href === closed)", closed)
    choose(page, "dark")
    assert seen(page) == "dark"


def test_each_choice_is_large_enough_for_a_thumb(reader: BrowserContext, address: str) -> None:
    page = reader.new_page()
    page.goto(address)
    expect(page.locator(".mg-scheme")).to_be_visible()
    boxes = [choice.bounding_box() for choice in page.locator(".mg-scheme label").all()]
    assert len(boxes) == 3
    assert all(min(box["width"], box["height"]) >= 44 for box in boxes)


# The header


@pytest.mark.parametrize("narrow", [320, 360])
def test_a_phone_shows_menu_worried_and_search_as_equal_parts_large_enough_for_a_thumb(narrow: int, page: Page, address: str) -> None:
    page.set_viewport_size({"width": narrow, "height": HEIGHT})
    page.goto(f"{address}{PAGE}")
    controls = [control for control in page.locator(CONTROLS).all() if control.is_visible()]
    assert [re.split(r"[\s?]", control.inner_text())[0] for control in controls] == ["Menu", "Worried", "Search"]
    boxes = [control.bounding_box() for control in controls]
    assert all(box["height"] >= 44 for box in boxes)
    assert len({round(box["y"]) for box in boxes}) == 1, "they stand in one row"
    widths = [box["width"] for box in boxes]
    assert max(widths) - min(widths) <= 2
    assert round(sum(widths)) == narrow


@pytest.mark.parametrize("narrow", [320, 360])
def test_on_a_phone_the_guides_name_takes_one_line_and_the_clinics_the_next(narrow: int, page: Page, address: str) -> None:
    page.set_viewport_size({"width": narrow, "height": HEIGHT})
    page.goto(address)
    tops = page.locator(".mg-header__name").evaluate("""(name) => {
      const range = document.createRange();
      range.selectNodeContents(name);
      return [...new Set([...range.getClientRects()].filter((box) => box.width > 1).map((box) => Math.round(box.top)))].length;
    }""")
    assert tops == 2


def test_worried_leads_to_the_warning_signs_and_says_so(page: Page, width: int, address: str) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(address)
    worried = page.get_by_role("banner").get_by_role("link", name="Worried? Warning signs: when to call").first
    expect(worried).to_be_visible()
    worried.click()
    page.wait_for_url(f"{address}aftercare/when-to-call/")


@pytest.mark.parametrize("wide", [320, 360, 768, 1024, 1280])
def test_a_very_long_name_of_a_clinic_is_never_cut_off(wide: int, page: Page, address: str) -> None:
    page.set_viewport_size({"width": wide, "height": HEIGHT})
    page.goto(address)
    page.locator(".mg-header__clinic").evaluate("(name) => name.textContent = 'The Northern Counties Centre for Skin, Scar and Laser Medicine of Llanfairpwllgwyngyll'")
    name = page.locator(".mg-header__clinic").bounding_box()
    header = page.locator(".mg-header").bounding_box()
    assert name["x"] >= 0 and name["x"] + name["width"] <= wide
    assert name["y"] + name["height"] <= header["y"] + header["height"]
    assert page.locator(".mg-header__clinic").evaluate("(name) => name.scrollWidth <= Math.ceil(name.getBoundingClientRect().width)")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= wide
    for control in page.locator(f"{CONTROLS}:visible").all():
        assert control.bounding_box()["y"] >= header["y"] and control.evaluate("(control) => control.scrollHeight <= control.clientHeight + 1")


# The list of pages


def test_the_section_of_the_open_page_is_unfolded_and_the_others_are_folded(page: Page, width: int, address: str) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(f"{address}{PAGE}")
    pages = list_of_pages(page)
    assert pages.locator(".mg-journey__fold").count() >= 8
    assert pages.locator(".mg-journey__fold[open] > summary").all_inner_texts() == [SECTION]
    here = pages.locator("[aria-current=page]")
    assert here.count() == 1
    expect(here).to_be_visible()
    other = pages.locator(".mg-journey__fold[open] .mg-journey__link:not([aria-current])").first
    weights, bars = ([link.evaluate(f"(link) => getComputedStyle(link).{part}") for link in (here, other)] for part in ("fontWeight", "borderInlineStartColor"))
    assert weights[0] != weights[1] and bars[0] != bars[1], "marked by weight and by a bar, not by colour alone"


def test_each_section_unfolds_by_keyboard_without_a_script(quiet: Page, address: str) -> None:
    quiet.goto(f"{address}{PAGE}")
    pages = list_of_pages(quiet)
    for fold in pages.locator(".mg-journey__fold").all():
        summary = fold.locator("summary")
        was_open = summary.inner_text() == SECTION
        assert fold.locator("a").first.is_visible() is was_open
        summary.press("Enter")
        assert fold.locator("a").first.is_visible() is not was_open


def test_the_keyboard_passes_over_what_is_folded(page: Page, width: int, address: str) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(f"{address}{PAGE}")
    pages = list_of_pages(page)
    folded = pages.get_by_text("Understand", exact=True)
    folded.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Is it for me?"


def test_the_menu_begins_with_help_and_all_questions(page: Page, address: str) -> None:
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    page.goto(f"{address}{PAGE}")
    links = list_of_pages(page).get_by_role("link")
    assert [" ".join(link.inner_text().split()) for link in links.all()[:3]] == ["Worried? Warning signs: when to call", "Home", "All questions from A to Z"]
    heights = links.evaluate_all("(links) => links.filter((link) => link.checkVisibility()).map((link) => link.offsetHeight)")
    assert min(heights) >= 44


def test_escape_closes_the_menu_from_within_a_section_and_gives_the_focus_back(page: Page, address: str) -> None:
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    page.goto(f"{address}{PAGE}", wait_until="networkidle")
    list_of_pages(page).locator(".mg-journey__fold[open] a").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".mg-menu__panel")).to_be_hidden()
    expect(page.locator(".mg-menu__button")).to_be_focused()


# Where a page ends


@pytest.mark.parametrize("path", [PAGE, "about/words/", "about/sources/"])
def test_what_to_read_next_comes_after_the_text_and_before_sources_and_review(path: str, page: Page, address: str) -> None:
    page.goto(f"{address}{path}")
    order = page.locator("article").evaluate("""(article) => [...article.children].map((part) => part.className || part.localName)""")
    after = order[order.index("mg-next") + 1:]
    assert after == (["mg-source-list", "mg-review-line"] if page.locator("article > .mg-source-list > #sources").count() else ["mg-review-line"])
    assert order.count("mg-next") == 1


def test_next_leads_on_in_the_order_of_the_journey_and_names_a_new_section(page: Page, address: str) -> None:
    page.goto(f"{address}the-day/pain-and-numbing/")
    following = page.locator(".mg-next__link--next")
    assert re.match(r"Next: Aftercare\s", following.inner_text())
    assert following.get_attribute("href").endswith("aftercare/first-days/")
    page.goto(f"{address}{PAGE}")
    assert re.match(r"Next:\s+Is this normal", page.locator(".mg-next__link--next").inner_text()), "no section's name where it is this one"
