/** The index that guide/publish/search.py wrote, taken apart into what the ranking needs. */

import { unpacked, unpackedWords } from "./search-packed.js";
import { stem, withHow, words } from "./search-words.js";

/* What a word counts by where it stands. */
const IN_ASK = 1;
const IN_NAME = 1.5;
const IN_TITLE = 4;
const ON_PAGE = 0.3;
/* How well known a word is by where it stands, for guesses at misspelt ones. */
const ASKED_WITH = 3;
const WRITTEN = 0.2;
const LITTLE_WORD = 20; // so that "shoud" is should, and no shoulder

/**
 * A place that can come first: a topic's section, or a page on which no topic is at home.
 *
 * @typedef {object} Home
 * @property {number} page - Its page's place in `pages`
 * @property {string} id - Of its heading; empty for a whole page
 * @property {string} title - What the heading asks
 * @property {string} snippet - The first sentence of the answer
 * @property {string[]} names - What it goes by
 * @property {Set<string>[]} asks - The terms of each way to ask for it
 * @property {Map<string, number>} terms - Each term with its weight
 */

export class Index {
  /** @param {object} data - search/index.json as read */
  constructor(data) {
    this.little = new Set(data.little.split(" "));
    /** @type {[string, string][]} */
    this.pages = data.pages;
    /** @type {Map<string, number>} */
    this.known = new Map([...this.little].filter((word) => word.length > 3).map((word) => [word, LITTLE_WORD]));
    this.#readSame(data.same);
    const list = unpackedWords(data.words);
    /** @type {Home[]} */
    this.homes = data.homes.map((home, place) => this.#home(home, data.asks[place] ? unpacked(data.asks[place], list) : []));
    /** @type {{id: string, title: string, terms: Set<string>}[][]} */
    this.sections = data.sections.map((page) => page.map(([id, title]) => ({ id, title, terms: new Set(this.#read(words(title), IN_ASK)) })));
    this.signs = data.signs.map(([sign, typed]) => ({ sign, typed: typed.split("|").map((each) => this.#read(words(each), ASKED_WITH)) }));
    this.#readPages(data.rest.map((packed) => unpacked(packed, list).flat()));
    this.#weigh();
  }

  /**
   * @param {string[]} typed - Words in their order
   * @returns {{term: string, from: number, to: number}[]} Their terms, phrases that mean the same as one, without little words
   */
  terms(typed) {
    const stemmed = typed.map(stem);
    const found = [];
    for (let from = 0; from < typed.length; ) {
      let to = Math.min(from + this.longest, typed.length);
      while (to > from && !this.same.has(stemmed.slice(from, to).join(" "))) {
        to -= 1;
      }
      if (to > from) {
        found.push({ term: this.same.get(stemmed.slice(from, to).join(" ")), from, to });
      } else if (!this.little.has(typed[from])) {
        found.push({ term: stemmed[from], from, to: from + 1 });
      }
      from = Math.max(to, from + 1);
    }
    return found;
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
   * @param {string} term - A term
   * @returns {string[]} The stems of all words that it stands for
   */
  spelled(term) {
    return this.spellings.get(term) ?? [term];
  }

  /** @param {string[]} same - Groups of words that mean the same, joined by | */
  #readSame(same) {
    this.longest = 1;
    /** @type {Map<string, string>} */
    this.same = new Map();
    /** @type {Map<string, string[]>} */
    this.spellings = new Map();
    same.forEach((group, place) => {
      const term = `=${place}`;
      const phrases = group.split("|").map((phrase) => this.#note(words(phrase), IN_ASK).map(stem));
      for (const phrase of phrases) {
        this.longest = Math.max(this.longest, phrase.length);
        this.same.set(phrase.join(" "), this.same.get(phrase.join(" ")) ?? term);
      }
      this.spellings.set(term, phrases.flat());
    });
  }

  /**
   * @param {[number, string, string, string, string]} home - As the index has it
   * @param {string[][]} asks - The words of each way to ask for it
   * @returns {Home} The same, its words read
   */
  #home([page, id, title, snippet, names], asks) {
    const named = names.split("|");
    const asked = asks.map((ask) => this.#read(ask, ASKED_WITH));
    const called = named.map((name) => this.#read(words(name), ASKED_WITH));
    const titled = this.#read(words(title), ASKED_WITH);
    const terms = new Map();
    for (const [found, weight] of [[asked.flat(), IN_ASK], [called.flat(), IN_NAME], [titled, IN_TITLE]]) {
      for (const term of found) {
        terms.set(term, (terms.get(term) ?? 0) + weight);
      }
    }
    const known = [...asked, ...called, titled].filter((each) => each.length > 0).map((each) => new Set(each));
    return { page, id, title, snippet, names: named, asks: known, terms };
  }

  /** @param {string[][]} rest - Words that only the text of a page holds, for each page */
  #readPages(rest) {
    /** @type {Set<string>[]} */
    this.onPage = this.sections.map((page, place) => new Set([...page.flatMap(({ terms }) => [...terms]), ...this.#note(rest[place], WRITTEN).map(stem)]));
  }

  /** How much each term tells, by how many homes have it. */
  #weigh() {
    const counts = new Map();
    for (const { terms, page } of this.homes) {
      for (const term of new Set([...terms.keys(), ...this.onPage[page]])) {
        counts.set(term, (counts.get(term) ?? 0) + (terms.has(term) ? 1 : ON_PAGE));
      }
    }
    /** @type {Map<string, number>} */
    this.weights = new Map([...counts].map(([term, count]) => [term, Math.max(0, Math.log((this.homes.length + 1) / (count + 0.3)))]));
  }

  /**
   * @param {string[]} typed - Something written or asked, in words
   * @param {number} weight - How well known they become
   * @returns {string[]} Its terms
   */
  #read(typed, weight) {
    return this.terms(withHow(this.#note(typed, weight))).map(({ term }) => term);
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
