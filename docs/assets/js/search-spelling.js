/** What a reader may have meant by a word that the guide does not know. */

import { distance, sound } from "./search-words.js";

const LONGEST = 30; // letters of a word that may be mended
const UNSURE = 1.2; // how wrong the best guess may be before the word is tried as two
const HALF_TYPED = 6; // how many words a half-typed one may become
const ALIKE = 3; // how many words a misspelt one may become
const CLOSE = 0.35; // how much worse than the best guess another may be
const SOUNDS_ALIKE = 0.9; // counted in wrong letters
const FAR_OFF = 0.3; // the same, for a word that sounds alike and is spelt quite otherwise
const OTHER_START = 0.4; // people mostly get the first letter right
const WELL_KNOWN = 0.08; // a word that many ask with is the likelier one
const MOST_KNOWN = 0.5; // and by no more than this
const OTHER_LENGTH = 3; // by how many letters words that sound alike may differ

/** Knows every word of the index, and how often people ask with it. */
export class Spelling {
  /** @param {Map<string, number>} known - Each word in lower case with its weight */
  constructor(known) {
    this.known = new Map([...singulars(known), ...known]);
    this.list = [...this.known.keys()].filter((word) => /^\p{L}{3,}$/u.test(word));
    /** @type {Map<string, string[][]>} */
    this.mended = new Map();
    /** @type {Map<string, string[]> | undefined} */
    this.bySound = undefined;
  }

  /**
   * @param {string} start - The first letters of a word
   * @returns {string[]} Words that begin so, the most usual first
   */
  begun(start) {
    const found = this.list.filter((word) => word.startsWith(start) && word !== start);
    return found.sort((one, other) => this.#fame(other) - this.#fame(one)).slice(0, HALF_TYPED);
  }

  /**
   * @param {string} word - A word that is not known
   * @returns {string[][]} One list of words that it may be; or two lists of one word each, where two were run together
   */
  mend(word) {
    const found = this.mended.get(word) ?? (word.length > LONGEST ? [[]] : this.#tried(word));
    this.mended.set(word, found);
    return found;
  }

  /**
   * @param {string} word - A word that is not known
   * @returns {string[][]} The same as `mend`
   */
  #tried(word) {
    const guesses = this.#guesses(word);
    const best = guesses[0]?.[1] ?? Infinity;
    return (best > UNSURE && this.#parted(word)) || [guesses.filter(([, wrong]) => wrong <= best + CLOSE).slice(0, ALIKE).map(([guess]) => guess)];
  }

  /**
   * @param {string} word - A misspelt word
   * @returns {[string, number][]} Words like it, each with how wrong it would have been spelt; the likeliest first
   */
  #guesses(word) {
    const most = word.length < 3 ? 0 : word.length < 7 ? 1 : 2;
    const alike = new Set(word.length > 3 ? this.#sounds().get(sound(word)) : []);
    /** @type {[string, number][]} */
    const guesses = [];
    for (const known of this.list) {
      let wrong = distance(word, known, most + 1);
      if (alike.has(known) && Math.abs(known.length - word.length) <= OTHER_LENGTH) {
        wrong = wrong > most + 1 ? SOUNDS_ALIKE + FAR_OFF : Math.min(wrong, SOUNDS_ALIKE);
      }
      if (wrong <= most && (word.length > 3 || known[0] === word[0])) {
        const start = known[0] === word[0] || (known[0] === word[1] && known[1] === word[0]) ? 0 : OTHER_START;
        guesses.push([known, wrong + start - Math.min(MOST_KNOWN, Math.log1p(this.#fame(known)) * WELL_KNOWN)]);
      }
    }
    return guesses.sort(([, one], [, other]) => one - other);
  }

  /**
   * @param {string} word - A known word
   * @returns {number} How well known it is
   */
  #fame(word) {
    return this.known.get(word) ?? 0;
  }

  /** @returns {Map<string, string[]>} All words by how they sound, put together when first needed */
  #sounds() {
    if (!this.bySound) {
      this.bySound = new Map();
      for (const word of this.list) {
        const key = sound(word);
        this.bySound.set(key, [...(this.bySound.get(key) ?? []), word]);
      }
    }
    return this.bySound;
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
      const weight = this.known.has(one) && this.known.has(other) ? Math.log1p(this.#fame(one)) + Math.log1p(this.#fame(other)) : 0;
      if (weight > most) {
        [best, most] = [[[one], [other]], weight];
      }
    }
    return best;
  }
}

/**
 * @param {Map<string, number>} known - Words with their weights
 * @returns {[string, number][]} The singular of each plural, so that "tatoo" is found by "tattoos"
 */
function singulars(known) {
  return [...known].filter(([word]) => /[^su]s$/.test(word)).map(([word, weight]) => [word.slice(0, -1), weight]);
}
