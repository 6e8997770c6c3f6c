/**
 * Sorted lists of terms: reading them, and finding a term or its file in them (docs/search-format.md, section 6).
 */

import { compare } from "./analysis.js";

/**
 * Read terms of which each is written without what it shares with the one before: a capital says how much that is.
 * @param {string} written
 * @returns {string[]}
 */
export function frontCoded(written) {
  /** @type {string[]} */
  const terms = [];
  let before = "";
  for (const [, shared, rest] of written.matchAll(/([A-Z])([^A-Z]*)/g)) {
    before = before.slice(0, shared.charCodeAt(0) - 65) + rest;
    terms.push(before);
  }
  return terms;
}

/**
 * Find the range that a term falls into: the last that does not start after it.
 * @param {readonly string[]} starts sorted; the first is empty
 * @param {string} term
 * @returns {number} -1 when there are no ranges
 */
export function rangeOf(starts, term) {
  const at = indexOf(starts, term);
  return at < 0 ? -2 - at : at;
}

/**
 * Find a term in a sorted list.
 * @param {readonly string[]} terms
 * @param {string} term
 * @returns {number} its index; for one that is not there, -1 less the index where it would stand
 */
export function indexOf(terms, term) {
  let low = 0;
  let high = terms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = compare(terms[middle], term);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1 - low;
}
