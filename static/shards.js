/**
 * The files of the index: fetching each once, and reading what stands in it (docs/search-format.md, section 6).
 */

import { compare } from "./analysis.js";

/**
 * @typedef {(url: string, options?: {cache?: RequestCache}) => Promise<Pick<Response, "ok" | "status" | "json">>} Fetch
 * @typedef {[first: string, terms: string, positions: string]} TermRow
 * @typedef {[first: string, file: string]} LexiconRow
 * @typedef {{date: string, outlet: string, language: string, tag: string, author: string}} ColumnFiles
 * @typedef {{articles: number, terms: TermRow[], lengths: string, records: string[], block: number, columns: ColumnFiles}} SegmentFiles
 * @typedef {{format: number, build: string, articles: number, tokens: {title: number, body: number},
 *   lexicon: LexiconRow[], segments: SegmentFiles[]}} Manifest
 */

/** @typedef {[id: string, title: string, date: string, outlet: string, lead: string]} RecordRow */

/**
 * Where one term stands in one segment: three columns of one length, by rising document.
 * @typedef {{docs: Uint32Array, title: Uint32Array, body: Uint32Array}} Postings
 */

/** @typedef {{title: number[], body: number[]}} Places The positions of one term in one document. */

const FORMAT = 1;

/** A file of the index that could not be had. Its message is a sentence for readers. */
export class ShardError extends Error {
  /**
   * @param {string} file its path below `search/`
   * @param {string} message
   */
  constructor(file, message) {
    super(message);
    this.name = "ShardError";
    this.file = file;
  }
}

/** Fetches the files of one index, each once; a failed one is tried again when it is next asked for. */
export class Files {
  /** @type {Map<string, Promise<any>>} */
  #kept = new Map();
  #base;
  #fetch;

  /**
   * @param {string} manifestUrl absolute
   * @param {Fetch} fetch
   */
  constructor(manifestUrl, fetch) {
    this.#base = manifestUrl;
    this.#fetch = fetch;
  }

  /**
   * @returns {Promise<Manifest>}
   * @throws {ShardError} it is missing, or of another format
   */
  async manifest() {
    const manifest = await this.#load("manifest.json", { cache: "no-cache" });
    if (manifest?.format === FORMAT) return manifest;
    throw new ShardError(
      "manifest.json",
      "The search index is of another version than this page. Reload the page; if that does not help, the site has to be built again.",
    );
  }

  /**
   * Fetch a file and read it, once.
   * @template T
   * @param {string} file
   * @param {(json: any) => T} [read] what is kept of it; always the same function for one file
   * @returns {Promise<T>}
   * @throws {ShardError}
   */
  get(file, read = (json) => json) {
    const kept = this.#kept.get(file) ?? this.#load(file).then(read);
    this.#kept.set(file, kept);
    kept.catch(() => this.#kept.delete(file));
    return kept;
  }

  /**
   * @param {string} file
   * @param {{cache?: RequestCache}} [options]
   */
  async #load(file, options = {}) {
    try {
      const response = await this.#fetch(new URL(file, this.#base).href, options);
      if (!response.ok) throw new Error(`status ${response.status}`);
      const json = await response.json();
      if (typeof json !== "object" || json === null) throw new Error("not a file of the index");
      return json;
    } catch {
      const message = `This part of the search index could not be loaded (${file}). Reload the page to try again.`;
      throw new ShardError(file, message);
    }
  }
}

/**
 * Find the row of the file that would hold a term: the last that does not begin after it.
 * @param {readonly (readonly [string, ...string[]])[]} rows
 * @param {string} term
 * @returns {number} -1 when the term stands before all of them
 */
export function rowOf(rows, term) {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(rows[middle][0], term) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
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

/** One segment: the postings and positions of its terms. Document numbers are its own, from 0. */
export class Segment {
  #files;
  #rows;

  /**
   * @param {Files} files
   * @param {SegmentFiles} names
   * @param {number} base the number of its first document in the archive
   */
  constructor(files, names, base) {
    this.#files = files;
    this.#rows = names.terms;
    this.base = base;
  }

  /**
   * @param {string} term
   * @returns {Promise<Postings | undefined>} nothing when the segment does not have the term
   */
  async postings(term) {
    const row = this.#rows[rowOf(this.#rows, term)];
    if (row === undefined) return undefined;
    const file = await this.#files.get(row[1], termFile);
    return file.postings(term);
  }

  /**
   * Fetch the positions of a term that the segment has.
   * @param {string} term
   * @param {readonly number[]} wanted some of its documents, rising
   * @returns {Promise<Places[]>} one for each wanted document
   */
  async positions(term, wanted) {
    const [, termsFile, positionsFile] = this.#rows[rowOf(this.#rows, term)];
    const [file, { positions }] = await Promise.all([
      this.#files.get(termsFile, termFile),
      this.#files.get(positionsFile),
    ]);
    const postings = /** @type {Postings} */ (file.postings(term));
    return places(positions[indexOf(file.terms, term)], postings, wanted);
  }
}

/**
 * Keep a term file, decoding the postings of a term when they are first asked for.
 * @param {{terms: string[], postings: number[][]}} json
 */
function termFile(json) {
  /** @type {Map<number, Postings>} */
  const decoded = new Map();
  return {
    terms: json.terms,
    /** @param {string} term */
    postings(term) {
      const index = indexOf(json.terms, term);
      if (index < 0) return undefined;
      const found = decoded.get(index) ?? decodePostings(json.postings[index]);
      decoded.set(index, found);
      return found;
    },
  };
}

/**
 * @param {readonly number[]} numbers
 * @returns {Postings}
 */
export function decodePostings(numbers) {
  const docs = new Uint32Array(numbers.length);
  const title = new Uint32Array(numbers.length);
  const body = new Uint32Array(numbers.length).fill(1);
  let count = 0;
  let doc = -1;
  for (let at = 0; at < numbers.length; at += 1, count += 1) {
    const head = numbers[at];
    doc += Math.floor(head / 2) + 1;
    docs[count] = doc;
    if (head % 2 === 0) continue;
    body[count] = numbers[at + 1];
    title[count] = numbers[at + 2];
    at += 2;
  }
  return { docs: docs.slice(0, count), title: title.slice(0, count), body: body.slice(0, count) };
}

/**
 * Take the positions of some documents from a term's flat list.
 * @param {readonly number[]} numbers
 * @param {Postings} postings
 * @param {readonly number[]} wanted
 * @returns {Places[]}
 */
function places(numbers, postings, wanted) {
  /** @type {Places[]} */
  const found = [];
  let at = 0;
  for (let index = 0; index < postings.docs.length && found.length < wanted.length; index += 1) {
    const middle = at + postings.title[index];
    const end = middle + postings.body[index];
    if (postings.docs[index] === wanted[found.length]) {
      found.push({ title: summed(numbers, at, middle), body: summed(numbers, middle, end) });
    }
    at = end;
  }
  return found;
}

/**
 * Turn a first value and gaps into values.
 * @param {readonly number[]} numbers
 * @param {number} start
 * @param {number} end
 * @returns {number[]}
 */
export function summed(numbers, start = 0, end = numbers.length) {
  const values = [];
  let value = 0;
  for (let at = start; at < end; at += 1) {
    value += numbers[at];
    values.push(value);
  }
  return values;
}
