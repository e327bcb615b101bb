/**
 * Words that explain themselves: keep brackets and stops with their word, and close its meaning when the keyboard goes on.
 *
 * Without this script a stop may begin the next line, and a meaning stays until Escape or a tap beside it.
 *
 * @param {Iterable<HTMLButtonElement>} words - Every word that explains itself
 */
export function startTerms(words) {
  for (const word of words) {
    hold(/** @type {HTMLElement} */ (word.parentElement));
    word.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget) {
        /** @type {HTMLElement | null} */ (word.popoverTargetElement)?.hidePopover();
      }
    });
  }
}

/**
 * A button is a thing of its own in its line: a browser may break the line between it and a bracket.
 *
 * @param {HTMLElement} term - A word and its meaning, which the style sheet keeps on one line
 */
function hold(term) {
  const { previousSibling: before, nextSibling: after } = term;
  if (before instanceof Text) {
    const [opening = ""] = before.data.match(/[([“‘"]*$/) ?? [];
    before.data = before.data.slice(0, before.length - opening.length);
    term.prepend(opening);
  }
  if (after instanceof Text) {
    const [closing = ""] = after.data.match(/^[)\]”’".,;:!?]*/) ?? [];
    after.data = after.data.slice(closing.length);
    term.append(closing);
  }
}
