/**
 * By the element's name, or by the scope of a header.
 *
 * @type {Record<string, string>}
 */
const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell", col: "columnheader", row: "rowheader" };

/**
 * Say in roles that a table is a table: Safari forgets it where the style sheet makes a card of each row.
 * The HTML does not say so itself, as a role that repeats what its element is makes a page invalid.
 *
 * Without this script Safari reads the cards as text, each cell after its column's name (card-table.css).
 *
 * @param {Iterable<HTMLTableElement>} tables - Every table that turns into cards
 */
export function startTables(tables) {
  for (const table of tables) {
    for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, th, td")]) {
      part.setAttribute("role", ROLES[part.getAttribute("scope") || part.localName]);
    }
  }
}
