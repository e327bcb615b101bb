/**
 * Let the keyboard scroll a table that is wider than its place, and name it for screen readers.
 *
 * Without this script such a table still scrolls by touch and mouse.
 *
 * @param {Iterable<HTMLTableElement>} tables - Every table of the page
 */
export function startTables(tables) {
  const watch = new ResizeObserver((entries) => entries.forEach(({ target }) => fit(target)));
  for (const table of tables) {
    watch.observe(table);
  }
}

/**
 * @param {HTMLTableElement} table - One table, just drawn or resized
 */
function fit(table) {
  if (table.scrollWidth > table.clientWidth + 1) {
    table.tabIndex = 0;
    table.setAttribute("role", "group");
    table.setAttribute("aria-label", name(table));
  } else {
    table.removeAttribute("tabindex");
    table.removeAttribute("role");
    table.removeAttribute("aria-label");
  }
}

/**
 * @param {HTMLTableElement} table - A table
 * @returns {string} Its caption, or the heading it stands under
 */
function name(table) {
  let before = table.caption || table;
  while (before && !/^(H[1-6]|CAPTION)$/.test(before.tagName)) {
    before = before.previousElementSibling || before.parentElement;
  }
  return before ? before.textContent.trim() : document.title;
}
