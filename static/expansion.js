/**
 * Which terms of the archive a word of the query stands for: docs/search-format.md, section 4.
 */

import { compare, length } from "./analysis.js";

/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {import("./lexicon.js").Entry} Entry */

/**
 * The terms counted as one, and the rule that found them. For a word that the archive lacks, `instead` holds the terms that
 * were looked up in its place; `nothing`: there is none.
 * @typedef {{rule: "family" | "beginning" | "spelling" | "nothing", terms: string[], instead: string[]}} Group
 */

const SHORTEST_BEGINNING = 4; // code points
const MOST_DROPPED = 3; // code points
const SHORTEST_FUZZY = 3; // code points
const SHORT_WORD = 7; // code points: one edit up to here, two beyond
const NEAREST = 3; // terms
const MOST_EXPANDED = 64; // terms

/**
 * Give a word's family; for a word that the archive does not have, what comes nearest.
 * @param {Lexicon} lexicon
 * @param {string} term
 * @returns {Promise<Group>}
 */
export async function word(lexicon, term) {
  const family = await lexicon.family(term);
  if (family) return { rule: "family", terms: family, instead: [] };
  const beginning = await knownBeginning(lexicon, term);
  if (beginning.length > 0) return standIn(lexicon, "beginning", beginning);
  const nearest = await nearestSpellings(lexicon, term);
  return standIn(lexicon, nearest.length > 0 ? "spelling" : "nothing", nearest);
}

/**
 * Give the terms that begin so, at most 64: those in most articles.
 * @param {Lexicon} lexicon
 * @param {string} beginning
 * @returns {Promise<string[]>}
 */
export async function prefix(lexicon, beginning) {
  return inMost(await lexicon.startingWith(beginning), MOST_EXPANDED);
}

/**
 * Give the terms within the distance that is allowed for this one's length.
 * @param {Lexicon} lexicon
 * @param {string} term
 * @returns {Promise<string[]>}
 */
export async function fuzzy(lexicon, term) {
  return (await near(lexicon, term)).map(({ entry }) => entry.term);
}

/**
 * @param {Lexicon} lexicon
 * @param {Group["rule"]} rule
 * @param {string[]} instead
 * @returns {Promise<Group>}
 */
async function standIn(lexicon, rule, instead) {
  const families = await Promise.all(instead.map((term) => lexicon.family(term)));
  return { rule, terms: [...new Set(families.flatMap((family) => family ?? []))].sort(compare), instead };
}

/**
 * @param {Lexicon} lexicon
 * @param {string} term
 * @returns {Promise<string[]>} its longest beginning that the archive has, if there is one
 */
async function knownBeginning(lexicon, term) {
  const characters = [...term];
  const shortest = Math.max(SHORTEST_BEGINNING, characters.length - MOST_DROPPED);
  const candidates = [];
  for (let size = characters.length - 1; size >= shortest; size -= 1) {
    candidates.push(characters.slice(0, size).join(""));
  }
  const entries = await Promise.all(candidates.map((candidate) => lexicon.entry(candidate)));
  return candidates.filter((_, index) => entries[index]).slice(0, 1);
}

/**
 * @param {Lexicon} lexicon
 * @param {string} term
 */
async function nearestSpellings(lexicon, term) {
  const found = await near(lexicon, term);
  const smallest = Math.min(...found.map(({ distance }) => distance));
  const entries = found.filter(({ distance }) => distance === smallest).map(({ entry }) => entry);
  return inMost(entries, NEAREST);
}

/**
 * @param {Lexicon} lexicon
 * @param {string} term
 * @returns {Promise<{entry: Entry, distance: number}[]>}
 */
async function near(lexicon, term) {
  const size = length(term);
  if (size < SHORTEST_FUZZY) return [];
  const most = size <= SHORT_WORD ? 1 : 2;
  const [first] = term;
  const found = [];
  for (const entry of await lexicon.startingWith(first)) {
    const distance = editDistance(term, entry.term, most);
    if (distance <= most) found.push({ entry, distance });
  }
  return found;
}

/**
 * Choose the terms in most articles, ties by code point.
 * @param {readonly Entry[]} entries
 * @param {number} most
 * @returns {string[]}
 */
function inMost(entries, most) {
  const sorted = [...entries].sort((a, b) => b.articles - a.articles || compare(a.term, b.term));
  return sorted.slice(0, most).map(({ term }) => term);
}

/**
 * Count the insertions, deletions, substitutions and swaps of neighbours that turn one term into another
 * (optimal string alignment), by code point.
 * @param {string} one
 * @param {string} other
 * @param {number} most give up beyond this
 * @returns {number} exact up to `most`; anything above it means more
 */
export function editDistance(one, other, most) {
  if (Math.abs(one.length - other.length) > 2 * most) return most + 1;
  const a = [...one];
  const b = [...other];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  /** @type {number[]} */
  let before = [];
  let above = b.map((_, index) => index).concat(b.length);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, before[j - 2] + 1);
      row.push(best);
    }
    if (Math.min(...row) > most && Math.min(...above) > most) return most + 1;
    [before, above] = [above, row];
  }
  return above[b.length];
}
