"""The hand-outs as PDF: tagged, titled, whole, the same bytes each time; nothing fetched, and the old ones kept where something fails."""

from __future__ import annotations

import errno
import http.server
import io
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import html5lib
import pytest
from PIL import Image
from pypdf import PdfReader

import install_pango
from conftest import OTHER_CLINIC, ROOT
from guide.faults import Faults
from guide.leaflets import engine as engine_module
from guide.leaflets.engine import LIBRARIES, STYLE, Engine, load
from guide.leaflets.files import make_leaflets, write_leaflets
from guide.leaflets.sheet import Sheet, read_sheet, sheet_pages, version_day, wording_mark
from guide.macros.care import cut
from guide.pages import read_pages
from guide.project import Guide
from pdf_parts import Drawn, Part, drawn, fonts, links, opened, text_of, tree

NAMES = ["before-you-book", "getting-ready", "looking-after-your-skin", "questions-to-ask"]
SIZES = {"a4": (595.276, 841.89), "letter": (612, 792)}  # points
FILES = [f"{name}-{paper}.pdf" for name in NAMES for paper in SIZES]
MOST_SIDES = 2
NEAREST = 12  # points from the paper's edge: most printers put no ink nearer


@dataclass(frozen=True)
class Made:
    """The leaflets of a clinic.

    guide   the guide that they were made from, with its pages
    site    the built folder
    folder  where they stand
    told    what the person was told of them
    """

    guide: Guide
    site: Path
    folder: Path
    told: list[str]


@dataclass(frozen=True)
class Read:
    """A leaflet, read back."""

    pdf: PdfReader
    parts: Part
    sides: list[Drawn]

    def says(self, part: Part | None = None) -> str:
        return text_of(part or self.parts, self.pdf, self.sides)


def with_pages(guide: Guide) -> Guide:
    return replace(guide, pages=tuple(read_pages(ROOT / "docs")))


def made(guide: Guide, site: Path, folder: Path) -> Made:
    guide = with_pages(guide)
    return Made(guide, site, folder, write_leaflets(guide, Engine(), site, folder))


@pytest.fixture(scope="module")
def shipped(guide: Guide, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The shipped clinic's leaflets: no logo, and values that are still examples."""
    return made(guide, site, tmp_path_factory.mktemp("shipped-leaflets") / "leaflets")


@pytest.fixture(scope="module")
def other(other_guide: Guide, other_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The second clinic's leaflets: a logo, another country, every value awkward."""
    return made(other_guide, other_site, tmp_path_factory.mktemp("other-leaflets") / "leaflets")


@pytest.fixture(params=["shipped", "other"])
def both(request: pytest.FixtureRequest) -> Made:
    return request.getfixturevalue(request.param)


def read(file: Path) -> Read:
    pdf = opened(file)
    return Read(pdf, tree(pdf), [drawn(page, pdf) for page in pdf.pages])


def squeezed(text: str) -> str:
    """Letters and digits alone: a PDF parts words at its lines' ends."""
    return re.sub(r"[^\w]+", "", text.replace("ﬁ", "fi").replace("ﬂ", "fl")).casefold()


def of(made: Made, file: str) -> Sheet:
    """The sheet that a file was made from."""
    page = next(page for page in sheet_pages(made.guide) if file.startswith(Path(page.name).stem))
    return read_sheet(made.guide, page, made.site)


def reviewed(made: Made, file: str) -> str:
    page = next(page for page in sheet_pages(made.guide) if file.startswith(Path(page.name).stem))
    return made.guide.written(page.facts.reviewed_on)


# --- What they are -------------------------------------------------------------------------------------------------


def test_there_is_a_file_of_each_hand_out_for_each_paper(both: Made) -> None:
    assert sorted(path.name for path in both.folder.iterdir()) == sorted(FILES)
    assert sorted(line.split(":")[0] for line in both.told) == sorted(FILES)
    assert sorted(Path(page.name).stem for page in sheet_pages(both.guide)) == NAMES


@pytest.mark.parametrize("file", FILES)
def test_a_leaflet_fits_on_two_sides_of_its_paper(file: str, both: Made) -> None:
    pages = opened(both.folder / file).pages
    assert 1 <= len(pages) <= MOST_SIDES
    for page in pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(SIZES[file.removesuffix(".pdf").rsplit("-", 1)[1]], abs=0.5)
    assert f"{file}: {len(pages)} sides of" in "\n".join(both.told)


@pytest.mark.parametrize("file", FILES)
def test_a_leaflet_is_titled_and_says_its_language_its_clinic_and_its_day(file: str, both: Made) -> None:
    pdf, sheet = opened(both.folder / file), of(both, file)
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", sheet.html)[1]
    assert pdf.metadata["/Title"] == f"{heading} - {both.guide.clinic.name}"
    assert pdf.metadata["/Author"] == both.guide.clinic.name
    assert pdf.metadata["/Subject"].endswith(".")
    day = version_day(both.guide).strftime("D:%Y%m%d")
    assert (pdf.metadata["/CreationDate"], pdf.metadata["/ModDate"]) == (day, day), "the day of the version, and not of today"
    assert pdf.root_object["/Lang"] == "en"
    assert pdf.root_object["/ViewerPreferences"]["/DisplayDocTitle"].value is True


@pytest.mark.parametrize("file", FILES)
def test_a_leaflet_calls_itself_accessible_and_is_tagged(file: str, both: Made) -> None:
    root = opened(both.folder / file).root_object
    xmp = root["/Metadata"].get_data().decode()
    assert re.search(r'pdfuaid:part="1"', xmp) and "http://www.aiim.org/pdfua/ns/id/" in xmp
    assert both.guide.clinic.name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in xmp
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/StructTreeRoot"]["/K"][0]["/S"] == "/Document"
    assert all(page["/Tabs"] == "/S" for page in opened(both.folder / file).pages)


@pytest.mark.parametrize("file", FILES)
def test_everything_that_leaves_ink_is_text_with_a_place_or_runs_along_the_page(file: str, both: Made) -> None:
    leaflet = read(both.folder / file)
    for number, side in enumerate(leaflet.sides):
        assert side.unmarked == []
        assert side.running, "the foot is told apart from the text"
        assert set(side.marks) <= {mark for at, mark in leaflet.parts.every_mark() if at == number}, "each mark has its place in the tree"
    marks = leaflet.parts.every_mark()
    assert len(marks) == len(set(marks))


@pytest.mark.parametrize("file", FILES)
def test_headings_lists_and_links_are_tagged_as_what_they_are(file: str, both: Made) -> None:
    leaflet, sheet = read(both.folder / file), of(both, file)
    headings = [(part.kind, squeezed(leaflet.says(part))) for part in leaflet.parts.all("H1", "H2", "H3")]
    wanted = [(tag.upper(), squeezed(text)) for tag, text in shown_headings(sheet)]
    assert list(dict.fromkeys(headings)) == list(dict.fromkeys(wanted))
    assert headings[0][0] == "H1" and all(int(kind[1]) <= int(before[1]) + 1 for (before, _), (kind, _) in zip(headings, headings[1:], strict=False))
    lists = list(leaflet.parts.all("L"))
    assert lists and all(kid.kind == "LI" for part in lists for kid in part.kids)
    assert all(kid.kind in ("Lbl", "LBody") for item in leaflet.parts.all("LI") for kid in item.kids if leaflet.says(kid))
    assert len(list(leaflet.parts.all("Link"))) == len(links(leaflet.pdf)) == sum(len(page.get("/Annots", [])) for page in leaflet.pdf.pages)
    assert all(annotation.get_object()["/Contents"] for page in leaflet.pdf.pages for annotation in page["/Annots"])


@pytest.mark.parametrize("file", FILES)
def test_the_outline_of_a_leaflet_has_each_heading(file: str, shipped: Made) -> None:
    pdf, sheet = opened(shipped.folder / file), of(shipped, file)
    names = list(dict.fromkeys(squeezed(entry["/Title"]) for entry in flat(pdf.outline)))
    assert names == list(dict.fromkeys(squeezed(text) for _, text in shown_headings(sheet)))


@pytest.mark.parametrize("file", FILES)
def test_no_heading_stands_alone_at_the_foot_of_a_side_and_no_item_is_torn_in_two(file: str, both: Made) -> None:
    leaflet, sheet = read(both.folder / file), of(both, file)
    assert left_alone(leaflet) == []
    items = [part for part in leaflet.parts.all("LI") if squeezed(leaflet.says(part))]
    assert len(items) == len(list(shown(sheet).iter("li")))


def left_alone(leaflet: Read) -> list[str]:
    """Headings whose text comes on the next side."""
    order = leaflet.parts.every_mark()
    found = []
    for heading in leaflet.parts.all("H1", "H2", "H3"):
        last = heading.every_mark()[-1]
        after = order[order.index(last) + 1 :]
        found += [leaflet.says(heading)] if after and after[0][0] != last[0] else []
    return found


def test_the_style_sheet_draws_nothing_that_no_leaflet_has(shipped: Made, other: Made) -> None:
    drawn_classes = set(re.findall(r"\.((?:mg|leaflet)-[\w-]+)", re.sub(r"/\*.*?\*/", "", STYLE.read_text(encoding="utf-8"), flags=re.S)))
    given = {name for made in (shipped, other) for page in sheet_pages(made.guide) for names in re.findall(r'class="([^"]*)"', read_sheet(made.guide, page, made.site).html) for name in names.split()}
    assert drawn_classes - given == set(), "take these rules out of guide/leaflets/leaflet.css"
    assert {name for name in given if name.startswith("leaflet-")} <= drawn_classes


def flat(outline: list) -> Iterator[dict]:
    for entry in outline:
        yield from flat(entry) if isinstance(entry, list) else [entry]


# --- What they say -------------------------------------------------------------------------------------------------


def shown(sheet: Sheet) -> html5lib.treebuilders.etree:
    """A sheet without what the style sheet leaves out."""
    page = html5lib.parse(sheet.html, namespaceHTMLElements=False).find("body")
    hidden = re.findall(r"([^{}]*)\{\s*display: none;\s*\}", re.sub(r"/\*.*?\*/", "", STYLE.read_text(encoding="utf-8"), flags=re.S))
    rules = [rule.split() for rules in hidden for rule in rules.split(",")]
    classes = {rule[-1].lstrip(".") for rule in rules if not rule[0].startswith("body:has") or "mg-sheet-signs" in sheet.html} | {"leaflet-foot", "leaflet-banner"}
    assert "mg-cite" in classes and "mg-source-list" in classes
    for parent in list(page.iter()):
        for child in list(parent):
            if classes & set(child.get("class", "").split()) and child.get("class", "") not in ("admonition-title",) or _title_of_summary(parent, child):
                keep = child.tail or ""
                at = list(parent).index(child)
                if at:
                    parent[at - 1].tail = (parent[at - 1].tail or "") + keep
                else:
                    parent.text = (parent.text or "") + keep
                parent.remove(child)
    return page


def _title_of_summary(parent: object, child: object) -> bool:
    return child.get("class") == "admonition-title" and "summary" in parent.get("class", "")


def shown_headings(sheet: Sheet) -> list[tuple[str, str]]:
    return [(part.tag, "".join(part.itertext())) for part in shown(sheet).iter() if part.tag in ("h1", "h2", "h3")]


@pytest.mark.parametrize("file", FILES)
def test_a_voice_reads_all_that_the_sheet_says_in_its_order_and_nothing_else(file: str, shipped: Made) -> None:
    leaflet, sheet = read(shipped.folder / file), of(shipped, file)
    heard, wanted = squeezed(leaflet.says()), squeezed("".join(shown(sheet).itertext()))
    for _, head in levels_that_come_back(leaflet):
        first = heard.index(head) + len(head)
        heard = heard[:first] + heard[first:].replace(head, "", 1)
    assert heard == wanted


def levels_that_come_back(leaflet: Read) -> list[tuple[str, str]]:
    """The heads of warning signs that go on on the next side: they stand there once more."""
    heads = [squeezed(leaflet.says(part)) for part in leaflet.parts.all("Div") if [kid.kind for kid in part.kids if leaflet.says(kid).strip()] == ["H3", "P"]]
    return [("H3", head) for head in dict.fromkeys(heads) if heads.count(head) > 1]


@pytest.mark.parametrize("file", FILES)
def test_each_side_says_whose_it_is_which_version_and_which_side(file: str, both: Made) -> None:
    words, clinic = both.guide.words, both.guide.clinic
    pages = opened(both.folder / file).pages
    mark = wording_mark(re.search(r"<article.*</article>", (both.site / "sheets" / file.rsplit("-", 1)[0] / "index.html").read_text(encoding="utf-8"), re.S)[0])
    stamp = f"{words['sheet']['version']} {both.guide.version} · {words['sheet']['reviewed']} {reviewed(both, file)} · {words['leaflet']['wording']} {mark}"
    for number, page in enumerate(pages, 1):
        text = squeezed(page.extract_text())
        wanted = [clinic.name, clinic.phones.main.display, stamp, f"{number} of {len(pages)}"]
        if clinic.example_values():
            wanted.append(words["shell"]["example_banner"])
        assert [word for word in wanted if squeezed(word) not in text] == []


@pytest.mark.parametrize("file", FILES)
def test_a_leaflet_has_the_numbers_to_call_and_who_checked_it(file: str, both: Made) -> None:
    clinic, text = both.guide.clinic, squeezed(read(both.folder / file).says())
    after_hours = clinic.phones.after_hours.number
    reviewer = clinic.named_reviewer
    wanted = [clinic.phones.main.display, f"{both.guide.words['call']['emergency']} {both.guide.country.emergency.number}", "Your clinic's own instruction wins"]
    wanted += [after_hours.display] if after_hours else []
    wanted.append(reviewer.name if reviewer else both.guide.words["review"]["not_checked"])
    assert [word for word in wanted if squeezed(word) not in text] == []


@pytest.mark.parametrize("paper", SIZES)
def test_no_warning_sign_and_no_step_of_care_is_lost(paper: str, both: Made) -> None:
    library, text = both.guide.library, squeezed(read(both.folder / f"looking-after-your-skin-{paper}.pdf").says())
    signs = [sign.sign for sign in library.red_flags.values()] + [sign.looks_like for sign in library.red_flags.values() if sign.level == "emergency"]
    assert len(signs) > 20
    assert [sign for sign in signs if squeezed(re.sub(r"[*_]", "", sign)) not in text] == []
    plain = [cut(sign.do_now, sign.on_sheet)[0] for sign in library.red_flags.values() if "{" not in sign.do_now]
    assert [order for order in plain if squeezed(str(order)) not in text] == []
    assert [step.name for step in library.care.values() if step.stage in ("first-day", "first-week", "first-month") and squeezed(step.name) not in text] == []


@pytest.mark.parametrize("paper", SIZES)
def test_the_other_three_hold_all_that_they_are_for(paper: str, both: Made) -> None:
    library = both.guide.library
    wanted = {
        "before-you-book": [entry.name for entry in library.suitability.values()],
        "getting-ready": [step.name for step in library.care.values() if step.stage in ("weeks-before", "days-before", "on-the-day")],
        "questions-to-ask": [re.sub(r"\{[^|{}]+\|([^{}]+)\}", r"\1", ask) for group in library.questions.values() for ask in group.asks],
    }
    for name, things in wanted.items():
        text = squeezed(read(both.folder / f"{name}-{paper}.pdf").says())
        assert things and [thing for thing in things if squeezed(thing) not in text] == []


def test_the_clinics_record_has_its_place_on_all_but_the_readers_own_questions(shipped: Made) -> None:
    lines = [shipped.guide.words["leaflet"][word] for word in ("record", "patient", "day", "staff")]
    for file in FILES:
        text = squeezed(read(shipped.folder / file).says())
        assert all(squeezed(line) in text for line in lines) == (not file.startswith("questions")), file


def test_a_letter_stands_at_a_distance_from_the_papers_edge(both: Made) -> None:
    for file in FILES:
        for page in opened(both.folder / file).pages:
            assert near_the_edge(page) == [], file


def near_the_edge(page: object) -> list[str]:
    found: list[str] = []
    width, height = float(page.mediabox.width), float(page.mediabox.height)

    def look(text: str, outer: list[float], inner: list[float], font: object, size: float) -> None:
        x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
        y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        if text.strip() and not (NEAREST <= x <= width - NEAREST and NEAREST <= y <= height - NEAREST):
            found.append(f"{text.strip()[:40]} at {x:.0f}, {y:.0f}")

    page.extract_text(visitor_text=look)
    return found


# --- What they hold ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES)
def test_every_font_is_in_the_file_with_the_letters_that_it_stands_for(file: str, both: Made) -> None:
    leaflet = read(both.folder / file)
    found = fonts(leaflet.pdf)
    assert found and all({"/FontFile2", "/FontFile3"} & set(font) for font in found.values())
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in found), "the letters that are used, and no more"
    assert "\ufffd" not in leaflet.says()


@pytest.mark.parametrize("file", FILES)
def test_a_leaflet_runs_nothing_attaches_nothing_and_leads_to_the_guide_and_its_numbers_alone(file: str, both: Made) -> None:
    raw, pdf = (both.folder / file).read_bytes(), opened(both.folder / file)
    every = "".join(str(pdf.get_object(number)) for number in range(1, len(pdf.xref_objStm) + sum(map(len, pdf.xref.values()))))
    for word in ("/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/EmbeddedFile", "/AcroForm", "/RichMedia"):
        assert f"'{word}'" not in every and word.encode() + b" " not in raw, word
    phones = both.guide.clinic.phones
    for link in links(pdf):
        assert link.startswith((both.guide.clinic.site_url, "tel:")), link
    assert f"tel:{phones.main.e164}" in links(pdf)


def test_the_logo_is_a_picture_with_words_and_a_clinic_without_one_has_no_picture(shipped: Made, other: Made) -> None:
    for file in FILES:
        pictures = list(read(other.folder / file).parts.all("Figure"))
        assert [picture.alt for picture in pictures] == [f"Logo of {other.guide.clinic.name}"]
        assert list(read(shipped.folder / file).parts.all("Figure")) == []


@pytest.mark.parametrize("kind", ["png", "webp"])
def test_a_logo_may_be_a_photograph(kind: str, shipped: Made, tmp_path: Path) -> None:
    logo = tmp_path / f"logo.{kind}"
    Image.new("RGB", (300, 90), "#0b5d57").save(logo)
    clinic = with_logo(shipped.guide, logo)
    leaflet = read(written(shipped, clinic, tmp_path))
    assert [picture.alt for picture in leaflet.parts.all("Figure")] == [f"Logo of {clinic.name}"]
    assert [image.image.size for image in leaflet.pdf.pages[0].images] == [(300, 90)]


def with_logo(guide: Guide, logo: Path) -> object:
    brand = guide.clinic.brand.model_copy(update={"logo": logo.name})
    brand._logo_file = logo
    return guide.clinic.model_copy(update={"brand": brand})


def written(made: Made, clinic: object, folder: Path, name: str = "getting-ready") -> Path:
    """One leaflet, for a clinic that differs from the one whose site was built."""
    guide = replace(made.guide, clinic=clinic)
    page = next(page for page in sheet_pages(guide) if name in page.name)
    file = folder / f"{name}.pdf"
    file.write_bytes(Engine().leaflet(read_sheet(guide, page, made.site), "a4").content)
    return file


# --- Hostile values ------------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script> & \"Co\" 'x'",
    "</title></body><img src=https://elsewhere.test/p.png>",
    "{{ 7*7 }} {% raw %} {# n #}",
    '"; } @page { size: 1cm } a { content: url(file:///etc/hostname) }',
    "Ærø Łódź Şişli Ñandú Ελληνική Кожа",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_shows_as_it_was_typed(name: str, shipped: Made, tmp_path: Path) -> None:
    leaflet = read(written(shipped, shipped.guide.clinic.model_copy(update={"name": name}), tmp_path))
    assert leaflet.pdf.metadata["/Title"].endswith(f" - {name}") and leaflet.pdf.metadata["/Author"] == name
    assert re.sub(r"\s", "", name) in re.sub(r"\s", "", leaflet.says())
    assert len(leaflet.pdf.pages) <= MOST_SIDES and float(leaflet.pdf.pages[0].mediabox.height) > 800
    assert all(squeezed(name) in squeezed(page.extract_text()) for page in leaflet.pdf.pages)


def test_a_number_stays_in_its_order_beside_a_name_from_right_to_left(shipped: Made, tmp_path: Path) -> None:
    leaflet = read(written(shipped, shipped.guide.clinic.model_copy(update={"name": "عيادة النور"}), tmp_path))
    number = shipped.guide.clinic.phones.main.display
    for page in leaflet.pdf.pages:
        assert number in page.extract_text(), "whole, with its groups in their order"


def test_a_name_as_long_as_a_name_may_be_keeps_its_leaflet_in_shape(shipped: Made, tmp_path: Path) -> None:
    name = "The Very Long Name of a Skin Clinic and Its Many Partners " * 2
    leaflet = read(written(shipped, shipped.guide.clinic.model_copy(update={"name": name.strip()}), tmp_path))
    assert len(leaflet.pdf.pages) <= MOST_SIDES + 1
    assert [found for page in leaflet.pdf.pages for found in near_the_edge(page)] == []


def test_a_letter_that_no_font_has_is_told_and_not_printed_as_a_box(shipped: Made, tmp_path: Path) -> None:
    with pytest.raises(Faults, match="which no font of this computer has; install a font"):
        written(shipped, shipped.guide.clinic.model_copy(update={"name": "Clinic \U0010abcd"}), tmp_path)


class _Counting(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """Another host, which writes down what it is asked for."""
    _Counting.asked.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Counting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{}/a.png" alt="a">',
        '<link rel="stylesheet" href="{}/a.css">',
        '<style>p {{ background: url({}/a.png) }}</style>',
        '<style>@import url("{}/a.css");</style>',
        '<style>@font-face {{ font-family: a; src: url("{}/a.woff2") }} p {{ font-family: a }}</style>',
        '<svg width="9" height="9"><title>a</title><image href="{}/a.png" width="9" height="9"/></svg>',
        '<object data="{}/a.svg">a</object>',
        '<link rel="attachment" href="{}/a.txt">',
    ],
)
def test_nothing_is_fetched_from_another_host_or_from_this_computer(markup: str, elsewhere: str, tmp_path: Path) -> None:
    secret = tmp_path / "a.txt"
    secret.write_text("secret", encoding="utf-8")
    for place in (elsewhere, tmp_path.as_uri()):
        try:
            content = Engine().leaflet(Sheet("a", f'<html lang="en"><title>a</title><body><h1>a</h1>{markup.format(place)}<p>a</p>', "https://guide.test/a/"), "a4").content
        except Faults as told:
            assert "not fetched" in str(told) or "a.png" in str(told) or place.split(":")[0] in str(told)
        else:
            assert b"EmbeddedFile" not in content and b"secret" not in content
    assert _Counting.asked == []


# --- The same bytes, and the old ones kept -------------------------------------------------------------------------


def command(*words: str, **more: str) -> subprocess.CompletedProcess:
    env = {name: value for name, value in os.environ.items() if name != "CLINIC"}
    return subprocess.run([sys.executable, "-m", "guide", "leaflets", *words], cwd=ROOT, env={**env, "PYTHONUTF8": "1", **more}, capture_output=True, text=True, encoding="utf-8")


def test_the_command_builds_anew_and_gives_the_same_bytes_on_another_day(other: Made, tmp_path: Path) -> None:
    done = command(str(tmp_path / "mine"), CLINIC=str(OTHER_CLINIC), PYTHONHASHSEED="7", TZ="Pacific/Auckland", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.splitlines()) == sorted([*other.told, f"The leaflets stand in {tmp_path / 'mine'}"])
    for file in FILES:
        assert (tmp_path / "mine" / file).read_bytes() == (other.folder / file).read_bytes(), file
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_another_wording_has_another_mark_and_other_markup_has_the_same() -> None:
    assert wording_mark("<article><p>Call us.</p></article>") == wording_mark('<article class="a"><p>Call  us.</p></article>')
    assert wording_mark("<article><p>Call us.</p></article>") != wording_mark("<article><p>Call us now.</p></article>")


def test_a_version_that_is_no_day_is_told(shipped: Made) -> None:
    guide = replace(shipped.guide)
    guide.__dict__["changelog"] = "# What changed\n\n## Soon: all of it\n"
    with pytest.raises(Faults, match="CHANGELOG.md: found “Soon”; begin the newest change with its day"):
        version_day(guide)


def full(at: int) -> Callable[[Path, bytes], int]:
    """A disk that is full at the file with this number."""
    write, calls = Path.write_bytes, []

    def writes(self: Path, content: bytes) -> int:
        calls.append(self)
        if len(calls) == at:
            write(self, content[:100])
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return write(self, content)

    return writes


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with the leaflets of last time, and the folder's own hidden file."""
    folder = tmp_path / "here" / "leaflets"
    folder.mkdir(parents=True)
    for file in FILES:
        (folder / file).write_bytes(b"old")
    (folder / ".keep").write_bytes(b"")
    return folder


def is_as_it_was(folder: Path) -> bool:
    names = sorted(path.name for path in folder.iterdir())
    return names == sorted([*FILES, ".keep"]) and all((folder / file).read_bytes() == b"old" for file in FILES) and [path.name for path in folder.parent.iterdir()] == ["leaflets"]


@pytest.mark.parametrize("at", [1, 4])
def test_a_full_disk_leaves_the_leaflets_of_last_time(at: int, shipped: Made, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "write_bytes", full(at))
    monkeypatch.setattr("guide.leaflets.files._build", lambda root, site: site.symlink_to(shipped.site, target_is_directory=True))
    with pytest.raises(Faults, match="cannot be written .No space left on device.; make room or name another folder; the leaflets of last time are untouched"):
        list(make_leaflets(shipped.guide, old))
    assert is_as_it_was(old)


def test_a_guide_that_cannot_be_built_leaves_the_leaflets_of_last_time(shipped: Made, old: Path, project: Path) -> None:
    (project / "mkdocs.yml").write_text("nav: [", encoding="utf-8")
    with pytest.raises(Faults, match="a guide that could not be built; mend what is told above"):
        list(make_leaflets(replace(shipped.guide, root=project), old))
    assert is_as_it_was(old)


def test_new_leaflets_take_the_old_ones_place_and_hidden_files_stay(shipped: Made, old: Path) -> None:
    write_leaflets(shipped.guide, Engine(), shipped.site, old)
    assert sorted(path.name for path in old.iterdir()) == sorted([*FILES, ".keep"])
    assert all((old / file).read_bytes() == (shipped.folder / file).read_bytes() for file in FILES)


def test_a_folder_with_anything_else_in_it_is_refused(shipped: Made, old: Path) -> None:
    (old / "letter to a patient.odt").write_text("mine", encoding="utf-8")
    with pytest.raises(Faults, match="found “letter to a patient.odt” in it; name a folder for the leaflets alone"):
        list(make_leaflets(shipped.guide, old))
    assert (old / "letter to a patient.odt").read_text(encoding="utf-8") == "mine"


def test_a_file_in_the_folders_place_is_refused_and_stays(shipped: Made, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(Faults, match="mine: found a file; name a folder, or a new one"):
        list(make_leaflets(shipped.guide, tmp_path / "mine"))
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"


# --- Where something is missing ------------------------------------------------------------------------------------

NO_PANGO = "print('-----\\nA page of advice\\n-----')\nraise OSError(\"cannot load library 'libpango-1.0-0': no such file\\nmore lines\")\n"
NO_PACKAGE = "raise ModuleNotFoundError(\"No module named 'weasyprint'\")\n"


@pytest.mark.parametrize(("cause", "found"), [(NO_PANGO, "no library that WeasyPrint can use (cannot load library 'libpango-1.0-0')"), (NO_PACKAGE, "no WeasyPrint")], ids=["no Pango", "no WeasyPrint"])
def test_what_is_missing_is_told_in_one_line_with_what_to_install(cause: str, found: str, tmp_path: Path) -> None:
    (tmp_path / "weasyprint").mkdir()
    (tmp_path / "weasyprint" / "__init__.py").write_text(cause, encoding="utf-8")
    done = command(str(tmp_path / "mine"), PYTHONPATH=str(tmp_path))
    assert done.returncode == 1 and done.stdout == ""
    line, count = done.stderr.splitlines()
    assert line.startswith(f"leaflets: found {found}; ") and count == "1 to mend."
    wanted = ["Debian", "Ubuntu", "Fedora", "macOS", "Windows", "libpango-1.0-0"] if cause == NO_PANGO else ["pip install -r requirements-leaflets.txt"]
    assert [word for word in wanted if word not in line] == []
    assert not (tmp_path / "mine").exists()


def test_the_message_the_readme_and_the_tests_own_installer_name_the_same_packages() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for package in [*install_pango.DEBIAN, *install_pango.FEDORA, "brew install pango", "mingw-w64-ucrt-x86_64-pango"]:
        assert package in LIBRARIES and package in readme, package


def test_the_pinned_weasyprint_is_the_one_that_is_used() -> None:
    pinned = re.search(r"^weasyprint==(\S+)", (ROOT / "requirements-leaflets.txt").read_text(encoding="utf-8"), re.M)[1]
    assert load().__version__ == pinned
    lines = [line for line in (ROOT / "requirements-leaflets.txt").read_text(encoding="utf-8").splitlines() if "==" in line]
    assert all(re.match(r"[A-Za-z0-9]+==[\d.]+ +# \S", line) for line in lines), "an exact pin, and the reason beside it"


# --- The checks notice what they are for ---------------------------------------------------------------------------


def test_the_checks_notice_a_foot_in_the_text_ink_without_a_mark_and_an_order_that_is_not_the_sheets(shipped: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engine_module, "mark_running", None)
    leaflet = read(written(shipped, shipped.guide.clinic, tmp_path))
    assert [side.running for side in leaflet.sides] == [0, 0]
    assert any(not set(side.marks) <= {mark for at, mark in leaflet.parts.every_mark() if at == number} for number, side in enumerate(leaflet.sides))
    plain = io.BytesIO()
    load().HTML(string="<p>One</p><p>Two</p>").write_pdf(plain)
    pdf = PdfReader(plain)
    assert drawn(pdf.pages[0], pdf).unmarked and "/StructTreeRoot" not in pdf.root_object
    swapped = load().HTML(string='<html lang="en"><title>a</title><div style="display: flex"><p style="order: 2">One</p><p>Two</p></div>')
    out = tmp_path / "swapped.pdf"
    swapped.write_pdf(out, pdf_variant="pdf/ua-1")
    assert read(out).says().index("Two") < read(out).says().index("One")


def test_the_check_notices_a_third_side(shipped: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    style = tmp_path / "leaflet.css"
    style.write_text(STYLE.read_text(encoding="utf-8") + ".mg-sheet-list__item { padding-bottom: 20mm } @page { margin: 2mm }", encoding="utf-8")
    monkeypatch.setattr(engine_module, "STYLE", style)
    leaflet = read(written(shipped, shipped.guide.clinic, tmp_path))
    assert len(leaflet.pdf.pages) > MOST_SIDES
    assert any(near_the_edge(page) for page in leaflet.pdf.pages)


def test_the_check_notices_a_heading_alone_at_the_foot_of_a_side(shipped: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    style = tmp_path / "leaflet.css"
    style.write_text(STYLE.read_text(encoding="utf-8") + "h2 { break-after: page }", encoding="utf-8")
    monkeypatch.setattr(engine_module, "STYLE", style)
    assert left_alone(read(written(shipped, shipped.guide.clinic, tmp_path)))
