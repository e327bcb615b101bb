/** What the scripts of the tools share: parts of the page, and sentences to fill in. */

/**
 * A part that the template always has.
 *
 * @type {<Kind extends Element = HTMLElement>(root: ParentNode, selector: string) => Kind}
 */
export const find = (root, selector) => /** @type {any} */ (root.querySelector(selector));

/**
 * Every such part, in the order of the page.
 *
 * @type {<Kind extends Element = HTMLElement>(root: ParentNode, selector: string) => Kind[]}
 */
export const all = (root, selector) => /** @type {any} */ ([...root.querySelectorAll(selector)]);

/**
 * @param {string} tag - Such as li
 * @param {string} className - Of the style sheet
 * @param {string} [text] - What it says
 */
export function element(tag, className, text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

/**
 * @param {string} words - A sentence with names in braces
 * @param {Record<string, string | number>} values - What stands for each name
 * @returns {string} The sentence, filled in
 */
export function filled(words, values) {
  return words.replace(/{(\w+)}/g, (_, name) => `${values[name]}`);
}

/**
 * @param {string | null | undefined} text - What someone typed or what a page says
 * @returns {string} The same on one line: no sign that turns or ends a line or that nobody sees, and single spaces
 */
export function squeezed(text) {
  return (text ?? "").replace(/[\s\p{Cc}\u00ad\u200b\u202a-\u202e\u2060-\u2069]+/gu, " ").trim();
}
