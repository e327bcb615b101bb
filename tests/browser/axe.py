"""axe-core, as cheaply as it goes: what it finds in a page as it stands, and in all four settings."""

from __future__ import annotations

from importlib.resources import files

from playwright.sync_api import Page

NARROW, WIDE, HEIGHT = 360, 1280, 800
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
# All of WCAG A and AA, axe's best practices, and of AAA the contrast of text and links of one name that lead to two places.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {
        "color-contrast-enhanced": {"enabled": True},
        "color-contrast": {"enabled": False},  # asks 4.5:1 where color-contrast-enhanced asks 7:1, and takes as long again
        "identical-links-same-purpose": {"enabled": True},
        "label-content-name-mismatch": {"enabled": True},
        "td-has-header": {"enabled": True},
        "css-orientation-lock": {"enabled": True},
    },
    "resultTypes": ["violations", "incomplete"],
}
COLOURS = {"runOnly": ["color-contrast-enhanced", "link-in-text-block"], "resultTypes": ["violations", "incomplete"]}
RUN = """async (rules) => {
  const { violations, incomplete } = await axe.run(document, rules);
  const undecided = incomplete.filter(({ id }) => id === "color-contrast-enhanced");
  return [...violations, ...undecided].flatMap(({ id, nodes }) => nodes.map(({ target, html, failureSummary, any }) =>
    `${id}: ${target} ${html.slice(0, 120)} ${failureSummary ?? ""} ${any.map(({ message }) => message).join(" ")}`));
}"""
# Where axe cannot tell the ground of a text, and what to look at instead.
UNDECIDED = {
    "due to a pseudo element": "a sign stands beside the text in its own room; test_contrast.py reckons with the ground itself",
}


def axe_findings(page: Page, rules: dict = RULES) -> list[str]:
    """What axe-core finds in the page as it stands, and texts whose contrast it cannot tell: rule, element and reason, a line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return [found for found in page.evaluate(RUN, rules) if not any(reason in found for reason in UNDECIDED)]


def in_all_settings(page: Page, rules: dict = RULES) -> list[str]:
    """What axe-core finds narrow and wide, light and dark. Between light and dark only colours differ, so the other rules look once at each width."""
    found = []
    for width, first, second in ((NARROW, "light", "dark"), (WIDE, "dark", "light")):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for scheme, asked in ((first, rules), (second, COLOURS)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [f"{width}, {scheme}: {line}" for line in axe_findings(page, asked)]
    return found
