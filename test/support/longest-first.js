/**
 * The order of the files. Without it, a clean checkout starts with the files that have the most lines, and ends with one
 * that takes minutes, while all other workers have nothing left to do.
 */
const Sequencer = require("@jest/test-sequencer").default;

/** Which go first, by parts of their paths; all other files take seconds. */
const ranks = [
  /engine\/(matrix|package|examples|drift-command)\./,
  /test\/(matrix\/matrix|random\/(first|second)-half)\./,
  /engine\//,
];

class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
}

function rank({ path }) {
  const found = ranks.findIndex((part) => part.test(path));
  return found === -1 ? ranks.length : found;
}

module.exports = LongestFirst;
