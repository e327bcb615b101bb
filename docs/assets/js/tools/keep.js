/** Keeps what a reader typed into a tool, on their own device: only once they press "Keep on this device", and until they press "Forget". */

import { find } from "./page.js";

/**
 * @param {HTMLElement} part - Element with `data-mg-keep`
 * @param {object} tool - Whose it is
 * @param {string} tool.name - Its name; the browser has what is kept under `mg-<name>`
 * @param {() => object} tool.read - Gives what to keep
 * @param {(kept: any) => void} tool.write - Puts back what was kept, before `startKeep` returns. Whatever it is given may come
 *   from elsewhere: it throws an error where that is not its own
 * @returns {{changed: () => void}} To call at each change
 */
export function startKeep(part, { name, read, write }) {
  const { mgKept, mgForgotten, mgRefused } = /** @type {Record<string, string>} */ (part.dataset);
  const key = `mg-${name}`;
  const status = find(part, "[role=status]");
  let keeping = false;

  /**
   * Keep it or forget it, and say so. A browser that forbids or lacks room for either throws: then nothing is kept,
   * not even an older copy, which would not be what the reader sees.
   *
   * @param {boolean} on - Whether to keep it
   */
  function set(on) {
    let said = on ? mgKept : mgForgotten;
    keeping = on;
    try {
      on ? localStorage.setItem(key, JSON.stringify({ [name]: read() })) : localStorage.removeItem(key);
    } catch {
      forgetQuietly();
      said = mgRefused;
    }
    say(said);
  }

  function forgetQuietly() {
    keeping = false;
    try {
      localStorage.removeItem(key);
    } catch {
      /* where nothing can be forgotten, nothing was kept */
    }
  }

  /** @param {string} text - What is so now; said again only where it is new */
  function say(text) {
    if (status.textContent !== text) {
      status.textContent = text;
    }
  }

  try {
    const stored = localStorage.getItem(key);
    if (stored !== null) {
      const kept = JSON.parse(stored)[name];
      if (Object.prototype.toString.call(kept) !== "[object Object]") {
        throw new TypeError(key);
      }
      write(kept);
      keeping = true;
      say(mgKept);
    }
  } catch {
    forgetQuietly();
  }
  find(part, "[data-mg-keep-on]").addEventListener("click", () => set(true));
  find(part, "[data-mg-keep-forget]").addEventListener("click", () => set(false));

  return {
    changed() {
      /* It may have been forgotten in another tab. */
      if (keeping) {
        set(localStorage.getItem(key) !== null);
      }
    },
  };
}
