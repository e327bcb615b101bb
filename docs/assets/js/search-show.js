/** Shows an answer of the search in its panel, the words that were asked for marked. */

import { stem, words } from "./search-words.js";

const LETTERS = /([\p{L}\p{N}\p{M}'’]+)/u;

/**
 * @typedef {import("./search-rank.js").Answer} Answer
 * @typedef {import("./search-rank.js").Page} Page
 * @typedef {DOMStringMap} Said - The words to say, and the address of the guide's root
 */

/**
 * @param {HTMLElement} panel - The results
 * @param {Answer} answer - What was found
 * @param {Said} said - The words to say
 * @returns {string} What a screen reader says
 */
export function showAnswer(panel, answer, said) {
  const { pages, nearest, signs, stems } = answer;
  const count = pages.length === 0 ? said.mgNone : (pages.length === 1 ? said.mgOne : said.mgMany).replace("{count}", String(pages.length));
  show(panel, count, { found: pages.length > 0, near: nearest.length > 0 });
  panel.querySelector(".mg-search__results").replaceChildren(...pages.map((page) => pageItem(page, stems, said)));
  panel.querySelector(".mg-search__nearest").replaceChildren(...nearest.map((home) => make("li", "", link(home, new Set(), said))));
  const worry = panel.querySelector(".mg-search__worry");
  worry.hidden = signs.length === 0;
  worry.querySelector(".mg-search__signs").textContent = signs.join(" · ");
  panel.scrollTop = 0;
  const first = pages.length > 0 ? said.mgFirst.replace("{title}", pages[0].lead.title) : "";
  return [worry.hidden ? "" : worry.getAttribute("aria-label"), count, first].filter(Boolean).join(" ");
}

/**
 * @param {HTMLElement} panel - The results
 * @param {Said} said - The words to say
 * @returns {string} What a screen reader says
 */
export function showFailure(panel, said) {
  show(panel, said.mgFailed, { found: false, near: false });
  panel.querySelector(".mg-search__results").replaceChildren();
  panel.querySelector(".mg-search__worry").hidden = true;
  return said.mgFailed;
}

/**
 * @param {HTMLElement} panel - The results
 * @param {string} text - Its first line
 * @param {{found: boolean, near: boolean}} which - Which parts have something to show
 */
function show(panel, text, { found, near }) {
  panel.querySelector(".mg-search__count").textContent = text;
  panel.querySelector(".mg-search__none").hidden = found;
  panel.querySelector(".mg-search__near").hidden = found || !near;
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
 * @param {string} tag - Name of the element
 * @param {string} block - Its class, or nothing
 * @param {...(string | Node)} inside - What it holds
 * @returns {HTMLElement} The element
 */
function make(tag, block, ...inside) {
  const element = document.createElement(tag);
  if (block) {
    element.className = block;
  }
  element.append(...inside);
  return element;
}
