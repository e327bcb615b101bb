"""The guide under a real nginx and a real Apache in a folder of the host, in a browser that keeps the policy which they send."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from guide.publish.headers import POLICY

pytest_plugins = ["hosted_guides"]

REPORT = "document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => console.error(`refused: ${effectiveDirective} ${blockedURI}`))"


@pytest.fixture
def heard() -> list[str]:
    """What the browser complains of, and what it asks of any other host."""
    return []


@pytest.fixture
def tab(browser: Browser, hosted, heard: list[str]) -> Iterator[Page]:
    ours = f"http://127.0.0.1:{hosted.host.port}/"
    context = browser.new_context(bypass_csp=False, base_url=ours)
    context.add_init_script(REPORT)
    context.on("console", lambda message: heard.append(message.text) if message.type in ("error", "warning") else None)
    context.on("weberror", lambda error: heard.append(str(error.error)))
    context.on("request", lambda request: None if request.url.startswith((ours, "data:", "blob:")) else heard.append(request.url))
    yield context.new_page()
    context.close()


def asked(page: Page, question: str):
    """The panel of the search, once it answers a question."""
    page.locator("input[name=q]").fill(question)
    panel = page.locator(f".mg-search__panel[data-mg-asked='{question}']")
    panel.wait_for()
    return panel


def test_the_search_answers_and_its_result_opens(hosted, tab: Page, heard: list[str]) -> None:
    answer = tab.goto(f"{hosted.base}about/words/")
    assert answer.headers[POLICY.lower()] == hosted.made.rules.headers[POLICY]
    asked(tab, "craters").locator(".mg-search__link").first.click()
    tab.wait_for_url(f"**{hosted.base}understand/acne-scars/#acne-scars")
    tab.goto(f"{hosted.base}?q=fever")
    expect(tab.locator(".mg-search__worry").filter(visible=True).first).to_be_visible()
    assert heard == []


def test_a_short_address_opens_at_its_heading(hosted, tab: Page, heard: list[str]) -> None:
    tab.goto(f"{hosted.base}go/sun?from=poster")
    assert tab.url.endswith(f"{hosted.base}aftercare/sun/?from=poster#sun")
    expect(tab.locator("#sun")).to_be_in_viewport()
    assert heard == []


def test_a_wrong_address_has_its_look_and_leads_home(hosted, tab: Page, heard: list[str]) -> None:
    assert tab.goto(f"{hosted.base}no/such/page").status == 404
    assert tab.evaluate("document.documentElement.dataset.mgColours") == "device", "its scripts have run"
    tab.locator(".mg-alone a").click()
    tab.wait_for_url(f"**{hosted.base}")
    assert [said for said in heard if "status of 404" not in said] == []
