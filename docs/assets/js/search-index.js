/** The index that guide/publish/search.py wrote, taken apart into what the ranking needs. */

import { unpacked, unpackedWords } from "./search-packed.js";
import { stem, words } from "./search-words.js";

/* What a word counts by where it stands. */
const IN_ASK = 1;
const IN_NAME = 1.5;
const IN_TITLE = 4;
const ON_PAGE = 0.3;
/* How well known a word is by where it stands, for guesses at misspelt ones. */
const ASKED_WITH = 3;
const SAME = 1;
const WRITTEN = 0.2;
const LITTLE_WORD = 20; // so that "shoud" is should, and no shoulder

/**
 * search/index.json, as guide/publish/search.py says what stands in it.
 *
 * @typedef {object} Data
 * @property {[string, string][]} pages
 * @property {[string, string][][]} sections
 * @property {[number, string, string, string][]} homes
 * @property {string} little
 * @property {string} how
 * @property {string} calm
 * @property {[string, string][]} signs
 * @property {number[]} starts
 * @property {string[]} asks
 * @property {string[]} names
 * @property {string[]} same
 * @property {string[]} typed
 * @property {string[]} rest
 * @property {string} words
 */

/**
 * A place that can come first: a topic's section, or a page on which no topic is at home.
 *
 * @typedef {object} Home
 * @property {number} page - Its page's place in `pages`
 * @property {string} id - Of its heading; empty for a whole page
 * @property {string} title - What the heading asks
 * @property {string} snippet - The first sentence of the answer
 * @property {string[][]} names - What it goes by, in words
 * @property {Set<string>[]} asks - The terms of each way to ask for it
 * @property {Map<string, number>} terms - Each term with its weight
 */

export class Index {
  /** @param {Data} data - search/index.json as read */
  constructor(data) {
    const list = unpackedWords(data.words);
    const [asks, names, same, typed, rest] = [data.asks, data.names, data.same, data.typed, data.rest].map((each) => each.map((packed) => unpacked(packed, list)));
    this.little = new Set(data.little.split(" "));
    this.how = new Set(data.how.split(" "));
    this.calm = data.calm.split("|").map(words);
    this.pages = data.pages;
    /** @type {Map<string, number>} */
    this.known = new Map([...this.little].filter((word) => word.length > 3).map((word) => [word, LITTLE_WORD]));
    this.same = new Same(same.map((group) => group.map((phrase) => this.#note(phrase, SAME))), this.little);
    /** @type {Home[]} */
    this.homes = data.homes.map((home, place) => this.#home(home, asks[place] ?? [], names[place] ?? []));
    this.starts = data.starts.map((place) => this.homes[place]);
    /** @type {{id: string, title: string, terms: Set<string>}[][]} */
    this.sections = data.sections.map((page) => page.map(([id, title]) => ({ id, title, terms: new Set(this.#read(words(title), SAME)) })));
    this.signs = data.signs.map(([level, sign], place) => ({ level, sign, typed: typed[place].map((each) => this.#note(each, ASKED_WITH)) }));
    /** @type {Set<string>[]} */
    this.onPage = rest.map((found, page) => new Set([...this.sections[page].flatMap(({ terms }) => [...terms]), ...this.#note(found.flat(), WRITTEN).map(stem)]));
    this.weights = weighed(this.homes, this.onPage);
  }

  /**
   * @param {string[]} typed - Words in their order
   * @returns {{term: string, from: number, to: number}[]} Their terms, phrases that mean the same as one, without little words
   */
  terms(typed) {
    const stemmed = typed.map(stem);
    const found = [];
    for (let from = 0; from < typed.length; ) {
      const { term, to } = this.same.longest(stemmed, from);
      if (term) {
        found.push({ term, from, to });
      } else if (!this.little.has(typed[from])) {
        found.push({ term: stemmed[from], from, to });
      }
      from = to;
    }
    return found;
  }

  /**
   * @param {string[]} typed - Words in their order
   * @returns {string[]} The same, and each "how often" among them as one word more at the end
   */
  withHow(typed) {
    return [...typed, ...typed.filter((word, place) => typed[place - 1] === "how" && this.how.has(word)).map((word) => `how-${word}`)];
  }

  /**
   * @param {string} word - A word in lower case
   * @returns {boolean} Whether it, or a form of it, stands anywhere in the index
   */
  knows(word) {
    return this.known.has(word) || this.weights.has(stem(word));
  }

  /**
   * @param {string} term - A term
   * @returns {number} How much it tells: little where most topics are asked for with it, most where one is
   */
  weight(term) {
    return this.weights.get(term) ?? 0;
  }

  /**
   * @param {[number, string, string, string]} home - As the index has it
   * @param {string[][]} asks - The words of each way to ask for it
   * @param {string[][]} names - The words of each name
   * @returns {Home} The same, its words read
   */
  #home([page, id, title, snippet], asks, names) {
    /** @type {Map<string, number>} */
    const terms = new Map();
    const read = (/** @type {string[]} */ typed, /** @type {number} */ weight) => {
      const found = this.#read(typed, ASKED_WITH);
      found.forEach((term) => terms.set(term, (terms.get(term) ?? 0) + weight));
      return new Set(found);
    };
    const known = [...asks.map((ask) => read(ask, IN_ASK)), ...names.map((name) => read(name, IN_NAME)), read(words(title), IN_TITLE)];
    return { page, id, title, snippet, names, asks: known.filter(({ size }) => size > 0), terms };
  }

  /**
   * @param {string[]} typed - Something written or asked, in words
   * @param {number} weight - How well known they become
   * @returns {string[]} Its terms
   */
  #read(typed, weight) {
    return this.terms(this.withHow(this.#note(typed, weight))).map(({ term }) => term);
  }

  /**
   * @param {string[]} typed - Words
   * @param {number} weight - How well known they become
   * @returns {string[]} The same words
   */
  #note(typed, weight) {
    for (const word of typed) {
      this.known.set(word, (this.known.get(word) ?? 0) + weight);
    }
    return typed;
  }
}

/** Groups of words that mean the same: each group is one term. */
class Same {
  /**
   * @param {string[][][]} groups - The words of each phrase of each group
   * @param {Set<string>} little - Words that tell nothing apart
   */
  constructor(groups, little) {
    this.most = 1;
    /** @type {Map<string, string>} */
    this.groups = new Map();
    /** @type {Map<string, string[]>} */
    this.stems = new Map();
    /** @type {Map<string, string[]>} */
    this.parts = new Map();
    groups.forEach((phrases, place) => this.#add(`=${place}`, phrases.map((phrase) => phrase.map(stem)), little));
  }

  /**
   * @param {string[]} stems - Words in their order, as stems
   * @param {number} from - Where to look
   * @returns {{term: string | undefined, to: number}} The group that the longest phrase from there belongs to, and where the phrase ends
   */
  longest(stems, from) {
    for (let to = Math.min(from + this.most, stems.length); to > from; to -= 1) {
      const term = this.groups.get(stems.slice(from, to).join(" "));
      if (term) {
        return { term, to };
      }
    }
    return { term: undefined, to: from + 1 };
  }

  /**
   * @param {string} term - A term
   * @returns {string[]} The stems of all words that it stands for
   */
  spelled(term) {
    return this.stems.get(term) ?? [term];
  }

  /**
   * @param {string} term - A word's stem
   * @returns {string[]} The groups in which it stands as part of a phrase, as "vampire" does in "vampire facial"
   */
  partOf(term) {
    return this.parts.get(term) ?? [];
  }

  /**
   * @param {string} term - The group's
   * @param {string[][]} phrases - Its phrases, in stems
   * @param {Set<string>} little - Words that tell nothing apart
   */
  #add(term, phrases, little) {
    for (const phrase of phrases) {
      this.most = Math.max(this.most, phrase.length);
      this.groups.set(phrase.join(" "), this.groups.get(phrase.join(" ")) ?? term);
    }
    this.stems.set(term, phrases.flat().filter((word) => !little.has(word)));
    for (const word of new Set(phrases.filter((phrase) => phrase.length > 1).flat())) {
      this.parts.set(word, [...this.partOf(word), term]);
    }
  }
}

/**
 * @param {Home[]} homes - All homes
 * @param {Set<string>[]} onPage - The terms of each page's text
 * @returns {Map<string, number>} How much each term tells, by how many homes have it
 */
function weighed(homes, onPage) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { terms, page } of homes) {
    for (const term of new Set([...terms.keys(), ...onPage[page]])) {
      counts.set(term, (counts.get(term) ?? 0) + (terms.has(term) ? 1 : ON_PAGE));
    }
  }
  return new Map([...counts].map(([term, count]) => [term, Math.max(0, Math.log((homes.length + 1) / (count + ON_PAGE)))]));
}
