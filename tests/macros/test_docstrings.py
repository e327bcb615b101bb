"""Every macro is documented by an example that works."""

from __future__ import annotations

import inspect
import re

import pytest
from jinja2 import Environment, StrictUndefined

from guide.macros import BLOCKS, ON_PAGE, PLAIN, bound
from guide.project import Guide

EXAMPLE = re.compile(r"Page: (.+)")


@pytest.mark.parametrize("name", sorted({**PLAIN, **ON_PAGE}))
def test_every_macro_has_an_example_that_renders(name: str, guide: Guide) -> None:
    macro = {**PLAIN, **ON_PAGE}[name]
    example = EXAMPLE.search(inspect.getdoc(macro) or "")
    assert example, f"{name}: give its docstring a line that begins with `Page:` and shows a use"
    notes: dict = {}
    shown = Environment(undefined=StrictUndefined).from_string(example[1]).render(bound(guide, lambda: notes))
    assert "{{" not in shown
    if "{%" not in example[1]:
        assert shown.strip(), f"{name}: its example shows nothing"


@pytest.mark.parametrize("name", sorted(ON_PAGE))
def test_macros_that_take_notes_of_a_page_take_them_by_the_keyword_on(name: str) -> None:
    assert inspect.signature(ON_PAGE[name]).parameters["on"].kind is inspect.Parameter.KEYWORD_ONLY


@pytest.mark.parametrize("name", sorted({**PLAIN, **ON_PAGE}))
def test_what_stands_alone_gives_whole_blocks_and_what_does_not_gives_none(name: str, guide: Guide) -> None:
    example = EXAMPLE.search(inspect.getdoc({**PLAIN, **ON_PAGE}[name]))[1]
    shown = Environment(undefined=StrictUndefined).from_string(example).render(bound(guide, dict))
    assert bool(re.search(r"<(p|div|ul|ol|dl|table|section)\b", shown)) == (name in BLOCKS)
