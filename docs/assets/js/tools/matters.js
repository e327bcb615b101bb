import { startKeep } from "./keep.js";
import { all, element, filled, find } from "./page.js";
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
  const template = /** @type {HTMLTemplateElement} */ (find(root, "template"));
  const [done, known] = /** @type {HTMLElement[]} */ ([...template.content.children]);
  const status = find(done, "[role=status]");
  const marks = /** @type {HTMLInputElement[]} */ (all(root, "input"));
  const own = /** @type {HTMLTextAreaElement} */ (find(root, "textarea"));
  const order = find(root, "[data-mg-order]");
  const untouched = [...order.children];
  const options = all(root, "article").map((part) => ({ part, rows: homes(all(part, "dl > *")) }));
  const list = find(root, "article").parentElement;
  const concerns = homes(all(root, "[data-mg-concern]"));
  const asks = all(root, "fieldset");
  /** @type {string[]} */
  let said = [];

  asks.unshift(...asks.splice(-1)); // what matters most of all

  /** @param {string | undefined} ask - A question's name @returns {HTMLInputElement[]} What is ticked there and says something */
  function ticked(ask) {
    return marks.filter(({ name, value, checked }) => checked && value && name === `mg-${ask}`);
  }

  function sort() {
    /** @type {Set<string>} */
    const first = new Set();
    const [bothers, days] = ["bothers", "days"].map(ticked);
    said = [];
    asks.forEach((ask) => {
      const chosen = ticked(ask.dataset.mgAsk);
      const about = new Set(chosen.flatMap(({ dataset }) => (dataset.mgAbout ?? ask.dataset.mgAbout ?? "").split(" ")));
      const rows = joined([...about].map((row) => find(root, `[data-mg-row=${row}] dt`)));
      say(first.size ? words.mgThen : words.mgRows, chosen, rows, joined([find(ask, "legend span")]));
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
      const front = [...first].map((row) => find(part, `[data-mg-row=${row}]`));
      list?.append(part);
      rows.forEach(({ part: row, home }) => {
        home.append(row);
        row.toggleAttribute("data-mg-first", front.includes(row));
      });
      find(part, "dl").append(...front);
    }
    known.remove();
    concerns.forEach(({ part, home }) => home.append(part));
    if (bothers.length) {
      find(known, "ul").append(...bothers.map(({ value }) => find(root, `[data-mg-concern=${value}]`)));
      list?.before(known);
    }
    root.toggleAttribute("data-mg-made", said.length > 0);
    order.replaceChildren(...(said.length ? said.map((text) => element("p", "", text)) : untouched));
  }

  /** Paper shows the reader's own words as text. */
  function copyOwn() {
    find(root, ".mg-what-matters__typed").textContent = own.value;
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
      said.push(filled(text, values));
    }
  }

  /** @param {boolean} [mailed] - A mail has no room for facts @returns {string} Each order, and of each option the rows that come first */
  function text(mailed) {
    const facts = mailed ? [] : all(root, "article").flatMap((option) => [
      "",
      ...all(option, "h4, h4 + p > :first-child").map((part) => joined([part])),
      ...all(option, "[data-mg-first]").map((row) => [...row.children].map((part) => joined([part])).join(": ")),
    ]);
    return [own.value, "", words.mgSaid, ...said, ...facts].join("\n").trim();
  }

  root.dataset.mgOn = "";
  template.replaceWith(done);
  const share = startShare(find(done, "[data-mg-share]"), { subject: () => words.mgSubject, text });
  const keep = startKeep(find(done, "[data-mg-keep]"), {
    name: "matters",
    read: () => ({ ticks: marks.filter(({ checked }) => checked).map(key), own: own.value }),
    write({ ticks, own: kept }) {
      if (!Array.isArray(ticks) || typeof kept !== "string") {
        throw new TypeError("matters");
      }
      marks.forEach((mark) => (mark.checked = ticks.includes(key(mark))));
      own.value = kept;
    },
  });
  sort();
  copyOwn();

  root.addEventListener("input", ({ target }) => {
    share.forget();
    if (target === own) {
      copyOwn();
    } else {
      sort();
      /* What was ticked last, and so what is new, is said by its own words. */
      status.textContent = [joined([/** @type {HTMLInputElement} */ (target).labels?.[0] ?? own]), words.mgSorted].join(". ");
    }
    keep.changed();
  });
  find(done, "[data-mg-clear]").addEventListener("click", () => {
    if (!confirm(words.mgClearSure)) {
      return;
    }
    marks.forEach((mark) => (mark.checked = false));
    own.value = "";
    sort();
    copyOwn();
    share.forget();
    keep.changed();
    status.textContent = words.mgCleared;
  });
}

/** @param {HTMLElement[]} parts @returns {{ part: HTMLElement, home: HTMLElement }[]} Each with the list that it stands in at first */
function homes(parts) {
  return parts.map((part) => ({ part, home: /** @type {HTMLElement} */ (part.parentElement) }));
}
