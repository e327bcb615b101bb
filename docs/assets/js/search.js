/**
 * The search box: asks for nothing until the reader turns to it, answers at each key, and keeps the question on Back.
 *
 * Results are links in a list: arrow keys walk from the box through them and back, Escape returns to the box.
 * The question is kept with the page's place in the browser's history, so it is in no address and goes when the tab closes.
 */

import { part } from "./parts.js";
import { showAnswer, showFailure } from "./search-show.js";

const PAUSE = 400; // milliseconds without a key, so that a screen reader is not talked over, nor the history written at each key
const LONGEST = 300; // signs of a question that are read: the box takes no more, but a link may bring them

/**
 * @typedef {(question: string) => import("./search-rank.js").Answer} Answers
 * @typedef {object} Box - The search and its parts
 * @property {HTMLElement} root - Element with `data-mg-search`: the addresses of the index and of the guide's root, and the words to say
 * @property {HTMLButtonElement} opener - The button that shows the form on a phone
 * @property {HTMLFormElement} form
 * @property {HTMLInputElement} input
 * @property {HTMLElement} panel - The results
 * @property {HTMLElement} status - What a screen reader says
 */

/**
 * Start the search box.
 *
 * @param {HTMLElement} root - Element with `data-mg-search`
 */
export function startSearch(root) {
  const box = {
    root,
    opener: part(root, "button[aria-expanded]", HTMLButtonElement),
    form: part(root, "form", HTMLFormElement),
    input: part(root, "input[name=q]", HTMLInputElement),
    panel: part(root, ".mg-search__panel", HTMLElement),
    status: part(root, "[role=status]", HTMLElement),
  };
  const { form } = box;
  const list = new List(box);

  box.opener.addEventListener("click", () => {
    const shut = box.opener.getAttribute("aria-expanded") === "false";
    box.opener.setAttribute("aria-expanded", String(shut));
    if (shut) {
      /* A phone's keyboard takes half of the screen: the box goes to its top, so that the first answer is in sight. */
      form.scrollIntoView({ block: "start" });
      box.input.focus({ preventScroll: true });
    } else {
      list.close();
    }
  });
  box.input.addEventListener("focus", () => (box.input.value.trim() && box.panel.hidden ? list.ask(true) : list.getReady()));
  box.input.addEventListener("input", () => list.ask(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await list.ask(true);
    if (form.contains(document.activeElement)) {
      links(part(box.panel, ".mg-search__found", HTMLElement))[0]?.focus();
    }
  });
  root.addEventListener("keydown", (event) => steer(event, box, list));
  document.addEventListener("keydown", ({ key, target }) => {
    /* After Back, or a link with ?q=, the keyboard is not in the search. */
    if (key === "Escape" && !box.panel.hidden && target instanceof Node && !root.contains(target)) {
      list.close();
    }
  });
  box.panel.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest("a") : null;
    list.keepNow();
    /* On the page that is open already, nothing else would clear the view. */
    if (link?.hash && link.pathname === location.pathname) {
      box.panel.hidden = true;
    }
  });
  root.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !root.contains(relatedTarget)) {
      list.close();
    }
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !root.contains(target) && !box.panel.hidden) {
      list.close();
    }
  });
  startAgain(box, list);
}

/** What stands below the box: the answer to the last question, and no older one. */
class List {
  /** @param {Box} box - The search and its parts */
  constructor(box) {
    this.box = box;
    this.turn = 0;
    /** @type {Promise<Answers> | undefined} */
    this.ready = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.pause = undefined;
  }

  /**
   * Fetch what answers, once; a failed try is tried again with the next question.
   *
   * @returns {Promise<Answers>}
   */
  getReady() {
    const fetched = (this.ready ??= answers(this.box.root.dataset.mgIndex ?? ""));
    fetched.catch(() => (this.ready = undefined));
    return fetched;
  }

  /**
   * Answer what stands in the box.
   *
   * @param {boolean} finished - Whether the last word is surely whole
   */
  async ask(finished) {
    const { panel, root } = this.box;
    const typed = this.#typed();
    const question = typed.trim();
    if (!question) {
      this.close();
      return;
    }
    this.turn += 1;
    const turn = this.turn;
    const words = /** @type {Record<string, string>} */ (root.dataset);
    let said;
    try {
      const answer = await this.getReady();
      said = () => showAnswer(panel, answer(finished ? `${question} ` : typed), words);
    } catch {
      said = () => showFailure(panel, words);
    }
    /* A slow answer to an earlier question must not take the place of this one, nor open what was closed. */
    if (turn === this.turn) {
      this.#later(said(), question);
      panel.hidden = false;
      panel.dataset.mgAsked = question;
    }
  }

  /** Show nothing, and forget the question when the reader comes back. */
  close() {
    this.turn += 1;
    this.box.panel.hidden = true;
    delete this.box.panel.dataset.mgAsked;
    this.#later("", "");
  }

  /** Keep the question before a link is followed: later, it would be kept with the place that the link leads to. */
  keepNow() {
    clearTimeout(this.pause);
    keep(this.#typed().trim());
  }

  /** @returns {string} What is read of what stands in the box */
  #typed() {
    return this.box.input.value.slice(0, LONGEST);
  }

  /**
   * @param {string} said - What a screen reader says
   * @param {string} question - To keep; empty to forget
   */
  #later(said, question) {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      this.box.status.textContent = said;
      keep(question);
    }, PAUSE);
  }
}

/**
 * Come back to a question: the one that this place in the browser's history was left with, else the one in the address.
 *
 * @param {Box} box - The search and its parts
 * @param {List} list - What stands below it
 */
function startAgain({ input, opener, panel }, list) {
  /** @param {string} question - To put into the box and answer */
  const show = (question) => {
    input.value = question;
    if (getComputedStyle(opener).display !== "none") {
      opener.setAttribute("aria-expanded", "true");
    }
    list.ask(true);
  };
  addEventListener("popstate", ({ state }) => {
    if (state?.mgSearch) {
      show(state.mgSearch);
    } else {
      panel.hidden = true;
    }
  });
  const asked = history.state?.mgSearch ?? new URLSearchParams(location.search).get("q");
  if (asked && !input.value) {
    show(asked);
  } else if (input.value) {
    list.ask(false);
  } else if (document.activeElement === input) {
    list.getReady();
  }
}

/**
 * Keep a question with this place in the browser's history. Safari refuses after a hundred changes in half a minute: then it is not kept.
 *
 * @param {string} question - To keep; empty to forget
 */
function keep(question) {
  if (question !== (history.state?.mgSearch ?? "") || (!question && new URLSearchParams(location.search).has("q"))) {
    try {
      history.replaceState({ ...history.state, mgSearch: question }, "");
    } catch {
      /* The search goes on without it. */
    }
  }
}

/**
 * @param {string} address - Of the index
 * @returns {Promise<Answers>} What answers questions
 */
async function answers(address) {
  const [{ searchOf }, index] = await Promise.all([import("./search-rank.js"), fetch(address)]);
  if (!index.ok) {
    throw new Error(`${address}: ${index.status}`);
  }
  return searchOf(await index.json());
}

/**
 * Arrow keys walk from the box through the results and back; Escape closes.
 *
 * @param {KeyboardEvent} event - A key pressed in the search
 * @param {Box} box - The search and its parts
 * @param {List} list - What stands below it
 */
function steer(event, { input, panel, opener }, list) {
  if (event.isComposing) {
    return;
  }
  if (event.key === "Escape") {
    if (panel.hidden && opener.offsetParent) {
      opener.setAttribute("aria-expanded", "false");
      opener.focus();
    } else {
      /* In this order: the box asks again when it is turned to with nothing shown. */
      input.focus();
      list.close();
    }
    event.preventDefault();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (panel.hidden) {
      list.ask(true);
    } else {
      const stops = [input, ...links(panel)];
      const step = event.key === "ArrowDown" ? 1 : -1;
      stops[Math.max(0, stops.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement))) + step]?.focus();
    }
    event.preventDefault();
  }
}

/**
 * @param {HTMLElement} part - Part of the panel
 * @returns {HTMLAnchorElement[]} The links in it that can be seen
 */
function links(part) {
  return [...part.querySelectorAll("a")].filter((link) => link.getClientRects().length > 0);
}
