"""Every option has the same rows in the same order, and leads to its own part and to the page that says more."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from guide.macros.options import options_in_full, options_overview
from guide.project import Guide


def test_options_have_the_same_rows_in_the_same_order(guide: Guide) -> None:
    page = html.unescape(options_in_full(guide, on={}))
    articles = re.findall(r"<article.*?</article>", page, re.S)
    rows = [re.findall(r"<dt>(.*?)</dt>", article) for article in articles]
    assert len(articles) == len(guide.library.options)
    assert all(each == rows[0] for each in rows)
    assert len(rows[0]) == 11, "options.css lines up eleven rows"


def test_each_name_in_the_overview_leads_to_the_part_of_that_option(guide: Guide) -> None:
    wanted = re.findall(r'href="#(option-[a-z-]+)"', options_overview(guide, on={}))
    assert wanted == [f"option-{name}" for name in guide.library.options]
    assert re.findall(r'<h4 class="mg-options__name" id="([a-z-]+)"', options_in_full(guide, on={})) == wanted


def test_every_option_shows_its_sources_and_its_full_texts(guide: Guide) -> None:
    on: dict = {}
    page = html.unescape(options_in_full(guide, on=on))
    for option in guide.library.options.values():
        assert option.how_well in page and option.harms in page and option.cost_why in page
        assert set(option.sources) <= set(on["cited"])


def test_links_of_options_are_seen_from_the_page_they_stand_on(guide: Guide) -> None:
    option = next(iter(guide.library.options.values())).model_copy(update={"page": "options/rf-needling.md#heat"})
    alone = replace(guide, library=replace(guide.library, options={option.id: option}))
    assert 'href="../../options/rf-needling/#heat"' in options_in_full(alone, on={"to_root": "../../"})


def test_a_cost_is_said_in_words_before_its_reason(guide: Guide) -> None:
    option = next(iter(guide.library.options.values())).model_copy(update={"cost_class": "not-known", "cost_why": "We found no prices."})
    alone = replace(guide, library=replace(guide.library, options={option.id: option}))
    assert "<dd>Not known. We found no prices.</dd>" in html.unescape(options_in_full(alone, on={}))
