/**
 * Which place answers a question: the one that is asked for in the likest words.
 *
 * Two things count: which words of the question each place is asked for with, as in BM25; and how like the question is to
 * single ways to ask for a place. The figures were chosen on the queries that CONTRIBUTING.md names, never on those kept apart.
 */

import { Index } from "./search-index.js";
import { Spelling } from "./search-spelling.js";
import { stem, words } from "./search-words.js";

const GUESSED = 0.7; // what another guess at a misspelt word counts
const HALF = 0.35; // what a word counts that begins with one that is a word itself
const ENOUGH = 1.2; // from how much on it hardly matters how often a place is asked for with a word
const BY_WORDS = 0.5;
const BY_LIKEST = 4;
const BY_NEXT = 10;
const NEXT = 5; // how many more ways to ask count, after the likest
const LIKENESS = 1.5;
const COVERED = 0.5; // how much it matters that all words of a question are met
const ON_PAGE = 0.15;
const PAGES = 6;
const SECTIONS = 3;
const FAR_BELOW = 0.2; // of the first one's score; below it a page is left out
const SECOND_HOME = 0.5;
const SECTION_MET = 0.3; // how much of a question a section's heading meets
const NEAREST = 4;
const ALIKE = 0.3; // how much of a name a question must share to be near it
const MOST_WORDS = 40; // of a question that are read
const LONG_ENOUGH = 5; // letters: a shorter misspelt word is no warning

/**
 * @typedef {import("./search-index.js").Home} Home
 * @typedef {Map<string, number>} Meant - Terms that one word of the question may stand for, each with its likelihood from 0 to 1
 * @typedef {{terms: Meant, weight: number}[]} Asked - Each telling word of the question, with how much it tells
 * @typedef {object} Page - A page that answers
 * @property {string} title
 * @property {{href: string, title: string, snippet: string}} lead - The section that answers
 * @property {{href: string, title: string}[]} sections - Others on the same page
 * @typedef {object} Answer
 * @property {Page[]} pages - The best one first; empty where nothing was found
 * @property {{href: string, title: string}[]} nearest - Where nothing was found, what is spelt most alike
 * @property {{level: string, sign: string}[]} signs - Warning signs that the question names, the most urgent first; level harm, emergency or same-day
 * @property {Set<string>} stems - Of the words to mark
 */

/**
 * Make a search of an index.
 *
 * @param {import("./search-index.js").Data} data - search/index.json as read
 * @returns {(question: string) => Answer} Answers a question
 */
export function searchOf(data) {
  const index = new Index(data);
  const spelling = new Spelling(index.known);
  return (question) => {
    const read = reading(question, index, spelling);
    const asked = understood(read, index);
    const pages = byPage(ranked(asked, index), asked, index);
    return {
      pages,
      nearest: pages.length > 0 ? [] : nearest(question, index),
      signs: signsIn(read, index),
      stems: new Set(asked.flatMap(({ terms }) => [...terms.keys()].flatMap((term) => index.same.spelled(term)))),
    };
  };
}

/**
 * @typedef {object} Read - A word of the question as it was read
 * @property {string} typed - As typed; empty where it was only begun
 * @property {string} word - As meant
 * @property {string[]} others - Other words that it may be
 * @property {number} likely - How likely these are, from 0 to 1
 */

/**
 * @param {string} question - What the reader typed; a word that ends it may be half typed
 * @param {Index} index - What is known
 * @param {Spelling} spelling - What unknown words may be
 * @returns {Read[]} Its words in their order
 */
function reading(question, index, spelling) {
  const typed = joined(words(question).slice(0, MOST_WORDS), index);
  const unfinished = /[\p{L}\p{N}]$/u.test(question);
  return typed.flatMap((word, place) => readings(word, unfinished && place === typed.length - 1, index, spelling));
}

/**
 * @param {Read[]} read - The words of a question
 * @param {Index} index - What is known
 * @returns {Asked} What each telling word may stand for, each once
 */
function understood(read, index) {
  /** @type {Map<string, Meant>} */
  const found = new Map();
  for (const { term, from, to } of index.terms(index.withHow(read.map(({ word }) => word)))) {
    const meant = found.get(term) ?? new Map([[term, 1]]);
    const { others, likely } = (to - from === 1 && read[from]) || { others: [], likely: 0 };
    const mean = (/** @type {string} */ other, /** @type {number} */ chance) => meant.set(other, Math.max(meant.get(other) ?? 0, chance));
    others.flatMap((other) => index.terms([other])).forEach((other) => mean(other.term, likely));
    if (index.weight(term) === 0) {
      index.same.partOf(term).forEach((group) => mean(group, GUESSED));
    }
    found.set(term, meant);
  }
  return [...found.values()].map((terms) => ({ terms, weight: Math.max(...[...terms].map(([term, likely]) => likely * index.weight(term))) }));
}

/**
 * A phrase counts to the letter and a single word in any form, unless the question is a calm one: "how long does swelling last".
 *
 * @param {Read[]} read - The words of a question
 * @param {Index} index - What is known
 * @returns {{level: string, sign: string}[]} The warning signs that it names
 */
function signsIn(read, index) {
  const sure = read.map(({ typed, word }) => (typed === word || typed.length >= LONG_ENOUGH ? word : ""));
  const stems = sure.map(stem);
  const calm = index.calm.some((phrase) => holds(sure, phrase));
  const named = (/** @type {{typed: string[][]}} */ { typed }) => typed.some((phrase) => (phrase.length > 1 ? holds(sure, phrase) : !calm && stems.includes(stem(phrase[0]))));
  return index.signs.filter(named).map(({ level, sign }) => ({ level, sign }));
}

/**
 * @param {string[]} said - Words in their order
 * @param {string[]} phrase - Words that follow each other
 * @returns {boolean} Whether the phrase is in them
 */
function holds(said, phrase) {
  return said.some((_, from) => phrase.every((word, place) => said[from + place] === word));
}

/**
 * @param {string} typed - A word as typed
 * @param {boolean} unfinished - Whether the reader may still be typing it
 * @param {Index} index - What is known
 * @param {Spelling} spelling - What unknown words may be
 * @returns {Read[]} How it is read; two words where two were run together
 */
function readings(typed, unfinished, index, spelling) {
  const begun = unfinished && typed.length > 2 && !index.little.has(typed) ? spelling.begun(typed) : [];
  if (index.little.has(typed) || index.knows(typed) || !/^\p{L}/u.test(typed)) {
    return [{ typed, word: typed, others: begun, likely: HALF }];
  }
  const lists = begun.length > 0 ? [begun] : spelling.mend(typed);
  return lists.map(([word = typed, ...others]) => ({ typed: begun.length > 0 ? "" : typed, word, others, likely: GUESSED }));
}

/**
 * @param {string[]} typed - Words in their order
 * @param {Index} index - What is known
 * @returns {string[]} The same, with "sun screen" as sunscreen
 */
function joined(typed, index) {
  const found = [];
  for (let place = 0; place < typed.length; place += 1) {
    const both = typed[place] + (typed[place + 1] ?? "");
    if (both.length > 5 && both !== typed[place] && index.known.has(both) && !index.little.has(typed[place])) {
      found.push(both);
      place += 1;
    } else {
      found.push(typed[place]);
    }
  }
  return found;
}

/**
 * @param {Asked} asked - What the question asks
 * @returns {number} How much all of it tells
 */
function massOf(asked) {
  return asked.reduce((sum, { weight }) => sum + weight, 0);
}

/**
 * @param {Asked} asked - What the question asks
 * @param {Index} index - What is known
 * @returns {{home: Home, score: number}[]} The homes that have any of it, the likeliest first
 */
function ranked(asked, index) {
  const mass = massOf(asked);
  if (mass === 0) {
    return [];
  }
  const scored = index.homes.map((home) => ({ home, score: scoreByWords(home, asked, mass, index) + scoreByLikeness(home, asked, mass, index) }));
  return scored.filter(({ score }) => score > 0).sort((one, other) => other.score - one.score);
}

/**
 * @param {Home} home - A place
 * @param {Asked} asked - What the question asks
 * @param {number} mass - How much all of it tells
 * @param {Index} index - What is known
 * @returns {number} How much of the question the place is asked for with, and how often
 */
function scoreByWords(home, asked, mass, index) {
  let score = 0;
  let met = 0;
  for (const { terms, weight } of asked) {
    let most = 0;
    let covers = 0;
    for (const [term, likely] of terms) {
      const onPage = index.onPage[home.page].has(term);
      const times = (home.terms.get(term) ?? 0) + (onPage ? ON_PAGE : 0);
      most = Math.max(most, (likely * index.weight(term) * times) / (times + ENOUGH));
      covers = Math.max(covers, home.terms.has(term) ? likely : onPage ? likely / 2 : 0);
    }
    score += most;
    met += covers * weight;
  }
  return ((BY_WORDS * score) / Math.sqrt(mass)) * (1 - COVERED + (COVERED * met) / mass);
}

/**
 * @param {Home} home - A place
 * @param {Asked} asked - What the question asks
 * @param {number} mass - How much all of it tells
 * @param {Index} index - What is known
 * @returns {number} How like the question is to the likest ways to ask for the place
 */
function scoreByLikeness(home, asked, mass, index) {
  const alike = home.asks.map((ask) => likeness(ask, asked, mass, index)).sort((one, other) => other - one);
  const [likest = 0, ...next] = alike.slice(0, NEXT + 1).map((each) => each ** LIKENESS);
  return BY_LIKEST * likest + (BY_NEXT / NEXT) * next.reduce((sum, each) => sum + each, 0);
}

/**
 * @param {Set<string>} ask - The terms of a way to ask
 * @param {Asked} asked - What the question asks
 * @param {number} mass - How much all of it tells
 * @param {Index} index - What is known
 * @returns {number} From 0 to 1: the share that they have in common
 */
function likeness(ask, asked, mass, index) {
  let common = 0;
  let only = 0;
  for (const term of ask) {
    only += index.weight(term);
  }
  for (const { terms, weight } of asked) {
    let most = 0;
    for (const [term, likely] of terms) {
      if (ask.has(term)) {
        most = Math.max(most, likely);
        only -= index.weight(term);
      }
    }
    common += most * weight;
  }
  return common / (mass + Math.max(0, only));
}

/**
 * @param {{home: Home, score: number}[]} scored - Homes, the likeliest first
 * @param {Asked} asked - What the question asks
 * @param {Index} index - What is known
 * @returns {Page[]} Pages in the order of their best home
 */
function byPage(scored, asked, index) {
  const near = scored.filter(({ score }) => score > scored[0].score * FAR_BELOW);
  const places = [...new Set(near.map(({ home }) => home.page))].slice(0, PAGES);
  return places.map((page) => {
    const [lead, ...others] = scored.filter(({ home }) => home.page === page);
    const more = others.filter(({ score }) => score > lead.score * SECOND_HOME).map(({ home }) => home);
    const met = sectionsMet(page, asked, index).filter(({ id }) => id !== lead.home.id && !more.some((home) => home.id === id));
    const [, title] = index.pages[page];
    const sections = [...more, ...met].filter((section) => section.title !== title).slice(0, SECTIONS);
    return { title, lead: { ...placed(page, lead.home, index), snippet: lead.home.snippet }, sections: sections.map((section) => placed(page, section, index)) };
  });
}

/**
 * @param {number} page - A page's place
 * @param {{id: string, title: string}} section - A section of it; the page itself where the id is empty
 * @param {Index} index - What is known
 * @returns {{href: string, title: string}} Its address, seen from the guide's root
 */
function placed(page, { id, title }, index) {
  return { href: `${index.pages[page][0]}${id && "#"}${id}`, title };
}

/**
 * @param {number} page - A page's place
 * @param {Asked} asked - What the question asks
 * @param {Index} index - What is known
 * @returns {{id: string, title: string}[]} Its sections whose headings hold a good part of the question
 */
function sectionsMet(page, asked, index) {
  /** @type {(terms: Meant, heading: Set<string>) => number} */
  const heard = (terms, heading) => Math.max(0, ...[...terms].map(([term, likely]) => (heading.has(term) ? likely * index.weight(term) : 0)));
  const least = SECTION_MET * massOf(asked);
  const met = index.sections[page].map((section) => ({ ...section, met: asked.reduce((sum, { terms }) => sum + heard(terms, section.terms), 0) }));
  return met.filter((section) => section.met > least).sort((one, other) => other.met - one.met);
}

/**
 * @param {string} question - To which nothing was found
 * @param {Index} index - What is known
 * @returns {{href: string, title: string}[]} The homes whose names are spelt most alike, or where everybody may start
 */
function nearest(question, index) {
  const parts = threes(words(question));
  const alike = index.homes.map((home) => ({ home, most: Math.max(...home.names.map((name) => shared(parts, threes(name)))) }));
  const near = alike.filter(({ most }) => most > ALIKE).sort((one, other) => other.most - one.most).map(({ home }) => home);
  return (near.length > 0 ? near.slice(0, NEAREST) : index.starts).map((home) => placed(home.page, home, index));
}

/**
 * @param {string[]} text - Words in their order
 * @returns {Set<string>} Each three signs of them that follow each other
 */
function threes(text) {
  const signs = ` ${text.join(" ")} `;
  return new Set(Array.from({ length: Math.max(0, signs.length - 2) }, (_, place) => signs.slice(place, place + 3)));
}

/**
 * @param {Set<string>} some - Parts of a text
 * @param {Set<string>} others - Parts of another
 * @returns {number} From 0 to 1: the share that they have in common
 */
function shared(some, others) {
  const both = [...some].filter((part) => others.has(part)).length;
  return (2 * both) / (some.size + others.size || 1);
}
