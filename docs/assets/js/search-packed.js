/** Reads the lists of words that guide/publish/packed.py packed. */

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
 * @param {[string, number, number]} code - The signs, and from which one on a code has two and three of them
 * @returns {string[][]} The words of each phrase
 */
export function unpacked(packed, words, [signs, short, long]) {
  const size = signs.length;
  return packed.split("|").map((phrase) => {
    const places = [...phrase].map((sign) => signs.indexOf(sign));
    const found = [];
    while (places.length > 0) {
      const [first, second, third] = places;
      if (first < short) {
        found.push(first);
        places.splice(0, 1);
      } else if (first < long) {
        found.push(short + (first - short) * size + second);
        places.splice(0, 2);
      } else {
        found.push(short + (long - short) * size + ((first - long) * size + second) * size + third);
        places.splice(0, 3);
      }
    }
    return found.map((place) => words[place]);
  });
}
