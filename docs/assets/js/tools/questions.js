import { startKeep } from "./keep.js";
import { filled, squeezed } from "./page.js";
import { startShare } from "./share.js";

/**
 * "My questions": a box to tick beside each question of the page, and a list of those that the reader takes along, in
 * their own order and with questions of their own.
 *
 * Without this script the page has its plain lists of questions, with what the clinic says to them.
 *
 * @param {HTMLElement} root - Element with `data-mg-tool="questions"`, which holds the templates
 */
export function start(root) {
  const { mgMost, mgPlace, mgRemoved, mgEmpty, mgLong } = /** @type {Record<string, string>} */ (root.dataset);
  const most = Number(mgMost);
  /** @type {<Kind extends Element = HTMLElement>(selector: string, from?: ParentNode) => Kind} */
  const find = (selector, from = part) => /** @type {any} */ (from.querySelector(selector));
  /** @type {(name: string) => HTMLElement} */
  const made = (name) => /** @type {any} */ (/** @type {HTMLTemplateElement} */ (find(`[data-mg-${name}]`, root)).content.firstElementChild).cloneNode(true);
  const part = made("part");
  const list = find("ol");
  const field = /** @type {HTMLTextAreaElement} */ (find("textarea"));
  /** @type {Map<string, {box: HTMLInputElement, said: Element | null}>} */
  const asked = new Map();
  const rows = () => [...list.children];
  /** @type {(row: Element) => string} */
  const askOf = (row) => find("bdi", row).textContent;
  const asks = () => rows().map(askOf);
  /** @type {(ask: string) => Element | undefined} */
  const rowOf = (ask) => rows()[asks().indexOf(ask)];

  /** @param {string} ask - A question to take along, which is not on the list */
  function put(ask) {
    const row = made("row");
    const { box, said } = asked.get(ask) ?? {};
    find("bdi", row).textContent = ask;
    row.querySelectorAll("button").forEach((button) => (button.ariaLabel = `${button.textContent}: ${ask}`));
    if (said) {
      find("p", row).after(said.cloneNode(true));
    }
    if (box) {
      box.checked = true;
    }
    list.append(row);
  }

  /** @param {string} ask */
  function add(ask) {
    rowOf(ask) ?? put(ask);
    placed(ask);
  }

  /** @param {string} ask */
  function remove(ask) {
    const { box } = asked.get(ask) ?? {};
    if (box) {
      box.checked = false;
    }
    rowOf(ask)?.remove();
    changed(filled(mgRemoved, { question: ask }));
  }

  /** @param {Element} row - Which question; @param {number} step - One up is -1, one down 1 */
  function move(row, step) {
    /* The other one moves, so that the focus stays where it is. */
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (other) {
      step < 0 ? row.after(other) : row.before(other);
    }
    row.scrollIntoView({ block: "nearest" });
    placed(askOf(row));
  }

  /** @param {string} question - One that has its place now */
  function placed(question) {
    const all = asks();
    changed(filled(mgPlace, { place: all.indexOf(question) + 1, count: all.length, question }));
  }

  /** @param {string} text - What has changed */
  function changed(text) {
    refresh();
    share.forget();
    find("[role=status]").textContent = text;
    keep.changed();
  }

  /** Say what can move where. */
  function refresh() {
    const all = rows();
    for (const row of all) {
      const [up, down] = row.querySelectorAll("button");
      up.ariaDisabled = `${row === all[0]}`;
      down.ariaDisabled = `${row === all.at(-1)}`;
    }
  }

  list.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("button");
    const row = button?.closest("li");
    if (button && row) {
      const step = Number(button.dataset.mgMove);
      if (step) {
        move(row, step);
      } else {
        const next = row.nextElementSibling ?? row.previousElementSibling;
        remove(askOf(row));
        (next ? find("button:last-child", next) : field).focus();
      }
    }
  });
  list.addEventListener("keydown", (event) => {
    const row = /** @type {Element} */ (event.target).closest("li");
    const step = /** @type {Record<string, number>} */ ({ ArrowUp: -1, ArrowDown: 1 })[event.key];
    if (row && step && event.altKey) {
      event.preventDefault();
      move(row, step);
    }
  });
  find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const ask = squeezed(field.value);
    const count = [...ask].length;
    const wrong = count > most || !count ? filled(count ? mgLong : mgEmpty, { count, most }) : "";
    find("[role=alert]").textContent = wrong;
    field.ariaInvalid = `${wrong !== ""}`;
    field.focus();
    if (!wrong) {
      add(ask);
      field.value = "";
    }
  });

  for (const question of document.querySelectorAll("[data-mg-questions] > li")) {
    const alone = /** @type {Element} */ (question.cloneNode(true));
    const take = made("take");
    const box = /** @type {HTMLInputElement} */ (find("input", take));
    alone.querySelectorAll("[popover], .mg-clinic-says").forEach((other) => other.remove());
    const ask = squeezed(alone.textContent);
    box.ariaLabel = `${take.textContent}: ${ask}`;
    box.addEventListener("change", () => (box.checked ? add(ask) : remove(ask)));
    asked.set(ask, { box, said: question.querySelector(".mg-clinic-says") });
    question.append(take);
  }
  find("[data-mg-questions]", document).previousElementSibling?.before(made("lead"));
  root.append(part);

  const title = find("h3").textContent;
  const share = startShare(find("[data-mg-share]"), {
    subject: () => title,
    text: () => [title, ...asks().map((ask, place) => [`${place + 1}. ${ask}`, squeezed(asked.get(ask)?.said?.textContent)].filter(Boolean).join("\n   "))].join("\n\n"),
  });
  const keep = startKeep(find("[data-mg-keep]"), {
    name: "questions",
    read: () => ({ asks: asks() }),
    write({ asks }) {
      if (!asks.every((/** @type {string} */ ask) => asked.has(ask) || (ask && squeezed(ask) === ask && [...ask].length <= most))) {
        throw new TypeError("questions");
      }
      new Set(asks).forEach(put);
    },
  });
  refresh();
}
