/**
 * Makes a list of what a reader ticked, with what to do and room for notes, to print, copy or mail.
 *
 * It gives no verdict and counts no score. All that it says of a point stands on the page already.
 */

import { startKeep } from "./keep.js";
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
  const { mgOne = "", mgMany = "", mgAdded = "", mgTakenOff = "", mgClearSure, mgCleared = "", mgSubject = "", mgNoted, mgDo, mgRule } = root.dataset;
  const list = part(root, ".mg-tell__list");
  const some = part(list, ".mg-tell__some");
  const items = part(list, ".mg-tell__items");
  const status = part(root, "[data-mg-tell-status]");
  const overall = noteOf(part(some, ".mg-tell__some > .mg-tell__note"));
  const points = [...root.querySelectorAll(".mg-tell__point")].map((row) => pointOf(row, part(root, "template")));
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
    part(list, ".mg-tell__none").hidden = !some.hidden;
    root.toggleAttribute("data-mg-made", !some.hidden);
    for (const line of root.querySelectorAll(".mg-tell__to-list")) {
      /** @type {HTMLElement} */ (line).hidden = some.hidden;
      part(line, "a").textContent = chosen.length === 1 ? mgOne : mgMany.replace("{count}", String(chosen.length));
    }
  }

  /** Paper shows a note as text: a box would cut it. */
  function copyNotes() {
    for (const note of [overall, ...points.map((point) => point.note)]) {
      part(/** @type {HTMLElement} */ (note.closest(".mg-tell__note")), ".mg-tell__said").textContent = note.value.trim();
    }
  }

  function text() {
    const told = ticked().map(({ name, question, what, note }, place) =>
      [`${place + 1}. ${name}`, question, `${mgDo} ${what}`, ...(note.value.trim() && [`${mgNoted} ${note.value.trim()}`])].join("\n"),
    );
    return [mgSubject, ...told, ...(overall.value.trim() && [`${mgNoted} ${overall.value.trim()}`]), mgRule].join("\n\n");
  }

  const keep = startKeep(part(list, "[data-mg-keep]"), {
    name: "tell",
    read: () => ({ notes: Object.fromEntries(ticked().map(({ box, note }) => [box.id, note.value])), overall: overall.value }),
    write({ notes, overall: last }) {
      if (![last, ...Object.values(notes)].every((note) => typeof note === "string")) {
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
  startShare(part(list, "[data-mg-share]"), { subject: () => mgSubject, text });

  root.addEventListener("change", ({ target }) => {
    const point = points.find(({ box }) => box === target);
    if (point) {
      show();
      status.textContent = (point.box.checked ? mgAdded : mgTakenOff).replace("{name}", () => point.name) + (point.now && point.box.checked ? ` ${mgDo} ${point.what}` : "");
      keep.changed();
    }
  });
  list.addEventListener("input", () => {
    copyNotes();
    keep.changed();
  });
  part(list, "[data-mg-tell-clear]").addEventListener("click", () => {
    if (confirm(mgClearSure)) {
      for (const { box, note } of points) {
        box.checked = false;
        note.value = "";
      }
      overall.value = "";
      copyNotes();
      show();
      keep.changed();
      status.textContent = mgCleared;
      part(list, "h2").focus();
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
  const said = (/** @type {string} */ name) => (part(row, name).textContent ?? "").replace(/\s+/g, " ").trim();
  const [name, question, what] = [said("[data-mg-tell-name]").slice(0, -1), said("[data-mg-tell-question]"), said("[data-mg-tell-what]")];
  part(item, ".mg-tell__item-name").textContent = name;
  part(item, ".mg-tell__item-question").textContent = question;
  part(item, ".mg-tell__item-do").textContent = what;
  part(item, ".mg-hidden").textContent = ` (${name})`; // heard alone, all notes would have one name
  return { box: /** @type {HTMLInputElement} */ (part(row, "input")), name, question, what, now: row.querySelector(".mg-tell__step--now") !== null, item, note: noteOf(item) };
}

/**
 * @param {Element} within - Holds a note
 * @returns {HTMLTextAreaElement} Where it is typed
 */
function noteOf(within) {
  return /** @type {HTMLTextAreaElement} */ (part(within, "textarea"));
}

/**
 * @param {Element} within - Holds the part
 * @param {string} name - The part, as CSS names it
 * @returns {HTMLElement} The first such part
 */
function part(within, name) {
  return /** @type {HTMLElement} */ (within.querySelector(name));
}
