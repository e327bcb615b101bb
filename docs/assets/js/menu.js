/**
 * Close the menu with Escape, by a tap beside it, or when the keyboard leaves it.
 *
 * Without this script the menu still opens and closes by its own button.
 *
 * @param {HTMLDetailsElement} menu - Element with `data-mg-menu`; its first child is the button
 */
export function startMenu(menu) {
  const button = menu.querySelector("summary");

  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      button?.focus();
    }
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) {
      menu.open = false;
    }
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) {
      menu.open = false;
    }
  });
}
