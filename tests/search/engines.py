"""Three searches over the same pages, each asked in a real browser: ours, Material's own, and Pagefind.

Each engine is served as on a host, gets every query, and gives back the links of its list in the order that a reader sees.
A link to the top of a page counts as one to its title, so that no engine loses by how it writes addresses.
"""

from __future__ import annotations

import gzip
import importlib.util
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import yaml
from mkdocs.utils.yaml import yaml_load
from playwright.sync_api import Browser, Page, Playwright, Request

from conftest import PATIENCE, ROOT, run_build, served
from install_browser import find_browser
from judging import DEEPEST, Ranked
from queries import Query

TITLE = re.compile(r'<h1[^>]*\bid="([^"]+)"')
SCREEN = {"width": 1280, "height": 844}  # pixels: wide enough for every engine to show its box at once

# Material's worker answers without saying to which query; it takes them in turn, so the first that waits is the one.
MATERIAL_SAYS_WHAT_IT_ANSWERED = """
(() => {
  const QUERY = 2, RESULT = 3, waiting = [];
  window.Worker = class extends window.Worker {
    constructor(...values) {
      super(...values);
      this.addEventListener("message", ({ data }) => {
        if (data.type === RESULT) {
          const asked = waiting.shift();
          setTimeout(() => { document.documentElement.dataset.asked = asked; }); // after the theme has drawn the list
        }
      });
    }
    postMessage(message, ...rest) {
      if (message.type === QUERY) waiting.push(message.data);
      super.postMessage(message, ...rest);
    }
  };
})();
"""
READ_MATERIAL = """
(items, deepest) => items.slice(0, deepest).flatMap((item) => [...item.querySelectorAll("a.md-search-result__link")].map((link) => link.href))
"""
START_PAGEFIND = """
async (address) => {
  window.pagefind = await import(`${address}pagefind/pagefind.js`);
  await window.pagefind.init();
}
"""
# The page comes first and its sections below it, as Pagefind's own ready-made list has them.
ASK_PAGEFIND = """
async ([text, deepest]) => {
  const { results } = await window.pagefind.search(text);
  const pages = await Promise.all(results.slice(0, deepest).map((result) => result.data()));
  return pages.flatMap((page) => [page.url, ...page.sub_results.map((section) => section.url)]);
}
"""
READ_OURS = """
(items, deepest) => items.slice(0, deepest).flatMap((item) => [...item.querySelectorAll("a.mg-search__link")].map((link) => link.href))
"""
TIME_OURS = """
([box, text]) => new Promise((answer) => {
  const seen = new MutationObserver(() => {
    if (document.querySelector("[data-mg-asked]")?.dataset.mgAsked === text) {
      seen.disconnect();
      answer(performance.now() - start);
    }
  });
  seen.observe(document.body, { subtree: true, attributeFilter: ["data-mg-asked"] });
  const start = performance.now();
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
})
"""


@dataclass(frozen=True)
class Weight:
    """What a search makes a reader load, up to the first answer; all in bytes.

    files   how many files
    gzip    packed as a host does at its best
    brotli  the same by brotli; None where the package is not installed
    """

    files: int
    gzip: int
    brotli: int | None


@dataclass(frozen=True)
class Times:
    """From a keystroke to the list that answers it, in milliseconds; the search is already loaded."""

    median: float
    worst: float


@dataclass(frozen=True)
class Found:
    """What one engine did.

    answers  what it listed, by the query's id
    weight   what it made the reader load
    times    how fast it was; None where that was not measured
    """

    answers: Mapping[str, Ranked]
    weight: Weight
    times: Times | None = None


Engine = Callable[[Path, Sequence[Query], Browser, Path], Found]  # built site, queries, browser, empty folder of its own


def ours(site: Path, queries: Sequence[Query], browser: Browser, scratch: Path) -> Found:
    """The guide's own search, typed into its box; it says itself which query its list answers."""
    host = scratch / "host"
    with contextmanager(served)(site, host, "/") as address, opened(browser) as page:
        page.goto(address)
        loaded = requested(page)
        box = page.locator("input[name=q]")

        def ask(text: str) -> list[str]:
            box.fill(text)
            page.wait_for_function("(text) => document.querySelector('[data-mg-asked]')?.dataset.mgAsked === text", arg=text)
            return page.locator("ol.mg-search__results > li.mg-search__page").evaluate_all(READ_OURS, DEEPEST)

        first = ask(queries[0].text)
        weight = weight_of(host, loaded)
        listed = {queries[0].id: first} | {query.id: ask(query.text) for query in queries[1:]}
        times = [page.evaluate(TIME_OURS, [box.element_handle(), query.text]) for query in queries]
    return Found(ranked(listed, site), weight, Times(statistics.median(times), max(times)))


def material(site: Path, queries: Sequence[Query], browser: Browser, scratch: Path) -> Found:
    """Material's own box, worker and list, over the same pages built with its own templates.

    site  not looked at: the pages are built anew from their sources
    """
    stock, host = built_with_stock_material(scratch), scratch / "host"
    with contextmanager(served)(stock, host, "/") as address, opened(browser) as page:
        page.add_init_script(MATERIAL_SAYS_WHAT_IT_ANSWERED)
        loaded = requested(page)
        page.goto(address)
        box = page.locator("input.md-search__input")

        def ask(text: str) -> list[str]:
            box.fill(text)
            box.press("End")  # Material listens to keys, not to what the box holds
            page.wait_for_function("(text) => document.documentElement.dataset.asked === text", arg=text)
            return page.locator(".md-search-result__list > .md-search-result__item").evaluate_all(READ_MATERIAL, DEEPEST)

        first = ask(queries[0].text)
        # It loads worker and index with every page, so these are picked by name; its script bundle, which every page needs, is not counted.
        weight = weight_of(host, [path for path in loaded if "search" in path])
        listed = {queries[0].id: first} | {query.id: ask(query.text) for query in queries[1:]}
    return Found(ranked(listed, stock), weight)


def pagefind(site: Path, queries: Sequence[Query], browser: Browser, scratch: Path) -> Found:
    """Pagefind over our built pages, asked by its JavaScript interface, so that no box stands between."""
    host = scratch / "host"
    index_with_pagefind(site, host / "pagefind")
    with contextmanager(served)(site, host, "/") as address, opened(browser) as page:
        page.goto(address)
        loaded = requested(page)
        page.evaluate(START_PAGEFIND, address)

        def ask(text: str) -> list[str]:
            return [address + link.lstrip("/") for link in page.evaluate(ASK_PAGEFIND, [text, DEEPEST])]

        first = ask(queries[0].text)
        weight = weight_of(host, loaded)
        listed = {queries[0].id: first} | {query.id: ask(query.text) for query in queries[1:]}
    return Found(ranked(listed, site), weight)


ENGINES: dict[str, Engine] = {"ours": ours, "material": material, "pagefind": pagefind}


def launched(driver: Playwright) -> Browser:
    """The browser that is there; one serves all engines, one after the other."""
    return driver.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])


@contextmanager
def opened(browser: Browser) -> Iterator[Page]:
    """A page with nothing in its cache, so that each engine loads all it needs; without the guide's policy, which would refuse Pagefind's WebAssembly."""
    context = browser.new_context(viewport=SCREEN, bypass_csp=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def requested(page: Page) -> list[str]:
    """A list that fills with the path of each file that the page asks for from now on.

    The site's little picture is left out: the browser asks for it whenever it has time.
    """
    paths: list[str] = []

    def note(request: Request) -> None:
        path = urlsplit(request.url).path
        if "favicon" not in path:
            paths.append(path)

    page.context.on("request", note)
    return paths


def weight_of(host: Path, paths: Sequence[str]) -> Weight:
    """The weight of served files, each counted once, however often it was asked for.

    host   the folder that is served
    paths  as requested: /search/search_index.json
    """
    files = [(host / path.lstrip("/")).read_bytes() for path in dict.fromkeys(paths)]
    return Weight(len(files), sum(len(gzip.compress(file, 9)) for file in files), brotli_bytes(files))


def brotli_bytes(files: Sequence[bytes]) -> int | None:
    """What files weigh together in brotli, in bytes; None where it is not installed."""
    if importlib.util.find_spec("brotli") is None:
        return None
    import brotli

    return sum(len(brotli.compress(file)) for file in files)


def ranked(listed: Mapping[str, Sequence[str]], site: Path) -> dict[str, Ranked]:
    """Lists of links as lists of pages and headings, by the query's id.

    listed  full addresses, best first
    site    the folder they lead into, served at the root of its host
    """
    titles = title_ids(site)
    return {query: [place_of(link, titles) for link in links] for query, links in listed.items()}


def place_of(link: str, titles: Mapping[str, str]) -> tuple[str, str]:
    """The page and the heading that a link leads to; to the top of a page is to its title.

    titles  the id of each page's title, by the page's address
    """
    address, heading = urldefrag(link)
    page = urlsplit(address).path.lstrip("/")
    return page, heading or titles.get(page, "")


def title_ids(site: Path) -> dict[str, str]:
    """The id of each page's title, by the page's address seen from the site's first folder."""
    found = ((path, TITLE.search(path.read_text(encoding="utf-8"))) for path in site.rglob("index.html"))
    return {path.relative_to(site).as_posix().removesuffix("index.html"): match[1] for path, match in found if match}


def built_with_stock_material(scratch: Path) -> Path:
    """The same pages as Material shows them with nothing of ours round them.

    scratch  an empty folder for the configuration and the site

    Errors: RuntimeError with what MkDocs said, where the build fails.
    """
    config = stock_config((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    (scratch / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    done = run_build(clinic=os.environ.get("CLINIC"), site=scratch / "stock", project=scratch, folder=ROOT)
    if done.returncode:
        raise RuntimeError(f"The pages were not built with stock Material; see stock_config in tests/search/engines.py:\n{done.stderr}")
    return scratch / "stock"


def stock_config(text: str) -> dict:
    """mkdocs.yml with Material's own templates and its search as it comes: pages, menu, macros and Markdown stay.

    text  mkdocs.yml as typed
    """
    config = yaml_load(text)
    for ours_alone in ("extra_css", "extra_javascript", "watch", "dev_addr"):
        config.pop(ours_alone, None)
    others = [plugin for plugin in config["plugins"] if "search" not in plugin]  # one is a name, or a name with its settings
    return {
        **config,
        "docs_dir": str(ROOT / "docs"),
        "hooks": [str(Path(__file__).with_name("stock_hooks.py"))],
        "theme": {"name": "material", "language": "en", "font": False},
        "plugins": ["search", *others],
    }


def index_with_pagefind(site: Path, folder: Path) -> None:
    """Write Pagefind's index of a site's pages: their text, without header, menus and footer.

    folder  where it goes, outside the site: the audit changes nothing that is published

    Errors: subprocess.CalledProcessError where Pagefind fails.
    """
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", str(folder), "--root-selector", "article", "--glob", "**/index.html", "--quiet"]
    subprocess.run(command, check=True)
