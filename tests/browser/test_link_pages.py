"""The link kit in a browser: codes that a reader of codes reads, sheets that print on one sheet of their size, pages for everyone."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from axe import HEIGHT, NARROW, in_all_settings
from conftest import ROOT
from guide.links.kit import LONGEST_ON_CARD, QUIET, SIZES, Subject, Told, has_poster, subjects
from guide.links.pages import LONGEST_NAME_ON_CARD, poster_page, poster_place
from guide.pages import read_pages
from guide.project import Guide
from guide.publish.links import _write_code, told
from test_narrow import CUT_OFF, LARGE_TEXT, NARROWEST

SHEETS = {"a4": (210, 297), "a5": (148, 210), "letter": (215.9, 279.4), "card": (85, 55)}  # millimetres
LEAST = 20  # millimetres of a printed code, without its white edge
MILLIMETRE = 96 / 25.4  # in pixels of CSS
POINT = 25.4 / 72  # in millimetres
LONG_NAME = "The Clinic of Dermatology, Needling and Restorative Skin Care of Saint Bartholomew-on-the-Hill & <Partners> " * 2
# What runs out of its sheet, or over another part of it.
OUT = """() => {
  const sheet = document.querySelector(".mg-poster"), room = sheet.getBoundingClientRect(), found = [];
  if (sheet.scrollHeight > sheet.clientHeight + 1 || sheet.scrollWidth > sheet.clientWidth + 1) found.push(`${sheet.scrollWidth} by ${sheet.scrollHeight} on ${sheet.clientWidth} by ${sheet.clientHeight}`);
  const parts = [...sheet.querySelectorAll("h1, p, img")].map((part) => [part, part.getBoundingClientRect()]);
  for (const [part, box] of parts) if (box.top < room.top + 8 || box.bottom > room.bottom - 8 || box.left < room.left + 8 || box.right > room.right - 8) found.push(`at the edge: ${part.outerHTML.slice(0, 60)}`);
  for (const [one, a] of parts) for (const [other, b] of parts) {
    if (one !== other && !one.contains(other) && !other.contains(one) && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) found.push(`over another: ${one.outerHTML.slice(0, 60)}`);
  }
  return found;
}"""

# Shows pictures instead of a page, and gives the place of each.
SIDE_BY_SIDE = """async (addresses) => {
  const pictures = addresses.map((address) => Object.assign(new Image(), { src: address }));
  document.body.replaceChildren(...pictures);
  await Promise.all(pictures.map((picture) => picture.decode()));
  return pictures.map((picture) => picture.getBoundingClientRect()).map((box) => [box.left, box.top, box.right, box.bottom].map(Math.round));
}"""


@pytest.fixture(scope="module")
def paper(browser: Browser) -> Iterator[Page]:
    """A page to print from."""
    context = browser.new_context(viewport={"width": 1000, "height": 1300})
    yield context.new_page()
    context.close()


def squeezed(text: str) -> str:
    """Letters and digits alone: a PDF parts words at its lines' ends."""
    return re.sub(r"[^\w]+", "", text.replace("ﬁ", "fi").replace("ﬂ", "fl")).casefold()


def read(picture: bytes) -> list[str]:
    """What each code in a picture says."""
    with Image.open(io.BytesIO(picture)) as image:
        return [code.text for code in zxingcpp.read_barcodes(image)]


def all_subjects(guide: Guide, site: Path) -> list[Subject]:
    return list(subjects(replace(guide, pages=tuple(read_pages(ROOT / "docs"))), told(guide, site)))


def assert_prints(paper: Page, address: str, guide: Guide, subject: Subject, size: str) -> None:
    """It prints on one sheet of its size, whole, and its code can be read from there."""
    paper.emulate_media(media="null")
    paper.goto(address)
    [sheet] = PdfReader(io.BytesIO(paper.pdf(prefer_css_page_size=True))).pages
    assert (float(sheet.mediabox.width) * POINT, float(sheet.mediabox.height) * POINT) == pytest.approx(SHEETS[size], abs=0.4)
    name = guide.clinic.name if size != "card" or len(guide.clinic.name) <= LONGEST_NAME_ON_CARD else ""
    said = squeezed(sheet.extract_text())
    wanted = [subject.told.question, subject.typed, name, guide.clinic.phones.main.display, guide.words["links"]["general"], guide.country.emergency.number if subject.urgent else ""]
    assert [words for words in wanted if squeezed(words) not in said] == []
    paper.emulate_media(media="print")
    assert paper.evaluate(OUT) == []
    modules = len(subject.code.matrix)
    wide = paper.locator(".mg-poster img").bounding_box()["width"] / MILLIMETRE
    assert wide * modules / (modules + 2 * QUIET) >= LEAST
    assert read(paper.locator(".mg-poster").screenshot()) == [subject.link]


# --- Codes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("clinic", ["shipped", "other"])
def test_each_drawing_of_a_code_leads_to_the_short_address(clinic: str, page: Page, request: pytest.FixtureRequest) -> None:
    guide, site, address = (request.getfixturevalue(name if clinic == "shipped" else f"other_{name}") for name in ("guide", "site", "address"))
    every = all_subjects(guide, site)
    page.goto(f"{address}links/")
    boxes = page.evaluate(SIDE_BY_SIDE, [f"../{subject.place}qr.svg" for subject in every])
    with Image.open(io.BytesIO(page.screenshot(full_page=True))) as picture:
        found = {subject.slug: [code.text for code in zxingcpp.read_barcodes(picture.crop(box))] for subject, box in zip(every, boxes, strict=True)}
    assert found == {subject.slug: [subject.link] for subject in every}


def test_a_code_that_is_spoilt_is_not_read(page: Page, address: str) -> None:
    page.goto(f"{address}links/sun/")
    code = page.locator(".mg-link-code")
    assert read(code.screenshot()) != []
    code.evaluate("(code) => { code.style.clipPath = 'inset(0 0 60% 0)' }")
    assert read(code.screenshot()) == []


def test_a_page_shows_the_code_as_large_as_it_comes_off_the_printer(page: Page, address: str, guide: Guide, site: Path) -> None:
    subject = all_subjects(guide, site)[1]
    page.goto(f"{address}{subject.place}")
    modules = len(subject.code.matrix) + 2 * QUIET
    assert page.locator(".mg-link-code").bounding_box()["width"] / MILLIMETRE == pytest.approx(modules, abs=0.3)


# --- Sheets ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("clinic", ["shipped", "other"])
def test_a_sheet_prints_on_one_sheet_of_its_size_and_nothing_is_cut(clinic: str, size: str, paper: Page, request: pytest.FixtureRequest) -> None:
    guide, site, address = (request.getfixturevalue(name if clinic == "shipped" else f"other_{name}") for name in ("guide", "site", "address"))
    every = all_subjects(guide, site)
    longest = max(every, key=lambda subject: len(subject.told.question) + len(subject.typed))
    urgent = max((subject for subject in every if subject.urgent), key=lambda subject: len(subject.told.question))
    for subject in {each.slug: each for each in (every[0], longest, urgent)}.values():
        assert_prints(paper, f"{address}{poster_place(subject, size)}", guide, subject, size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", [LONG_NAME.strip(), "W" * LONGEST_NAME_ON_CARD])
def test_the_longest_names_and_addresses_are_not_cut_either(name: str, size: str, paper: Page, guide: Guide, site: Path, tmp_path: Path) -> None:
    odd = replace(guide, clinic=guide.clinic.model_copy(update={"name": name}))
    typed = "a" * (LONGEST_ON_CARD if size == "card" else 300)
    subject = Subject("sun", "Sun", Told("How long do redness, swelling, peeling and itching last, and when do I call the clinic?", "It depends."), f"https://{typed}/", typed, "https://a.test/", urgent=True)
    assert has_poster(subject, size)
    shutil.copytree(site / "assets" / "css", tmp_path / "assets" / "css")
    sheet = tmp_path / poster_place(subject, size) / "index.html"
    sheet.parent.mkdir(parents=True)
    sheet.write_text(str(poster_page(odd, subject, size)), encoding="utf-8")
    _write_code(subject, tmp_path / subject.place)
    assert_prints(paper, sheet.as_uri(), odd, subject, size)


def test_a_sheet_that_holds_too_much_is_found(paper: Page, address: str) -> None:
    paper.goto(f"{address}links/sun/card/")
    paper.emulate_media(media="print")
    assert paper.evaluate(OUT) == []
    paper.locator(".mg-poster__general").evaluate("(line) => { line.textContent += ' More and more words.'.repeat(40) }")
    assert paper.evaluate(OUT) != []


# --- Everyone -------------------------------------------------------------------------------------------------------

PAGES = ["links/", "links/guide/", "links/red-flags/", "links/red-flags/a4/", "links/lasting-problems/card/"]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(path: str, browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT}, reduced_motion="reduce")
    still = context.new_page()
    still.goto(f"{address}{path}")
    assert in_all_settings(still) == []
    context.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("style", [":root {}", LARGE_TEXT])
def test_nothing_is_cut_off_on_the_narrowest_phone(style: str, path: str, page: Page, address: str, other_address: str) -> None:
    page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    for start in (address, other_address):
        page.goto(f"{start}{path}")
        page.add_style_tag(content=style)
        assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_no_other_host_runs_no_script_and_keeps_to_its_policy(path: str, browser: Browser, address: str) -> None:
    context = browser.new_context(bypass_csp=False)
    minded = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    minded.on("request", lambda request: asked.append(request.url))
    minded.on("console", lambda message: complaints.append(message.text))
    minded.goto(f"{address}{path}", wait_until="networkidle")
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}
    assert not [url for url in asked if url.endswith(".js")] and complaints == []
    assert minded.locator("main").evaluate("(element) => getComputedStyle(element).containerName") == "page", "no style"
    assert context.cookies() == [] and minded.evaluate("localStorage.length + sessionStorage.length") == 0
    context.close()


def test_each_box_is_reached_with_the_keyboard_and_gives_its_whole_text(page: Page, address: str) -> None:
    page.goto(f"{address}links/sun/")
    boxes = page.locator("textarea")
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.localName") == "textarea":
            page.keyboard.press("Control+a")
            reached.append(page.evaluate("document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)"))
        if len(reached) == boxes.count():
            break
    assert reached == boxes.evaluate_all("(boxes) => boxes.map((box) => box.value)") and len(reached) == 9
