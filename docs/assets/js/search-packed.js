/** Reads the lists of words that guide/publish/packed.py packed. */

const SIGNS = 92; // from # to ~, with ! in the place of the backslash

/**
 * @param {string} packed - Words, each after a capital for the number of letters that it shares with the one before
 * @returns {string[]} The words
 */
export function unpackedWords(packed) {
  let before = "";
  return (packed.match(/[A-Z][^A-Z]*/g) ?? []).map((word) => (before = before.slice(0, word.charCodeAt(0) - 65) + word.slice(1)));
}

/**
 * @param {string} packed - Codes of words: all phrases of one word, a space, all of two, and so on
 * @param {string[]} words - The words in the order of their codes
 * @returns {string[][]} The words of each phrase
 */
export function unpacked(packed, words) {
  const short = Math.floor((SIGNS ** 2 - words.length) / (SIGNS - 1));
  return packed.split(" ").flatMap((codes, place) => {
    const phrases = [];
    const signs = [...codes].map((sign) => (sign === "!" ? "\\" : sign).charCodeAt(0) - 35);
    while (signs.length > 0) {
      phrases.push(Array.from({ length: place + 1 }, () => {
        const first = signs.shift() ?? 0;
        return words[first < short ? first : short + (first - short) * SIGNS + (signs.shift() ?? 0)];
      }));
    }
    return phrases;
  });
}
