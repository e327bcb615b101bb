import { all, find } from "./page.js";

/**
 * Shows the day that a reader picks first and in full, and folds the others below it; each opens by one press.
 *
 * Without this script every day is shown, and a list of links leads to each.
 *
 * @param {HTMLElement} root - Element with `data-mg-tool="day"`
 */
export function start(root) {
  const { mgPicked, mgAllShown } = /** @type {Record<string, string>} */ (root.dataset);
  /** @type {HTMLTemplateElement} */
  const template = find(root, "template");
  const [picker, show] = /** @type {HTMLElement[]} */ ([...template.content.children]);
  /** @type {HTMLInputElement[]} */
  const marks = all(picker, "input");
  const status = find(picker, "[role=status]");
  const list = find(root, "ol");
  const days = [...list.children].map((part) => {
    const name = find(part, "h3");
    const open = /** @type {HTMLElement} */ (show.cloneNode(true));
    open.ariaLabel = `${open.textContent}: ${name.textContent}`;
    open.addEventListener("click", () => {
      part.removeAttribute("data-mg-folded");
      name.tabIndex = -1;
      name.focus();
    });
    part.firstElementChild?.after(open);
    return { part, id: name.id };
  });

  /** @param {string} [picked] - The id of a stretch of days; none to show them all in their order */
  function sort(picked) {
    const first = days.filter(({ id }) => id === `healing-${picked}`);
    list.append(...new Set([...first, ...days].map(({ part }) => part)));
    for (const { part } of days) {
      part.toggleAttribute("data-mg-folded", !!picked && part !== first[0]?.part);
    }
    root.toggleAttribute("data-mg-is-picked", !!picked);
  }

  picker.addEventListener("change", () => {
    const mark = marks.find(({ checked }) => checked);
    sort(mark?.value);
    status.textContent = `${mgPicked} ${mark?.parentElement?.textContent?.trim()}.`;
  });
  find(picker, "button").addEventListener("click", () => {
    const mark = marks.find(({ checked }) => checked);
    marks.forEach((each) => (each.checked = false));
    sort();
    status.textContent = mgAllShown;
    (mark ?? marks[0]).focus();
  });
  find(root, "nav").replaceWith(picker);
}
