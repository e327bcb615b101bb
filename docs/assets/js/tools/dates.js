/**
 * Dates as people count them: on the parts of a date, so that no time zone and no change of the clocks can move one.
 * Only `momentAfter` deals in moments, as a wait in hours ends at a moment.
 */

/** @typedef {{ year: number, month: number, day: number }} Day - As people write it: January is month 1 */
/** @typedef {"minute" | "hour" | "day" | "week" | "month"} Unit */
/** @typedef {Day & { add(length: object): Day }} Plain - What we use of Temporal's PlainDate */
/** @typedef {{ PlainDate: new (year: number, month: number, day: number) => Plain }} Calendar - What we use of Temporal */

const DAY = 864e5; // milliseconds; in UTC, where alone they are counted, each day has as many
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/**
 * @param {{ year: number, month: number }} day - Any day of a month
 * @returns {number} How many days that month has
 */
export function daysIn({ year, month }) {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * @param {Day} day - Any day
 * @param {number} amount - How far on; below 0, how far back
 * @param {Unit} unit - Hours and minutes are counted in whole days, up: a wait is never cut short
 * @param {Calendar | undefined} [calendar] - The browser's own; tests leave it out
 * @returns {Day} The day so far on; where a month is too short for its number, its last day
 */
export function shifted(day, amount, unit, calendar = /** @type {{ Temporal?: Calendar }} */ (globalThis).Temporal) {
  const [months, inDays] = unit === "month" ? [amount, 0] : [0, unit === "week" ? 7 * amount : amount / { minute: 1440, hour: 24, day: 1 }[unit]];
  const days = Math.sign(inDays) * Math.ceil(Math.abs(inDays));
  if (calendar) {
    const { year, month, day: number } = new calendar.PlainDate(day.year, day.month, day.day).add({ days, months });
    return { year, month, day: number };
  }
  const first = partsOf(inUtc({ ...day, month: day.month + months, day: 1 }));
  return partsOf(inUtc({ ...first, day: Math.min(day.day, daysIn(first)) }) + days * DAY);
}

/**
 * @param {Day} from - Any day
 * @param {Day} to - Another
 * @returns {number} How many days lie between; below 0 where `to` comes first
 */
export function daysBetween(from, to) {
  return (inUtc(to) - inUtc(from)) / DAY;
}

/**
 * @param {Day} day - Any day
 * @returns {string} Such as 20270105
 */
export function compact(day) {
  return new Date(inUtc(day)).toISOString().slice(0, 10).replace(/-/g, "");
}

/**
 * @param {Day} day - Any day
 * @param {string} locale - Such as en-GB
 * @param {Intl.DateTimeFormatOptions} [shape] - Which parts to write; the whole date if left out
 * @returns {string} Such as Tuesday 5 January 2027
 */
export function written(day, locale, shape = { dateStyle: "full" }) {
  return new Intl.DateTimeFormat(locale, { ...shape, timeZone: "UTC" }).format(inUtc(day));
}

/**
 * @param {string} text - A month as a reader types it: 2, 02, Feb, february
 * @param {string} locale - The language of the names
 * @returns {number} From 1 to 12; 0 where no month, or more than one, is meant
 */
export function monthOf(text, locale) {
  const typed = tidy(text).replace(/\.$/, "");
  const names = Array.from({ length: 12 }, (_, month) => tidy(written({ year: 2000, month: month + 1, day: 1 }, locale, { month: "long" })));
  return numberOf(typed, 1, 12) || (typed.length < 3 ? 0 : names.findIndex((name) => name.startsWith(typed)) + 1);
}

/**
 * @param {string} typedDay - The three fields as a reader filled them
 * @param {string} typedMonth
 * @param {string} typedYear
 * @param {string} locale - The language of the months' names
 * @returns {{ day?: Day, wrong: string[], inMonth?: Day }} The day; or which fields are wrong, with the first day of the month
 *   where that month has no such day
 */
export function dayTyped(typedDay, typedMonth, typedYear, locale) {
  const day = numberOf(typedDay, 1, 31);
  const month = monthOf(typedMonth, locale);
  const year = numberOf(typedYear, FIRST_YEAR, LAST_YEAR);
  const wrong = Object.entries({ day, month, year }).flatMap(([name, number]) => (number ? [] : name));
  if (wrong.length) {
    return { wrong };
  }
  return day > daysIn({ year, month }) ? { wrong: ["day"], inMonth: { year, month, day: 1 } } : { wrong, day: { year, month, day } };
}

/**
 * @param {string} text - A number as a reader types it
 * @param {number} least - The smallest that it may be
 * @param {number} most - And the largest
 * @returns {number} The number; 0 where it is anything else
 */
function numberOf(text, least, most) {
  const number = Number(/^\d{1,4}$/.exec(tidy(text)));
  return number >= least && number <= most ? number : 0;
}

/**
 * @param {Day} day - The day of treatment
 * @param {string} time - Hour and minutes, such as 14:30, by the clocks of a place
 * @param {string} zone - The time zone of that place
 * @param {number} hours - How long to wait
 * @returns {number} The moment when the wait ends, in milliseconds since 1970, however the clocks may change on the way
 */
export function momentAfter(day, time, zone, hours) {
  const [hour, minute] = time.split(":").map(Number);
  const asIfUtc = inUtc(day) + hour * 36e5 + minute * 6e4;
  /* Where clocks stand then is known once the moment is: so it is looked up near it, then at it. */
  const near = asIfUtc - ahead(asIfUtc, zone);
  return asIfUtc - ahead(near, zone) + hours * 36e5;
}

/**
 * @param {number} moment - Milliseconds since 1970
 * @param {string} zone - A time zone
 * @returns {Day} Which day it is there then
 */
export function dayAt(moment, zone) {
  return partsOf(moment + ahead(moment, zone));
}

/**
 * @param {number} moment - Milliseconds since 1970, a whole minute
 * @param {string} zone - A time zone
 * @returns {number} By how many milliseconds the clocks there are ahead of UTC
 */
function ahead(moment, zone) {
  const clocks = new Date(moment).toLocaleString("sv", { timeZone: zone }); // Swedes write 2027-01-05 14:30:00
  return Date.parse(`${clocks.replace(" ", "T")}Z`) - moment;
}

/** @param {Day} day - Any day */
function inUtc({ year, month, day }) {
  return Date.UTC(year, month - 1, day);
}

/**
 * @param {number} moment - Milliseconds since 1970
 * @returns {Day} The day that it is in UTC
 */
function partsOf(moment) {
  const [year, month, day] = new Date(moment).toISOString().split(/[-T]/).map(Number);
  return { year, month, day };
}

/** @param {string} text - What a reader typed */
function tidy(text) {
  return text.normalize("NFKC").trim().toLowerCase();
}
