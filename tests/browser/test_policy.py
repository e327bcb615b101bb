"""The whole guide under its own policy: first as a host sends it, then as pages alone carry it, and from a disk. Nothing is refused that a reader uses, and all else is."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from guide.project import Guide
from guide.publish.headers import HEADERS, POLICY, policy, response_headers
from host import header_rules, hosting
from test_every_page import PATHS
from test_search import answered, ask
from tools import TOOLS, on_phone, press

META = re.compile(rf'\n<meta http-equiv="{POLICY}"[^>]*>')
# What the policy refuses, told by the page itself; the browser tells much of it to the console too.
REPORT = "document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => console.error(`refused: ${effectiveDirective} ${blockedURI}`))"
FULLEST = {name: list(tool.states)[-1] for name, tool in TOOLS.items()}
A_FEW = ["", "404.html", "prepare/my-plan/", "about/words/"]


@pytest.fixture(scope="module")
def bare_site(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site without the policy on its pages, so that what a host sends stands alone."""
    copy = tmp_path_factory.mktemp("bare") / "site"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns(".git", "*.map"))
    for page in copy.rglob("*.html"):
        text, found = META.subn("", page.read_text(encoding="utf-8"))
        assert found == 1, page
        page.write_text(text, encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def hosted(bare_site: Path) -> Iterator[str]:
    """The address of the site on a host that sends what `_headers` says."""
    with hosting(bare_site, header_rules((bare_site / HEADERS).read_text(encoding="utf-8"))) as address:
        yield address


@dataclass
class Reader:
    """One reader's browser for all tests here, and all that it complains of."""

    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def heard(self, page: Page, *, but: str = "") -> list[str]:
        """What it has complained of since it was last asked, once the page has said all that it had begun to say.

        but  what it may complain of
        """
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found, self.complaints[:] = [complaint for complaint in self.complaints if not but or but not in complaint], []
        return found


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Reader]:
    context = on_phone(browser, permissions=["clipboard-write"], bypass_csp=False)
    context.add_init_script(REPORT)
    one = Reader(context)
    context.on("console", lambda message: one.complaints.append(message.text) if message.type in ("error", "warning") else None)
    context.on("weberror", lambda error: one.complaints.append(str(error.error)))
    yield one
    context.close()


@pytest.fixture(scope="module")
def tab(reader: Reader) -> Page:
    return reader.context.new_page()


@pytest.fixture(params=["by header", "on the page"])
def guarded(request: pytest.FixtureRequest, tab: Page, reader: Reader) -> str:
    """The address of the guide, guarded in one of the two ways."""
    reader.heard(tab)
    return request.getfixturevalue({"by header": "hosted", "on the page": "address"}[request.param])


# --- What a reader does -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
def test_a_page_opens_with_its_colours_and_scripts_and_nothing_is_refused(path: str, tab: Page, reader: Reader, hosted: str) -> None:
    reader.heard(tab)
    answer = tab.goto(f"{hosted}{path}", wait_until="networkidle")
    assert POLICY.lower() in answer.headers and tab.locator(f"meta[http-equiv='{POLICY}']").count() == 0
    assert tab.evaluate("document.documentElement.dataset.mgColours") == "device", "the inline script has run"
    expect(tab.locator(".mg-scheme")).to_be_visible()
    assert reader.heard(tab) == []


@pytest.mark.parametrize("path", A_FEW)
def test_a_page_that_carries_the_policy_itself_opens_as_well(path: str, tab: Page, reader: Reader, address: str) -> None:
    reader.heard(tab)
    answer = tab.goto(f"{address}{path}", wait_until="networkidle")
    assert POLICY.lower() not in answer.headers and tab.locator(f"meta[http-equiv='{POLICY}']").count() == 1
    expect(tab.locator(".mg-scheme")).to_be_visible()
    assert reader.heard(tab) == []


def test_the_search_answers_and_leads_on(guarded: str, tab: Page, reader: Reader) -> None:
    tab.goto(guarded)
    for question in ("fever", "qzxv", '<img src=x onerror="window.mgRan = 1">', "craters"):
        panel = ask(tab, question)
    panel.locator(".mg-search__link").first.click()
    tab.wait_for_url("**/understand/acne-scars/#acne-scars")
    tab.go_back()
    answered(tab, "craters")
    tab.goto(f"{guarded}about/words/?q=fever", wait_until="networkidle")
    assert reader.heard(tab) == []


def test_a_search_that_is_sent_before_its_script_has_come_opens_with_its_answer(guarded: str, tab: Page, reader: Reader) -> None:
    tab.goto(guarded)
    ask(tab, "craters")
    tab.locator(".mg-search__form").evaluate("(form) => HTMLFormElement.prototype.submit.call(form)")
    tab.wait_for_url("**/?q=craters")
    expect(tab.locator("[data-mg-asked=craters] .mg-search__link").first).to_be_visible()
    assert reader.heard(tab) == []


@pytest.mark.parametrize("name", TOOLS)
def test_a_tool_works_in_each_of_its_states_keeps_copies_and_forgets(name: str, guarded: str, tab: Page, reader: Reader, guide: Guide) -> None:
    tool = TOOLS[name]
    tool.brought(tab, guarded, FULLEST[name])
    if tool.keeps:
        tab.reload()
        tool.wait(tab)
        assert tab.evaluate("Object.keys(localStorage)") == [f"mg-{name}"]
        press(tab, "Forget")
        assert tab.evaluate("Object.keys(localStorage)") == []
        press(tab, "Copy")
        expect(tab.locator(".mg-share__status")).to_have_text(guide.words["share"]["copied"])
    assert tab.pdf(format="A4").startswith(b"%PDF")
    assert reader.heard(tab) == []


def test_a_plan_is_saved_for_the_calendar(guarded: str, tab: Page, reader: Reader) -> None:
    TOOLS["plan"].brought(tab, guarded, "result")
    with tab.expect_download() as saved:
        tab.locator("[data-mg-plan=save]").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert reader.heard(tab) == []


def test_a_word_is_explained_the_menu_opens_and_the_chosen_colours_hold_on_the_next_page(guarded: str, tab: Page, reader: Reader) -> None:
    tab.goto(f"{guarded}understand/how-it-works/")
    tab.locator("button[popovertarget]").first.click()
    expect(tab.locator("[popover]:popover-open").first).to_be_visible()
    tab.keyboard.press("Escape")
    tab.locator("header summary").first.click()
    expect(tab.locator("header details[open] a").first).to_be_visible()
    for colours, paper in (("dark", "rgb(21, 25, 26)"), ("light", "rgb(251, 248, 243)")):
        tab.goto(f"{guarded}about/words/")
        tab.locator(f".mg-scheme input[value={colours}]").check()
        tab.goto(f"{guarded}aftercare/sun/")
        assert tab.evaluate("document.documentElement.dataset.mgColours") == colours
        assert tab.evaluate("getComputedStyle(document.documentElement).backgroundColor") == paper
    tab.locator(".mg-scheme input[value=device]").check()
    assert reader.heard(tab) == []


def test_signs_are_drawn_and_pages_are_printed(guarded: str, tab: Page, reader: Reader) -> None:
    tab.goto(f"{guarded}aftercare/when-to-call/", wait_until="networkidle")
    assert tab.evaluate("[...document.querySelectorAll('*')].some((part) => ['maskImage', 'backgroundImage'].some((key) => getComputedStyle(part, '::before')[key].includes('data:image/svg')))")
    assert tab.pdf(format="A4").startswith(b"%PDF")
    tab.goto(f"{guarded}sheets/getting-ready/")
    assert tab.pdf(format="Letter").startswith(b"%PDF")
    assert reader.heard(tab) == []


def test_a_wrong_address_has_our_page_and_its_headers(tab: Page, reader: Reader, hosted: str) -> None:
    reader.heard(tab)
    answer = tab.goto(f"{hosted}no-such-page", wait_until="networkidle")
    assert answer.status == 404 and POLICY.lower() in answer.headers
    expect(tab.locator("#not-found")).to_be_visible()
    expect(tab.locator(".mg-scheme")).to_be_visible()
    assert reader.heard(tab, but="status of 404") == []


def test_a_short_link_leads_on(guarded: str, tab: Page, reader: Reader) -> None:
    tab.goto(f"{guarded}go/", wait_until="networkidle")
    assert tab.evaluate("document.styleSheets.length") == 1
    tab.goto(f"{guarded}go/sun/", wait_until="commit")
    tab.wait_for_url("**/aftercare/sun/**")
    assert reader.heard(tab) == []


def test_from_a_disk_a_page_has_its_look_and_may_run_a_script_of_ours(tab: Page, reader: Reader, site: Path, tmp_path: Path) -> None:
    """A browser lets a page on a disk load no module, whatever the policy says; a plain script it does."""
    copy = tmp_path / "a guide, café"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns(".git", "*.map"))
    (copy / "plain.js").write_text("document.documentElement.dataset.ran = 'yes'", encoding="utf-8")
    page = copy / "aftercare" / "sun" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</body>", '<script src="../../plain.js"></script></body>'), encoding="utf-8")
    reader.heard(tab)
    tab.goto(page.as_uri(), wait_until="networkidle")
    assert tab.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(251, 248, 243)"
    assert tab.evaluate("document.documentElement.dataset.ran") == "yes"
    assert [complaint for complaint in reader.heard(tab) if "refused: " in complaint or "Content Security Policy" in complaint] == []


# --- What is refused --------------------------------------------------------------------------------------------------

HARM: dict[str, tuple[str, str]] = {
    "an inline script": ("<script>window.mgRan = 1</script>", "script-src"),
    "a script of ours with a word added": ("<script>{ window.mgRan = 1; }</script>", "script-src"),
    "a handler": ("<img src=none.png alt='' onerror='window.mgRan = 1'>", "script-src"),
    "a script from another host": ("<script src='http://localhost:1/a.js'></script>", "script-src"),
    "a script in its own address": ("<script src='data:text/javascript,window.mgRan=1'></script>", "script-src"),
    "an inline style": ("<p style='color: red'>One</p>", "style-src"),
    "a style sheet on the page": ("<style>p { color: red }</style>", "style-src"),
    "a picture from another host": ("<img src='http://localhost:1/a.png' alt=''>", "img-src"),
    "a frame": ("<iframe src='/404.html'></iframe>", "frame-src"),
    "an object": ("<object data='/404.html'></object>", "object-src"),
    "another base": ("<base href='http://localhost:1/'>", "base-uri"),
}  # fmt: skip
DONE: dict[str, tuple[str, str]] = {
    "markup from a text": ("document.body.insertAdjacentHTML('beforeend', '<p>One</p>')", "require-trusted-types-for"),
    "code from a text": ("document.createElement('script').text = 'window.mgRan = 1'", "require-trusted-types-for"),
    "a way round that": ("trustedTypes.createPolicy('mine', { createHTML: (text) => text })", "trusted-types"),
    "a script put together": ("document.body.append(Object.assign(document.createElement('script'), { type: 'module' })); document.body.lastChild.append('window.mgRan = 1')", "script-src-elem|require-trusted-types-for"),
    "a word to another host": ("fetch('http://localhost:1/').catch(() => {})", "connect-src"),
    "a form to another host": ("document.body.append(Object.assign(document.createElement('form'), { action: 'http://localhost:1/' })); document.body.lastChild.submit()", "form-action"),
    "a worker": ("new Worker('/assets/js/main.js')", "require-trusted-types-for|worker-src"),
}
# Which directive refuses what a script does: the first that the browser tells.
WATCH = """() => new Promise((told) => {
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => told(effectiveDirective), { once: true });
  try { %s } catch {}
})"""


def refused(reader: Reader, page: Page) -> set[str]:
    """The directives by which something was refused."""
    told = [re.match(r"refused: ([a-z]+(?:-[a-z]+)*?)(?:-elem|-attr)? ", complaint) for complaint in reader.heard(page)]
    return {match[1] for match in told if match}


@pytest.mark.parametrize("harm", HARM)
def test_what_somebody_brings_into_a_page_is_refused(harm: str, guarded: str, tab: Page, reader: Reader) -> None:
    body, directive = HARM[harm]

    def with_harm(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</body>", f"{body}</body>"))

    tab.route(f"{guarded}about/words/", with_harm)
    tab.goto(f"{guarded}about/words/", wait_until="networkidle")
    tab.unroute_all()
    assert directive in refused(reader, tab)
    assert not tab.evaluate("'mgRan' in window")


@pytest.mark.parametrize("deed", DONE)
def test_what_a_script_that_went_wrong_would_do_is_refused(deed: str, guarded: str, tab: Page, reader: Reader) -> None:
    done, directive = DONE[deed]
    tab.goto(f"{guarded}about/words/", wait_until="networkidle")
    assert refused(reader, tab) == set()
    assert re.fullmatch(directive, tab.evaluate(WATCH % done))
    assert not tab.evaluate("'mgRan' in window")
    reader.heard(tab)


def framed(tab: Page, outside: str, guide_address: str) -> bool:
    """Whether another site's page shows the guide in a frame; the browser puts a page of its own there where it may not."""
    tab.goto(outside)
    with tab.expect_event("framenavigated", lambda frame: frame.parent_frame is not None):
        tab.evaluate("(address) => document.body.append(Object.assign(document.createElement('iframe'), { src: address }))", guide_address)
    [frame] = tab.frames[1:]
    assert frame.url in (guide_address, "chrome-error://chromewebdata/")
    return frame.url == guide_address


def test_no_other_site_shows_it_in_a_frame_but_those_that_the_clinic_names(tab: Page, bare_site: Path, hosted: str, guide: Guide, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>One</title><body></body>", encoding="utf-8")
    with hosting(tmp_path, {}) as friend, hosting(tmp_path, {}) as stranger:
        assert not framed(tab, friend, hosted), "the shipped clinic names none"
        clinic = guide.clinic.model_copy(update={"site": guide.clinic.site.model_copy(update={"framed_by": [friend.rstrip("/")]})})
        with hosting(bare_site, {"/*": response_headers(clinic, policy([]))}) as open_to_a_friend:
            assert framed(tab, friend, open_to_a_friend)
            assert not framed(tab, stranger, open_to_a_friend)
