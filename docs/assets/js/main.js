/**
 * Starts each behaviour that a page asks for by a `data-mg-*` attribute. The page is whole without any of them.
 */

const menu = document.querySelector("[data-mg-menu]");
const search = document.querySelector("[data-mg-search]");
const tables = document.querySelectorAll("article table");

if (menu) {
  import("./menu.js").then(({ startMenu }) => startMenu(menu));
}
if (search) {
  import("./search.js").then(({ startSearch }) => startSearch(search));
}
if (tables.length > 0) {
  import("./tables.js").then(({ startTables }) => startTables(tables));
}
