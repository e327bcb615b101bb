/** Questions as text: as typed, as told and as sent. Knows nothing of the page. */

/**
 * @param {string | null | undefined} text - What someone typed or what a page says
 * @returns {string} The same on one line: no sign that turns or ends a line, and single spaces
 */
export function squeezed(text) {
  return (text ?? "").replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
}

/**
 * @param {string | undefined} words - A sentence with names in braces
 * @param {Record<string, string | number>} values - What stands for each name
 * @returns {string} The sentence, filled in
 */
export function filled(words = "", values) {
  return words.replace(/{(\w+)}/g, (_, name) => `${values[name]}`);
}

/**
 * @param {string} title - What the list is called
 * @param {string[][]} questions - In the reader's order, each with what belongs below it, line by line
 * @returns {string} The whole list as plain text
 */
export function asText(title, questions) {
  return [title, ...questions.map((lines, place) => `${place + 1}. ${lines.join("\n   ")}`)].join("\n\n");
}
