/** What a reader may have meant by a word that the guide does not know. */

import { distance, sound } from "./search-words.js";

const HALF_TYPED = 6; // how many words a half-typed one may become
const ALIKE = 3; // how many words a misspelt one may become
const CLOSE = 0.35; // how much worse than the best guess another may be
const SOUNDS_ALIKE = 0.9; // counted in wrong letters
const OTHER_START = 0.4; // people mostly get the first letter right
const WELL_KNOWN = 0.08; // a word that many ask with is the likelier one

/** Knows every word of the index, and how often people ask with it. */
export class Spelling {
  /** @param {Map<string, number>} known - Each word in lower case with its weight */
  constructor(known) {
    this.known = known;
    this.list = [...known.keys()].filter((word) => /^\p{L}{3,}$/u.test(word));
    /** @type {Map<string, string[]>} */
    this.sounds = new Map();
    for (const word of this.list) {
      const key = sound(word);
      this.sounds.get(key)?.push(word) ?? this.sounds.set(key, [word]);
    }
    /** @type {Map<string, string[][]>} */
    this.mended = new Map();
  }

  /**
   * @param {string} start - The first letters of a word
   * @returns {string[]} Words that begin so, the most usual first
   */
  begun(start) {
    const found = this.list.filter((word) => word.startsWith(start) && word !== start);
    return found.sort((one, other) => this.known.get(other) - this.known.get(one)).slice(0, HALF_TYPED);
  }

  /**
   * @param {string} word - A word that is not known
   * @returns {string[][]} One list of words that it may be; or two lists of one word each, where two were run together
   */
  mend(word) {
    let found = this.mended.get(word);
    if (!found) {
      const guesses = this.#guesses(word);
      const best = guesses[0]?.[1] ?? Infinity;
      found = (best > 1.2 && this.#parted(word)) || [guesses.filter(([, wrong]) => wrong <= best + CLOSE).slice(0, ALIKE).map(([guess]) => guess)];
      this.mended.set(word, found);
    }
    return found;
  }

  /**
   * @param {string} word - A misspelt word
   * @returns {[string, number][]} Words like it, each with how wrong it would have been spelt; the likeliest first
   */
  #guesses(word) {
    const most = word.length < 3 ? 0 : word.length < 7 ? 1 : 2;
    const alike = new Set(word.length > 3 ? this.sounds.get(sound(word)) : []);
    const guesses = [];
    for (const known of most ? this.list : []) {
      let wrong = distance(word, known, most);
      if (alike.has(known) && Math.abs(known.length - word.length) < 4) {
        wrong = Math.min(wrong, SOUNDS_ALIKE);
      }
      if (wrong <= most && (word.length > 3 || known[0] === word[0])) {
        const start = known[0] === word[0] || (known[0] === word[1] && known[1] === word[0]) ? 0 : OTHER_START;
        guesses.push([known, wrong + start - Math.min(0.5, Math.log1p(this.known.get(known)) * WELL_KNOWN)]);
      }
    }
    return guesses.sort(([, one], [, other]) => one - other);
  }

  /**
   * @param {string} word - Perhaps two words run together
   * @returns {string[][] | undefined} The two that are asked with most
   */
  #parted(word) {
    let best;
    let most = 0;
    for (let cut = 2; cut <= word.length - 2; cut += 1) {
      const [one, other] = [word.slice(0, cut), word.slice(cut)];
      const weight = this.known.has(one) && this.known.has(other) ? Math.log1p(this.known.get(one)) + Math.log1p(this.known.get(other)) : 0;
      if (weight > most) {
        [best, most] = [[[one], [other]], weight];
      }
    }
    return best;
  }
}
