"""The search finds words as people type them, and where it finds none it still leads on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from axe import HEIGHT, NARROW, WIDE, axe_findings
from guide.project import Guide

SHAPES = ["({})", "({},", "“{}”.", "‘{}’", "&quot;{}&quot;", "{}/other", "{}; other", "{}, other", "{}. Other", "other:{}", "{}?", "other-{}", "[{}]"]
BRANDS = ["Advil", "Eliquis", "acetaminophen"]  # each stands in brackets on its page


def ask(page: Page, address: str, question: str) -> None:
    page.goto(address)
    box = page.locator("input[name=q]")
    if not box.is_visible():
        page.locator(".mg-search__open").click()
    box.fill(question)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_word_is_parted_from_the_signs_beside_it(shape: str, site: Path) -> None:
    config = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))["config"]
    assert "word" in re.split(config["separator"], shape.format("word").replace("&quot;", '"'))


def test_a_decimal_number_is_one_word(site: Path) -> None:
    config = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))["config"]
    assert re.split(config["separator"], "about 0.5 mm") == ["about", "0.5", "mm"]


@pytest.mark.parametrize("word", BRANDS)
def test_search_finds_a_word_that_stands_in_brackets(word: str, page: Page, address: str) -> None:
    ask(page, address, word)
    first = page.locator(".mg-search__results a").first
    first.wait_for()
    expect(page.locator(".mg-search__results mark").filter(has_text=re.compile(word, re.I)).first).to_be_visible()
    expect(page.locator(".mg-search__help")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_question_without_an_answer_leads_to_help(width: int, scheme: str, page: Page, address: str, guide: Guide) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme=scheme)
    ask(page, address, "qzxv")
    help_list = page.locator(".mg-search__help")
    expect(help_list).to_be_visible()
    links = help_list.locator("a").evaluate_all("(links) => links.map((link) => link.href)")
    assert any(link.endswith("aftercare/when-to-call/") for link in links) and any(link.endswith("about/questions/") for link in links)
    numbers = {guide.clinic.phones.main.e164, guide.country.emergency.number}
    assert numbers == {link.removeprefix("tel:") for link in links if link.startswith("tel:")}
    assert min(help_list.locator("a").evaluate_all("(links) => links.map((link) => link.offsetHeight)")) >= 44
    page.keyboard.press("ArrowDown")
    expect(help_list.locator("a").first).to_be_focused()
    assert axe_findings(page) == []
