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

/** @typedef {{title: Uint32Array, body: Uint32Array}} Places The positions of one term in one document. */

/** @typedef {{title: Uint32Array, body: Uint32Array}} Lengths How long each document is, rounded. */

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
   * @returns {Promise<Places[]>} one for each wanted document
   */
  async positions(term, wanted) {
    const path = numbered("positions", rangeOf(this.#starts, term));
    const [file, lengths, packed] = await Promise.all([this.#termFile(term), this.lengths(), this.#get(path, packedPositions)]);
    const { terms, postings } = /** @type {TermFile} */ (file);
    try {
      return places(postings, indexOf(terms, term), new Bits(packed), lengths, wanted);
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

/** @param {any} json @returns {string} */
function packedPositions({ positions }) {
  if (typeof positions !== "string") throw new TypeError("no positions");
  return positions;
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

/**
 * Take the positions of a term in some documents out of those of all terms of its file.
 * @param {readonly Postings[]} postings of all terms of the file
 * @param {number} index the term's
 * @param {Bits} bits
 * @param {Lengths} lengths
 * @param {readonly number[]} wanted
 * @returns {Places[]}
 */
function places(postings, index, bits, lengths, wanted) {
  for (const before of postings.slice(0, index)) {
    for (const field of FIELDS) wantedLists(before, field, bits, lengths, []);
  }
  const [title, body] = FIELDS.map((field) => wantedLists(postings[index], field, bits, lengths, wanted));
  return wanted.map((_, at) => ({ title: title[at], body: body[at] }));
}

const FIELDS = /** @type {const} */ (["title", "body"]);
const NOWHERE = new Uint32Array();

/**
 * Read the positions of a term in some documents, and pass over the others.
 * @param {Postings} postings of one term
 * @param {"title" | "body"} field
 * @param {Bits} bits
 * @param {Lengths} lengths
 * @param {readonly number[]} wanted
 * @returns {Uint32Array[]} one for each wanted document
 */
function wantedLists({ docs, ...counts }, field, bits, lengths, wanted) {
  /** @type {Uint32Array[]} */
  const lists = wanted.map(() => NOWHERE);
  let next = 0;
  for (let at = 0; at < docs.length; at += 1) {
    const count = counts[field][at];
    if (count === 0) continue;
    while (wanted[next] < docs[at]) next += 1;
    if (wanted[next] === docs[at]) lists[next] = bits.rising(count, lengths[field][docs[at]]);
    else bits.skipRising(count, lengths[field][docs[at]]);
  }
  return lists;
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
