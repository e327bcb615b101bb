/**
 * The search box: asks for nothing until the reader turns to it, answers at each key, and keeps the question on Back.
 *
 * Results are links in a list: arrow keys walk from the box through them and back, Escape returns to the box.
 * The question is kept with the page's place in the browser's history, so it is in no address and goes when the tab closes.
 */

import { showAnswer, showFailure } from "./search-show.js";

const SAID_AFTER = 400; // milliseconds without a key, so that a screen reader is not talked over

/**
 * Start the search box.
 *
 * @param {HTMLElement} root - Element with `data-mg-search`: the address of the index, of the guide's root, and the words to say
 * @param {() => Promise<(question: string) => import("./search-rank.js").Answer>} [hire] - Gets what answers; tests pass their own
 */
export function startSearch(root, hire = () => answers(root.dataset.mgIndex)) {
  const opener = root.querySelector("button[aria-expanded]");
  const form = root.querySelector("form");
  const box = form.elements.namedItem("q");
  const panel = root.querySelector(".mg-search__panel");
  const status = root.querySelector("[role=status]");
  /** @type {Promise<(question: string) => import("./search-rank.js").Answer> | undefined} */
  let ready;
  /** @type {number | undefined} */
  let waiting;

  const getReady = () => {
    ready ??= hire();
    ready.catch(() => (ready = undefined));
    return ready;
  };
  const say = (text) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => (status.textContent = text), SAID_AFTER);
  };
  const close = () => {
    panel.hidden = true;
    say("");
    keep("");
  };
  const open = () => opener.setAttribute("aria-expanded", "true");
  const ask = async () => {
    const question = box.value.trim();
    keep(question);
    if (!question) {
      close();
      return;
    }
    try {
      const answer = await getReady();
      /* A slow answer to an earlier question must not take the place of this one. */
      if (box.value.trim() === question) {
        say(showAnswer(panel, answer(box.value), root.dataset));
      }
    } catch {
      say(showFailure(panel, root.dataset));
    }
    panel.hidden = false;
    panel.dataset.mgAsked = question;
  };

  opener.addEventListener("click", () => {
    const shut = opener.getAttribute("aria-expanded") === "false";
    opener.setAttribute("aria-expanded", String(shut));
    close();
    if (shut) {
      box.focus();
    }
  });
  box.addEventListener("focus", () => getReady().catch(() => {}));
  box.addEventListener("input", ask);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await ask();
    panel.querySelector("a")?.focus();
  });
  root.addEventListener("keydown", (event) => steer(event, box, panel, opener, close));
  panel.addEventListener("click", ({ target }) => {
    const link = target.closest("a");
    /* On the page that is open already, nothing else would clear the view. */
    if (link?.hash && link.pathname === location.pathname) {
      panel.hidden = true;
    }
  });
  root.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !root.contains(relatedTarget)) {
      close();
    }
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!root.contains(target) && !panel.hidden) {
      close();
    }
  });
  addEventListener("popstate", ({ state }) => {
    box.value = state?.mgSearch ?? "";
    panel.hidden = true;
    if (box.value) {
      open();
      ask();
    }
  });

  const asked = kept() || new URLSearchParams(location.search).get("q");
  if (asked && !box.value) {
    open();
    box.value = asked;
  }
  if (box.value) {
    ask();
  } else if (document.activeElement === box) {
    getReady().catch(() => {});
  }
}

/**
 * @returns {string} The question that this place in the browser's history was left with
 */
export function kept() {
  return history.state?.mgSearch ?? "";
}

/** @param {string} question - To keep with this place; empty to forget */
function keep(question) {
  if (question !== kept()) {
    history.replaceState({ ...history.state, mgSearch: question }, "");
  }
}

/**
 * @param {string} address - Of the index
 * @returns {Promise<(question: string) => import("./search-rank.js").Answer>} What answers questions
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
 * @param {HTMLInputElement} box - Where the reader types
 * @param {HTMLElement} panel - The results
 * @param {HTMLButtonElement} opener - The button that shows the form on a phone
 * @param {() => void} close - Closes the results
 */
function steer(event, box, panel, opener, close) {
  if (event.key === "Escape") {
    if (panel.hidden && opener.offsetParent) {
      opener.setAttribute("aria-expanded", "false");
      opener.focus();
    } else {
      close();
      box.focus();
    }
    event.preventDefault();
  } else if (!panel.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    const stops = [box, ...[...panel.querySelectorAll("a")].filter((link) => link.checkVisibility())];
    const step = event.key === "ArrowDown" ? 1 : -1;
    stops[stops.indexOf(document.activeElement) + step]?.focus();
    event.preventDefault();
  }
}
