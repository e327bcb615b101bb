/**
 * A part of the page that its template always has: a script that cannot find it stops here, and says what is missing.
 *
 * @template {Element} Kind
 * @param {ParentNode} root - Where to look
 * @param {string} selector - What for
 * @param {new () => Kind} kind - What it must be, such as HTMLButtonElement
 * @returns {Kind} The first that fits
 */
export function part(root, selector, kind) {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) {
    throw new Error(`${selector}: no ${kind.name} on this page`);
  }
  return found;
}
