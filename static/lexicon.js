/**
 * Which terms of the archive a word of the query stands for: docs/search-format.md, section 4.
 */

import { compare, length } from "./analysis.js";
import { indexOf, rowOf } from "./shards.js";

/** @typedef {import("./shards.js").Files} Files */
/** @typedef {import("./shards.js").LexiconRow} LexiconRow */

/**
 * One lexicon file; `families` gives for the index of a term the sets that hold it.
 * @typedef {{terms: string[], articles: number[], families: Map<number, string[][]>}} LexiconFile
 */

/** @typedef {{term: string, articles: number}} Entry */

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

/** The terms of the whole archive, in files by range. */
export class Lexicon {
  #rows;
  #files;

  /**
   * @param {readonly LexiconRow[]} rows
   * @param {Files} files
   */
  constructor(rows, files) {
    this.#rows = rows;
    this.#files = files;
  }

  /**
   * Give a word's family; for a word that the archive does not have, what comes nearest.
   * @param {string} term
   * @returns {Promise<Group>}
   */
  async word(term) {
    const family = await this.#family(term);
    if (family) return { rule: "family", terms: family, instead: [] };
    const beginning = await this.#beginning(term);
    if (beginning.length > 0) return this.#standIn("beginning", beginning);
    const nearest = await this.#nearest(term);
    return this.#standIn(nearest.length > 0 ? "spelling" : "nothing", nearest);
  }

  /**
   * Give the terms that begin so, at most 64: those in most articles.
   * @param {string} beginning
   * @returns {Promise<string[]>}
   */
  async prefix(beginning) {
    return inMost(await this.#startingWith(beginning), MOST_EXPANDED);
  }

  /**
   * Give the terms within the distance that is allowed for this one's length.
   * @param {string} term
   * @returns {Promise<string[]>}
   */
  async fuzzy(term) {
    return (await this.#near(term)).map(({ entry }) => entry.term);
  }

  /**
   * @param {Group["rule"]} rule
   * @param {string[]} instead
   * @returns {Promise<Group>}
   */
  async #standIn(rule, instead) {
    const families = await Promise.all(instead.map((term) => this.#family(term)));
    return { rule, terms: distinct(families.flatMap((family) => family ?? [])).sort(compare), instead };
  }

  /**
   * @param {string} term
   * @returns {Promise<string[] | undefined>} the term first; nothing when the archive does not have it
   */
  async #family(term) {
    const file = await this.#fileOf(term);
    const index = file ? indexOf(file.terms, term) : -1;
    if (!file || index < 0) return undefined;
    return distinct([term, ...(file.families.get(index) ?? []).flat()]);
  }

  /**
   * @param {string} term
   * @returns {Promise<string[]>} its longest beginning that the archive has, if there is one
   */
  async #beginning(term) {
    const characters = [...term];
    const shortest = Math.max(SHORTEST_BEGINNING, characters.length - MOST_DROPPED);
    const candidates = [];
    for (let size = characters.length - 1; size >= shortest; size -= 1) {
      candidates.push(characters.slice(0, size).join(""));
    }
    const families = await Promise.all(candidates.map((candidate) => this.#family(candidate)));
    return candidates.filter((_, index) => families[index]).slice(0, 1);
  }

  /** @param {string} term */
  async #nearest(term) {
    const near = await this.#near(term);
    const smallest = Math.min(...near.map(({ distance }) => distance));
    const entries = near.filter(({ distance }) => distance === smallest).map(({ entry }) => entry);
    return inMost(entries, NEAREST);
  }

  /**
   * @param {string} term
   * @returns {Promise<{entry: Entry, distance: number}[]>}
   */
  async #near(term) {
    const size = length(term);
    if (size < SHORTEST_FUZZY) return [];
    const most = size <= SHORT_WORD ? 1 : 2;
    const [first] = term;
    const near = [];
    for (const entry of await this.#startingWith(first)) {
      const distance = editDistance(term, entry.term, most);
      if (distance <= most) near.push({ entry, distance });
    }
    return near;
  }

  /**
   * @param {string} beginning
   * @returns {Promise<Entry[]>} in order
   */
  async #startingWith(beginning) {
    const from = Math.max(0, rowOf(this.#rows, beginning));
    let to = from;
    while (to < this.#rows.length && (to === from || this.#rows[to][0].startsWith(beginning))) to += 1;
    const files = await Promise.all(this.#rows.slice(from, to).map(([, name]) => this.#file(name)));
    return files.flatMap(({ terms, articles }) => {
      const at = indexOf(terms, beginning);
      const start = at < 0 ? -1 - at : at;
      let end = start;
      while (end < terms.length && terms[end].startsWith(beginning)) end += 1;
      return terms.slice(start, end).map((term, index) => ({ term, articles: articles[start + index] }));
    });
  }

  /** @param {string} term */
  async #fileOf(term) {
    const row = this.#rows[rowOf(this.#rows, term)];
    return row && this.#file(row[1]);
  }

  /** @param {string} name */
  #file(name) {
    return this.#files.get(name, readLexicon);
  }
}

/**
 * @param {{terms: string[], articles: number[], families: (number | string)[][]}} json
 * @returns {LexiconFile}
 */
function readLexicon({ terms, articles, families }) {
  /** @type {Map<number, string[][]>} */
  const held = new Map();
  for (const set of families) {
    const members = set.map((member) => (typeof member === "number" ? terms[member] : member));
    for (const member of set) {
      if (typeof member === "number") held.set(member, [...(held.get(member) ?? []), members]);
    }
  }
  return { terms, articles, families: held };
}

/**
 * @param {readonly string[]} terms
 * @returns {string[]}
 */
function distinct(terms) {
  return [...new Set(terms)];
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
