"""The five tools to use: where each is, how a reader brings about each of its states, and what records all that a page sends or keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from axe import HEIGHT, NARROW
from test_every_page import KEPT, NOTHING

HOME = "America/New_York"  # the time zone of the reader, wherever the tests run
TODAY = datetime(2027, 1, 4, 12, tzinfo=ZoneInfo(HOME))  # their clock stands still
MOST_STOPS = 400  # of the Tab key: more than any tool's page has
CONTROLS = "main :is(input, select, textarea)"
OWN_WORDS = "A wedding in June.\n" + "\n".join(f"Line {number} of my own words." for number in range(2, 31))


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A reader's phone that has never been here before; its day, time zone and language are the same wherever and whenever the tests run."""
    context = on_phone(browser)
    yield context
    context.close()


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A page on a phone that runs no script."""
    context = on_phone(browser, java_script_enabled=False)
    yield context.new_page()
    context.close()


def on_phone(browser: Browser, zone: str = HOME, now: datetime = TODAY, **options: object) -> BrowserContext:
    """A phone on which nothing moves, and where no policy stands in the way of what a script tries: test_policy.py is for that.

    zone     the time zone that its reader is in
    now      where its clock stands
    options  what else Playwright is to know of it
    """
    still = {"viewport": {"width": NARROW, "height": HEIGHT}, "reduced_motion": "reduce", "locale": "en-US", "bypass_csp": True}
    context = browser.new_context(**{**still, "timezone_id": zone, **options})
    context.clock.set_fixed_time(now)
    return context


@dataclass(frozen=True)
class Tool:
    """One tool of the guide.

    path    the end of its page's address
    begun   what is seen once its script has begun
    states  how a reader brings about each state that it can be seen in, each from the one before; it opens in the first
    keeps   whether it keeps what is typed, once asked
    """

    path: str
    begun: str
    states: dict[str, Callable[[Page], None]]
    keeps: bool = True

    def opened(self, page: Page, address: str) -> Page:
        """The tool as it opens, once its script has begun."""
        page.goto(f"{address}{self.path}")
        self.wait(page)
        return page

    def wait(self, page: Page) -> None:
        page.locator(self.begun).filter(visible=True).first.wait_for()

    def brought(self, page: Page, address: str, state: str) -> Page:
        """The tool in one of its states."""
        self.opened(page, address)
        for name, bring_about in self.states.items():
            bring_about(page)
            if name == state:
                return page
        raise KeyError(f"{state}: no state of {self.path}")


def as_it_opens(page: Page) -> None:
    """Nothing is done."""


def fill_date(page: Page, form: str, **fields: str) -> None:
    """Type into the fields of one of the plan's two forms: visit or event."""
    for name, value in fields.items():
        page.locator(f"form[data-mg-plan={form}] [name={name}]").fill(value)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def tick(page: Page, *boxes: str) -> None:
    """Tick boxes, by their selectors."""
    for box in boxes:
        page.locator(box).check()


def keep(page: Page) -> None:
    press(page, "Keep on this device")
    copy_by_hand(page)


def copy_by_hand(page: Page) -> None:
    """Copy where the browser gives no clipboard, as on an address without https: the text stands there to be copied by hand."""
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })")
    press(page, "Copy")


def fill_plan(page: Page) -> None:
    fill_date(page, "visit", day="31", month="2", year="2027", hour="14:30")
    fill_date(page, "event", day="1", month="June", year="27")


def fault_plan(page: Page) -> None:
    press(page, "Show my dates")
    press(page, "Count back")


def date_plan(page: Page) -> None:
    fill_date(page, "visit", day="9", month="March")
    press(page, "Show my dates")
    fill_date(page, "event", month="4", year="2027")
    press(page, "Count back")


def past_plan(page: Page) -> None:
    fill_date(page, "visit", year="2025")
    press(page, "Show my dates")
    fill_date(page, "event", day="20", month="1")
    press(page, "Count back")


def tick_points(page: Page) -> None:
    tick(page, "#tell-pregnancy", "#tell-sunburn-tan", "#tell-epilepsy")


def note_points(page: Page) -> None:
    page.locator(".mg-tell__items textarea").last.fill("since 2019")
    page.locator(".mg-tell textarea[rows='3']").fill(OWN_WORDS)


def write_question(page: Page) -> None:
    page.locator("#my-own-question").fill("Will it hurt? " * 40)


def fault_question(page: Page) -> None:
    press(page, "Add to my questions")


def list_questions(page: Page) -> None:
    for question in ("Are you insured if I am harmed?", "What training do you have in needling?", "Whom do I call at night or at a weekend?"):
        page.get_by_role("checkbox", name=f"Take this along: {question}", exact=True).check()
    page.locator("#my-own-question").fill("Will it hurt? " * 20)
    press(page, "Add to my questions")


def write_matters(page: Page) -> None:
    page.locator("#mg-matters-own").fill(OWN_WORDS)


def tick_matters(page: Page) -> None:
    tick(page, "input[name=mg-bothers][value=melasma]", "input[name=mg-bothers][value=acne-scars]", "input[name=mg-days][value=days_3]", "input[name=mg-most][value=harms]")


def pick_day(page: Page) -> None:
    page.get_by_role("radio", name="Day four", exact=True).check()


def unfold_day(page: Page) -> None:
    page.locator(".mg-healing-days__show:visible").first.click()


TOOLS: dict[str, Tool] = {
    "plan": Tool("prepare/my-plan/", "form[data-mg-plan=visit]", {"empty": as_it_opens, "filled": fill_plan, "error": fault_plan, "result": date_plan, "kept": keep, "past and late": past_plan}),
    "tell": Tool("decide/tell-the-clinic/", ".mg-tell__list", {"empty": as_it_opens, "filled": tick_points, "result": note_points, "kept": keep}),
    "questions": Tool("decide/questions-to-ask/", "#my-questions", {"empty": as_it_opens, "filled": write_question, "error": fault_question, "result": list_questions, "kept": keep}),
    "matters": Tool("options/what-matters-to-me/", "[data-mg-on]", {"empty": as_it_opens, "filled": write_matters, "result": tick_matters, "kept": keep}),
    "day": Tool("aftercare/is-this-normal/", ".mg-healing-days__pick", {"empty": as_it_opens, "result": pick_day, "unfolded": unfold_day}, keeps=False),
}
STATES = [pytest.param(name, state, id=f"{name}-{state}".replace(" ", "-")) for name, tool in TOOLS.items() for state in tool.states]


def filled_in(page: Page) -> list[str]:
    """All that a reader finds ticked or typed in."""
    return page.locator(CONTROLS).evaluate_all("(all) => all.filter((each) => (/^(checkbox|radio)$/.test(each.type) ? each.checked : each.value)).map((each) => each.outerHTML.slice(0, 80))")


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab, or Shift and Tab to go back, until the focus is there."""
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        if target.evaluate("(target) => target === document.activeElement"):
            return
    raise AssertionError(f"the Tab key does not come to {target}")


# --- What a page sends and keeps ----------------------------------------------------------------------------------
# Noted as it is called, as it may be taken back before anybody looks. Requests the browser tells itself.
SPIES = """() => {
  const noted = (window.mgNoted = []);
  const kept = (window.mgKept = []);
  const note = (name, given) => { noted.push(`${name}(${[...given].map((each) => `${each}`.slice(0, 40))})`) };
  const spy = (owner, ...names) => { for (const name of names) {
    const own = owner?.[name];
    if (own) owner[name] = function (...given) { note(name, given); return new.target ? new own(...given) : own.apply(this, given) };
  } };
  const watch = (owner, name) => {
    const own = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(owner, name, { ...own, set(value) { note(name, [value]); own.set.call(this, value) } });
  };
  const store = (name) => {
    const own = window[name];
    const watched = new Proxy(own, {
      get: (_, key) => (key === "setItem" ? (item, value) => { kept.push(item); own.setItem(item, value) } : typeof own[key] === "function" ? own[key].bind(own) : own[key]),
      set: (_, key, value) => { kept.push(key); own[key] = value; return true },
    });
    Object.defineProperty(window, name, { get: () => watched });
  };
  store("localStorage");
  store("sessionStorage");
  spy(IDBFactory.prototype, "open");
  spy(CacheStorage.prototype, "open");
  spy(CookieStore.prototype, "set");
  spy(StorageManager.prototype, "getDirectory");
  spy(ServiceWorkerContainer.prototype, "register");
  spy(History.prototype, "pushState", "replaceState");
  spy(Navigator.prototype, "sendBeacon");
  spy(window, "open", "Worker", "SharedWorker", "BroadcastChannel", "WebSocket", "EventSource", "RTCPeerConnection");
  watch(Document.prototype, "cookie");
  watch(window, "name");
}"""
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# What stands in the address that is neither the page's own nor a place on it.
IN_ADDRESS = "[location.search, ...(document.getElementById(location.hash.slice(1)) ? [] : [location.hash])].filter(Boolean)"


@dataclass
class Record:
    """All that a page has sent, and all that it has put where it outlives the page, from when it was made.

    page   the page that is watched
    asked  every address that it asked for
    """

    page: Page
    asked: list[str] = field(default_factory=list)

    def kept(self) -> set[str]:
        """Every name under which something was put into the two storages, if only for a moment."""
        return set(self.page.evaluate("mgKept"))

    def found(self, named: str = "") -> list[str]:
        """Whatever was sent or kept; an address that stands for something in the page itself is no request.

        named  the one name under which the reader asked for something to be kept
        """
        page = self.page
        page.evaluate(SETTLED)
        there = page.evaluate(KEPT)
        there["local"] = [name for name in there["local"] if name != named]
        return [
            *(url for url in self.asked if not url.startswith(("blob:", "data:"))),
            *(f"storage: {name}" for name in sorted(self.kept() - {named})),
            *page.evaluate("mgNoted"),
            *(f"{place}: {what}" for place, what in there.items() if what != NOTHING[place]),
            *(f"cookie: {cookie['name']}" for cookie in page.context.cookies()),
            *page.evaluate("[window.name && `the tab's name: ${window.name}`, history.state && `state: ${JSON.stringify(history.state)}`].filter(Boolean)"),
            *(f"address: {part}" for part in page.evaluate(IN_ADDRESS)),
        ]


def recorded(page: Page) -> Record:
    """Record what a page, which has come to rest, sends and keeps from now on."""
    record = Record(page)
    page.wait_for_load_state("networkidle")
    page.evaluate(SPIES)
    page.context.on("request", lambda request: record.asked.append(request.url))
    return record
