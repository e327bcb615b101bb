/**
 * A file for calendars (RFC 5545): days as days, and waits in hours as moments.
 *
 * A moment is written in UTC. A wait of 24 hours is over at one moment, wherever the reader is by then and however the
 * clocks have changed: an hour of no time zone ("floating") would come too soon for a reader who flew east, and an hour
 * short on the night when clocks go forward. UTC needs no table of a time zone's changes, which no two programs read alike.
 * A day is no moment. It has no time zone, so that it is the same day everywhere.
 */

import { compact, daysBetween, shifted } from "./dates.js";

/**
 * @typedef {object} Entry
 * @property {string} id - Of its step
 * @property {string} title - Others may see it
 * @property {string} text - What it says when it is opened
 * @property {import("./dates.js").Day} day - Its day
 * @property {number} [moment] - Where it has one: milliseconds since 1970
 */

const LONGEST = 75; // octets in a line, without its end
const encoder = new TextEncoder();

/**
 * @param {import("./dates.js").Day} visit - The day of treatment: with the step's id it makes a name that never changes
 * @param {Entry[]} entries - What the file is to hold
 * @param {{ made: Date, reminder: boolean }} how - When it is made, and whether each entry has a reminder
 * @returns {string} The file
 */
export function calendarFile(visit, entries, { made, reminder }) {
  const stamp = inUtc(made.getTime());
  const lines = entries.flatMap(({ id, title, text, day, moment }) => [
    "BEGIN:VEVENT",
    `UID:${compact(visit)}-${id}@skin-appointment`,
    `DTSTAMP:${stamp}`,
    ...(moment === undefined
      ? [`DTSTART;VALUE=DATE:${compact(day)}`, `DTEND;VALUE=DATE:${compact(shifted(day, 1, "day"))}`]
      : [`DTSTART:${inUtc(moment)}`, "DURATION:PT15M"]),
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    "CLASS:PRIVATE",
    "TRANSP:TRANSPARENT",
    /* Before treatment there is something to do first: noon on the day before. What comes back must not be told too soon. */
    ...(reminder ? ["BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escaped(title)}`, `TRIGGER:${moment !== undefined ? "PT0S" : daysBetween(visit, day) > 0 ? "PT9H" : "-PT12H"}`, "END:VALARM"] : []),
    "END:VEVENT",
  ]);
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//My plan//EN", ...lines, "END:VCALENDAR", ""].map(folded).join("\r\n");
}

/**
 * @param {string} line - Any line
 * @returns {string} The same in lines of at most 75 octets; no sign is parted
 */
function folded(line) {
  let size = 0;
  let text = "";
  for (const sign of line) {
    const octets = encoder.encode(sign).length;
    if (size + octets > LONGEST) {
      text += "\r\n ";
      size = 1;
    }
    text += sign;
    size += octets;
  }
  return text;
}

/** @param {string} text - Any text */
function escaped(text) {
  return text
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\r\n?|\n/g, "\\n")
    .replace(/\p{Cc}/gu, "");
}

/** @param {number} moment - Milliseconds since 1970 */
function inUtc(moment) {
  return `${new Date(moment).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}
