"""Nonsense in every form, in any order: nothing breaks, nothing that was typed runs or becomes a part of the page, and good input is still answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext, Dialog, Page

from tools import TOOLS, reader  # noqa: F401  a fixture

Action = tuple[str, int | str, str]  # what is done; to which control that is seen, or to which by its selector; with what text
SURE = ("Clear all ticks and notes?", "Clear all ticks and words?")  # all that a tool asks in a box of the browser's own
HOSTILE = [
    "<img src=x onerror='mgRan = 1'>",
    "<script>mgRan = 1</script>",
    "</textarea></bdi></li><svg onload='mgRan = 1'><mg-typed>",
    "\"><iframe srcdoc='<script>top.mgRan = 1</script>'></iframe>",
    "' autofocus onfocus='mgRan = 1' x='",
    "javascript:mgRan=1//",
    "<a href='javascript:mgRan=1'>here</a>",
    "'; mgRan = 1; '",
    "{day} {name} {question} {{ 7 * 7 }} ${mgRan = 1} $& $1 %0d%0a %s \\",
]
LONG = f"{'<b>x</b> ' * 2_500}\n" * 9  # 200 kB
NASTY = [
    *HOSTILE,
    *("31 February", "30", "31", "0", "0000", "-1", "-9", "1e1", "Infinity", "12345678901234567890", "-12345678901234567890", "29 2 2100", "24:61", "١٢", "½", "１２"),
    *("", " \t\r\n ", "\u0000\u0007\u001b", "__proto__", "constructor"),
    *("\U0001f9d6\U0001f3fe\u200d\u2640\ufe0f", "\u202e31\u202c \u2067אדום\u2069", "\u200b\u200d\ufeff\u00ad", "Z\u0335\u0321" * 40, "\ud83e", "\udd74\ud83e", "A\u030a"),
]
WILD = st.one_of(
    st.sampled_from(NASTY),
    st.integers(-(10**20), 10**20).map(str),
    st.dates().map(str),
    st.text(max_size=60),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Zs"]), max_size=20),
    st.builds("{0}{1}{0}".format, st.text(max_size=5), st.sampled_from(HOSTILE)),
)
# Does what a reader does, a step after the other, and says after each what is amiss: [step, fault].
AT_PLAY = """async (steps) => {
  const disagreements = %s;
  const main = document.querySelector("main");
  const kinds = {
    type: "input:not([type=checkbox], [type=radio]), textarea:not([readonly]), select",
    tick: "input:is([type=checkbox], [type=radio])",
    press: "button, a[href^='#'], a[href^='mailto:']",
    key: "button, input, textarea",
  };
  kinds.send = kinds.type;
  /* A browser lets nobody type anything but a time there: so any time, or none. */
  const timeOf = (text) => (text ? [text.length % 24, text.charCodeAt(0) % 60].map((part) => `${part}`.padStart(2, "0")).join(":") : "");
  const fill = (control, text) => {
    control.focus();
    if (control.localName === "select") {
      control.selectedIndex = text.length % control.options.length;
    } else {
      control.value = control.type === "time" ? timeOf(text) : text;
    }
    control.dispatchEvent(new InputEvent("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const copied = async (control) => {
    const status = control.closest("[data-mg-share]").querySelector("[role=status]");
    while (!status.textContent) await new Promise((done) => setTimeout(done));
  };
  const act = {
    type: fill,
    send(control, text) {
      fill(control, text);
      control.form?.requestSubmit();
    },
    tick: (control) => control.click(),
    set: (control) => control.checked || control.click(),
    async press(control) {
      const copies = control.matches("[data-mg-share-copy]");
      if (copies) control.closest("[data-mg-share]").querySelector("[role=status]").textContent = "";
      control.focus();
      control.click();
      if (copies) await copied(control);
    },
    key(control, key) {
      control.focus();
      control.dispatchEvent(new KeyboardEvent("keydown", { key, altKey: true, bubbles: true, cancelable: true }));
    },
  };
  const amiss = [];
  for (const [step, [kind, which, text]] of JSON.parse(steps).entries()) {
    const seen = [...main.querySelectorAll(kinds[kind] ?? which)].filter((control) => control.checkVisibility());
    const control = typeof which === "string" ? seen.find((control) => control.matches(which)) : seen[which % seen.length];
    if (control) {
      await act[kind](control, text);
      await new Promise((done) => setTimeout(done)); // what it has started comes to its end
    }
    const faults = [...mgAmiss(), ...disagreements(main)];
    amiss.push(...faults.map((fault) => [step, fault]));
  }
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))); // a promise that fails is told of later
  return amiss;
}"""
# Looks at whatever is put into the page, if only for a moment, for what nobody but the one who typed can have made.
LOOK = """addEventListener("DOMContentLoaded", () => {
  const facts = "[data-mg-step], .mg-what-matters__option, [data-mg-concern], .mg-healing-days__window, [data-mg-point], [data-mg-questions] > li";
  const count = () => document.querySelectorAll(facts).length;
  const all = count();
  window.print = () => {}; // there is no printer and no mail app here
  addEventListener("click", (event) => {
    const mail = event.target.closest("a[href^='mailto:']");
    if (mail) {
      event.preventDefault();
      decodeURIComponent(mail.search); // what no mail app could read is an error
    }
  });
  const odd = "img, script, iframe, object, embed, base, meta, link, style, form[action], [srcdoc], a[href^='javascript:' i], a[href^='data:' i]";
  const pages = [document, ...[...document.querySelectorAll("template")].map(({ content }) => content)];
  const everywhere = (selector) => pages.flatMap((page) => [...page.querySelectorAll(selector)]);
  const own = new Set(everywhere("*"));
  const known = new Set([...own].map(({ localName }) => localName));
  const places = new Set(["", ...everywhere("a[href^='#']").map(({ hash }) => hash)]);
  const address = location.pathname + location.search;
  let found = [];
  const look = (records) => {
    for (const part of new Set(records.flatMap(({ addedNodes, target }) => [target, ...addedNodes].filter((node) => node.nodeType === 1)).flatMap((node) => (own.has(node) ? [node] : [node, ...node.querySelectorAll("*")])))) {
      if (!known.has(part.localName) || (!own.has(part) && part.matches(odd)) || part.getAttributeNames().some((name) => name.startsWith("on"))) {
        found.push(`made of what was typed: ${part.outerHTML.slice(0, 80)}`);
      }
      own.add(part);
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { attributes: true, childList: true, subtree: true });
  window.mgAmiss = () => {
    look(observer.takeRecords());
    const amiss = [...found, ..."mgRan" in window ? ["what was typed has run"] : []];
    found = [];
    if (count() !== all) amiss.push(`${count()} facts of ${all} are left`);
    if (location.pathname + location.search !== address || !places.has(location.hash)) amiss.push(`the address has become ${location.href.slice(0, 80)}`);
    return amiss;
  };
});"""

# What must hold between the parts of a tool, whatever was done: a list of what does not.
RIGHT = """(main) => {
  const all = (selector) => [...main.querySelectorAll(selector)];
  const one = (selector) => main.querySelector(selector);
  const text = (selector) => all(selector).map(({ textContent }) => textContent.trim());
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const shown = (selector) => one(selector)?.checkVisibility() ?? false;
  const wrong = [];
  const must = (holds, rule) => holds || wrong.push(rule);
  const byHand = shown(".mg-share__text") ? one(".mg-share__text").value : null;
  const kept = "%(name)s" !== "day" && localStorage.getItem("mg-%(name)s") !== null;
  must(!kept || shown("[data-mg-keep-forget]"), "what is kept can be forgotten");
  must(!one("[data-mg-keep]") || kept === text(".mg-keep__status")[0].startsWith("Kept"), "it says whether anything is kept");
  must(same(Object.keys(localStorage).filter((name) => name !== "mg-%(name)s"), []) && same(Object.keys(sessionStorage), []) && !document.cookie, "nothing else is kept");
  must(!/undefined|NaN|Invalid Date|\\[object/.test(all("[data-mg-tool] :is([role=status], [role=alert])").map((part) => part.textContent).join()), "what it says is in words");
  %(rules)s
  return wrong;
}"""
RULES = {
    "plan": """
  for (const form of all("form")) {
    const error = form.querySelector(".mg-my-plan__error");
    must(error.hidden === !form.querySelector("[aria-invalid]") && error.hidden === !error.textContent, "a fault is told where a field is wrong, and nowhere else");
  }
  const steps = all("[data-mg-step]").map((step) => step.dataset.mgStep);
  must(steps.length === new Set(steps).size, "each step stands there once");
  const dated = one(".mg-my-plan--dated") !== null;
  must(dated === all("[data-mg-away]").length > 0 && dated === all(".mg-my-plan__day--today").length > 0, "days have dates once there is a plan");
  must(!/undefined|NaN|Invalid/.test(one(".mg-my-plan").textContent), "a date is a date");
  """,
    "tell": """
  const points = all("[data-mg-point]:checked").map((box) => box.parentElement.querySelector("[data-mg-tell-name]").textContent.replace(/\\.$/, ""));
  must(same(points, text(".mg-tell__item-name")), "the list has what is ticked");
  must(shown(".mg-tell__some") === points.length > 0 && shown(".mg-tell__none") === !points.length, "an empty list says that it is empty");
  must(all(".mg-tell__list .mg-tell__note").every((note) => note.querySelector("textarea").value.trim() === note.querySelector(".mg-tell__said").textContent), "paper has each note as it is");
  must(byHand === null || (points.length && points.every((point) => byHand.includes(point))), "what is to be copied by hand is the list as it is");
  must(all(".mg-tell__to-list a").every((link) => link.textContent.includes(points.length === 1 ? "1 point" : `${points.length} points`) || !points.length), "the link has the number");
  """,
    "questions": """
  const asks = all(".mg-question-list__ask bdi:first-child").map((ask) => ask.textContent);
  must(asks.every((ask) => ask && [...ask].length <= 300 && !/[\\n\\t\\0]/.test(ask) && ask === ask.trim()), "a question is one line with room for 300 signs");
  must(asks.length === new Set(asks).size, "none stands twice");
  const ticked = all("[type=checkbox]:checked").map((box) => box.ariaLabel.replace("Take this along: ", ""));
  must(ticked.every((ask) => asks.includes(ask)), "what is ticked is on the list");
  const asked = all("[type=checkbox]").map((box) => box.ariaLabel.replace("Take this along: ", ""));
  must(asks.every((ask) => ticked.includes(ask) || !asked.includes(ask)), "what the page asks is ticked once it is on the list");
  must(same(all("[data-mg-move='-1']").map((up) => up.ariaDisabled), asks.map((_, place) => `${place === 0}`)), "the first cannot go up");
  must(byHand === null || (asks.every((ask) => byHand.includes(ask)) && (byHand.match(/^\\d+\\. /gm) ?? []).length === asks.length), "what is to be copied by hand is the list as it is");
  must((text("[role=alert]")[0] === "") === (one("#my-own-question").ariaInvalid !== "true"), "a fault is told where the field is wrong, and nowhere else");
  must(shown(".mg-question-list__none") === !asks.length, "an empty list says that it is empty");
  """,
    "matters": """
  const names = all(".mg-what-matters__option").map((option) => option.getAttribute("aria-labelledby"));
  must(names.length === new Set(names).size && names[0] === "mg-matters-doing-nothing", "each option stands there once, doing nothing first");
  const concerns = all("[data-mg-concern]").map((concern) => concern.dataset.mgConcern);
  must(concerns.length === new Set(concerns).size, "each concern stands there once");
  must(new Set(all(".mg-what-matters__option").map((option) => option.querySelectorAll("[data-mg-row]").length)).size === 1, "each option has the same rows");
  const ticks = all("[data-mg-ask] input:checked").filter(({ value }) => value).length;
  must(text(".mg-what-matters__order")[0].startsWith("Nothing is ticked") === (ticks === 0), "it says the order of what is ticked");
  must(ticks === 0 || all("[data-mg-first]").length > 0, "what is ticked comes first");
  must(byHand === null || byHand.startsWith(one("#mg-matters-own").value.trim()), "what is to be copied by hand has the words as they are");
  must(one(".mg-what-matters__typed").textContent === one("#mg-matters-own").value, "paper has the words as they are");
  """,
    "day": """
  const picked = one("input:checked");
  must((one("[data-mg-is-picked]") !== null) === (picked !== null), "it shows whether a day is picked");
  must(!picked || one(".mg-healing-days__name").id === `healing-${picked.value}`, "the day that is picked comes first");
  must(picked || !all("[data-mg-folded]").length, "nothing is folded where nothing is picked");
  must(all("article > .admonition:is(.emergency, .urgent), .mg-healing-days__window:first-child .mg-level").every((sign) => sign.checkVisibility()), "warning signs are in sight");
  """,
}
AGREE = {name: RIGHT % {"name": name, "rules": rules} for name, rules in RULES.items()}
# What must come back after what was kept is read again, from what a reader sees.
TAKEN_UP = {
    "plan": "[...document.querySelectorAll('.mg-my-plan form input')].map(({ value }) => value.trim())",
    "tell": "[...document.querySelectorAll('[data-mg-point]:checked, .mg-tell__some textarea:not([readonly])')].map(({ id, value }) => [id, value])",
    "questions": "[...document.querySelectorAll('.mg-question-list__ask bdi:first-child')].map(({ textContent }) => textContent)",
    "matters": "[...document.querySelectorAll('.mg-what-matters input:checked, #mg-matters-own')].map(({ name, value }) => [name, value])",
    "day": "[]",
}
# Good input, after all the nonsense, and what answers it.
GOOD: dict[str, tuple[list[Action], str, str]] = {
    "plan": ([("type", "form[data-mg-plan=visit] [name=day]", "9"), ("type", "form[data-mg-plan=visit] [name=month]", "March"), ("type", "form[data-mg-plan=visit] [name=hour]", ""), ("send", "form[data-mg-plan=visit] [name=year]", "2027")], ".mg-my-plan__said", "March 9, 2027"),
    "tell": ([("set", "#tell-epilepsy", ""), ("press", "[data-mg-share-mail]", "")], ".mg-tell__items", "Epilepsy"),
    "questions": ([("send", "#my-own-question", "Does it still work?")], ".mg-question-list__status", "Does it still work?"),
    "matters": ([("set", "input[name=mg-days][value=days_3]", ""), ("set", "input[name=mg-bothers][value=melasma]", "")], ".mg-what-matters__order", "Melasma"),
    "day": ([("set", ".mg-healing-days__choice:last-child input", "")], ".mg-healing-days__status", "Now first:"),
}
# A slow machine must give the same answer: no time limit, the same examples each time, nothing kept between runs. One page serves all examples, and each begins by opening it anew.
SAME_EVERYWHERE = settings(deadline=None, derandomize=True, database=None, max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example])


@dataclass
class Play:
    """A tool under the hands of a reader who does anything.

    page     its page
    name     of the tool
    address  of the site
    told     what the browser complains of, box by box and line by line
    """

    page: Page
    name: str
    address: str
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        page = self.page
        page.add_init_script(LOOK)
        page.on("pageerror", lambda error: self.told.append(f"an error: {error}"))
        page.on("console", lambda message: self.told.append(f"the console: {message.text}") if message.type in ("error", "warning") else None)
        page.on("dialog", self.answer)
        page.on("popup", lambda opened: self.told.append(f"a window: {opened.url}"))
        page.on("request", lambda request: None if self.may_ask(request.url) else self.told.append(f"asked for {request.url}"))
        TOOLS[self.name].opened(page, self.address)

    def may_ask(self, url: str) -> bool:
        """Whether an address is one that a page needs, to the letter; or stands for a file that the page itself has made."""
        page, _, rest = url.removeprefix(self.address).partition("assets/")
        return url.startswith("blob:") or (url.startswith(self.address) and not set("?#%") & set(url) and (page in (TOOLS[self.name].path, "404.html") or (rest != "" and page == "")))

    def answer(self, dialog: Dialog) -> None:
        if dialog.message not in SURE:
            self.told.append(f"a box: {dialog.message}")
        dialog.accept()

    def anew(self) -> None:
        """As a reader finds it who was never here."""
        self.told.clear()
        self.page.evaluate("() => { localStorage.clear(); history.replaceState(null, '', location.pathname) }")
        self.page.reload()
        TOOLS[self.name].wait(self.page)

    def steps(self, actions: Iterable[Action]) -> list[str]:
        """Do it all, and say what is amiss after which step."""
        amiss: list[str] = []
        for from_without, some in groupby(actions, lambda action: action[0] in WAYS):
            amiss += [f"{way}: {fault}" for way, _, _ in some for fault in WAYS[way](self)] if from_without else self.in_page(list(some))
        return amiss + self.told

    def in_page(self, actions: list[Action]) -> list[str]:
        # As JSON within JSON, so that half a sign comes through as it is.
        found = self.page.evaluate(AT_PLAY.replace("%s", AGREE[self.name]), json.dumps(actions))
        return [f"{actions[step][0]} {actions[step][1]} {actions[step][2][:40]!r}: {fault}" for step, fault in found]

    def now(self) -> list[str]:
        return self.page.evaluate(f"[...mgAmiss(), ...({AGREE[self.name]})(document.querySelector('main'))]")

    def reload(self) -> list[str]:
        self.page.reload()
        TOOLS[self.name].wait(self.page)
        return self.now()

    def away_and_back(self) -> list[str]:
        self.page.goto(f"{self.address}404.html")
        self.page.go_back()
        TOOLS[self.name].wait(self.page)
        return self.now()

    def keep_and_reload(self) -> list[str]:
        amiss = self.in_page([("press", "[data-mg-keep-on]", "")])
        before = self.page.evaluate(TAKEN_UP[self.name])
        kept = self.page.evaluate("localStorage.length")
        amiss += self.reload()
        return amiss + (["what was kept comes back as something else"] if kept and self.page.evaluate(TAKEN_UP[self.name]) != before else [])

    def good(self) -> list[str]:
        """Good input, and what is amiss with the answer to it."""
        actions, part, words = GOOD[self.name]
        amiss = self.in_page(actions)
        said = " ".join(self.page.locator(part).first.inner_text().split())
        return amiss + ([] if words in said else [f"good input gets the answer {said[:80]!r}"])


# What is done to the page from without, by its name.
WAYS: dict[str, Callable[[Play], list[str]]] = {"good input": Play.good, "reload": Play.reload, "away and back": Play.away_and_back, "keep and reload": Play.keep_and_reload}


@pytest.fixture
def play(request: pytest.FixtureRequest, reader: BrowserContext, address: str) -> Play:
    """A tool on the reader's phone, watched."""
    return Play(reader.new_page(), request.param, address)


PLACE = st.integers(0, 999)
TYPE, SEND = (st.tuples(st.just(how), PLACE, WILD) for how in ("type", "send"))
TICK, PRESS = (st.tuples(st.just(how), PLACE, st.just("")) for how in ("tick", "press"))
KEEP = st.tuples(st.just("press"), st.sampled_from(["[data-mg-keep-on]", "[data-mg-keep-forget]"]), st.just(""))
KEY = st.tuples(st.just("key"), PLACE, st.sampled_from(["ArrowUp", "ArrowDown", "Enter", "Escape"]))
WAY = st.tuples(st.sampled_from(list(WAYS)), st.just(0), st.just(""))
ACTIONS = st.one_of(*[TYPE] * 4, *[SEND] * 4, *[TICK] * 5, *[PRESS] * 5, KEEP, KEEP, KEY, WAY)  # a page is opened anew now and then only, as that takes longest
SHARE = [("press", "[data-mg-share-copy]", ""), ("press", "[data-mg-share-mail]", "")]
GOOD_INPUT, KEPT_AND_READ_AGAIN = ("good input", 0, ""), ("keep and reload", 0, "")
FIELDS = "main :is(input:not([type=checkbox], [type=radio]), select, textarea:not([readonly]))"
NUMBERED = """() => {
  const boxes = [...document.querySelectorAll("main :is([type=checkbox], [type=radio])")];
  boxes.forEach((box, place) => (box.dataset.mgNth = place));
  return boxes.length;
}"""
every_tool = pytest.mark.parametrize("play", TOOLS, indirect=True)


def all_fields(play: Play, nasty: list[str], *, others: bool = True) -> list[Action]:
    """Nonsense for every field, once all of them are seen: each piece for the first of those that are alike, and one for each of the others.

    others  whether they get any
    """
    amiss = play.good()
    play.in_page([("set", f"[data-mg-nth='{place}']", "") for place in range(play.page.evaluate(NUMBERED))])
    fields = play.page.locator(FIELDS)
    assert amiss == [] and fields.count() == fields.filter(visible=True).count(), "a field that is never seen is never fed"
    seen: set[str] = set()
    actions: list[Action] = []
    for place, kind in enumerate(fields.evaluate_all("(all) => all.map((each) => `${each.form?.dataset.mgPlan} ${each.name} ${each.rows}`)")):
        texts = nasty if kind not in seen else [nasty[place % len(nasty)]] if others else []
        actions += [("send", place, text) for text in texts]
        seen.add(kind)
    return actions


@every_tool
def test_every_field_takes_every_kind_of_nonsense_and_200_kilobytes(play: Play) -> None:
    assert play.steps([*all_fields(play, NASTY), *all_fields(play, [LONG], others=False), *SHARE, KEPT_AND_READ_AGAIN, GOOD_INPUT]) == []


@every_tool
def test_whatever_is_done_in_whatever_order_breaks_nothing(play: Play) -> None:
    @SAME_EVERYWHERE
    @given(st.lists(ACTIONS, min_size=16, max_size=36))
    def at_play(actions: list[Action]) -> None:
        play.anew()
        assert play.steps([*actions, GOOD_INPUT]) == []

    at_play()


# --- The checks notice what they are for ---------------------------------------------------------------------------

ILL = {
    "made of what was typed: <img": "addEventListener('input', ({ target }) => document.querySelector('main').insertAdjacentHTML('beforeend', target.value))",
    "made of what was typed: <script": "addEventListener('input', ({ target }) => { const made = document.createElement('script'); made.text = target.value; document.body.append(made); made.remove() })",
    "onclick=": "addEventListener('input', ({ target }) => document.querySelector('main p').setAttribute('onclick', target.value))",
    "what was typed has run": "addEventListener('input', () => { (0, eval)('mgRan = 1') })",
    "an error: broken": "addEventListener('input', () => { throw new Error('broken') })",
    "an error: promised": "addEventListener('input', async () => { throw new Error('promised') })",
    "the console: broken": "addEventListener('input', () => console.error('broken'))",
    "a box: broken": "addEventListener('input', () => alert('broken'))",
    "asked for http://127.0.0.1": "addEventListener('input', () => fetch(`?${encodeURIComponent('typed')}`))",
    "asked for http://other.invalid": "addEventListener('input', () => fetch('http://other.invalid/').catch(() => {}))",
    "the address has become": "addEventListener('input', () => history.replaceState(null, '', '#typed'))",
    "nothing else is kept": "addEventListener('input', ({ target }) => { sessionStorage.typed = target.value })",
    "what is kept can be forgotten": "localStorage.setItem('mg-questions', '1'); document.querySelector('[data-mg-keep-forget]').remove()",
    "it says whether anything is kept": "localStorage.setItem('mg-questions', '1')",
    "what it says is in words": "addEventListener('input', () => { document.querySelector('main [role=status]').textContent = 'number undefined' })",
    "good input gets the answer": "addEventListener('submit', (event) => { event.preventDefault(); event.stopImmediatePropagation() }, true)",
}
OUT_OF_STEP = {
    "plan": {
        "facts of": "document.querySelector('[data-mg-step]').remove()",
        "each step stands there once": "document.querySelectorAll('[data-mg-step]')[1].dataset.mgStep = document.querySelector('[data-mg-step]').dataset.mgStep",
        "a fault is told where a field is wrong": "document.querySelector('.mg-my-plan__error').hidden = false",
    },
    "tell": {
        "the list has what is ticked": "document.querySelector('#tell-epilepsy').checked = true",
        "paper has each note as it is": "document.querySelectorAll('.mg-tell__said').forEach((said) => (said.textContent = 'other'))",
    },
    "questions": {
        "what is ticked is on the list": "document.querySelector('main [type=checkbox]').checked = true",
        "what is to be copied by hand": "document.querySelector('main [type=checkbox]').click(); document.querySelector('.mg-share__by-hand').hidden = false; document.querySelector('.mg-share__text').value = '1. Old'",
    },
    "matters": {
        "each option stands there once": "document.querySelector('.mg-what-matters__options').append(document.querySelector('.mg-what-matters__option'))",
        "it says the order of what is ticked": "document.querySelector('input[name=mg-days]').checked = true",
    },
    "day": {
        "facts of": "document.querySelector('.mg-healing-days__window').remove()",
        "warning signs are in sight": "document.querySelector('article > .emergency').hidden = true",
    },
}


def test_what_goes_wrong_with_what_was_typed_is_noticed(reader: BrowserContext, address: str) -> None:
    play = Play(reader.new_page(), "questions", address)
    for fault, script in ILL.items():
        play.anew()
        play.page.add_script_tag(content=f"{{ {script} }}")
        play.now()  # the tag itself was noticed
        amiss = play.steps([("type", 0, HOSTILE[0]), GOOD_INPUT])
        assert [told for told in amiss if fault in told], (fault, amiss)


@pytest.mark.parametrize("name", OUT_OF_STEP)
def test_parts_of_a_tool_that_do_not_agree_are_noticed(name: str, reader: BrowserContext, address: str) -> None:
    play = Play(reader.new_page(), name, address)
    for rule, script in OUT_OF_STEP[name].items():
        play.anew()
        assert play.now() == []
        play.page.evaluate(f"() => {{ {script} }}")
        assert any(rule in told for told in play.now()), rule


def test_what_comes_back_as_something_else_is_noticed(reader: BrowserContext, address: str) -> None:
    play = Play(reader.new_page(), "questions", address)
    play.page.evaluate("() => { const own = Storage.prototype.setItem; Storage.prototype.setItem = function (name, value) { own.call(this, name, value.replace('still', 'ever')) } }")
    assert "what was kept comes back as something else" in play.steps([GOOD_INPUT, KEPT_AND_READ_AGAIN])[0]


def test_each_kind_of_nonsense_comes_through_as_it_is(reader: BrowserContext, address: str) -> None:
    play = Play(reader.new_page(), "matters", address)
    for text in NASTY:
        play.in_page([("type", 0, text)])
        typed = play.page.evaluate("[...Array(document.querySelector('#mg-matters-own').value.length).keys()].map((place) => document.querySelector('#mg-matters-own').value.charCodeAt(place))")
        sent = list(memoryview(text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-16-le", "surrogatepass")).cast("H"))
        assert typed == sent, repr(text)
