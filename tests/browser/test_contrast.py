"""What a reader sees of text, signs and the focus ring stands out from the ground it lies on: on every page, in both schemes,
and in the states that axe cannot bring about: links that were visited, what the pointer is on, the place that a link led to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from test_every_page import HEIGHT, NARROW, PATHS, WIDE

# A state that is the reader's doing, as if it held wherever it could hold. What stands for it weighs the same in a style sheet.
AS_IF = {
    "as it opens": {},
    "visited": {":visited": ":any-link"},
    "under the pointer": {":hover": ":not(.mg-nothing)"},
    "led to": {":target": "[id]:where(main *)"},
}
TOOLS = """
const numbers = (colour) => colour.match(/-?[\\d.]+(e-?\\d+)?/g).map(Number);
const channels = (colour) => {
  const [red, green, blue, alpha = 1] = numbers(colour.replace(/^color\\(\\w+/, ""));
  const scale = colour.startsWith("color(") ? 1 : 255;
  return [red / scale, green / scale, blue / scale, alpha];
};
const over = ([red, green, blue, alpha], below) => [red, green, blue].map((channel, place) => channel * alpha + below[place] * (1 - alpha));
const luminance = (colour) => colour.map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)).reduce((sum, channel, place) => sum + channel * [0.2126, 0.7152, 0.0722][place], 0);
const contrast = (one, other) => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};
/* The colour that lies behind what an element holds. */
const ground = (element) => {
  const layers = [];
  for (let each = element; each; each = each.parentElement) {
    const colour = channels(getComputedStyle(each).backgroundColor);
    layers.push(colour);
    if (colour[3] === 1) break;
  }
  return layers.reverse().reduce((below, layer) => over(layer, below), [1, 1, 1]);
};
const told = (element) => element.outerHTML.slice(0, 100).replace(/\\s+/g, " ");
const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest(".mg-hidden") && getComputedStyle(element).clipPath === "none";
"""
TEXT = (
    "() => {"
    + TOOLS
    + """
  const faults = new Map();
  const note = (element, style, what) => {
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    const behind = ground(element);
    const found = contrast(over(channels(style.color), behind), behind);
    if (found < (large ? 4.5 : 7)) faults.set(`${what} ${told(element)}`, found);
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const holders = new Set();
  while (walk.nextNode()) {
    const holder = walk.currentNode.parentElement;
    if (walk.currentNode.data.trim() && !holder.closest("svg, script, style, noscript")) holders.add(holder);
  }
  for (const holder of holders) if (seen(holder)) note(holder, getComputedStyle(holder), "text of");
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("svg") || !seen(element)) continue;
    for (const part of ["::before", "::after"]) {
      const style = getComputedStyle(element, part);
      if (style.content === "none" || style.content === "normal" || style.display === "none") continue;
      if (/[\\p{L}\\p{N}]/u.test(style.content.split(" / ")[0])) note(element, style, `words ${part} of`);
      if (style.maskImage !== "none") {
        const disc = part === "::after" && style.position === "absolute" ? getComputedStyle(element, "::before") : null;
        const below = ground(element);
        const behind = disc?.position === "absolute" ? over(channels(disc.backgroundColor), below) : below;
        const ink = style.backgroundImage.match(/\\((rgba?\\([^)]*\\))/)?.[1] ?? style.backgroundColor;
        const found = contrast(over(channels(ink), behind), behind);
        if (found < 3) faults.set(`sign ${part} of ${told(element)}`, found);
      }
    }
    if (element.matches("input[placeholder]")) note(element, getComputedStyle(element, "::placeholder"), "hint in");
  }
  return [...faults].map(([what, found]) => `${found.toFixed(2)} to 1: ${what}`);
}"""
)
RINGS = (
    "() => {"
    + TOOLS
    + """
  const faults = [];
  for (const stop of document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex]")) {
    if (!stop.checkVisibility() || stop.matches("[tabindex='-1']")) continue;
    stop.focus({ focusVisible: true, preventScroll: true });
    const holder = stop.matches(":focus-visible") ? [stop, stop.closest("label")].find((each) => each && getComputedStyle(each).outlineStyle !== "none") : null;
    if (!holder) {
      faults.push(`no ring: ${told(stop)}`);
      continue;
    }
    const style = getComputedStyle(holder);
    const box = holder.getClientRects()[0];
    const [offset, thick] = [parseFloat(style.outlineOffset), parseFloat(style.outlineWidth)];
    if (thick < 2) faults.push(`a ring of ${thick} pixels: ${told(stop)}`);
    /* On either side of the ring, in the middle of each edge: what lies there. */
    const grounds = [offset - 0.5, offset + thick + 0.5].flatMap((out) => [
      [box.left - out, box.top + box.height / 2], [box.right + out, box.top + box.height / 2],
      [box.left + box.width / 2, box.top - out], [box.left + box.width / 2, box.bottom + out],
    ]).map(([x, y]) => document.elementFromPoint(x, y)).filter((element) => element && !element.closest("svg")).map(ground);
    for (const behind of [ground(offset < 0 ? holder : holder.parentElement), ...grounds]) {
      const found = contrast(over(channels(style.outlineColor), behind), behind);
      if (found < 3) {
        faults.push(`a ring of ${found.toFixed(2)} to 1: ${told(stop)}`);
        break;
      }
    }
  }
  document.activeElement.blur();
  return faults;
}"""
)


@pytest.fixture(scope="module")
def styles(site: Path) -> str:
    """The site's style sheet."""
    return (site / "assets" / "css" / "guide.css").read_text(encoding="utf-8")


@pytest.fixture
def still(browser: Browser) -> Iterator[BrowserContext]:
    """A reader's browser in which nothing moves."""
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT}, reduced_motion="reduce")
    yield context
    context.close()


def as_if(page: Page, state: str, styles: str) -> None:
    """Show the page that is open as if a state held wherever it could hold."""
    for one, other in AS_IF[state].items():
        assert one in styles, f"no style sheet says anything of {one}"
        styles = styles.replace(one, other)
    page.evaluate(
        """(styles) => {
          document.querySelector("link[rel=stylesheet]")?.remove();
          const sheet = document.querySelector("style[data-test]") ?? document.head.appendChild(document.createElement("style"));
          sheet.dataset.test = "";
          sheet.textContent = styles;
        }""",
        styles,
    )


def settings(page: Page) -> Iterator[str]:
    """Turn the page to each width and scheme, one after the other, and give its name."""
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            yield f"{width}, {scheme}"


@pytest.mark.parametrize("path", PATHS)
def test_text_and_signs_stand_out_in_every_state_and_each_focus_ring_too(path: str, still: BrowserContext, styles: str, address: str) -> None:
    page = still.new_page()
    page.goto(f"{address}{path}")
    faults = []
    for state in AS_IF:
        as_if(page, state, styles)
        for setting in settings(page):
            faults += [f"{state}, {setting}: {fault}" for fault in page.evaluate(TEXT)]
    for setting in settings(page):
        faults += [f"{setting}: {fault}" for fault in page.evaluate(RINGS)]
    assert not faults, "\n".join(faults[:12])


FAINT = {
    "text": ("as it opens", "p { color: #777 }", TEXT),
    "large text": ("as it opens", "h1 { color: #888 }", TEXT),
    "text on a ground that was not made for it": ("as it opens", "main { background: #555 }", TEXT),
    "a sign": ("as it opens", "li::before { content: ''; display: block; mask-image: linear-gradient(#000, #000); background: #ddd }", TEXT),
    "words that the style sheet writes": ("as it opens", "h1::before { content: 'New'; color: #999 }", TEXT),
    "a visited link": ("visited", "a:any-link { color: #98c }", TEXT),
    "the place that a link led to": ("led to", "main [id] { background: #666 }", TEXT),
    "a focus without a ring": ("as it opens", ":focus-visible { outline: 0 !important }", RINGS),
    "a thin ring": ("as it opens", ":focus-visible { outline: 1px solid !important }", RINGS),
    "a faint ring": ("as it opens", ":focus-visible { outline-color: #ccc !important }", RINGS),
}


@pytest.mark.parametrize("name", FAINT)
def test_what_does_not_stand_out_is_found(name: str, still: BrowserContext, styles: str, address: str) -> None:
    state, style, check = FAINT[name]
    page = still.new_page()
    page.goto(f"{address}404.html")
    as_if(page, state, styles)
    assert page.evaluate(check) == []
    page.add_style_tag(content=style)
    assert page.evaluate(check)
