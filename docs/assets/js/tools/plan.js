/**
 * My plan: puts dates to the steps of the page, prints and saves them, and counts back from an event.
 *
 * Its facts stand in the page. What the reader types is never shown again as it was typed, and leaves the page only as they press.
 */

import { dayAt, daysBetween, daysIn, dayTyped, momentAfter, shifted, written } from "./dates.js";
import { calendarFile } from "./ics.js";
import { startKeep } from "./keep.js";
import { all, element, filled, find } from "./page.js";
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
 * @property {number} away - How many days from today it stands
 * @property {Day} [day] - Its day, once the reader gave theirs
 * @property {number} [moment] - Where it has one: milliseconds since 1970
 */

const FAR = 548; // days, a year and a half: from there on the year is asked about
/** @type {Record<string, number>} */
const AN_HOUR = { minute: 60, hour: 1 }; // how many make one; what is not here is counted in whole days

/**
 * @param {HTMLElement} root - The component, with `data-mg-tool="plan"`
 * @param {() => Date} [clock] - What time it is
 */
export function start(root, clock = () => new Date()) {
  const { mgLocale: locale, mgZone: zone, mgClock } = /** @type {Record<string, string>} */ (root.dataset);
  const [visitForm, eventForm] = root.querySelectorAll("form");
  const [visitSaid, eventSaid] = all(root, ".mg-my-plan__said");
  const lists = all(root, "ol");
  const parts = lists.map((list) => all(list, "[data-mg-step]").map(stepOf));
  const [before, onDay] = parts;
  /** @type {Day | undefined} */
  let visit;
  /** @type {Day | undefined} */
  let eventDay;
  /** @type {string[]} */
  let eventLines = [];
  /** @type {{ changed: () => void } | undefined} */
  let keep;

  /**
   * @param {string} key - Of the words: those of data/words.yml, with hyphens
   * @param {Record<string, string | number>} [values] - What fills its braces
   */
  const say = (key, values = {}) => filled(/** @type {string} */ (root.getAttribute(`data-say-${key}`)), values);
  const now = () => {
    const [year, month, day] = clock().toLocaleDateString("sv").split("-").map(Number); // Swedes write 2027-01-05
    return { year, month, day };
  };
  /** @param {Day} day - Any day */
  const full = (day) => written(day, locale);
  /** @param {Step} step - With a day, a moment or neither */
  const dated = ({ day, moment }) => {
    const time = moment && new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "numeric", minute: "2-digit", hourCycle: /** @type {"h12" | "h23"} */ (mgClock) }).format(moment);
    return day && time ? say("from-hour", { day: full(day), time }) : day ? full(day) : "";
  };
  /** @param {HTMLFormElement} form - One of the two */
  const typedIn = (form) => {
    const { day, month, year } = fieldsOf(form);
    return dayTyped(day.value, month.value, year.value, locale);
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
    const { day, wrong, inMonth } = typedIn(form);
    const told = find(form, ".mg-my-plan__error");
    const faulty = inputs(form).filter((field) => wrong.includes(field.name) || field.validity.badInput);
    told.textContent = inMonth
      ? say("no-such-day", { month: written(inMonth, locale, { month: "long", year: "numeric" }), count: daysIn(inMonth) })
      : faulty.map(({ name }) => say(`bad-${name}`)).join(" ");
    told.hidden = !faulty.length;
    for (const field of inputs(form)) {
      const isFaulty = faulty.includes(field);
      field.ariaInvalid = isFaulty ? "true" : null;
      field.setAttribute("aria-describedby", isFaulty ? told.id : field.dataset.mgHint ?? "");
    }
    faulty[0]?.focus();
    return faulty.length ? undefined : day;
  };

  const showPlan = () => {
    const day = dayIn(visitForm);
    if (!day) {
      return;
    }
    visit = day;
    const today = now();
    const hour = fieldsOf(visitForm).hour?.value ?? "";
    const away = daysBetween(today, day);
    parts.forEach((steps, place) => {
      steps.forEach((step) => date(step, day, hour, zone));
      arrange(lists[place], steps, dated, today);
    });
    markToday(today);
    const missed = away >= 0 && before.some((step) => step.day && daysBetween(step.day, today) > 0);
    tell(visitSaid, [
      say("shown", { day: full(day), away: new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(away, "day") }),
      away < 0 ? say("past") : missed ? say("late") : "",
      asked(day),
      say(hour ? "to-the-hour" : "whole-days"),
    ]);
    root.classList.add("mg-my-plan--dated");
    find(root, "[data-mg-plan=calendar]").hidden = false;
    if (eventDay) {
      tellEvent(eventDay);
    }
    show(visitSaid);
  };

  /** @param {Day} today - The day that it is */
  const markToday = (today) => {
    const days = all(root, "[data-mg-away]");
    const onIt = days.filter(({ dataset }) => dataset.mgAway === "0");
    if (!onIt.length) {
      const item = element("li", "mg-my-plan__day");
      item.append(element("p", "mg-my-plan__when", full(today)));
      lists[2].append(item);
      days.find(({ dataset }) => Number(dataset.mgAway) > 0)?.before(item);
      onIt.push(item);
    }
    for (const item of onIt) {
      item.classList.add("mg-my-plan__day--today");
      item.tabIndex = -1;
      find(item, "p").append(element("span", "mg-my-plan__mark", say("today")));
    }
    onIt[0].id = "mg-plan-today";
    find(root, "[data-mg-plan=today]").setAttribute("href", "#mg-plan-today");
  };

  const showEvent = () => {
    const day = dayIn(eventForm);
    if (day) {
      eventDay = day;
      tellEvent(day);
      show(eventSaid);
    }
  };

  /** @param {Day} day - The day of the event; told again where that of the treatment changes */
  const tellEvent = (day) => {
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
  };

  /** @param {HTMLElement} answered - Where the reader was told: what can be done with it stands there, but beside the treatment's day once there is one */
  const show = (answered) => {
    const take = find(root, "[data-mg-plan=take]");
    if (take.hidden || answered === visitSaid) {
      answered.after(take);
    }
    take.hidden = false;
    share.forget();
    keep?.changed();
  };

  const subject = () => (visit ? say("plan-for", { day: full(visit) }) : say("appointment"));
  /** @param {boolean} [mailed] - Then it holds what a calendar would, and no more */
  const text = (mailed) => [
    subject(),
    ...eventLines,
    ...(visit ? all(root, ".mg-my-plan__day") : []).map((day) => {
      const steps = all(day, mailed ? "[data-mg-step]:not([data-mg-calendar=''], [data-mg-kind=healing])" : "[data-mg-step]").map(inWords);
      return steps.length ? [`${said(find(day, "p"))}:`, ...steps].join("\n") : "";
    }),
    say("wins"),
  ].filter(Boolean).join("\n\n");

  const save = () => {
    if (!visit) {
      return;
    }
    const entries = parts.flat().flatMap(({ item, id, day, moment, calendar }) => (day && calendar ? [{ id, day, moment, title: say("appointment-for", { what: calendar }), text: textOf(item) }] : []));
    const own = { id: "visit", day: visit, title: say("appointment"), text: onDay.map(({ item }) => inWords(item)).join("\n") };
    const made = calendarFile(visit, [own, ...entries].map((entry) => ({ ...entry, text: `${entry.text}\n${say("wins")}` })), { made: clock(), reminder: root.querySelector("input:checked") !== null });
    const href = URL.createObjectURL(new Blob([made], { type: "text/calendar" }));
    Object.assign(document.createElement("a"), { href, download: "skin-appointment.ics" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 4e4); // some phones ask for the file long after the press
    find(root, ".mg-my-plan__saved").textContent = say("saved");
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
  const share = startShare(find(root, "[data-mg-share]"), { subject, text });
  keep = startKeep(find(root, "[data-mg-keep]"), {
    name: "plan",
    read: () => ({ typed: forms.map(([form]) => Object.fromEntries(inputs(form).map(({ name, value }) => [name, value]))) }),
    write: (/** @type {{ typed: Record<string, string>[] }} */ { typed }) => {
      /* By their names: a clinic in another country has the fields in another order. */
      const values = forms.map(([form], place) => inputs(form).map(({ name }) => typed[place][name].trim()));
      show(visitSaid); // what is kept can be forgotten, whether it holds a date or not
      forms.forEach(([form, answer], place) => {
        inputs(form).forEach((field, nth) => (field.value = values[place][nth]));
        if (typedIn(form).day) {
          answer();
        }
      });
    },
  });
}

/**
 * @param {HTMLElement} item - A step of the page
 * @returns {Step}
 */
function stepOf(item) {
  const { mgStep: id, mgCalendar: calendar, mgAmount: amount, mgUnit: unit } = /** @type {Record<string, string>} */ (item.dataset);
  return { item, id, when: find(/** @type {HTMLElement} */ (item.closest(".mg-my-plan__day")), "p").textContent ?? "", calendar, amount: Number(amount), unit: /** @type {Unit | ""} */ (unit), away: 0 };
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
  step.moment = hour && amount > 0 && AN_HOUR[unit] ? momentAfter(visit, hour, zone, amount / AN_HOUR[unit]) : undefined;
  step.day = step.moment ? dayAt(step.moment, zone) : unit ? shifted(visit, amount, unit) : undefined;
}

/**
 * Put the steps of a part in the order of their days, those of one day and one wait together; a step without a day stays
 * behind the step that it stood behind.
 *
 * @param {HTMLElement} list - Where they stand
 * @param {Step[]} steps - The steps of the part
 * @param {(step: Step) => string} dated - Writes a step's day
 * @param {Day} today - The day that it is
 */
function arrange(list, steps, dated, today) {
  let behind = -Infinity;
  for (const step of steps) {
    step.away = behind = step.day ? daysBetween(today, step.day) : behind;
  }
  let heading = "";
  let together = element("ul", "");
  list.replaceChildren();
  for (const step of [...steps].sort((one, other) => one.away - other.away || (one.moment ?? 0) - (other.moment ?? 0))) {
    const day = dated(step);
    if (heading !== day + step.when) {
      heading = day + step.when;
      const group = element("li", "mg-my-plan__day");
      together = element("ul", "mg-my-plan__steps");
      const when = element("p", "mg-my-plan__when", day || step.when);
      if (day) {
        group.dataset.mgAway = `${step.away}`;
        when.append(element("span", "mg-my-plan__ago", step.when));
      }
      group.append(when, together);
      list.append(group);
    }
    together.append(step.item);
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
 * @returns {string} Its words for a calendar. Without any its name is a mere topic, such as "Numbing cream at home", and never stands alone
 */
function inWords(item) {
  const names = all(item, ".mg-my-plan__names > *").map(({ textContent }) => textContent).join("; ");
  return item.dataset.mgCalendar ? nameOf(item) : [nameOf(item), names && `: ${names}`, `. ${textOf(item)}`].join("");
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
 * @param {HTMLElement} status - Where a reader is told
 * @param {string[]} lines - What; empty ones are left out
 */
function tell(status, lines) {
  status.replaceChildren(...lines.filter(Boolean).map((line) => element("p", "mg-my-plan__line", line)));
}

/**
 * @param {HTMLFormElement} form - One of the two
 * @returns {HTMLInputElement[]} Its fields, in the order in which the clinic's country writes a date
 */
function inputs(form) {
  return all(form, "input");
}

/**
 * @param {HTMLFormElement} form - One of the two
 * @returns {{ day: HTMLInputElement, month: HTMLInputElement, year: HTMLInputElement, hour?: HTMLInputElement }}
 */
function fieldsOf(form) {
  return /** @type {any} */ (form.elements);
}
