/**
 * Starts each behaviour that a page asks for, by a `data-mg-*` attribute or by a table or dotted word in its text;
 * the search only when a reader turns to it.
 * The page is whole without any of them.
 */

const menu = document.querySelector("[data-mg-menu]");
const headings = document.querySelector("[data-mg-on-this-page]");
const search = document.querySelector("[data-mg-search]");
const tables = document.querySelectorAll(".mg-card-table");
const scheme = document.querySelector("[data-mg-scheme]");
const words = document.querySelectorAll("article button[popovertarget]");

if (menu) {
  import("./menu.js").then(({ startMenu }) => startMenu(menu));
}
if (headings) {
  import("./on-this-page.js").then(({ startOnThisPage }) => startOnThisPage(headings));
}
if (tables.length > 0) {
  import("./tables.js").then(({ startTables }) => startTables(tables));
}
if (scheme) {
  import("./scheme.js").then(({ startScheme }) => startScheme(scheme));
}
if (words.length > 0) {
  import("./terms.js").then(({ startTerms }) => startTerms(words));
}
for (const tool of document.querySelectorAll("[data-mg-tool]")) {
  import(`./tools/${tool.dataset.mgTool}.js`).then(({ start }) => start(tool));
}
if (search) {
  /** @type {EventTarget | undefined} */
  let pressed;
  const start = async () => {
    search.removeEventListener("focusin", start);
    const { startSearch } = await import("./search.js");
    startSearch(search);
    /* A press that came before the module did is pressed again. */
    pressed?.closest("[aria-expanded]")?.click();
  };
  search.addEventListener("focusin", start);
  search.addEventListener("click", ({ target }) => (pressed = target), { once: true });
  if (/[?&]q=/.test(location.search) || history.state?.mgSearch) {
    start();
  }
}
