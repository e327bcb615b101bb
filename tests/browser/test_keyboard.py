"""The keyboard alone, on a phone's width and on a wide screen: it reaches all that can be pressed, in the order of the page,
and each stop is on the screen, uncovered, out of no closed part, and has a ring around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from test_every_page import HEIGHT, NARROW, PATHS, WIDE
from test_search import answered

# Wide, a script opens the list of headings once it stands beside the text; on a slow machine the walk would come before it.
SETTLED = """() => [...document.querySelectorAll("[data-mg-on-this-page]")].every(
  (list) => list.open || getComputedStyle(list.querySelector("summary")).display !== "none")"""
MOST_STOPS = 1500  # more than any page has
# What is the matter with the stop that has the focus; null at the end of the page.
STOP = """() => {
  const stop = document.activeElement;
  const last = window.mgLast;
  window.mgLast = stop;
  if (stop === document.body) return null;
  const faults = [];
  const label = stop.closest("label");
  const shown = label && getComputedStyle(stop).outlineStyle === "none" ? label : stop;
  const box = shown.getClientRects()[0] ?? shown.getBoundingClientRect();
  const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height, stop.localName === "textarea" ? 48 : innerHeight) / 2]; // of a large field, the line to write in
  const seen = document.elementFromPoint(x, y);
  if (!stop.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || stop.closest("[hidden], [inert]")) faults.push("not visible");
  if (stop.closest("details:not([open])") && !stop.matches("details > summary:first-of-type")) faults.push("in a closed part");
  if (box.width < 2 || box.height < 2 || getComputedStyle(stop).clipPath !== "none") faults.push("too small to see");
  if (box.left < -1 || box.right > document.documentElement.clientWidth + 1 || y < 0 || y > innerHeight) faults.push("off the screen");
  else if (!shown.contains(seen) && !seen?.closest("label, p, li, td, th, dd")?.contains(stop)) faults.push(`behind ${seen?.outerHTML.slice(0, 60)}`);
  const style = getComputedStyle(shown);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push("without a focus ring");
  /* A field for a time has a stop for each of its parts. */
  if (last?.isConnected && last !== document.body && last !== stop && !(last.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING)) faults.push("before the stop that came before it");
  window.mgParts ??= [];
  const part = stop.closest("nav, header, footer, main, form, table");
  if (!window.mgParts.includes(part)) window.mgParts.push(part);
  /* Where it stands in its part, which may stick to the screen or scroll by itself. */
  const frame = (part ?? document.documentElement).getBoundingClientRect();
  let down = -frame.top;
  for (let each = stop.parentElement; each && each !== (part ?? document.documentElement).parentElement && each !== document.documentElement; each = each.parentElement) down += each.scrollTop;
  return {
    what: stop.outerHTML.slice(0, 80).replace(/\\s+/g, " "),
    where: stop.closest("main, footer, header, nav")?.localName,
    part: window.mgParts.indexOf(part),
    box: { left: box.left, right: box.right, top: box.top + down, bottom: box.bottom + down },
    faults,
  };
}"""


@pytest.fixture
def still(browser: Browser) -> Iterator[Page]:
    """A page at phone width on which nothing moves."""
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def backwards(before: dict, after: dict) -> bool:
    """Whether the eye would have to go back from a stop to the next one: up, and not on to a column beside it."""
    one, other = before["box"], after["box"]
    return before["part"] == after["part"] and other["bottom"] <= one["top"] + 1 and other["left"] < one["right"] - 1


def walk(page: Page) -> list[dict]:
    """Every stop of the Tab key from where it is to the end of the page: what it is, where, and what is wrong with it."""
    stops: list[dict] = []
    page.wait_for_function(SETTLED)
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            for before, after in pairwise(stops):
                after["faults"] += ["against the order of the page"] if backwards(before, after) else []
            return stops
        stops.append(stop)
    raise AssertionError(f"{page.url}: the Tab key does not come to an end")


def faults_of(stops: list[dict]) -> list[str]:
    return [f"{stop['what']}: {', '.join(stop['faults'])}" for stop in stops if stop["faults"]]


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("path", PATHS)
def test_the_tab_key_walks_the_whole_page_in_its_order_and_the_focus_is_always_seen(path: str, width: int, still: Page, address: str) -> None:
    still.set_viewport_size({"width": width, "height": HEIGHT})
    still.goto(f"{address}{path}")
    stops = walk(still)
    assert faults_of(stops) == []
    assert {"header", "main", "footer"} <= {stop["where"] for stop in stops}
    pressed = still.locator("main a[href]").filter(visible=True).count()
    assert len([stop for stop in stops if stop["where"] in ("main", "nav")]) >= pressed, "the Tab key passes over a link"


@pytest.mark.parametrize("path", ["404.html", "aftercare/first-days/", "options/side-by-side/"])
def test_the_focus_is_seen_at_400_per_cent_too(path: str, still: Page, address: str) -> None:
    still.set_viewport_size({"width": 320, "height": 256})  # a screen of 1280 by 1024
    still.goto(f"{address}{path}")
    assert faults_of(walk(still)) == []


@pytest.mark.parametrize("path", ["", "about/the-clinic/"])
def test_the_walk_holds_for_the_second_clinic(path: str, still: Page, other_address: str) -> None:
    still.goto(f"{other_address}{path}")
    assert faults_of(walk(still)) == []


def test_the_walk_goes_through_the_opened_menu_and_its_sections(still: Page, address: str) -> None:
    still.goto(f"{address}aftercare/first-days/")
    button = still.locator("[data-mg-menu] > summary")
    button.focus()
    still.keyboard.press("Enter")
    folds = still.locator("[data-mg-menu] details:not([open]) > summary")
    while folds.count():
        folds.first.focus()
        still.keyboard.press("Enter")
    button.focus()
    stops = walk(still)
    assert faults_of(stops) == []
    links = still.locator("[data-mg-menu] nav a").count()
    assert len([stop for stop in stops if stop["where"] == "nav"]) >= links > len(PATHS) - 2
    expect(still.locator("[data-mg-menu]")).not_to_have_attribute("open", re.compile(".*"))  # it closes when the keyboard goes on


@pytest.mark.parametrize("question", ["scars", "fever", "qzxv"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_walk_goes_through_what_the_search_found(width: int, question: str, still: Page, address: str) -> None:
    still.set_viewport_size({"width": width, "height": HEIGHT})
    still.goto(address)
    if width == NARROW:
        still.locator(".mg-search__open").focus()
        still.keyboard.press("Enter")
    else:
        still.get_by_role("searchbox").focus()
    box = still.get_by_role("searchbox")
    expect(box).to_be_focused()
    still.keyboard.type(question)
    panel = answered(still, question)
    still.keyboard.press("Tab")  # the button beside the box
    for link in panel.locator("a").filter(visible=True).all():
        still.keyboard.press("Tab")
        expect(link).to_be_focused()
        assert still.evaluate(STOP)["faults"] == []
    still.keyboard.press("Escape")
    expect(box).to_be_focused()
    expect(panel).to_be_hidden()


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_on_this_page_leads_to_each_part_by_keyboard(width: int, still: Page, address: str) -> None:
    still.set_viewport_size({"width": width, "height": HEIGHT})
    still.goto(f"{address}aftercare/first-days/")
    toc = still.locator("[data-mg-on-this-page]")
    if width == NARROW:
        toc.locator("summary").focus()
        still.keyboard.press("Enter")
    expect(toc).to_have_attribute("open", "")
    for link in toc.locator("a").all():
        link.focus()
        still.keyboard.press("Enter")
        anchor = link.get_attribute("href")
        target = still.locator(f"[id='{anchor[1:]}']")
        expect(target).to_be_in_viewport()
        assert target.evaluate("(target) => target.matches(':target')")
        still.keyboard.press("Tab")
        assert target.evaluate("(target) => document.activeElement === document.body || Boolean(target.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"), f"after {anchor} the Tab key goes back"


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_every_word_that_explains_itself_opens_in_view_and_closes_by_keyboard(width: int, still: Page, address: str) -> None:
    still.set_viewport_size({"width": width, "height": HEIGHT})
    still.goto(f"{address}understand/how-it-works/")
    words = still.locator("main button[popovertarget]").all()
    assert words
    for word in words:
        meaning = still.locator(f"[id='{word.get_attribute('popovertarget')}']")
        word.focus()
        still.keyboard.press("Space")
        expect(meaning).to_be_visible()
        box = meaning.bounding_box()
        assert box["x"] >= -1 and box["x"] + box["width"] <= width + 1 and box["y"] >= -1 and box["y"] + box["height"] <= HEIGHT + 1, f"{meaning.inner_text()}: runs off the screen"
        still.keyboard.press("Escape")
        expect(meaning).to_be_hidden()
        expect(word).to_be_focused()


@pytest.mark.parametrize("path", PATHS)
def test_each_part_that_folds_opens_and_closes_by_keyboard(path: str, still: Page, address: str) -> None:
    still.goto(f"{address}{path}")
    for fold in still.locator("details").all():
        button = fold.locator("> summary")
        if button.is_visible():
            before = fold.evaluate("(fold) => fold.open")
            button.focus()
            still.keyboard.press("Enter")
            assert fold.evaluate("(fold) => fold.open") is not before, button.inner_text()
            still.keyboard.press("Space")
            assert fold.evaluate("(fold) => fold.open") is before, button.inner_text()


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_colours_are_chosen_by_arrow_keys(width: int, still: Page, address: str) -> None:
    still.set_viewport_size({"width": width, "height": HEIGHT})
    still.goto(address)
    choices = still.get_by_role("contentinfo").get_by_role("radio")
    expect(choices).to_have_count(3)
    choices.first.focus()
    for each in choices.all()[1:]:
        still.keyboard.press("ArrowDown")
        expect(each).to_be_focused()
        expect(each).to_be_checked()
        assert still.evaluate(STOP)["faults"] == []


# --- That the walk notices ----------------------------------------------------------------------------------------

AMISS = {
    "without a focus ring": "<style>:focus-visible { outline: 0 !important }</style>",
    "off the screen": "<style>main a { position: fixed; left: -60rem }</style>",
    "behind": "<div style='position: fixed; inset: 0; background: #fff; z-index: 99'></div>",
    "not visible": "<style>main a { opacity: 0 }</style>",
    "too small to see": "<style>main a { clip-path: inset(50%) }</style>",
    "against the order of the page": "<style>main ul { display: flex; flex-direction: column-reverse }</style>",
    "before the stop that came before it": "<a href='#a' tabindex='2'>Two</a><a href='#b' tabindex='1'>One</a>",
}


@pytest.mark.parametrize("fault", AMISS)
def test_the_walk_notices_a_stop_that_is(fault: str, still: Page, address: str) -> None:
    still.goto(f"{address}404.html")
    still.evaluate("(html) => document.querySelector('main').insertAdjacentHTML('beforeend', html)", AMISS[fault])
    assert any(fault in told for told in faults_of(walk(still)))


def test_the_walk_notices_a_trap(still: Page, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_keyboard.MOST_STOPS", 60)
    still.goto(f"{address}404.html")
    still.evaluate("document.addEventListener('focusin', ({ target }) => target.closest('footer') && document.querySelector('header a').focus())")
    with pytest.raises(AssertionError, match="does not come to an end"):
        walk(still)
