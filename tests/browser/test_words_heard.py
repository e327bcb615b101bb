"""What a page says of itself to a reader who hears it: its parts, headings, links, tables and language, on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from test_every_page import HEIGHT, NARROW, PATHS, WIDE
from test_search import ask

# Words that say nothing of where a link leads when it is heard by itself.
EMPTY_WORDS = re.compile(
    r"(click |tap |press )?(here|this|that|it|more|read (more|on|this)|learn more|find out more|see more|this (page|link|one|part|section)|the page|link|page|details|continue|go|start|next|back|previous|above|below)", re.I
)
HEARD = """() => {
  const shown = (element) => element.checkVisibility() && !element.closest("[aria-hidden=true], [hidden]");
  const words = (text) => (text ?? "").replace(/\\s+/g, " ").trim();
  const label = (element) => {
    const by = (element.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean).map((id) => document.getElementById(id)?.textContent).join(" ");
    return words(by || element.getAttribute("aria-label"));
  };
  const spoken = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("[aria-hidden=true], [popover], svg title, svg desc").forEach((part) => part.remove());
    copy.querySelectorAll("img[alt]").forEach((image) => image.replaceWith(image.alt));
    return words(copy.textContent);
  };
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  const outside = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const holder = walk.currentNode.parentElement;
    if (words(walk.currentNode.data) && shown(holder) && !holder.closest("script, style, noscript, header, nav, main, footer, aside, .md-skip, [role=search], section[aria-label], [role=region]")) outside.push(words(walk.currentNode.data).slice(0, 60));
  }
  return {
    title: document.title,
    language: document.documentElement.lang,
    mains: all("main").length,
    banners: all("header").filter((header) => !header.closest("main, article, section, nav, aside")).length,
    footers: all("footer").filter((footer) => !footer.closest("main, article, section, nav, aside")).length,
    navs: all("nav").map(label),
    groups: all("main section, [role=group], [role=region], fieldset").filter((part) => part.matches("[role], [aria-label], [aria-labelledby]")).map(label),
    outside,
    headings: all("h1, h2, h3, h4, h5, h6").map((heading) => [Number(heading.localName[1]), words(heading.textContent)]),
    links: all("a[href]").map((link) => [label(link) || spoken(link), link.href]),
    buttons: all("button, summary").map((button) => label(button) || spoken(button)),
    tables: all("table").map((table) => ({
      name: label(table) || words(table.caption?.textContent),
      columns: [...table.querySelectorAll("thead th")].map((cell) => [words(cell.textContent), cell.scope]),
      rows: [...table.querySelectorAll("tbody tr")].map((row) => row.querySelectorAll("th[scope=row]").length),
      widths: [...table.querySelectorAll("tr")].map((row) => row.cells.length),
    })),
    pictures: [...document.querySelectorAll("img:not([alt]), svg:not([aria-hidden=true]):not([role=img])")].map((picture) => picture.outerHTML.slice(0, 80)),
  };
}"""


@pytest.fixture
def still(browser: Browser) -> Iterator[Page]:
    """A page at phone width on which nothing moves."""
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def parts_amiss(heard: dict) -> Iterator[str]:
    """What is wrong with the parts of a page and their names."""
    for part in ("mains", "banners", "footers"):
        if heard[part] != 1:
            yield f"{heard[part]} {part}, where a page has one"
    if "" in heard["navs"]:
        yield "a nav without a name"
    if len(set(heard["navs"])) < len(heard["navs"]):
        yield f"two navs of one name: {heard['navs']}"
    if "" in heard["groups"]:
        yield "a part without a name"
    yield from (f"outside every landmark: {text}" for text in heard["outside"])
    yield from (f"a picture that says nothing of itself: {picture}" for picture in heard["pictures"])
    if heard["language"] != "en":
        yield f"the language {heard['language']!r}"


def headings_amiss(heard: dict) -> Iterator[str]:
    """What is wrong with the headings of a page."""
    levels = [level for level, _ in heard["headings"]]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of level 1, where a page has one"
    if levels and levels[0] != 1:
        yield f"a heading before the title: {heard['headings'][0][1]}"
    for (level, _), (next_level, text) in zip(heard["headings"], heard["headings"][1:], strict=False):
        if next_level > level + 1:
            yield f"level {next_level} after level {level}: {text}"
    yield from ("a heading of no words" for _, text in heard["headings"] if not text)


def links_amiss(heard: dict) -> Iterator[str]:
    """What is wrong with the words of links and buttons, heard by themselves."""
    places: dict[str, str] = {}
    for text, place in heard["links"]:
        bare = text.strip(" .,:;!?→›").casefold()
        if not bare or EMPTY_WORDS.fullmatch(bare):
            yield f"a link that says only {text!r}"
        elif places.setdefault(bare, place) != place:
            yield f"{text!r} leads to {places[bare]} and to {place}"
    yield from ("a button without words" for text in heard["buttons"] if not text)


def tables_amiss(heard: dict) -> Iterator[str]:
    """What is wrong with the names and headers of tables."""
    names = [table["name"] for table in heard["tables"]]
    for table in heard["tables"]:
        if not table["name"]:
            yield "a table without a caption"
        if len(table["columns"]) < 2 or any(not text or scope != "col" for text, scope in table["columns"]):
            yield f"{table['name']}: a column without a header"
        if any(count != 1 for count in table["rows"]):
            yield f"{table['name']}: a row without its header"
        if len(set(table["widths"])) > 1:
            yield f"{table['name']}: rows of {set(table['widths'])} cells"
    if len(set(names)) < len(names):
        yield f"two tables of one name: {names}"


def all_amiss(page: Page) -> list[str]:
    heard = page.evaluate(HEARD)
    return [told for check in (parts_amiss, headings_amiss, links_amiss, tables_amiss) for told in check(heard)]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_makes_sense_to_a_reader_who_hears_it(path: str, still: Page, address: str) -> None:
    still.goto(f"{address}{path}")
    for width in (NARROW, WIDE):
        still.set_viewport_size({"width": width, "height": HEIGHT})
        still.locator("main details").evaluate_all("(all) => all.forEach((each) => (each.open = true))")
        assert all_amiss(still) == [], width


@pytest.mark.parametrize("path", ["", "about/the-clinic/", "aftercare/first-days/"])
def test_the_second_clinics_pages_make_sense_too(path: str, still: Page, other_address: str) -> None:
    still.goto(f"{other_address}{path}")
    assert all_amiss(still) == []


# A result leads to the title of a page, where a link elsewhere leads to the page: that is one place.
TO_ITS_TITLE = re.compile(r"'.+' leads to (\S+?/)(?:#\S+ and to \1| and to \1#\S+)")


@pytest.mark.parametrize("question", ["scars", "fever", "qzxv"])
@pytest.mark.parametrize("path", ["404.html", "aftercare/first-days/"])
def test_what_the_search_shows_makes_sense_when_heard(path: str, question: str, still: Page, address: str) -> None:
    still.goto(f"{address}{path}")
    for width in (NARROW, WIDE):
        still.set_viewport_size({"width": width, "height": HEIGHT})
        ask(still, question)
        assert [told for told in all_amiss(still) if not TO_ITS_TITLE.fullmatch(told)] == [], width


def test_no_two_pages_have_one_title(still: Page, address: str) -> None:
    titles: dict[str, str] = {}
    for path in PATHS:
        title = re.search(r"<title>(.+)</title>", still.request.get(f"{address}{path}").text())[1]
        assert title not in titles, f"{path} and {titles[title]} are both called {title}"
        titles[title] = path


AMISS = {
    "2 mains": "<main>Two</main>",
    "2 banners": "<header>Two</header>",
    "a nav without a name": "<nav>Two</nav>",
    "two navs of one name": "<nav aria-label='A'>One</nav><nav aria-label='A'>Two</nav>",
    "outside every landmark": "<p>Lost</p>",
    "a picture that says nothing": "<svg viewBox='0 0 1 1'></svg>",
    "2 headings of level 1": "<section><h1>Two</h1></section>",
    "level 6 after": "<section><h6>Small</h6></section>",
    "a heading of no words": "<section><h2></h2></section>",
    "a link that says only 'here'": "<p>Look <a href='#a'>here</a>.</p>",
    "a link that says only 'Read more.'": "<p><a href='#a'>Read more.</a></p>",
    "a link that says only ''": "<p><a href='#a'></a></p>",
    "'Sun' leads to": "<p><a href='#a'>Sun</a> <a href='#b'>Sun</a></p>",
    "a button without words": "<button></button>",
    "a table without a caption": "<table><thead><tr><th scope=col>A</th><th scope=col>B</th></tr></thead><tbody><tr><th scope=row>1</th><td>2</td></tr></tbody></table>",
    "a column without a header": "<table><caption>C</caption><thead><tr><th scope=col></th><th scope=col>B</th></tr></thead><tbody><tr><th scope=row>1</th><td>2</td></tr></tbody></table>",
    "a row without its header": "<table><caption>C</caption><thead><tr><th scope=col>A</th><th scope=col>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
    "rows of": "<table><caption>C</caption><thead><tr><th scope=col>A</th><th scope=col>B</th></tr></thead><tbody><tr><th scope=row>1</th></tr></tbody></table>",
}


@pytest.mark.parametrize("fault", AMISS)
def test_what_makes_no_sense_is_found(fault: str, still: Page, address: str) -> None:
    still.goto(f"{address}404.html")
    still.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", AMISS[fault])
    assert any(fault in told for told in all_amiss(still))


def test_a_page_in_another_language_is_found(still: Page, address: str) -> None:
    still.goto(f"{address}404.html")
    still.evaluate("document.documentElement.lang = 'de'")
    assert all_amiss(still) == ["the language 'de'"]
