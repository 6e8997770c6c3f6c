/**
 * The terms of the archive, as its lexicon files have them: docs/search-format.md, section 6.
 */

import { indexOf, rowOf } from "./shards.js";

/** @typedef {import("./shards.js").Files} Files */
/** @typedef {import("./shards.js").LexiconRow} LexiconRow */

/**
 * One lexicon file; `families` gives for the index of a term the sets that hold it.
 * @typedef {{terms: string[], articles: number[], families: Map<number, string[][]>}} LexiconFile
 */

/** @typedef {{term: string, articles: number}} Entry A term, and how many articles have it. */

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
   * Give the terms that a term stands for.
   * @param {string} term
   * @returns {Promise<string[] | undefined>} the term first; nothing when the archive does not have it
   */
  async family(term) {
    const file = await this.#fileOf(term);
    const index = file ? indexOf(file.terms, term) : -1;
    if (!file || index < 0) return undefined;
    return [...new Set([term, ...(file.families.get(index) ?? []).flat()])];
  }

  /**
   * Give a term with its number of articles.
   * @param {string} term
   * @returns {Promise<Entry | undefined>} nothing when the archive does not have it
   */
  async entry(term) {
    const file = await this.#fileOf(term);
    const index = file ? indexOf(file.terms, term) : -1;
    return file && index >= 0 ? { term, articles: file.articles[index] } : undefined;
  }

  /**
   * Give the terms that begin so, in order.
   * @param {string} beginning
   * @returns {Promise<Entry[]>}
   */
  async startingWith(beginning) {
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
