/** How the search reads words: cut up as guide/typed.py does it, brought to their stem, and compared with words that are spelt otherwise. */

import { stemmer } from "./vendor/stemmer.js";

const APOSTROPHES = /['’‘`´]/g;
/* A number with its decimals; a letter with a single number, such as A4; else letters alone: spf50 is spf and 50. */
const WORD = /\p{L}\d(?![\p{L}\d])|\d+(?:[.,]\d+)?|\p{L}+/gu;
/**
 * Signs that sound alike, in the order in which they are tried.
 *
 * @type {[RegExp, string][]}
 */
const SOUNDS = [
  [/^ps/, "s"], [/^[kg]n/, "n"], [/^wr/, "r"], [/ph/g, "f"], [/gh/g, ""], [/ck/g, "k"], [/sch/g, "sk"], [/[ts]ion/g, "shn"], [/c(?=[eiy])/g, "s"],
  [/[cq]/g, "k"], [/x/g, "ks"], [/z/g, "s"], [/(?!^)h/g, ""], [/(.)\1+/g, "$1"], [/(?!^)[aeiouyw]+/g, ""], [/(.)\1+/g, "$1"],
];

/** @type {Map<string, string>} */
const stems = new Map();

/**
 * @param {string} text - What someone typed or wrote
 * @returns {string[]} Its words in lower case, without accents and apostrophes
 */
export function words(text) {
  return text.toLowerCase().replace(APOSTROPHES, "").normalize("NFD").replace(/\p{M}/gu, "").match(WORD) ?? [];
}

/**
 * @param {string} word - A word in lower case
 * @returns {string} What its forms share: scars and scarring are scar
 */
export function stem(word) {
  let found = stems.get(word);
  if (found === undefined) {
    found = /^\p{L}+$/u.test(word) ? stemmer(word) : word;
    stems.set(word, found);
  }
  return found;
}

/**
 * @param {string} word - A word in lower case
 * @returns {string} Roughly how it sounds: akutane and accutane come out alike
 */
export function sound(word) {
  return SOUNDS.reduce((left, [signs, as]) => left.replace(signs, as), word);
}

/**
 * How many letters are wrong, missing, too many or swapped with their neighbour (optimal string alignment).
 *
 * @param {string} one - A word
 * @param {string} other - Another
 * @param {number} most - From where the exact number does not matter
 * @returns {number} The number, or any above `most`
 */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) {
    return most + 1;
  }
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + Number(one[i - 1] !== other[j - 1]));
      if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    if (Math.min(...row) > most) {
      return most + 1;
    }
    [before, last] = [last, row];
  }
  return last[other.length];
}
