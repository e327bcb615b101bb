/** Reads the lists of words that guide/publish/packed.py packed. */

/* The same as there. */
const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&()*+,-./:;<=>?@[]^_`{}~'";
const SHORT = 24;
const LONG = 81;

/**
 * @param {string} packed - Words, each with the number of letters that it shares with the one before
 * @returns {string[]} The words
 */
export function unpackedWords(packed) {
  let before = "";
  return packed.split(" ").map((word) => (before = before.slice(0, parseInt(word[0], 36)) + word.slice(1)));
}

/**
 * @param {string} packed - Codes of words, phrases parted by strokes
 * @param {string[]} words - The words in the order of their codes
 * @returns {string[][]} The words of each phrase
 */
export function unpacked(packed, words) {
  return packed.split("|").map((phrase) => {
    const found = [];
    for (let at = 0; at < phrase.length; ) {
      const length = SIGNS.indexOf(phrase[at]) < SHORT ? 1 : SIGNS.indexOf(phrase[at]) < LONG ? 2 : 3;
      found.push(words[place(phrase.slice(at, at + length))]);
      at += length;
    }
    return found;
  });
}

/**
 * @param {string} code - Of one word
 * @returns {number} The word's place
 */
function place(code) {
  const [first, second, third] = [...code].map((sign) => SIGNS.indexOf(sign));
  const size = SIGNS.length;
  if (code.length === 1) {
    return first;
  }
  const twos = (first - SHORT) * size + second + SHORT;
  return code.length === 2 ? twos : SHORT + (LONG - SHORT) * size + ((first - LONG) * size + second) * size + third;
}
