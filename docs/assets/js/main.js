/**
 * Starts each behaviour that a page asks for, by a `data-mg-*` attribute or by a table or dotted word in its text;
 * the search only when a reader turns to it.
 * The page is whole without any of them.
 */

/** @type {HTMLDetailsElement | null} */
const menu = document.querySelector("[data-mg-menu]");
/** @type {HTMLDetailsElement | null} */
const headings = document.querySelector("[data-mg-on-this-page]");
/** @type {HTMLElement | null} */
const search = document.querySelector("[data-mg-search]");
/** @type {NodeListOf<HTMLTableElement>} */
const tables = document.querySelectorAll(".mg-card-table");
/** @type {HTMLFieldSetElement | null} */
const scheme = document.querySelector("[data-mg-scheme]");
/** @type {NodeListOf<HTMLButtonElement>} */
const words = document.querySelectorAll("article button[popovertarget]");
/** @type {NodeListOf<HTMLElement>} */
const tools = document.querySelectorAll("[data-mg-tool]");

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
for (const tool of tools) {
  import(`./tools/${tool.dataset.mgTool}.js`).then(({ start }) => start(tool));
}
if (search) {
  /** @type {HTMLElement | null | undefined} */
  let pressed;
  let started = false;
  const start = async () => {
    if (started) {
      return;
    }
    started = true;
    try {
      const [{ startSearch }] = await Promise.all([import("./search.js"), import("./search-rank.js").catch(() => {})]);
      startSearch(search);
      /* A press that came before the module did is pressed again. */
      pressed?.click();
      search.removeEventListener("submit", wait);
    } catch {
      started = false;
    }
  };
  /** @param {Event} event - A question sent before the search can answer */
  const wait = (event) => {
    event.preventDefault();
    start();
  };
  search.addEventListener("focusin", start);
  search.addEventListener("submit", wait);
  /* Safari gives a button no focus when it is tapped. */
  search.addEventListener("click", ({ target }) => {
    if (!started || pressed === undefined) {
      pressed = /** @type {Element} */ (target).closest("[aria-expanded]");
      start();
    }
  });
  if (/[?&]q=/.test(location.search) || history.state?.mgSearch) {
    start();
  }
}
