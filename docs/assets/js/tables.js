/**
 * Let the keyboard scroll a table that is wider than its place, and name each table for screen readers.
 *
 * A table goes into a box, and the box scrolls: a table that scrolls by itself is no table to some screen readers.
 * Without this script such a table still scrolls by touch and mouse.
 *
 * @param {Iterable<HTMLTableElement>} tables - Every table of the page
 */
export function startTables(tables) {
  const watch = new ResizeObserver((entries) => entries.forEach(({ target }) => fit(target.closest(".mg-table-box"))));
  for (const table of tables) {
    if (!table.caption) {
      table.setAttribute("aria-label", heading(table));
    }
    const box = document.createElement("div");
    box.className = "mg-table-box";
    table.replaceWith(box);
    box.append(table);
    watch.observe(box);
    watch.observe(table);
  }
}

/**
 * @param {HTMLDivElement} box - The place of one table, just drawn or resized
 */
function fit(box) {
  if (box.scrollWidth > box.clientWidth + 1) {
    const table = box.firstElementChild;
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", table.caption?.textContent.trim() ?? table.getAttribute("aria-label"));
  } else {
    box.removeAttribute("tabindex");
    box.removeAttribute("role");
    box.removeAttribute("aria-label");
  }
}

/**
 * @param {HTMLTableElement} table - A table without a caption
 * @returns {string} The heading it stands under
 */
function heading(table) {
  let before = table;
  while (before && !/^H[1-6]$/.test(before.tagName)) {
    before = before.previousElementSibling || before.parentElement;
  }
  return before ? before.textContent.trim() : document.title;
}
