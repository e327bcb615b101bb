/**
 * Keep the list of headings open while it stands beside the text, where its button is not shown.
 *
 * Without this script the style sheet shows the list there all the same; then it does not scroll by keyboard.
 *
 * @param {HTMLDetailsElement} list - Element with `data-mg-on-this-page`; its first child is the button
 */
export function startOnThisPage(list) {
  const button = /** @type {HTMLElement} */ (list.querySelector("summary"));
  let beside = false;

  new ResizeObserver(() => {
    const now = getComputedStyle(button).display === "none";
    if (now !== beside) {
      beside = now;
      list.open = now;
    }
  }).observe(document.body);
}
