/**
 * Show the choice of colours, and pass on what the reader chooses to the script in the page's head, which applies it.
 *
 * Without this script the colours are the device's. Nothing is stored: see overrides/shell/scheme.html.
 *
 * @param {HTMLFieldSetElement} control - Element with `data-mg-scheme`, which holds a radio button for each choice; shown
 *   once it works
 */
export function startScheme(control) {
  const chosen = document.documentElement.dataset;
  const show = () => {
    /** @type {HTMLInputElement} */ (control.querySelector(`[value="${chosen.mgColours}"]`)).checked = true;
  };

  if (!chosen.mgColours) {
    return;
  }

  /* A page that the browser keeps asleep for its Back button would wake with the tab's name as it was.
     One that listens, and is sent something while it sleeps, is loaded anew instead. */
  const asleep = new BroadcastChannel("mg-scheme");
  asleep.addEventListener("message", () => {});

  control.addEventListener("change", ({ target }) => {
    dispatchEvent(new CustomEvent("mg-scheme", { detail: /** @type {HTMLInputElement} */ (target).value }));
    asleep.postMessage("");
  });
  /* A browser may put back what was ticked when the page was last left. */
  addEventListener("pageshow", show);
  show();
  control.hidden = false;
}
