/**
 * One segment of the index: what stands in its files (docs/search-format.md, section 6). Document numbers are its own, from 0.
 */

import { Bits } from "./bits.js";
import { lengths } from "./lengths.js";
import { numbered, unusable } from "./shards.js";
import { frontCoded, indexOf, rangeOf } from "./terms.js";

/** @typedef {import("./shards.js").Files} Files */
/** @typedef {import("./shards.js").SegmentEntry} SegmentEntry */

/** @typedef {[id: string, title: string, date: string, outlet: string, lead: string]} RecordRow */

/**
 * Where one term stands in one segment: three columns of one length, by rising document.
 * @typedef {{docs: Uint32Array, title: Uint32Array, body: Uint32Array}} Postings
 */

/**
 * The positions of one term in some documents, one behind the other: those in the `n`th are `numbers` from `starts[n]` to,
 * not including, `starts[n + 1]`.
 * @typedef {{numbers: Uint32Array, starts: Uint32Array}} Places
 */

/** @typedef {{title: Uint32Array, body: Uint32Array}} Lengths How long each document is, rounded. */

/** @typedef {{title: Uint32Array, body: Uint32Array}} Starts At which bit the positions of one term begin, for each of its documents. */

/** @typedef {{terms: string[], postings: Postings[], families: Map<string, string[][]>}} TermFile */

/** @typedef {{values: string[], lists: Uint32Array[]}} Listing The values of a facet, and the documents that have each. */

/** @typedef {{outlet: Listing, language: Listing, tag: Listing, date: Uint32Array}} Facets `date`: YYYYMMDD, with 00 for what is not known. */

/** The files of one segment, read. */
export class Segment {
  #files;
  #entry;
  #block;
  #starts;
  /** @type {Lengths | undefined} */
  #lengths;
  /** @type {Map<string, Starts>} */
  #starting = new Map();

  /**
   * @param {Files} files
   * @param {SegmentEntry} entry
   * @param {number} base the number of its first document in the archive
   * @param {number} block documents of a file of records
   */
  constructor(files, entry, base, block) {
    this.#files = files;
    this.#entry = entry;
    this.#block = block;
    this.#starts = frontCoded(entry.terms);
    this.base = base;
    this.articles = entry.articles;
  }

  /**
   * @param {string} term
   * @returns {Promise<Postings | undefined>} nothing when the segment does not have the term
   */
  async postings(term) {
    const file = await this.#termFile(term);
    const index = file ? indexOf(file.terms, term) : -1;
    return index < 0 ? undefined : file?.postings[index];
  }

  /**
   * Fetch the positions of a term that the segment has.
   * @param {string} term
   * @param {readonly number[]} wanted some of its documents, rising
   * @returns {Promise<{title: Places, body: Places}>}
   */
  async positions(term, wanted) {
    const path = numbered("positions", rangeOf(this.#starts, term));
    const [file, lengths, bits] = await Promise.all([this.#termFile(term), this.lengths(), this.#get(path, positionBits)]);
    const { terms, postings } = /** @type {TermFile} */ (file);
    const index = indexOf(terms, term);
    try {
      const starts = this.#starting.get(term) ?? startsOf(postings, index, bits, lengths);
      this.#starting.set(term, starts);
      const [title, body] = FIELDS.map((field) => places(postings[index], field, starts[field], bits, lengths[field], wanted));
      return { title, body };
    } catch (cause) {
      throw unusable(`${this.#entry.folder}/${path}`, cause);
    }
  }

  /**
   * Give the families that a term is in. Only the last segment of an archive can say.
   * @param {string} term
   * @returns {Promise<string[][]>}
   */
  async families(term) {
    return (await this.#termFile(term))?.families.get(term) ?? [];
  }

  /** @returns {Promise<Lengths>} */
  async lengths() {
    const { lengths, articles } = this.#entry;
    if (lengths === undefined) return this.#get("lengths.json", (json) => readLengths(json, articles));
    this.#lengths ??= readLengths(lengths, articles);
    return this.#lengths;
  }

  /**
   * @param {number} doc
   * @returns {Promise<RecordRow>}
   */
  async record(doc) {
    const rows = await this.#get(numbered("records", Math.floor(doc / this.#block)), recordRows);
    return rows[doc % this.#block];
  }

  /** @returns {Promise<Facets>} */
  facets() {
    return this.#get("facets.json", ({ date, outlet, language, tag }) => ({
      date: Uint32Array.from(summed(date)),
      outlet: listing(outlet, this.articles),
      language: listing(language, this.articles),
      tag: listing(tag, this.articles),
    }));
  }

  /** @returns {Promise<Listing>} */
  authors() {
    return this.#get("authors.json", ({ author }) => listing(author, this.articles));
  }

  /**
   * Fetch the file of a range of the lexicon, which only the last segment of an archive has.
   * @template T
   * @param {number} range
   * @param {(json: any) => T} read always the same
   * @returns {Promise<T>}
   */
  lexicon(range, read) {
    return this.#get(numbered("lexicon", range), read);
  }

  /**
   * @param {string} term
   * @returns {Promise<TermFile | undefined>}
   */
  async #termFile(term) {
    const range = rangeOf(this.#starts, term);
    return range < 0 ? undefined : this.#get(numbered("terms", range), (json) => termFile(json, this.articles));
  }

  /**
   * @template T
   * @param {string} path
   * @param {(json: any) => T} read
   * @returns {Promise<T>}
   */
  #get(path, read) {
    return this.#files.get(`${this.#entry.folder}/${path}`, read);
  }
}

/** @param {any} json @returns {RecordRow[]} */
function recordRows(json) {
  if (!Array.isArray(json)) throw new TypeError("no rows");
  return json;
}

/** @param {any} json @returns {Bits} */
function positionBits({ positions }) {
  if (typeof positions !== "string") throw new TypeError("no positions");
  return new Bits(positions);
}

/**
 * @param {{terms: string, postings: string, families?: string[]}} json
 * @param {number} articles
 * @returns {TermFile}
 */
function termFile({ terms: written, postings, families = [] }, articles) {
  const terms = frontCoded(written);
  const bits = new Bits(postings);
  /** @type {TermFile["families"]} */
  const held = new Map();
  for (const line of families) {
    const [shared, ...rests] = line.split(" ");
    const family = rests.map((rest) => shared + rest);
    for (const member of family) held.set(member, [...(held.get(member) ?? []), family]);
  }
  return { terms, postings: terms.map(() => readPostings(bits, articles)), families: held };
}

/**
 * @param {Bits} bits
 * @param {number} articles
 * @returns {Postings}
 */
function readPostings(bits, articles) {
  const count = bits.gamma();
  const docs = bits.rising(count, articles);
  const title = new Uint32Array(count);
  const titled = bits.gamma() - 1;
  if (titled > 0) for (const at of bits.rising(titled, count)) title[at] = 1;
  for (let at = 0; at < count; at += 1) if (title[at] > 0) title[at] = bits.gamma();
  const body = bits.counts(count);
  for (let at = 0; at < count; at += 1) if (title[at] === 0) body[at] += 1;
  return { docs, title, body };
}

const FIELDS = /** @type {const} */ (["title", "body"]);
const NOWHERE = new Uint32Array();

/**
 * Find where the positions of a term begin, behind those of the terms before it in its file.
 * @param {readonly Postings[]} postings of all terms of the file
 * @param {number} index the term's
 * @param {Bits} bits
 * @param {Lengths} lengths
 * @returns {Starts}
 */
function startsOf(postings, index, bits, lengths) {
  bits.at = 0;
  const starts = { title: NOWHERE, body: NOWHERE };
  for (const { docs, ...counts } of postings.slice(0, index + 1)) {
    for (const field of FIELDS) {
      starts[field] = docs.map((doc, at) => {
        const start = bits.at;
        if (counts[field][at] > 0) bits.skipRising(counts[field][at], lengths[field][doc]);
        return start;
      });
    }
  }
  return starts;
}

/**
 * Read the positions of a term in some documents.
 * @param {Postings} postings the term's
 * @param {"title" | "body"} field
 * @param {Uint32Array} begins at which bit those of each document begin
 * @param {Bits} bits
 * @param {Uint32Array} lengths
 * @param {readonly number[]} wanted rising; all have the term
 * @returns {Places}
 */
function places({ docs, ...counts }, field, begins, bits, lengths, wanted) {
  const starts = new Uint32Array(wanted.length + 1);
  const places = new Uint32Array(wanted.length);
  for (let index = 0, at = 0; index < wanted.length; index += 1) {
    while (docs[at] < wanted[index]) at += 1;
    places[index] = at;
    starts[index + 1] = starts[index] + counts[field][at];
  }
  const numbers = new Uint32Array(starts[wanted.length]);
  for (const [index, at] of places.entries()) {
    if (counts[field][at] === 0) continue;
    bits.at = begins[at];
    bits.risingInto(numbers, starts[index], counts[field][at], lengths[docs[at]]);
  }
  return { numbers, starts };
}

/**
 * @param {import("./shards.js").WrittenLengths} written
 * @param {number} articles
 * @returns {Lengths}
 */
function readLengths({ title, body }, articles) {
  if (title.length !== articles || body.length !== articles) throw new RangeError("lengths are missing");
  return { title: lengths(title), body: lengths(body) };
}

/**
 * @param {{values: string[], articles: string}} json
 * @param {number} articles
 * @returns {Listing}
 */
function listing({ values, articles: packed }, articles) {
  const bits = new Bits(packed);
  return { values, lists: values.map(() => bits.rising(bits.gamma(), articles)) };
}

/**
 * Turn a first value and differences into values.
 * @param {readonly number[]} numbers
 * @returns {number[]}
 */
function summed(numbers) {
  let value = 0;
  return numbers.map((number) => (value += number));
}
