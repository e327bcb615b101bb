/** Shows an answer of the search in its panel, the words that were asked for marked. */

import { part } from "./parts.js";
import { stem, words } from "./search-words.js";

const LETTERS = /([\p{L}\p{N}\p{M}'’]+)/u;

/**
 * @typedef {import("./search-rank.js").Answer} Answer
 * @typedef {import("./search-rank.js").Page} Page
 * @typedef {Record<string, string>} Said - The words to say, and the address of the guide's root
 */

/**
 * @param {HTMLElement} panel - The results
 * @param {Answer} answer - What was found
 * @param {Said} said - The words to say
 * @returns {string} What a screen reader says
 */
export function showAnswer(panel, answer, said) {
  const { pages, nearest, signs, stems } = answer;
  const warning = warn(panel, signs, said);
  const count = pages.length === 0 ? said.mgNone : (pages.length === 1 ? said.mgOne : said.mgMany).replace("{count}", String(pages.length));
  part(panel, ".mg-search__results", HTMLElement).replaceChildren(...pages.map((page) => pageItem(page, stems, said)));
  part(panel, ".mg-search__nearest", HTMLElement).replaceChildren(...nearest.map((home) => make("li", "", link(home, new Set(), said))));
  /* The card has the same numbers as the list for nothing found. */
  show(panel, { count: warning && pages.length === 0 ? "" : count, results: pages.length > 0, none: pages.length === 0 && !warning, near: nearest.length > 0 && !warning });
  panel.scrollTop = 0;
  const first = pages.length > 0 ? said.mgFirst.replace("{title}", () => pages[0].lead.title) : "";
  return [warning, count, first].filter(Boolean).join(" ");
}

/**
 * @param {HTMLElement} panel - The results
 * @param {Said} said - The words to say
 * @returns {string} What a screen reader says
 */
export function showFailure(panel, said) {
  warn(panel, [], said);
  show(panel, { count: said.mgFailed, results: false, none: true, near: false });
  return said.mgFailed;
}

/**
 * Show the card of the most urgent level that has a sign, and no other.
 *
 * @param {HTMLElement} panel - The results
 * @param {Answer["signs"]} signs - Warning signs that the question names, the most urgent first
 * @param {Said} said - The words to say
 * @returns {string} What the card says; empty where there is none
 */
function warn(panel, signs, said) {
  const level = signs[0]?.level;
  const named = signs.filter((sign) => sign.level === level).map(({ sign }) => sign);
  let warning = "";
  /** @type {NodeListOf<HTMLElement>} */
  const cards = panel.querySelectorAll("[data-mg-level]");
  for (const card of cards) {
    card.hidden = card.dataset.mgLevel !== level;
    if (!card.hidden) {
      const about = card.querySelector(".mg-search__about");
      about?.replaceChildren((named.length === 1 ? said.mgSign : said.mgSigns).replace("{sign}", () => named.join("; ")));
      warning = [card.querySelector(".mg-search__head"), about].map((part) => part?.textContent).filter(Boolean).join(" ");
    }
  }
  return warning && !warning.endsWith(".") ? `${warning}.` : warning;
}

/**
 * @param {HTMLElement} panel - The results
 * @param {{count: string, results: boolean, none: boolean, near: boolean}} parts - Its first line, and which parts have something to show
 */
function show(panel, { count, results, none, near }) {
  part(panel, ".mg-search__count", HTMLElement).textContent = count;
  for (const [name, shown] of Object.entries({ results, none, near })) {
    part(panel, `.mg-search__${name}`, HTMLElement).hidden = !shown;
  }
}

/**
 * @param {Page} page - A page that answers
 * @param {Set<string>} stems - Of the words to mark
 * @param {Said} said - The words to say
 * @returns {HTMLLIElement} The section that answers with the first sentence of its answer, its page, and other sections of that page
 */
function pageItem({ title, lead, sections }, stems, said) {
  const item = make("li", "mg-search__page", link(lead, stems, said));
  if (lead.snippet) {
    item.append(make("p", "mg-search__snippet", ...marked(lead.snippet, stems)));
  }
  if (title !== lead.title) {
    item.append(make("p", "mg-search__where", title));
  }
  if (sections.length > 0) {
    const list = make("ul", "mg-search__sections", ...sections.map((section) => make("li", "", link(section, stems, said))));
    list.setAttribute("aria-label", said.mgAlso);
    item.append(list);
  }
  return item;
}

/**
 * @param {{href: string, title: string}} place - A page or section
 * @param {Set<string>} stems - Of the words to mark
 * @param {Said} said - Holds the address of the guide's root
 * @returns {HTMLAnchorElement} A link to it
 */
function link({ href, title }, stems, said) {
  const anchor = make("a", "mg-search__link", ...marked(title, stems));
  anchor.href = `${said.mgBase.replace(/\/?$/, "/")}${href}`;
  return anchor;
}

/**
 * @param {string} text - A title or a sentence
 * @param {Set<string>} stems - Of the words to mark
 * @returns {(string | HTMLElement)[]} The text with those words in `<mark>`
 */
function marked(text, stems) {
  return text.split(LETTERS).map((piece) => {
    const found = words(piece);
    return found.length > 0 && found.every((word) => stems.has(stem(word))) ? make("mark", "", piece) : piece;
  });
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag - Name of the element
 * @param {string} block - Its class, or nothing
 * @param {...(string | Node)} inside - What it holds
 * @returns {HTMLElementTagNameMap[Tag]} The element
 */
function make(tag, block, ...inside) {
  const element = document.createElement(tag);
  if (block) {
    element.className = block;
  }
  element.append(...inside);
  return element;
}
