"""Paper: every page says on each sheet whose it is and loses nothing; each hand-out fits on one or two sides."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PageObject, PdfReader

from conftest import ROOT
from guide.project import Guide
from test_every_page import PATHS

SIZES = {"A4": (595, 842), "Letter": (612, 792)}  # points
MOST_SIDES = 2
NEAREST = 14  # points from the paper's edge: most printers put no ink nearer
HANDOUTS = sorted(path.relative_to(ROOT / "docs").as_posix().removesuffix(".md") + "/" for path in (ROOT / "docs" / "sheets").glob("*.md"))
PAGES = [path for path in PATHS if path != "404.html"]
PAPER_WIDTH = 640  # pixels: what Letter and A4 leave between their margins, and less
# Parts that hold more than they show, at print media. What is for ears only, and drawings, are clipped on purpose.
CLIPPED = """() => [...document.querySelectorAll("article *")].filter((part) => {
  if (!part.checkVisibility() || part.closest("svg, .mg-hidden, .mg-cite") || getComputedStyle(part).display === "inline") return false;
  return part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0 && part.getBoundingClientRect().right > document.documentElement.clientWidth + 1
    || getComputedStyle(part).overflow !== "visible" && (part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1);
}).map((part) => part.outerHTML.slice(0, 90))"""
SHUT = "() => [...document.querySelectorAll('article details')].filter((fold) => fold.checkVisibility() && ![...fold.children].slice(1).every((part) => part.checkVisibility({contentVisibilityAuto: false}) && part.getClientRects().length)).length"
# Words that run out of the page at its end, which a reading of the PDF sees only where they begin.
BEYOND = """() => {
  const page = document.querySelector("article"), end = page.getBoundingClientRect().right + 1, found = [];
  const words = document.createTreeWalker(page, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (words.nextNode()) {
    if (words.currentNode.parentElement.closest("svg, .mg-hidden")) continue;
    range.selectNodeContents(words.currentNode);
    if ([...range.getClientRects()].some((run) => run.right > end)) found.push(words.currentNode.data.slice(0, 40));
  }
  return found;
}"""
ON_LETTER = ["", "sheets/questions-to-ask/", "aftercare/first-days/", "aftercare/when-to-call/", "decide/cost/", "options/side-by-side/"]  # one of each make of page
FRAME = ".mg-header, .mg-side, .mg-path, .mg-on-this-page, .mg-next, .mg-footer, .md-skip, .mg-how-to-print"


@pytest.fixture(scope="module")
def paper(browser: Browser) -> Iterator[Page]:
    """A page to print from: one for all, as opening one takes longer than printing."""
    context = browser.new_context(viewport={"width": PAPER_WIDTH, "height": 900})
    yield context.new_page()
    context.close()


@dataclass(frozen=True)
class Side:
    """One printed side.

    size  its width and height in points
    text  what it says, squeezed
    edge  what stands so near the paper's edge that it may be lost, with its place
    """

    size: tuple[float, float]
    text: str
    edge: list[str]


def printed(paper: Page, url: str, size: str = "A4", style: str = "") -> list[Side]:
    """A page as it comes out of the printer, side by side."""
    paper.goto(url)
    if style:
        paper.add_style_tag(content=style)
    return [read_back(sheet) for sheet in PdfReader(io.BytesIO(paper.pdf(format=size))).pages]


def read_back(sheet: PageObject) -> Side:
    """What a sheet says and where, in one reading of it: reading is the slow part."""
    edge: list[str] = []
    width, height = float(sheet.mediabox.width), float(sheet.mediabox.height)

    def look(text: str, outer: list[float], inner: list[float], font: object, size: float) -> None:
        x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
        y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        if text.strip() and not (NEAREST <= x <= width - NEAREST and NEAREST <= y <= height - NEAREST):
            edge.append(f"{text.strip()[:40]} at {x:.0f}, {y:.0f} of {width:.0f}, {height:.0f}")

    return Side((width, height), squeezed(sheet.extract_text(visitor_text=look)), edge)


def squeezed(text: str) -> str:
    """Letters and digits alone: a PDF parts words at its lines' ends, and a bent letter may stand for two."""
    return re.sub(r"[^\w]+", "", text.replace("ﬁ", "fi").replace("ﬂ", "fl")).casefold()


def at_the_edge(sides: list[Side]) -> list[str]:
    return [found for side in sides for found in side.edge]


def told_on_each_sheet(guide: Guide, path: str) -> list[str]:
    """What the line on each sheet says."""
    name = next(page for page in (ROOT / "docs").rglob("*.md") if page.relative_to(ROOT / "docs").as_posix() in (f"{path.rstrip('/')}.md", f"{path}index.md"))
    reviewed = re.search(r"reviewed_on: (\d+)-(\d+)-(\d+)", name.read_text(encoding="utf-8"))
    day = f"{int(reviewed[3])} {guide.words['months'][f'm{int(reviewed[2])}']} {reviewed[1]}"
    words = guide.words["sheet"]
    return [guide.clinic.name, guide.clinic.phones.main.display, guide.clinic.site_url.rstrip("/") + "/" + path, f"{words['version']} {guide.version}", f"{words['reviewed']} {day}"]


def missing_on(sides: list[Side], wanted: list[str]) -> list[str]:
    return [f"side {number}: {words}" for number, side in enumerate(sides, 1) for words in wanted if squeezed(words) not in side.text]


def wanted_on(path: str, guide: Guide) -> list[str]:
    """What a hand-out must hold, by its address."""
    library = guide.library
    steps = lambda *stages: [step.name for step in library.care.values() if step.stage in stages]  # noqa: E731  three uses below
    return {
        "sheets/before-you-book/": [entry.name for entry in library.suitability.values()],
        "sheets/getting-ready/": steps("weeks-before", "days-before", "on-the-day"),
        "sheets/looking-after-your-skin/": [*(sign.sign for sign in library.red_flags.values()), *steps("first-day", "first-week", "first-month"), guide.country.emergency.number],
        "sheets/questions-to-ask/": [re.sub(r"\{[^|{}]+\|([^{}]+)\}", r"\1", ask) for group in library.questions.values() for ask in group.asks],
    }[path]


@pytest.mark.parametrize("path", HANDOUTS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("clinic", ["shipped", "other"])
def test_a_hand_out_fits_on_two_sides_and_holds_all_that_it_is_for(clinic: str, size: str, path: str, paper: Page, request: pytest.FixtureRequest) -> None:
    guide = request.getfixturevalue("guide" if clinic == "shipped" else "other_guide")
    address = request.getfixturevalue("address" if clinic == "shipped" else "other_address")
    sides = printed(paper, f"{address}{path}", size)
    for side in sides:
        assert side.size == pytest.approx(SIZES[size], abs=2)
    assert 1 <= len(sides) <= MOST_SIDES, f"{len(sides)} sides of {size}"
    assert missing_on(sides, told_on_each_sheet(guide, path)) == []
    text = "".join(side.text for side in sides)
    assert [words for words in wanted_on(path, guide) if squeezed(words) not in text] == []
    reviewer = guide.clinic.named_reviewer
    review = guide.words["review"]["not_checked"] if reviewer is None else reviewer.name
    assert squeezed(review) in text and squeezed("Your clinic's own instruction wins") in text
    assert at_the_edge(sides) == []


def test_the_hand_outs_are_the_four_that_are_asked_for() -> None:
    assert HANDOUTS == ["sheets/before-you-book/", "sheets/getting-ready/", "sheets/looking-after-your-skin/", "sheets/questions-to-ask/"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "home")
def test_a_printed_page_says_on_each_sheet_whose_it_is_and_loses_nothing(path: str, paper: Page, address: str, guide: Guide) -> None:
    sides = printed(paper, f"{address}{path}")
    assert missing_on(sides, told_on_each_sheet(guide, path)) == []
    assert at_the_edge(sides) == []
    paper.emulate_media(media="print")
    said = paper.locator(".mg-page").inner_text()
    shown = [part.get_attribute("class") for part in paper.locator(FRAME).all() if part.is_visible()]
    clipped, shut, beyond = paper.evaluate(CLIPPED), paper.evaluate(SHUT), paper.evaluate(BEYOND)
    paper.emulate_media(media="null")  # else the next page would be printed as a screen shows it
    assert shown == [], "paper has no use for these"
    assert clipped == [] and shut == 0 and beyond == []
    text = "".join(side.text for side in sides)
    lost = [line for line in said.splitlines() if squeezed(line) and not all(squeezed(word) in text for word in line.split())]
    assert lost == []


@pytest.mark.parametrize("path", ON_LETTER, ids=lambda path: path or "home")
def test_a_page_on_letter_says_on_each_sheet_whose_it_is_and_keeps_off_the_edge(path: str, paper: Page, address: str, guide: Guide) -> None:
    sides = printed(paper, f"{address}{path}", "Letter")
    assert missing_on(sides, told_on_each_sheet(guide, path)) == []
    assert at_the_edge(sides) == []


@pytest.mark.parametrize("group", ["person", "device", "needles", "my-skin", "numbing", "products", "aftercare", "money"])
def test_the_page_about_questions_has_each_group_under_the_heading_that_the_sheet_gives_it(group: str, guide: Guide) -> None:
    text = (ROOT / "docs" / "decide" / "questions-to-ask.md").read_text(encoding="utf-8")
    assert f"### {guide.library.questions[group].title} {{ #{group} }}\n\n{{{{ questions_to_ask(\"{group}\") }}}}" in text
    assert list(guide.library.questions)[0] == "person" and len(guide.library.questions) == 8


# --- The checks notice what they are for ---------------------------------------------------------------------------


def test_the_check_notices_a_third_side_a_lost_line_and_words_at_the_edge(paper: Page, address: str, guide: Guide) -> None:
    path = HANDOUTS[0]
    sides = printed(paper, f"{address}{path}", style="@media print { .mg-print-line { display: none } .mg-sheet-list__item { min-block-size: 40mm } } @page handout { margin: 2mm }")
    assert len(sides) > MOST_SIDES
    assert missing_on(sides, told_on_each_sheet(guide, path))
    assert at_the_edge(sides)


def test_the_check_notices_a_part_that_is_clipped(paper: Page, address: str) -> None:
    paper.goto(f"{address}{HANDOUTS[0]}")
    paper.emulate_media(media="print")
    paper.add_style_tag(content=".mg-call-card { block-size: 1em; overflow: hidden }")
    found = paper.evaluate(CLIPPED)
    paper.emulate_media(media="null")  # else the next page would be printed as a screen shows it
    assert found


def test_the_check_notices_words_that_run_out_of_the_page(paper: Page, address: str) -> None:
    paper.goto(f"{address}{HANDOUTS[0]}")
    paper.emulate_media(media="print")
    paper.add_style_tag(content=".mg-review-line p { white-space: nowrap; margin-inline-start: 30rem }")
    found = paper.evaluate(BEYOND)
    paper.emulate_media(media="null")
    assert found


def test_the_check_notices_a_fold_that_is_shut_on_paper(paper: Page, address: str) -> None:
    paper.goto(f"{address}{HANDOUTS[0]}")
    paper.emulate_media(media="print")
    paper.locator(".mg-page").evaluate("page => page.insertAdjacentHTML('beforeend', '<details><summary>More</summary><p hidden>Lost</p></details>')")
    found = paper.evaluate(SHUT)
    paper.emulate_media(media="null")
    assert found == 1
