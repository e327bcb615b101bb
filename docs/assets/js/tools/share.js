/** Prints, copies or mails what a reader has made with a tool. It leaves the page only as the reader presses. */

const LONGEST = 1800; // signs in a mail's text: mail apps cut a longer address, or do not open

/**
 * @param {HTMLElement} part - Element with `data-mg-share`
 * @param {object} made - What the tool has made, asked for at each press
 * @param {() => string} made.subject - Its name, as a mail's subject
 * @param {() => string} made.text - All of it, as plain text
 */
export function startShare(part, { subject, text }) {
  const { mgCopied, mgByHand, mgMailing, mgCut = "" } = part.dataset;
  const status = /** @type {HTMLElement} */ (part.querySelector("[role=status]"));
  const byHand = /** @type {HTMLElement} */ (part.querySelector("label"));
  const area = /** @type {HTMLTextAreaElement} */ (part.querySelector("textarea"));
  const mail = /** @type {HTMLAnchorElement} */ (part.querySelector("[data-mg-share-mail]"));
  const to = mail.href;

  part.querySelector("[data-mg-share-print]")?.addEventListener("click", () => print());
  part.querySelector("[data-mg-share-copy]")?.addEventListener("click", async () => {
    const whole = text();
    let copied = true;
    try {
      await navigator.clipboard.writeText(whole);
    } catch {
      copied = false; // refused, or an address without https
    }
    byHand.hidden = copied;
    area.value = copied ? "" : whole;
    status.textContent = (copied ? mgCopied : mgByHand) ?? "";
    if (!copied) {
      area.focus();
      area.select();
    }
  });
  mail.addEventListener("click", () => {
    mail.href = `${to}?subject=${asPart(subject())}&body=${asPart(cut(text(), mgCut))}`;
    status.textContent = mgMailing ?? "";
  });
  /* What a reader's list holds stands in the link for as long as the press takes, and no longer. */
  addEventListener("click", ({ target }) => target instanceof Node && mail.contains(target) && setTimeout(() => (mail.href = to)));
}

/**
 * @param {string} text - What a mail says
 * @param {string} last - The line that says that it was cut
 * @returns {string} The text; where it is too long, its beginning and that line
 */
function cut(text, last) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - last.length - 2)}\n\n${last}` : text;
}

/**
 * @param {string} text - Any text; a sign that was cut in two cannot stand in an address
 * @returns {string} The same with the ends of lines that mail asks for, as part of an address
 */
function asPart(text) {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "").replace(/\r?\n/g, "\r\n"));
}
