import { startKeep } from "./keep.js";
import { startShare } from "./share.js";

/**
 * Puts the facts on every option in the order of what a reader ticked, and says each order in words. It adds nothing up,
 * takes nothing away and recommends nothing.
 *
 * Without this script the questions are a sheet to fill in, and the facts stand in the guide's own order.
 *
 * @param {HTMLElement} root - Element with `data-mg-tool="matters"`
 */
export function start(root) {
  const words = /** @type {Record<string, string>} */ (root.dataset);
  const template = /** @type {HTMLTemplateElement} */ (one(root, "template"));
  const [done, known] = /** @type {HTMLElement[]} */ ([...template.content.children]);
  const status = one(done, "[role=status]");
  const marks = /** @type {HTMLInputElement[]} */ (all(root, "input"));
  const own = /** @type {HTMLTextAreaElement} */ (one(root, "textarea"));
  const order = one(root, "[data-mg-order]");
  const untouched = [...order.children];
  const options = all(root, "article").map((part) => ({ part, rows: homes(all(part, "dl > *")) }));
  const list = one(root, "article").parentElement;
  const concerns = homes(all(root, "[data-mg-concern]"));
  const asks = all(root, "fieldset");
  /** @type {string[]} */
  let said = [];

  asks.unshift(...asks.splice(-1)); // what matters most of all

  function sort() {
    /** @type {Set<string>} */
    const first = new Set();
    const chosen = asks.map((ask) => marks.filter((mark) => mark.checked && mark.value && ask.contains(mark)));
    const [, bothers, , days] = chosen;
    said = [];
    asks.forEach((ask, place) => {
      const about = new Set(chosen[place].flatMap(({ dataset }) => (dataset.mgAbout ?? ask.dataset.mgAbout ?? "").split(" ")));
      const rows = joined([...about].map((row) => one(root, `[data-mg-row=${row}] dt`)));
      say(first.size ? words.mgThen : words.mgRows, chosen[place], rows, joined([one(ask, "legend span")]));
      about.forEach((row) => first.add(row));
    });

    const named = options.filter(({ part }) => bothers.some(({ value }) => part.matches(`[data-mg-concerns~=${value}]`)));
    const short = options.filter(({ part }) => days.some(({ dataset }) => Number(part.dataset.mgDays) <= Number(dataset.mgDays)));
    say(words.mgFirst, [...bothers, ...days]);
    say(named.length ? words.mgNamed : words.mgUnnamed, bothers);
    say(words.mgByDays, days);
    say(words.mgRest, [...bothers, ...days]);

    const stays = options.filter(({ part }) => part.matches("[data-mg-stays-first]"));
    const both = named.filter((option) => short.includes(option));
    for (const { part, rows } of new Set([...stays, ...both, ...named, ...short, ...options])) {
      const front = [...first].map((row) => one(part, `[data-mg-row=${row}]`));
      list?.append(part);
      rows.forEach(({ part: row, home }) => {
        home.append(row);
        row.toggleAttribute("data-mg-first", front.includes(row));
      });
      one(part, "dl").append(...front);
    }
    known.remove();
    concerns.forEach(({ part, home }) => home.append(part));
    if (bothers.length) {
      one(known, "ul").append(...bothers.map(({ value }) => one(root, `[data-mg-concern=${value}]`)));
      list?.before(known);
    }
    order.replaceChildren(...(said.length ? said.map((text) => Object.assign(document.createElement("p"), { textContent: text })) : untouched));
    one(root, ".mg-what-matters__typed").textContent = own.value;
  }

  /** @param {HTMLInputElement} mark @returns {string} What tells it from all others */
  function key({ name, value }) {
    return `${name} ${value}`;
  }

  /** @param {Element[]} parts @returns {string} Their words */
  function joined(parts) {
    return parts.map(({ textContent }) => textContent?.trim()).join(`${words.mgJoin} `);
  }

  /**
   * Say an order, where something is ticked that brings it about.
   *
   * @param {string} text @param {HTMLInputElement[]} because @param {string} [rows] @param {string} [ask]
   */
  function say(text, because, rows = "", ask = "") {
    /** @type {Record<string, string>} */
    const values = { rows, ask, ticked: joined(because.map((mark) => mark.labels?.[0] ?? mark)) };
    if (because.length) {
      said.push(text.replace(/{(\w+)}/g, (_, name) => values[name]));
    }
  }

  /** @returns {string} Each order, and of each option the rows that come first */
  function text() {
    const facts = all(root, "article").flatMap((option) => [
      "",
      ...all(option, "h4, h4 + p > :first-child").map((part) => joined([part])),
      ...all(option, "[data-mg-first]").map((row) => [...row.children].map((part) => joined([part])).join(": ")),
    ]);
    return [own.value, "", words.mgSaid, ...said, ...facts].join("\r\n").trim();
  }

  root.dataset.mgOn = "";
  template.replaceWith(done);
  startShare(one(done, "[data-mg-share]"), { subject: () => words.mgSubject, text });
  const keep = startKeep(one(done, "[data-mg-keep]"), {
    name: "matters",
    read: () => ({ ticks: marks.filter(({ checked }) => checked).map(key), own: own.value }),
    write({ ticks, own: kept }) {
      marks.forEach((mark) => (mark.checked = ticks.includes(key(mark))));
      own.value = `${kept ?? ""}`;
    },
  });
  sort();

  root.addEventListener("input", ({ target }) => {
    sort();
    keep.changed();
    if (target !== own) {
      status.textContent = [words.mgSorted, ...said].slice(0, 2).join(" ");
    }
  });
  one(done, "[data-mg-clear]").addEventListener("click", () => {
    marks.forEach((mark) => (mark.checked = false));
    own.value = "";
    sort();
    keep.changed();
    status.textContent = words.mgCleared;
  });
}

/** @param {HTMLElement[]} parts @returns {{ part: HTMLElement, home: HTMLElement }[]} Each with the list that it stands in at first */
function homes(parts) {
  return parts.map((part) => ({ part, home: /** @type {HTMLElement} */ (part.parentElement) }));
}

/** @param {Element} within @param {string} selector @returns {HTMLElement[]} */
function all(within, selector) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll(selector))];
}

/** @param {Element} within @param {string} selector */
function one(within, selector) {
  return all(within, selector)[0];
}
