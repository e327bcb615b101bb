"""The link kit: messages that fit whatever the clinic is called, a card that is safe anywhere, data that equals the pages, codes that lead there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib
import pytest
import zxingcpp
from PIL import Image

from conftest import ROOT
from guide.faults import Faults
from guide.links.kit import LONGEST_ON_CARD, QUIET, SIZES, Subject, Told, as_typed, in_plain_letters, links, subjects, texts
from guide.links.messages import MOMENTS, WHOLE
from guide.links.model import SCHEMA, Links, schema_text
from guide.links.pages import LONGEST_NAME_ON_CARD, list_page, poster_page, topic_page
from guide.links.septets import MOST, TWO, room
from guide.pages import PageSource, read_pages
from guide.project import LIVELY, Guide
from guide.publish.links import PARTS, told, write_links
from host import header_rules

BOTH = ["shipped", "other"]
LEAST = 20  # millimetres of a printed code on each side
HOSTILE = "</title></textarea></p></div><script>alert(1)</script><img src=x onerror=alert(1)>\"'> {{ 7*7 }} {link} {0} &lt; *a* `b`"
# Names that the clinic file allows, and how they look to a network.
NAMES = {
    "short": "Ki",
    "usual": "Mill Lane Skin Clinic",
    "as long as a message": "a" * 160,
    "as long as may be": "The Very Long Name of a Clinic " * 9 + "of Skin and of Many Words",
    "signs that count twice": "[Skin] ~ {Clinic} ^ €uro | \\" * 5,
    "letters of another alphabet": "عيادة الجلد",
    "one letter of another alphabet": "Klinik Başkent",
    "blanks": "{link} {topic} {phone.__class__}",
    "a script": HOSTILE,
}
PHONES = {"short": "911 0000", "long": "+44 (0)20 7946 0958", "odd spaces": "020\u00a07946\u202f0958", "odd hyphens": "020\u20117946\u20130958"}
SITES = {
    "short": ("https://a.bc", "/"),
    "usual": ("https://guide.obrien.test", "/needling/"),
    "long": ("https://patients.the-long-name-of-a-clinic.example.org", "/guide-to-microneedling/"),
    "beyond measure": ("https://" + "a" * 60 + "." + "b" * 60 + ".test", "/" + "c" * 100 + "/"),
}


@pytest.fixture
def of(request: pytest.FixtureRequest) -> SimpleNamespace:
    """A clinic's guide with its pages, its built site, and links.json as read."""
    names = {"shipped": ("site", "guide"), "other": ("other_site", "other_guide")}[request.param]
    site, guide = (request.getfixturevalue(name) for name in names)
    return SimpleNamespace(site=site, guide=with_pages(guide), data=json.loads((site / "links.json").read_text(encoding="utf-8")))


def with_pages(guide: Guide) -> Guide:
    return replace(guide, pages=tuple(read_pages(ROOT / "docs")))


def at(guide: Guide, name: str = "Ki", phone: str | None = None, site: tuple[str, str] | None = None) -> Guide:
    """The guide as if its clinic had another name, number or address."""
    clinic = guide.clinic
    changes: dict[str, object] = {"name": name}
    if phone:
        changes["phones"] = clinic.phones.model_copy(update={"main": clinic.phones.main.model_copy(update={"number": phone})})
    if site:
        changes["site"] = clinic.site.model_copy(update={"address": site[0], "base_path": site[1]})
    return replace(with_pages(guide), clinic=clinic.model_copy(update=changes))


@pytest.fixture(scope="module")
def answers(site: Path, guide: Guide) -> dict[str, Told]:
    return told(guide, site)


def parsed(text: str) -> Element:
    return html5lib.parse(text, namespaceHTMLElements=False)


def page(site: Path, address: str) -> Element:
    return parsed((site / address / "index.html").read_text(encoding="utf-8"))


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def every(data: dict) -> Iterator[dict]:
    """The guide as a whole and each topic, as links.json has them."""
    yield data["whole"]
    yield from data["topics"]


# --- Messages -------------------------------------------------------------------------------------------------------


def all_texts(guide: Guide, answers: dict[str, Told]) -> Iterator[tuple[Subject, str, object]]:
    """Each message of each topic, with its subject and its moment."""
    for subject in subjects(guide, answers):
        found = texts(guide, subject)
        assert set(found) == set(MOMENTS)
        yield from ((subject, moment, text) for moment, text in found.items())


@pytest.mark.parametrize("site_name", [name for name in SITES if name != "beyond measure"])
@pytest.mark.parametrize("name", NAMES)
def test_each_message_fits_into_one_and_keeps_the_link_and_whom_to_call(name: str, site_name: str, guide: Guide, answers: dict[str, Told]) -> None:
    odd = at(guide, NAMES[name], PHONES["long"], SITES[site_name])
    for subject, moment, text in all_texts(odd, answers):
        assert text is not None, (subject.slug, moment)
        taken = room(text.text)
        assert len(text.text) == text.characters <= 160 and (taken.alphabet, taken.units) == (text.alphabet, text.units)
        assert text.units <= MOST[text.alphabet]
        assert f" {subject.link} " in text.text and PHONES["long"] in text.text
        assert subject.urgent <= ("911" in text.text) and (moment == "before" or "Emergency: call 911" in text.text)
        assert ("clinic" in text.left_out) != (NAMES[name] in text.text)
        assert ("topic" in text.left_out) != (f'"{subject.name}"' in text.text)


def test_the_topics_name_goes_first_and_a_name_in_other_letters_goes_where_it_would_not_fit(guide: Guide, answers: dict[str, Told]) -> None:
    left = lambda name: {tuple(text.left_out) for *_, text in all_texts(at(guide, name), answers)}  # noqa: E731  three uses below
    assert left("Ki") <= {(), ("topic",)} and () in left("Ki")
    assert ("topic",) in left("Mill Lane Skin Clinic")
    assert left("عيادة الجلد") <= {("clinic",), ("clinic", "topic")}
    assert {text.alphabet for *_, text in all_texts(at(guide, "عيادة الجلد"), answers)} == {"GSM-7"}


@pytest.mark.parametrize("phone", PHONES)
def test_no_sign_of_a_telephone_number_makes_a_message_hold_less(phone: str, guide: Guide, answers: dict[str, Told]) -> None:
    assert {text.alphabet for *_, text in all_texts(at(guide, phone=PHONES[phone]), answers)} == {"GSM-7"}


def test_where_even_the_link_is_too_long_there_is_no_message_and_the_page_says_why(guide: Guide, answers: dict[str, Told]) -> None:
    odd = at(guide, site=SITES["beyond measure"])
    every_subject = list(subjects(odd, answers))
    kit = links(odd, every_subject)
    assert all(text is None for topic in kit.topics for text in topic.texts.values())
    shown = text_of(parsed(topic_page(odd, every_subject[1], kit.topics[0])).find(".//main"))
    assert shown.count(odd.words["links"]["no_text"]) == len(MOMENTS)
    assert kit.topics[0].posters.card is None and odd.words["links"]["no_card"] in shown
    assert kit.topics[0].email.body.count(kit.topics[0].link) == 1


def test_a_page_says_when_the_clinics_name_is_not_in_the_alphabet_of_messages(guide: Guide, answers: dict[str, Told]) -> None:
    for name, expected in (("Klinik Başkent", True), ("Mill Lane", False)):
        odd = at(guide, name)
        subject = next(subjects(odd, answers))
        assert (odd.words["links"]["other_letters"] in text_of(parsed(topic_page(odd, subject, links(odd, [subject, subject]).whole)))) == expected


def test_the_country_settles_the_emergency_number(other_guide: Guide, answers: dict[str, Told]) -> None:
    assert all("999" in text.text for subject, moment, text in all_texts(with_pages(other_guide), answers) if subject.urgent or moment != "before")


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_the_e_mail_says_whose_it_is_whom_to_call_and_that_it_is_no_advice(of: SimpleNamespace) -> None:
    for topic in every(of.data):
        mail = topic["email"]
        clinic = of.guide.clinic
        after = clinic.phones.after_hours
        wanted = [topic["link"], topic["question"], clinic.name, clinic.phones.main.display, after.number.display if after.number else after.text, of.guide.country.emergency.number, "not advice for you"]
        assert [part for part in wanted if part not in mail["body"]] == []
        assert topic["name"] not in mail["subject"] and "\n" not in mail["subject"]


# --- The card -------------------------------------------------------------------------------------------------------

IN_CARD = {"div": {"lang"}, "p": set(), "strong": set(), "small": set(), "bdi": set(), "a": {"href", "rel"}}


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_a_card_holds_nothing_that_a_website_could_refuse_and_leads_there(of: SimpleNamespace) -> None:
    for topic in every(of.data):
        whole = html5lib.parseFragment(topic["html"], namespaceHTMLElements=False)
        assert [element.tag for element in whole] == ["div"] and not (whole.text or "").strip()
        assert all(set(element.attrib) <= IN_CARD[element.tag] for element in whole[0].iter())
        [link] = whole.iter("a")
        assert link.get("href") == topic["link"] and link.get("href").startswith("https://") and link.get("rel") == "noopener noreferrer"
        said = text_of(whole)
        wanted = [topic["question"], topic["answer"], topic["name"], of.guide.words["shell"]["guide_name"], of.guide.clinic.name, of.guide.words["links"]["card_general"]]
        assert [part for part in wanted if " ".join(part.split()) not in said] == []
        assert not topic["urgent"] or of.guide.country.emergency.number in said


def strict_faults(html: str) -> list[tuple]:
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    parser.parseFragment(html)
    return parser.errors


def test_a_card_is_valid_by_itself(of_shipped: dict) -> None:
    assert [topic["slug"] for topic in every(of_shipped) if strict_faults(topic["html"])] == []
    assert strict_faults("<p><div></p>")


@pytest.fixture
def of_shipped(site: Path) -> dict:
    return json.loads((site / "links.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_each_answer_is_one_sentence_that_stands_by_itself(of: SimpleNamespace) -> None:
    for topic in every(of.data):
        assert topic["answer"].endswith((".", "?")) and len(topic["answer"]) > 12, topic["slug"]
        assert not re.search(r"\b(below|above(?! all)|this list|beside)\b", topic["answer"]), f"{topic['slug']}: name it under `described` in data/messages.yml"


# --- Values that could do something ---------------------------------------------------------------------------------


def shown(guide: Guide, value: str) -> list[Element]:
    """Every page and the card, with one text in all places that take one."""
    changed = at(guide, f"{value} clinic")
    after = changed.clinic.phones.after_hours.model_copy(update={"number": None, "text": f"{value} after"})
    changed = replace(changed, clinic=changed.clinic.model_copy(update={"phones": changed.clinic.phones.model_copy(update={"after_hours": after})}))
    subject = Subject("sun", f"{value} topic", Told(f"{value} question", f"{value} answer"), "https://a.bc/", f"a.bc/{value}", "https://a.test/", urgent=True)
    kit = links(changed, [subject, subject])
    pages = [list_page(changed, [subject, subject]), topic_page(changed, subject, kit.whole), *(poster_page(changed, subject, size) for size in SIZES)]
    return [*(parsed(str(each)) for each in pages), html5lib.parseFragment(kit.whole.html, namespaceHTMLElements=False)]


@pytest.mark.parametrize("hostile", ["</textarea><script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{{ 7*7 }} {link} {0} &lt; *a* _b_ [c](d)", "</h1></title></p></bdi><h1>x <!-- "])
def test_whatever_a_value_holds_shows_as_typed(hostile: str, guide: Guide) -> None:
    typed = hostile.strip()
    harmless = "".join("€" if sign in TWO else "H" for sign in typed)  # as long in a message, sign by sign
    as_html = LIVELY.sub(lambda sign: f"&#{ord(sign[0])};", typed)  # as a card has it, which a box shows as text
    proved = 0
    for odd, plain in zip(shown(guide, typed), shown(guide, harmless), strict=True):
        before, after = list(plain.iter()), list(odd.iter())
        assert [element.tag for element in after] == [element.tag for element in before]
        for one, other in zip(before, after, strict=True):
            expected = as_html if one.get("id") == "html" else typed
            assert {name: value.replace(harmless, typed) for name, value in one.attrib.items()} == other.attrib
            assert (other.text or "") == (one.text or "").replace(harmless, expected), one.attrib
            proved += one.get("id") in MOMENTS and harmless in one.text
    assert proved, "no message holds the value, so nothing is proved of messages"


def test_the_comparison_finds_a_value_that_is_not_escaped(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guide.project.LIVELY", re.compile("[&]"))
    with pytest.raises(AssertionError):
        test_whatever_a_value_holds_shows_as_typed("</textarea><script>alert(1)</script>", guide)


# --- links.json -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_the_data_holds_each_topic_in_order_and_is_as_its_model_has_it(of: SimpleNamespace) -> None:
    read = Links.model_validate(of.data)
    assert [topic.slug for topic in read.topics] == list(of.guide.library.topics) and read.whole.slug == WHOLE
    assert read.clinic.name == of.guide.clinic.name and read.clinic.phone_to_dial == of.guide.clinic.phones.main.e164
    assert read.example == bool(of.guide.clinic.example_values())
    assert [moment.id for moment in read.moments] == list(MOMENTS)
    for topic in read.topics:
        assert topic.link == f"{of.guide.clinic.site_url}go/{topic.slug}/"
        assert topic.page.startswith(of.guide.clinic.site_url) and "#" in topic.page


def check(schema: Path, data: Path) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), str(data)], capture_output=True, text=True, check=False)


def test_the_data_keeps_its_json_schema_and_a_slip_in_it_is_found(site: Path, other_site: Path, tmp_path: Path) -> None:
    schema = ROOT / "data" / SCHEMA
    for data in (site / "links.json", other_site / "links.json"):
        done = check(schema, data)
        assert done.returncode == 0, done.stdout
    slipped = tmp_path / "links.json"
    slipped.write_text((site / "links.json").read_text(encoding="utf-8").replace('"slug":"sun"', '"slug":"Sun"', 1), encoding="utf-8")
    assert check(schema, slipped).returncode == 1


def test_the_schema_is_fresh_and_stands_beside_the_data(site: Path) -> None:
    assert (ROOT / "data" / SCHEMA).read_text(encoding="utf-8") == schema_text(), "run `make schema`"
    assert (site / SCHEMA).read_bytes() == (ROOT / "data" / SCHEMA).read_bytes()


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_every_address_in_the_data_is_there(of: SimpleNamespace) -> None:
    for topic in every(of.data):
        addresses = [topic["link"], topic["kit"], topic["qr"]["svg"], topic["qr"]["png"], topic["page"].partition("#")[0], *filter(None, topic["posters"].values())]
        for address in addresses:
            path = of.site / address.removeprefix(of.guide.clinic.site_url)
            assert path.is_file() or (path / "index.html").is_file(), address


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_the_data_equals_what_each_page_shows(of: SimpleNamespace) -> None:
    for topic in every(of.data):
        tree = page(of.site, f"links/{topic['slug']}")
        boxes = {box.get("id"): box.text for box in tree.iter("textarea")}
        expected = {"link": topic["link"], "subject": topic["email"]["subject"], "body": topic["email"]["body"], "html": topic["html"], **{moment: text["text"] for moment, text in topic["texts"].items() if text}}
        assert boxes == expected, topic["slug"]
        preview = next(element for element in tree.iter("div") if element.get("class") == "mg-link-preview")
        assert text_of(preview) == text_of(html5lib.parseFragment(topic["html"], namespaceHTMLElements=False))


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_any_website_may_read_the_data_and_nothing_else(of: SimpleNamespace) -> None:
    rules = header_rules((of.site / "_headers").read_text(encoding="utf-8"))
    assert [address for address, headers in rules.items() if "Access-Control-Allow-Origin" in headers] == [f"{of.guide.clinic.site.base_path}links.json"]


# --- The pages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_the_list_leads_to_each_topic_by_name(of: SimpleNamespace) -> None:
    main = page(of.site, "links").find(".//main")
    named = {text_of(link): (of.site / "links" / link.get("href")).resolve() for link in main.iter("a")}
    for subject in every(of.data):
        assert named[" ".join(subject["name"].split())] == (of.site / "links" / subject["slug"] / "index.html").resolve()


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_while_a_value_is_an_example_the_kit_and_each_sheet_say_so(of: SimpleNamespace) -> None:
    example = bool(of.guide.clinic.example_values())
    assert example == (of.guide.clinic.name == "Example Skin Clinic")
    banner, warning = of.guide.words["shell"]["example_banner"], of.guide.words["links"]["example"]
    for address in ("links", "links/guide", "links/sun"):
        said = text_of(page(of.site, address))
        assert (warning in said) == (banner in said) == example, address
    for size in SIZES:
        assert (banner in text_of(page(of.site, f"links/sun/{size}").find(".//section"))) == example, size


def test_search_engines_are_asked_to_leave_the_kit_out_and_patients_pages_load_nothing_of_it(other_site: Path) -> None:
    for file in (other_site / "links").rglob("index.html"):
        assert file.read_text(encoding="utf-8").count('<meta name="robots" content="noindex">') == 1, file
    assert "/links/" not in (other_site / "sitemap.xml").read_text(encoding="utf-8") and '"links/' not in (other_site / "search" / "index.json").read_text(encoding="utf-8")
    assert "mg-poster" not in (other_site / "assets" / "css" / "guide.css").read_text(encoding="utf-8")
    assert "links.css" not in (other_site / "index.html").read_text(encoding="utf-8")
    assert "mg-poster" in (other_site / "assets" / "css" / "links.css").read_text(encoding="utf-8") and not (other_site / PARTS).exists()


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_the_pages_hold_no_script_no_style_and_nothing_of_another_host(of: SimpleNamespace) -> None:
    for file in (of.site / "links").rglob("index.html"):
        tree = page(file.parent, "")
        assert not [element.tag for element in tree.iter() if element.tag in ("script", "style", "iframe", "object", "form")], file
        assert not [name for element in tree.iter() for name in element.attrib if name == "style" or name.startswith("on")]
        fetched = [element.get("src") or element.get("href") for element in tree.iter() if element.tag == "img" or element.get("rel") in ("icon", "stylesheet")]
        assert fetched and all((file.parent / each).is_file() for each in fetched), file
        assert tree.get("lang") == "en" and len(tree.findall(".//h1")) == 1 and len(tree.findall(".//main")) == 1


def test_a_page_in_the_place_of_the_kit_is_told(guide: Guide, site: Path, tmp_path: Path) -> None:
    odd = replace(guide, pages=(PageSource("links/mine.md", "# Mine"),))
    with pytest.raises(Faults, match="a page where the link kit stands"):
        write_links(odd, Path(shutil.copytree(site, tmp_path / "site")))


# --- Posters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_each_sheet_has_the_question_the_code_the_address_to_type_and_whom_to_call(of: SimpleNamespace) -> None:
    for topic in every(of.data):
        for size, address in topic["posters"].items():
            sheet = page(of.site, f"links/{topic['slug']}/{size}").find(".//section")
            said = text_of(sheet)
            wanted = [topic["question"], as_typed(topic["link"]), of.guide.clinic.name, of.guide.clinic.phones.main.display, of.guide.words["links"]["general"]]
            assert [part for part in wanted if " ".join(part.split()) not in said] == [], address
            assert not topic["urgent"] or of.guide.country.emergency.number in said
            [picture] = sheet.iter("img")
            assert picture.get("src") == "../qr.svg" and as_typed(topic["link"]) in picture.get("alt")


def test_a_card_leaves_out_a_name_that_it_has_no_room_for_and_larger_sheets_keep_it(guide: Guide, answers: dict[str, Told]) -> None:
    for name in ("a" * LONGEST_NAME_ON_CARD, "a" * (LONGEST_NAME_ON_CARD + 1)):
        odd = at(guide, name)
        subject = next(subjects(odd, answers))
        assert {size: name in text_of(parsed(str(poster_page(odd, subject, size))).find(".//section")) for size in SIZES} == dict.fromkeys(SIZES, True) | {"card": len(name) <= LONGEST_NAME_ON_CARD}
        assert as_typed(odd.clinic.site_url) in text_of(parsed(str(poster_page(odd, subject, "card"))).find(".//section"))


def test_there_is_no_card_for_an_address_that_is_too_long_for_one(guide: Guide, answers: dict[str, Told]) -> None:
    fits = "a" * (LONGEST_ON_CARD - len("/go/sun") - len(".test") - 1 - len("b" * 40))
    for more, there in (("", True), ("a", False)):
        odd = at(guide, site=(f"https://{'b' * 40}.{fits}{more}.test", "/"))
        sun = next(subject for subject in subjects(odd, answers) if subject.slug == "sun")
        assert bool(links(odd, [sun, sun]).whole.posters.card) == there, len(sun.typed)


# --- QR codes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_each_picture_of_a_code_leads_to_the_short_address(of: SimpleNamespace) -> None:
    for topic in every(of.data):
        with Image.open(of.site / "links" / topic["slug"] / "qr.png") as picture:
            [read] = zxingcpp.read_barcodes(picture)
            assert read.text == topic["link"] and read.format == zxingcpp.BarcodeFormat.QRCode
            modules = topic["qr"]["modules"] + 2 * QUIET
            assert picture.width == picture.height and picture.width % modules == 0
            assert picture.info["dpi"][0] == pytest.approx(254, abs=1) and picture.width / 10 == modules
            assert_quiet(picture.convert("L"), picture.width // modules)


def assert_quiet(picture: Image.Image, module: int) -> None:
    """Four modules at each side are white, and the fifth is not."""
    wide = picture.width
    edge = QUIET * module
    for box in ((0, 0, wide, edge), (0, wide - edge, wide, wide), (0, 0, edge, wide), (wide - edge, 0, wide, wide)):
        assert picture.crop(box).getextrema() == (255, 255)
    assert picture.getpixel((edge + 1, edge + 1)) == 0


def test_a_code_without_its_white_edge_is_found(site: Path) -> None:
    with Image.open(site / "links" / "sun" / "qr.png") as picture, pytest.raises(AssertionError):
        assert_quiet(picture.convert("L").crop((10, 10, picture.width - 10, picture.width - 10)), 10)


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_each_drawing_of_a_code_says_its_size_in_millimetres_and_where_it_leads(of: SimpleNamespace) -> None:
    for topic in every(of.data):
        drawing = ElementTree.fromstring((of.site / "links" / topic["slug"] / "qr.svg").read_bytes())
        modules = topic["qr"]["modules"]
        assert drawing.get("width") == drawing.get("height") == f"{modules + 2 * QUIET}mm" and modules >= LEAST and topic["qr"]["millimetres"] == modules
        assert drawing.get("viewBox") == f"0 0 {modules + 2 * QUIET} {modules + 2 * QUIET}"
        assert drawing.find("{*}title").text == as_typed(topic["link"])
        assert not [element.tag for element in drawing.iter() if element.tag.rpartition("}")[2] not in ("svg", "title", "path")]
        assert not [name for element in drawing.iter() for name in element.attrib if name == "style" or name.startswith("on")]


# --- Addresses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("https://guide.example.com/go/sun/", "https://guide.example.com/go/sun/"),
        ("https://guide.søn.test/a/", "https://guide.xn--sn-lka.test/a/"),
        ("https://MÜNCHEN.test:8443/", "https://xn--mnchen-3ya.test:8443/"),
        ("https://straße.test/", "https://straße.test/"),  # the older standard, which Python has, would make another host of it
    ],
)
def test_the_host_of_a_link_is_written_in_plain_letters_where_that_is_the_same_host(address: str, plain: str) -> None:
    assert in_plain_letters(address) == plain


def test_an_address_to_type_has_neither_what_browsers_add_before_nor_after() -> None:
    assert as_typed("https://example.com/go/sun/") == "example.com/go/sun" and as_typed("https://example.com/") == "example.com"
