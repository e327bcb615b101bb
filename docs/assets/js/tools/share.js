/** Prints, copies or mails what a reader has made with a tool. It leaves the page only as the reader presses. */

import { find } from "./page.js";

const LONGEST = 2000; // signs in a mail's address: some systems open no app for more than 2048

/**
 * @param {HTMLElement} part - Element with `data-mg-share`
 * @param {object} made - What the tool has made, asked for at each press
 * @param {() => string} made.subject - Its name, as a mail's subject
 * @param {(mailed?: boolean) => string} made.text - All of it, as plain text; for a mail, which has little room, what matters most
 * @returns {{ forget: () => void }} To call at each change: what stands to be copied by hand is older than that
 */
export function startShare(part, { subject, text }) {
  const { mgCopied, mgByHand, mgMailing, mgCut } = /** @type {Record<string, string>} */ (part.dataset);
  const status = find(part, "[role=status]");
  const byHand = find(part, "label");
  /** @type {HTMLTextAreaElement} */
  const area = find(part, "textarea");
  /** @type {HTMLAnchorElement} */
  const mail = find(part, "[data-mg-share-mail]");
  const to = mail.href;

  find(part, "[data-mg-share-print]").addEventListener("click", () => print());
  find(part, "[data-mg-share-copy]").addEventListener("click", async () => {
    const whole = text();
    /* Refused, or an address without https. */
    const copied = await navigator.clipboard?.writeText(whole).then(() => true, () => false);
    byHand.hidden = copied;
    area.value = copied ? "" : whole;
    status.textContent = copied ? mgCopied : mgByHand;
    if (!copied) {
      area.focus();
      area.select();
    }
  });
  mail.addEventListener("click", () => {
    const begun = `${to}?subject=${asPart(subject())}&body=`;
    mail.href = begun + cut(text(true), mgCut, LONGEST - begun.length);
    status.textContent = mgMailing;
  });
  /* What a reader's list holds stands in the link for as long as the press takes, and no longer. */
  addEventListener("click", ({ target }) => target instanceof Node && mail.contains(target) && setTimeout(() => (mail.href = to)));

  return {
    forget() {
      byHand.hidden = true;
      area.value = "";
      status.textContent = "";
    },
  };
}

/**
 * @param {string} text - What a mail says
 * @param {string} last - The line that says that it was cut
 * @param {number} room - How many signs of an address there are for both
 * @returns {string} The text as part of an address; where it is too long, its first lines and that one
 */
function cut(text, last, room) {
  const whole = asPart(text);
  if (whole.length <= room) {
    return whole;
  }
  const end = asPart(`\n\n${last}`);
  let begun = text.slice(0, room);
  while (asPart(begun).length + end.length > room) {
    begun = begun.slice(0, -1);
  }
  return asPart(begun) + end;
}

/**
 * @param {string} text - Any text; a sign that was cut in two cannot stand in an address
 * @returns {string} The same with the ends of lines that mail asks for, as part of an address
 */
function asPart(text) {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "").replace(/\r?\n/g, "\r\n"));
}
