/**
 * How long fields are, as far as ranking needs to know: docs/search-format.md, sections 5 and 6.
 */

const EXACT = 16; // shorter ones are not rounded
const HALF = 8;
const FIRST = 0x21;
const BEYOND = 0xa1;
const SIGNS = Array.from({ length: 94 }, (_, at) => FIRST + at).filter((code) => !"\"&'<>\\".includes(String.fromCharCode(code)));
const RANKS = new Map(SIGNS.map((code, rank) => [code, rank]));

/**
 * Read lengths.
 * @param {string} written one sign each
 * @returns {Uint32Array}
 */
export function lengths(written) {
  return Uint32Array.from({ length: written.length }, (_, at) => length(rank(written.charCodeAt(at))));
}

/** @param {number} code of a sign */
function rank(code) {
  return RANKS.get(code) ?? SIGNS.length + code - BEYOND;
}

/**
 * Give the length at a place among all rounded ones.
 * @param {number} rank
 */
function length(rank) {
  if (rank < EXACT) return rank;
  return ((rank % HALF) + HALF) * 2 ** (Math.floor(rank / HALF) - 1);
}
