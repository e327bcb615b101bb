/**
 * My plan: puts dates to the steps of the page, prints and saves them, and counts back from an event.
 *
 * Its facts stand in the page. What the reader types is never shown again as it was typed, and leaves the page only as they press.
 */

import { dayAt, daysBetween, daysIn, dayTyped, momentAfter, shifted, written } from "./dates.js";
import { calendarFile } from "./ics.js";
import { startKeep } from "./keep.js";
import { startShare } from "./share.js";

/** @typedef {import("./dates.js").Day} Day */
/** @typedef {import("./dates.js").Unit} Unit */

/**
 * @typedef {object} Step
 * @property {HTMLElement} item - Where it stands
 * @property {string} id - Of its step
 * @property {string} when - Its time in words
 * @property {string} calendar - What a calendar says; empty where it has no time of its own
 * @property {number} amount - How far from the day of treatment; below 0 before it
 * @property {Unit | ""} unit - Empty where nothing is counted
 * @property {Day} [day] - Its day, once the reader gave theirs
 * @property {number} [moment] - Where it has one: milliseconds since 1970
 */

const FAR = 548; // days, a year and a half: from there on the year is asked about
const LONGEST = 40; // signs of a field that are put back
const COUNTED = { minute: 60, hour: 1, day: 0, week: 0, month: 0, "": 0 }; // how many make an hour; 0 where whole days are counted

/**
 * @param {HTMLElement} root - The component, with `data-mg-tool="plan"`
 * @param {() => Date} [clock] - What time it is
 */
export function start(root, clock = () => new Date()) {
  const { mgLocale: locale = "en", mgZone: zone = "UTC", mgClock } = root.dataset;
  const [visitForm, eventForm] = root.querySelectorAll("form");
  const [visitSaid, eventSaid] = all(root, ".mg-my-plan__said");
  const lists = all(root, "ol");
  const parts = lists.map((list) => all(list, "[data-mg-step]").map(stepOf));
  const [before, onDay] = parts;
  /** @type {Day | undefined} */
  let visit;
  /** @type {string[]} */
  let eventLines = [];
  /** @type {{ changed: () => void } | undefined} */
  let keep;

  /**
   * @param {string} key - Of the words: those of data/words.yml, with hyphens
   * @param {Record<string, string | number>} [values] - What fills its braces
   */
  const say = (key, values = {}) => `${root.getAttribute(`data-say-${key}`)}`.replace(/\{(\w+)\}/g, (_, name) => `${values[name]}`);
  const now = () => {
    const [year, month, day] = (root.dataset.mgToday ?? clock().toLocaleDateString("sv")).split("-").map(Number); // Swedes write 2027-01-05
    return { year, month, day };
  };
  /** @param {Day} day - Any day */
  const full = (day) => written(day, locale);
  /** @param {Step} step - With a day, a moment or neither */
  const dated = ({ day, moment }) => {
    const time = moment && new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "numeric", minute: "2-digit", hour12: mgClock === "12" }).format(moment);
    return day && time ? say("from-hour", { day: full(day), time }) : day ? full(day) : "";
  };
  /** @param {Day} day - A day that a reader gave */
  const asked = (day) => (Math.abs(daysBetween(now(), day)) > FAR ? say("far") : "");

  /**
   * The day in a form; where there is none, what is wrong is told beside the field, and the keyboard goes there.
   *
   * @param {HTMLFormElement} form - One of the two
   * @returns {Day | undefined}
   */
  const dayIn = (form) => {
    const { day: number, month, year, hour } = fieldsOf(form);
    const { day, wrong, inMonth } = dayTyped(number.value, month.value, year.value, locale);
    const badHour = hour?.validity.badInput;
    const at = wrong ? { date: number, day: number, month, year }[wrong] : hour;
    const fault = inMonth
      ? say("no-such-day", { month: written(inMonth, locale, { month: "long", year: "numeric" }), count: daysIn(inMonth) })
      : wrong || badHour ? say(`bad-${wrong || "hour"}`) : "";
    const told = find(form, ".mg-my-plan__error");
    told.textContent = fault;
    told.hidden = !fault;
    for (const input of form.querySelectorAll("input")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
    if (fault && at) {
      at.setAttribute("aria-invalid", "true");
      at.setAttribute("aria-describedby", told.id);
      at.focus();
    }
    return fault ? undefined : day;
  };

  const showPlan = () => {
    const day = dayIn(visitForm);
    if (!day) {
      return;
    }
    visit = day;
    const today = now();
    const hour = fieldsOf(visitForm).hour?.value ?? "";
    for (const [place, steps] of parts.entries()) {
      for (const step of steps) {
        date(step, day, hour, zone);
        /* What is done before and on the day is over then. What comes back after it is back for good. */
        mark(find(step.item, ".mg-my-plan__name"), place < 2 && step.day && daysBetween(step.day, today) > 0 ? say("over") : "");
      }
      arrange(lists[place], steps, dated, today);
    }
    markToday(today);
    const away = daysBetween(today, day);
    const missed = away >= 0 && before.some((step) => step.day && daysBetween(step.day, today) > 0);
    tell(visitSaid, [
      say("shown", { day: full(day), away: new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(away, "day") }),
      away < 0 ? say("past") : missed ? say("late") : "",
      asked(day),
      say(hour ? "to-the-hour" : "whole-days"),
    ]);
    root.classList.add("mg-my-plan--dated");
    find(root, "[data-mg-plan=calendar]").hidden = false;
    show();
  };

  /** @param {Day} today - The day that it is */
  const markToday = (today) => {
    const days = all(root, "[data-mg-away]");
    const onIt = days.filter(({ dataset }) => dataset.mgAway === "0");
    if (!onIt.length) {
      const item = element("li", "mg-my-plan__day");
      item.append(element("p", "mg-my-plan__when", full(today)));
      const next = days.find(({ dataset }) => Number(dataset.mgAway) > 0);
      next ? next.before(item) : lists[2].append(item);
      onIt.push(item);
    }
    for (const item of onIt) {
      item.classList.add("mg-my-plan__day--today");
      mark(find(item, "p"), say("today"));
    }
  };

  const showEvent = () => {
    const day = dayIn(eventForm);
    if (!day) {
      return;
    }
    const today = now();
    const past = daysBetween(day, today) > 0;
    eventLines = all(root, "[data-mg-event]").map((item) => {
      const { mgEvent, mgAmount, mgUnit } = item.dataset;
      const last = shifted(day, Number(mgAmount), /** @type {Unit} */ (mgUnit));
      const tooLate = !past && daysBetween(last, today) > 0;
      const visitLate = !tooLate && mgEvent === "big-day" && visit && daysBetween(last, visit) > 0 && daysBetween(visit, day) >= 0;
      return `${nameOf(item)}. ${say("event-last", { day: full(last) })} ${tooLate ? say("event-over") : visitLate ? say("event-visit") : ""}`;
    });
    tell(eventSaid, [`${full(day)}.`, ...eventLines, past ? say("event-past") : "", asked(day)]);
    show();
  };

  const show = () => {
    find(root, "[data-mg-plan=take]").hidden = false;
    keep?.changed();
  };

  const subject = () => (visit ? say("plan-for", { day: full(visit) }) : say("appointment"));
  const text = () => [
    subject(),
    ...all(root, "[data-mg-away]").map((item) => `${said(find(item, "p"))}: ${all(item, "li").map(nameOf).join("; ")}.`),
    ...eventLines,
    say("wins"),
  ].join("\n\n");

  const save = () => {
    if (!visit) {
      return;
    }
    const entries = parts.flat().flatMap(({ item, id, day, moment, calendar }) => (day && calendar ? [{ id, day, moment, title: say("appointment-for", { what: calendar }), text: textOf(item) }] : []));
    const own = { id: "visit", day: visit, title: say("appointment"), text: onDay.map(({ item }) => nameOf(item)).join("\n") };
    const made = calendarFile(visit, [own, ...entries].map((entry) => ({ ...entry, text: `${entry.text}\n${say("wins")}` })), { made: clock(), reminder: root.querySelector("input:checked") !== null });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([made], { type: "text/calendar" }));
    link.download = "skin-appointment.ics";
    link.click();
    URL.revokeObjectURL(link.href);
    tell(find(root, ".mg-my-plan__saved"), [say("saved")]);
  };

  const forms = /** @type {const} */ ([[visitForm, showPlan], [eventForm, showEvent]]);
  for (const [form, answer] of forms) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer();
    });
  }
  find(root, "[data-mg-plan=save]").addEventListener("click", save);
  startShare(find(root, "[data-mg-share]"), { subject, text });
  keep = startKeep(find(root, "[data-mg-keep]"), {
    name: "plan",
    read: () => ({ typed: forms.map(([form]) => [...form.querySelectorAll("input")].map(({ value }) => value)) }),
    write: (/** @type {{ typed: string[][] }} */ { typed }) => {
      for (const [place, [form, answer]] of forms.entries()) {
        for (const [nth, input] of form.querySelectorAll("input").entries()) {
          input.value = typed[place][nth].slice(0, LONGEST);
        }
        if (typed[place].some(Boolean)) {
          answer();
        }
      }
    },
  });
}

/**
 * @param {HTMLElement} item - A step of the page
 * @returns {Step}
 */
function stepOf(item) {
  const { mgStep: id = "", mgCalendar: calendar = "", mgAmount: amount, mgUnit: unit } = item.dataset;
  return { item, id, when: find(/** @type {HTMLElement} */ (item.closest(".mg-my-plan__day")), "p").textContent ?? "", calendar, amount: Number(amount), unit: /** @type {Unit | ""} */ (unit) };
}

/**
 * Give a step its day, and its moment where it is a wait in hours that ends at one. Before treatment whole days are kept:
 * nobody is harmed by a day without wine that begins in the morning.
 *
 * @param {Step} step - Any step
 * @param {Day} visit - The day of treatment
 * @param {string} hour - When it ends; empty where that is not known
 * @param {string} zone - The clinic's time zone
 */
function date(step, visit, hour, zone) {
  const { amount, unit } = step;
  step.moment = hour && amount > 0 && COUNTED[unit] ? momentAfter(visit, hour, zone, amount / COUNTED[unit]) : undefined;
  step.day = step.moment ? dayAt(step.moment, zone) : unit ? shifted(visit, amount, unit) : undefined;
}

/**
 * Put the steps of a part in the order of their days, those of one day together; steps without one stay first.
 *
 * @param {HTMLElement} list - Where they stand
 * @param {Step[]} steps - The steps of the part
 * @param {(step: Step) => string} dated - Writes a step's day
 * @param {Day} today - The day that it is
 */
function arrange(list, steps, dated, today) {
  const away = (/** @type {Step} */ { day }) => (day ? daysBetween(today, day) : -Infinity);
  let heading = "";
  list.replaceChildren();
  for (const step of [...steps].sort((one, other) => away(one) - away(other) || (one.moment ?? 0) - (other.moment ?? 0))) {
    const day = dated(step);
    if (heading !== (day || step.when)) {
      heading = day || step.when;
      const group = element("li", "mg-my-plan__day");
      const when = element("p", "mg-my-plan__when", heading);
      if (day) {
        group.dataset.mgAway = `${away(step)}`;
        when.append(element("span", "mg-my-plan__ago", step.when));
      }
      group.append(when, element("ul", "mg-my-plan__steps"));
      list.append(group);
    }
    find(list, "li:last-child > ul").append(step.item);
  }
}

/**
 * @param {HTMLElement} item - A step, or a row of the event's
 * @returns {string} What it says in few words
 */
function nameOf(item) {
  return said(find(item, ".mg-my-plan__name"));
}

/**
 * @param {HTMLElement} item - A step
 * @returns {string} What it says in more words, without the numbers of its sources
 */
function textOf(item) {
  const text = /** @type {HTMLElement} */ (find(item, ".mg-my-plan__text").cloneNode(true));
  text.querySelector("sup")?.remove();
  return text.innerText;
}

/**
 * @param {HTMLElement} line - A line of text, with or without a mark
 * @returns {string} Its words alone
 */
function said(line) {
  return line.firstChild?.textContent ?? "";
}

/**
 * @param {HTMLElement} line - Where a mark may stand
 * @param {string} text - What it says; empty for none
 */
function mark(line, text) {
  line.querySelector(".mg-my-plan__mark")?.remove();
  if (text) {
    line.append(element("span", "mg-my-plan__mark", text));
  }
}

/**
 * @param {string} tag - Such as li
 * @param {string} className - Of the style sheet
 * @param {string} [text] - What it says
 */
function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/**
 * @param {HTMLElement} status - Where a reader is told
 * @param {string[]} lines - What; empty ones are left out
 */
function tell(status, lines) {
  status.replaceChildren(...lines.filter(Boolean).map((line) => element("p", "mg-my-plan__line", line)));
}

/**
 * @param {HTMLFormElement} form - One of the two
 * @returns {{ day: HTMLInputElement, month: HTMLInputElement, year: HTMLInputElement, hour?: HTMLInputElement }}
 */
function fieldsOf(form) {
  return /** @type {ReturnType<typeof fieldsOf>} */ (Object.fromEntries([...form.querySelectorAll("input")].map((input) => [input.name, input])));
}

/**
 * @param {HTMLElement} root - Where to look
 * @param {string} part - A selector of what the template has there
 */
function find(root, part) {
  return /** @type {HTMLElement} */ (root.querySelector(part));
}

/**
 * @param {HTMLElement} root - Where to look
 * @param {string} part - A selector
 */
function all(root, part) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll(part)]);
}
