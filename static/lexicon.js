/**
 * The terms of the archive: docs/search-format.md, section 6. What stands for each other is told by the last segment's files
 * of terms; how many articles have a term, by the lexicon's files, which only words that nobody wrote need.
 */

import { Bits } from "./bits.js";
import { frontCoded, indexOf, rangeOf } from "./terms.js";

/** @typedef {import("./segment.js").Segment} Segment */

/** @typedef {{terms: string[], articles: number[]}} LexiconFile */

/** @typedef {{term: string, articles: number}} Entry A term, and how many articles have it. */

/** The terms of the whole archive. */
export class Lexicon {
  #segments;
  #starts;
  /** @type {Map<string, number>} in how many articles the terms are that were asked for by name */
  #known = new Map();

  /**
   * @param {readonly Segment[]} segments
   * @param {string} starts where the ranges of its files start, as the manifest has it
   */
  constructor(segments, starts) {
    this.#segments = segments;
    this.#starts = frontCoded(starts);
  }

  /**
   * Give the terms that a term stands for.
   * @param {string} term
   * @returns {Promise<string[] | undefined>} the term first; nothing when the archive does not have it
   */
  async family(term) {
    const [families, ...found] = await Promise.all([
      this.#segments.at(-1)?.families(term) ?? [],
      ...this.#segments.map((segment) => segment.postings(term)),
    ]);
    const articles = found.reduce((sum, postings) => sum + (postings?.docs.length ?? 0), 0);
    if (articles === 0) return undefined;
    this.#known.set(term, articles);
    return [...new Set([term, ...families.flat()])];
  }

  /**
   * Give a term with its number of articles.
   * @param {string} term
   * @returns {Promise<Entry | undefined>} nothing when the archive does not have it
   */
  async entry(term) {
    const known = this.#known.get(term);
    if (known) return { term, articles: known };
    const file = await this.#file(rangeOf(this.#starts, term));
    const index = indexOf(file.terms, term);
    return index < 0 ? undefined : { term, articles: file.articles[index] };
  }

  /**
   * Give the terms that begin so, in order.
   * @param {string} beginning
   * @returns {Promise<Entry[]>}
   */
  async startingWith(beginning) {
    const from = rangeOf(this.#starts, beginning);
    let to = from + 1;
    while (to < this.#starts.length && this.#starts[to].startsWith(beginning)) to += 1;
    const ranges = Array.from({ length: to - from }, (_, at) => this.#file(from + at));
    return (await Promise.all(ranges)).flatMap(({ terms, articles }) => {
      const at = indexOf(terms, beginning);
      const start = at < 0 ? -1 - at : at;
      let end = start;
      while (end < terms.length && terms[end].startsWith(beginning)) end += 1;
      return terms.slice(start, end).map((term, index) => ({ term, articles: articles[start + index] }));
    });
  }

  /**
   * @param {number} range
   * @returns {Promise<LexiconFile>}
   */
  async #file(range) {
    const last = this.#segments.at(-1);
    return last && range >= 0 ? last.lexicon(range, readLexicon) : { terms: [], articles: [] };
  }
}

/**
 * @param {{terms: string, articles: string}} json
 * @returns {LexiconFile}
 */
function readLexicon({ terms: written, articles }) {
  const terms = frontCoded(written);
  const bits = new Bits(articles);
  return { terms, articles: terms.map(() => bits.gamma()) };
}
