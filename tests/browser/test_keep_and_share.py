"""What tools keep only when asked, and how their results leave the page only when a reader presses. Looked at on one tool where it is the same for all."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from axe import axe_findings
from guide.project import Guide
from tools import TOOLS, filled_in, reader  # noqa: F401  a fixture

KEY = "mg-tell"
# What may stand under a tool's name and is not its own: of no tool, and for each what is nearly its own.
NO_TOOLS = ["", "no JSON", "null", "[]", "7", '{"other":{}}']
NEARLY: dict[str, list[object]] = {
    "plan": [{}, *({"typed": typed} for typed in (3, [], [{"day": "9"}, {}], [["9", "3", "2027", ""], []], [{"day": "9", "month": "3", "year": "2027", "hour": ""}, 7]))],
    "tell": [{}, {"notes": {"tell-epilepsy": 1}, "overall": ""}, {"notes": {}, "overall": {}}, {"notes": "text", "overall": ""}],
    "questions": [{}, *({"asks": asks} for asks in ("What?", [1], [None], [""], [" a"], ["a\nb"], ["a" * 301], [["a"]], {"length": 1}))],
    "matters": [{}, {"ticks": 7, "own": ""}, {"ticks": ["mg-bothers melasma"], "own": {"a": 1}}, {"ticks": "mg-bothers melasma", "own": ""}],
}
FOREIGN = [(name, text) for name, contents in NEARLY.items() for text in [*NO_TOOLS, *(json.dumps({name: content}) for content in (*contents, [], "text"))]]


def opened(reader: BrowserContext, address: str) -> Page:
    """The page of a tool, once its script has begun."""
    return TOOLS["tell"].opened(reader.new_page(), address)


def kept(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage)")


def said(page: Page, part: str) -> str:
    return page.locator(f".mg-{part} [role=status]").inner_text()


def tick(page: Page, note: str = "") -> None:
    page.locator("#tell-epilepsy").check()
    page.get_by_role("textbox", name="My own note on this (Epilepsy)").fill(note)


# Keep


def test_nothing_is_kept_before_keep_is_pressed_and_nothing_after_forget(reader: BrowserContext, address: str) -> None:
    page = opened(reader, address)
    assert said(page, "keep").startswith("Nothing is kept.")
    tick(page, "before")
    assert kept(page) == []
    page.get_by_role("button", name="Keep on this device").click()
    assert said(page, "keep").startswith("Kept on this device")
    tick(page, "after")
    assert kept(page) == [KEY]
    assert axe_findings(page) == []
    again = opened(reader, address)
    expect(again.get_by_role("textbox", name="My own note on this (Epilepsy)")).to_have_value("after")
    assert again.locator(":checked[data-mg-point]").count() == 1 and said(again, "keep").startswith("Kept on this device")
    again.get_by_role("button", name="Forget").click()
    assert said(again, "keep").startswith("Forgotten.") and kept(again) == []
    tick(again, "later")
    assert kept(again) == [], "forgotten is forgotten"
    tick(page, "in the other tab")
    assert kept(page) == [] and said(page, "keep").startswith("Forgotten."), "another tab does not bring it back"


@pytest.mark.parametrize("name", NEARLY)
def test_what_was_not_put_there_by_this_tool_is_passed_over_and_forgotten(name: str, reader: BrowserContext, address: str) -> None:
    page = TOOLS[name].opened(reader.new_page(), address)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for foreign in [text for tool, text in FOREIGN if tool == name]:
        page.evaluate("([key, foreign]) => localStorage.setItem(key, foreign)", [f"mg-{name}", foreign])
        page.reload()
        TOOLS[name].wait(page)
        assert kept(page) == [], foreign
        assert page.locator(".mg-keep [role=status]").text_content().startswith("Nothing is kept."), foreign
        assert filled_in(page) == [], foreign
    assert complaints == []


def test_what_it_kept_itself_is_not_taken_for_foreign(reader: BrowserContext, address: str) -> None:
    page = opened(reader, address)
    page.evaluate("(key) => localStorage.setItem(key, '{\"tell\":{\"notes\":{\"tell-epilepsy\":\"<b>\",\"tell-gone-since\":\"\"},\"overall\":\"x\"}}')", KEY)
    page.reload()
    expect(page.get_by_role("textbox", name="My own note on this (Epilepsy)")).to_have_value("<b>")


def test_a_browser_that_forbids_storage_gets_a_plain_sentence_and_the_tool_works(reader: BrowserContext, address: str) -> None:
    reader.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })")
    page = opened(reader, address)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    tick(page, "one")
    for name in ("Keep on this device", "Forget"):
        page.get_by_role("button", name=name).click()
        assert said(page, "keep").startswith("Your browser does not let this page keep anything.")
    tick(page, "two")
    assert complaints == []


def test_where_there_is_no_room_left_no_older_copy_stays(reader: BrowserContext, address: str) -> None:
    page = opened(reader, address)
    tick(page, "short")
    page.get_by_role("button", name="Keep on this device").click()
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') } }")
    tick(page, "long")
    assert kept(page) == [] and said(page, "keep").startswith("Your browser does not let")


# Share


def test_copy_gives_all_of_it_as_plain_text(reader: BrowserContext, address: str, guide: Guide) -> None:
    reader.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(reader, address)
    tick(page, " my <b>note</b> ")
    page.get_by_role("button", name="Copy").click()
    expect(page.locator(".mg-share__status")).to_have_text("Copied. Now paste it where you want it.")
    point = guide.library.suitability["epilepsy"]
    assert page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n").split("\n\n") == [
        "Before I book: my list",
        f"1. Epilepsy\n{point.question}\nWhat to do: {point.what_to_do}\nMy note: my <b>note</b>",
        "General information. Your clinic's own instruction wins.",
    ]


def test_where_copying_is_refused_the_text_stands_there_marked(reader: BrowserContext, address: str) -> None:
    page = opened(reader, address)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    tick(page)
    page.get_by_role("button", name="Copy").click()
    area = page.get_by_role("textbox", name="The text to copy")
    expect(area).to_be_focused()
    assert "1. Epilepsy" in area.evaluate("(area) => area.value.slice(area.selectionStart, area.selectionEnd)")
    assert said(page, "share").startswith("Your browser does not let us copy.")
    assert axe_findings(page) == []


def mailed(page: Page) -> tuple[str, str, str]:
    """Press for the mail app, and give whom the mail is for, its subject and its text."""
    with_link = page.evaluate("""() => new Promise((done) => {
      addEventListener("click", (event) => { event.preventDefault(); done(event.target.href) }, { once: true });
      document.querySelector("[data-mg-share-mail]").click();
    })""")
    mail = urlsplit(with_link)
    parts = parse_qs(mail.query, strict_parsing=True)
    return mail.path, parts["subject"][0], parts["body"][0]


def test_a_mail_is_for_the_clinic_with_the_ends_of_lines_that_mail_asks_for(reader: BrowserContext, address: str, guide: Guide) -> None:
    page = opened(reader, address)
    tick(page, "two\nlines & more + #1 ?")
    to, subject, body = mailed(page)
    assert (to, subject) == (guide.clinic.email, "Before I book: my list")
    assert "My note: two\r\nlines & more + #1 ?" in body and "\n" not in body.replace("\r\n", "")
    expect(page.locator("[data-mg-share-mail]")).to_have_attribute("href", f"mailto:{guide.clinic.email}")
    assert said(page, "share").startswith("Your mail app should open now.")


@pytest.mark.parametrize("note", ["x" * 200_000, "\U0001f9d1" * 2_000, "a" + "\U0001f9d1" * 2_000])
def test_a_mail_that_is_too_long_is_cut_and_says_so(note: str, reader: BrowserContext, address: str) -> None:
    page = opened(reader, address)
    tick(page, note)
    body = mailed(page)[2].replace("\r\n", "\n")
    assert len(body.encode("utf-16-le")) // 2 <= 1_800
    assert body.endswith("\n\nThis was too long for a mail, so the end is missing. Please use Copy or Print for all of it.")


def test_print_prints(reader: BrowserContext, address: str) -> None:
    page = opened(reader, address)
    page.evaluate("() => { window.print = () => (window.printed = (window.printed ?? 0) + 1) }")
    tick(page)
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == 1
