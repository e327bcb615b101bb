"""Permanent links in a browser that runs no script: at the root of a host, in a folder of it, from a disk, and under a strict policy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from axe import HEIGHT, NARROW, in_all_settings
from conftest import ROOT, served
from guide.entries import Move
from guide.pages import read_pages
from guide.project import Guide
from guide.publish.permanent import write_permanent

# What a host may allow these pages at the most.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A page at phone width on which nothing moves, in a browser that runs no script."""
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT}, java_script_enabled=False, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def minded(browser: Browser) -> Iterator[Page]:
    """A page in a browser that keeps to a page's policy, as readers' browsers do."""
    context = browser.new_context(bypass_csp=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module", params=["/", "/patients/microneedling/"])
def host(request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the guide on a host that does nothing by itself."""
    yield from served(site, tmp_path_factory.mktemp("plain-host"), request.param)


def assert_at(page: Page, address: str, heading: str) -> None:
    """The browser has come to an address, and the heading it asks for is in view."""
    page.wait_for_url(address)
    assert page.locator(f"[id='{heading}']").evaluate("(element) => element.matches(':target')")


def test_each_short_address_leads_to_its_heading_without_a_script(host: str, scriptless: Page, guide: Guide) -> None:
    for topic in guide.library.topics.values():
        scriptless.goto(f"{host}go/{topic.slug}/", wait_until="commit")
        scriptless.wait_for_url(f"{host}{topic.page.removesuffix('.md')}/index.html#{topic.heading}", wait_until="commit")


def test_a_short_address_without_its_last_stroke_leads_there_too(host: str, scriptless: Page) -> None:
    scriptless.goto(f"{host}go/sun", wait_until="commit")
    scriptless.wait_for_url(f"{host}aftercare/sun/index.html#sun")


@pytest.mark.parametrize(("slug", "to"), [("hair-loss", "understand/what-it-can-help/index.html#hair-loss"), ("sun", "aftercare/sun/index.html#sun")])
def test_a_reader_comes_to_the_heading_on_a_host_and_from_a_disk(slug: str, to: str, page: Page, host: str, site: Path) -> None:
    for start in (host, f"{site.as_uri()}/"):
        page.goto(f"{start}go/{slug}/index.html", wait_until="commit")
        assert_at(page, f"{start}{to}", to.partition("#")[2])


def test_back_leads_to_where_the_reader_came_from_and_not_to_the_short_address(scriptless: Page, host: str) -> None:
    scriptless.goto(f"{host}go/")
    scriptless.get_by_role("link", name="Sun, sunscreen, tanning").click()
    scriptless.wait_for_url(f"{host}aftercare/sun/index.html#sun")
    scriptless.go_back()
    scriptless.wait_for_url(f"{host}go/")


def test_a_browser_that_does_not_lead_on_by_itself_shows_the_link(scriptless: Page, host: str) -> None:
    def stay(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('http-equiv="refresh"', 'name="stay"'))

    scriptless.route("**/go/sun/", stay)
    scriptless.goto(f"{host}go/sun/")
    scriptless.locator("main a").click()
    scriptless.wait_for_url(f"{host}aftercare/sun/index.html#sun")


@pytest.fixture
def moved_host(site: Path, guide: Guide, tmp_path: Path) -> Iterator[str]:
    """The guide, as if two headings of one page had moved before."""
    moves = [Move(old="aftercare/sun.md#beach", new="aftercare/sun.md#holiday"), Move(old="aftercare/sun.md#lips", new="decide/cold-sores.md")]
    library = replace(guide.library, moved={move.old: move for move in moves})
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    write_permanent(replace(guide, library=library, pages=tuple(read_pages(ROOT / "docs"))), copy)
    yield from served(copy, tmp_path / "host", "/needling/")


def test_an_old_link_to_a_renamed_heading_opens_at_it_and_lights_it_up(moved_host: str, scriptless: Page) -> None:
    scriptless.goto(f"{moved_host}aftercare/sun/")
    heading = scriptless.locator("#holiday")
    plain = heading.evaluate("(element) => getComputedStyle(element).backgroundColor")
    scriptless.goto("about:blank")
    scriptless.goto(f"{moved_host}aftercare/sun/#beach")
    assert heading.evaluate("(element) => getComputedStyle(element).backgroundColor") != plain
    assert heading.bounding_box()["y"] < HEIGHT


def test_an_old_link_to_an_answer_on_another_page_opens_at_a_line_that_leads_there_and_others_do_not_see_it(moved_host: str, scriptless: Page) -> None:
    scriptless.goto(f"{moved_host}aftercare/sun/")
    assert not scriptless.locator("#lips").is_visible()
    scriptless.goto("about:blank")
    scriptless.goto(f"{moved_host}aftercare/sun/#lips")
    line = scriptless.locator("#lips")
    assert line.is_visible() and 0 <= line.bounding_box()["y"] < HEIGHT
    line.locator("a").click()
    scriptless.wait_for_url(f"{moved_host}decide/cold-sores/index.html")


def test_short_links_work_under_a_strict_policy(minded: Page, host: str) -> None:
    complaints: list[str] = []
    minded.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)

    def strict(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": POLICY})

    minded.route("**/go/**", strict)
    minded.goto(f"{host}go/", wait_until="networkidle")
    assert minded.locator("main").evaluate("(element) => getComputedStyle(element).maxInlineSize") != "none", "no style"
    minded.goto(f"{host}go/sun/", wait_until="commit")
    assert_at(minded, f"{host}aftercare/sun/index.html#sun", "sun")
    assert complaints == []


def test_the_policy_would_stop_what_these_pages_must_not_hold(minded: Page, host: str) -> None:
    complaints: list[str] = []
    minded.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    minded.route("**/go/", lambda route: route.fulfill(content_type="text/html", headers={"content-security-policy": POLICY}, body="<script>document.title = 'run'</script>"))
    minded.goto(f"{host}go/")
    assert minded.title() != "run" and any("Content Security Policy" in text for text in complaints)


def test_axe_finds_nothing_on_the_list_of_short_links_nor_on_a_page_that_leads_on(browser: Browser, host: str) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{host}go/")
    assert in_all_settings(page) == []
    page.route("**/go/sun/", lambda route: route.fulfill(content_type="text/html", body=route.fetch().text().replace('http-equiv="refresh"', 'name="stay"')))
    page.goto(f"{host}go/sun/")
    assert in_all_settings(page) == []
    context.close()


@pytest.mark.parametrize("style", ["", "html { font-size: 32px }"])
def test_the_list_of_short_links_fits_the_narrowest_phone(style: str, page: Page, host: str) -> None:
    page.set_viewport_size({"width": 320, "height": HEIGHT})
    page.goto(f"{host}go/")
    page.add_style_tag(content=style or ":root {}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
