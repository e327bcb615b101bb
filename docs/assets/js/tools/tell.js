/**
 * Makes a list of what a reader ticked, with what to do and room for notes, to print, copy or mail.
 *
 * It gives no verdict and counts no score. All that it says of a point stands on the page already.
 */

import { startKeep } from "./keep.js";
import { all, filled, find, squeezed } from "./page.js";
import { startShare } from "./share.js";

/**
 * @typedef {object} Point - Something to tell the clinic
 * @property {HTMLInputElement} box
 * @property {string} name
 * @property {string} question
 * @property {string} what - What to do
 * @property {boolean} now - Whether it cannot wait for the list
 * @property {HTMLElement} item - Its place on the list
 * @property {HTMLTextAreaElement} note - The reader's own
 */

/**
 * @param {HTMLElement} root - Element with `data-mg-tool="tell"`
 */
export function start(root) {
  const { mgOne, mgMany, mgAdded, mgTakenOff, mgClearSure, mgCleared, mgSubject, mgNoted, mgDo, mgRule } = /** @type {Record<string, string>} */ (root.dataset);
  const list = find(root, ".mg-tell__list");
  const some = find(list, ".mg-tell__some");
  const items = find(list, ".mg-tell__items");
  const status = find(root, "[data-mg-tell-status]");
  const overall = noteOf(find(some, ".mg-tell__some > .mg-tell__note"));
  const points = all(root, ".mg-tell__point").map((row) => pointOf(row, find(root, "template")));
  const ticked = () => points.filter(({ box }) => box.checked);

  /** Show the points that are ticked, in their order on the page; a note that is being written is left alone. */
  function show() {
    const chosen = ticked();
    for (const { box, item } of points) {
      if (!box.checked) {
        item.remove();
      }
    }
    chosen.forEach(({ item }, place) => items.children[place] === item || items.insertBefore(item, items.children[place] ?? null));
    some.hidden = chosen.length === 0;
    find(list, ".mg-tell__none").hidden = !some.hidden;
    root.toggleAttribute("data-mg-made", !some.hidden);
    for (const line of all(root, ".mg-tell__to-list")) {
      line.hidden = some.hidden;
      find(line, "a").textContent = chosen.length === 1 ? mgOne : filled(mgMany, { count: chosen.length });
    }
  }

  /** Paper shows a note as text: a box would cut it. */
  function copyNotes() {
    for (const note of [overall, ...points.map((point) => point.note)]) {
      find(/** @type {HTMLElement} */ (note.closest(".mg-tell__note")), ".mg-tell__said").textContent = note.value.trim();
    }
  }

  function text() {
    const told = ticked().map(({ name, question, what, note }, place) =>
      [`${place + 1}. ${name}`, question, `${mgDo} ${what}`, ...(note.value.trim() && [`${mgNoted} ${note.value.trim()}`])].join("\n"),
    );
    return [mgSubject, ...told, ...(overall.value.trim() && [`${mgNoted} ${overall.value.trim()}`]), mgRule].join("\n\n");
  }

  const keep = startKeep(find(list, "[data-mg-keep]"), {
    name: "tell",
    read: () => ({ notes: Object.fromEntries(ticked().map(({ box, note }) => [box.id, note.value])), overall: overall.value }),
    write({ notes, overall: last }) {
      if (typeof notes !== "object" || ![last, ...Object.values(notes)].every((note) => typeof note === "string")) {
        throw new TypeError("tell");
      }
      for (const { box, note } of points) {
        box.checked = Object.hasOwn(notes, box.id);
        note.value = notes[box.id] ?? "";
      }
      overall.value = last;
      copyNotes();
    },
  });
  const share = startShare(find(list, "[data-mg-share]"), { subject: () => mgSubject, text });

  root.addEventListener("change", ({ target }) => {
    const point = points.find(({ box }) => box === target);
    if (point) {
      show();
      share.forget();
      status.textContent = filled(point.box.checked ? mgAdded : mgTakenOff, { name: point.name }) + (point.now && point.box.checked ? ` ${mgDo} ${point.what}` : "");
      keep.changed();
    }
  });
  list.addEventListener("input", () => {
    share.forget();
    copyNotes();
    keep.changed();
  });
  find(list, "[data-mg-tell-clear]").addEventListener("click", () => {
    if (confirm(mgClearSure)) {
      for (const { box, note } of points) {
        box.checked = false;
        note.value = "";
      }
      overall.value = "";
      copyNotes();
      share.forget();
      show();
      keep.changed();
      status.textContent = mgCleared;
      find(list, "h2").focus();
    }
  });
  show();
  root.toggleAttribute("data-mg-started", true);
  list.hidden = false;
}

/**
 * @param {Element} row - A point's place on the page
 * @param {HTMLElement} template - Holds an empty place of the list
 * @returns {Point} What stands there, with its place on the list filled
 */
function pointOf(row, template) {
  const item = /** @type {HTMLElement} */ (/** @type {HTMLTemplateElement} */ (template).content.firstElementChild?.cloneNode(true));
  const said = (/** @type {string} */ name) => squeezed(find(row, name).textContent);
  const [name, question, what] = [said("[data-mg-tell-name]").slice(0, -1), said("[data-mg-tell-question]"), said("[data-mg-tell-what]")];
  find(item, ".mg-tell__item-name").textContent = name;
  find(item, ".mg-tell__item-question").textContent = question;
  find(item, ".mg-tell__item-do").textContent = what;
  find(item, ".mg-hidden").textContent = ` (${name})`; // heard alone, all notes would have one name
  return { box: find(row, "input"), name, question, what, now: row.querySelector(".mg-tell__step--now") !== null, item, note: noteOf(item) };
}

/**
 * @param {Element} within - Holds a note
 * @returns {HTMLTextAreaElement} Where it is typed
 */
function noteOf(within) {
  return find(within, "textarea");
}
