/**
 * The search engine: opens an index by the address of its manifest and answers queries. It knows no page; given a `fetch`,
 * it runs anywhere. What it answers is defined in docs/search-format.md.
 */

import { compare } from "./analysis.js";
import { count, dates, listed, years } from "./columns.js";
import { Lexicon } from "./lexicon.js";
import { match } from "./matching.js";
import { parse } from "./query.js";
import { join, ordered, sieve } from "./ranking.js";
import { Files, Segment, ShardError } from "./shards.js";

/** @typedef {import("./columns.js").Column} Column */
/** @typedef {import("./columns.js").Listed} Listed */
/** @typedef {import("./expansion.js").Note} Note */
/** @typedef {import("./ranking.js").Sieve} Sieve */
/** @typedef {import("./scoring.js").Statistics} Statistics */
/** @typedef {import("./shards.js").Manifest} Manifest */
/** @typedef {import("./shards.js").RecordRow} RecordRow */

/** @typedef {"outlet" | "year" | "language" | "tag"} FacetName */
/** @typedef {Partial<Record<FacetName, readonly string[]>>} Filters Values of one facet are alternatives. */
/** @typedef {{value: string, count: number}} FacetCount */

/**
 * What matching needs of the index. `attempt` waits for a file; when it cannot be had, it notes that and gives the fallback.
 * @typedef {{documents: number, segments: Segment[], lexicon: Lexicon, statistics: () => Promise<Statistics>,
 *   column: (name: Listed) => Promise<Column | undefined>, days: () => Promise<Uint32Array | undefined>,
 *   attempt: <T>(work: Promise<T>, fallback: T) => Promise<T>}} Reading
 */

/**
 * `url` is relative to the site's root; `date` as in EDTF; `lead` the first words of its body.
 * @typedef {{id: string, url: string, title: string, date: string, outlet: string, score: number, lead: string}} Hit
 */

/**
 * `complete`: how many of the `total` have every word; they come first. `terms`: for each word or phrase of the query, the
 * sequences of terms that are it, for marking. `failures`: a sentence for each file that could not be had.
 * @typedef {{query: string, total: number, complete: number, hits: Hit[], facets: Record<FacetName, FacetCount[]>,
 *   notes: Note[], terms: string[][][], failures: string[]}} Answer
 */

/** @type {readonly FacetName[]} */
const FACETS = ["outlet", "year", "language", "tag"];

/**
 * Open an index. Only its manifest is waited for.
 * @param {string} manifestUrl absolute
 * @param {{fetch?: import("./shards.js").Fetch}} [options]
 * @returns {Promise<Index>}
 * @throws {ShardError} the manifest cannot be had, or is of another format
 */
export async function open(manifestUrl, options = {}) {
  const files = new Files(manifestUrl, options.fetch ?? ((url, init) => globalThis.fetch(url, init)));
  return new Index(await files.manifest(), files);
}

/** One open index. */
export class Index {
  #manifest;
  #files;
  #segments;
  #lexicon;
  /** @type {Map<string, Promise<any>>} */
  #columns = new Map();
  /** @type {Promise<Statistics> | undefined} */
  #statistics;

  /**
   * @param {Manifest} manifest
   * @param {Files} files
   */
  constructor(manifest, files) {
    let base = 0;
    this.#manifest = manifest;
    this.#files = files;
    this.#lexicon = new Lexicon(manifest.lexicon, files);
    this.#segments = manifest.segments.map((names) => {
      const segment = new Segment(files, names, base);
      base += names.articles;
      return segment;
    });
  }

  /** How many articles there are. */
  get articles() {
    return this.#manifest.articles;
  }

  /** Fetch what every query needs, ahead of the first. What fails is asked for again by the query, which tells of it. */
  prepare() {
    this.#lengths().catch(() => undefined);
    for (const name of FACETS) this.#facet(name).catch(() => undefined);
  }

  /**
   * Answer a query.
   * @param {string} query
   * @param {{limit?: number, offset?: number, filters?: Filters, sort?: import("./ranking.js").Sort}} [options]
   * @returns {Promise<Answer>}
   */
  async search(query, { limit = 10, offset = 0, filters = {}, sort = "relevance" } = {}) {
    const nodes = parse(query);
    const chosen = FACETS.filter((name) => (filters[name] ?? []).length > 0);
    if (nodes.length === 0 && chosen.length === 0) return nothing(query);
    const { reading, failures } = this.#reading();
    const [found, columns] = await Promise.all([
      Promise.all(nodes.map((node) => match(node, reading))),
      Promise.all(FACETS.map((name) => reading.attempt(this.#facet(name), undefined))),
    ]);
    const column = new Map(FACETS.map((name, index) => [name, columns[index]]));
    const passed = sieve(
      chosen.map((name) => ({ column: column.get(name), values: filters[name] ?? [] })),
      this.articles,
    );
    const parts = await join(nodes, found, passed, reading);
    const matched = [...found, ...parts.pieces];
    const docs = ordered(parts, sort, offset + limit).slice(offset);
    return {
      query,
      total: parts.whole.length + parts.partial.length,
      complete: parts.whole.length,
      hits: await this.#hits(docs, parts.scores, reading),
      facets: facets(column, chosen, parts.shown, passed),
      notes: distinct(matched.flatMap(({ notes }) => notes)),
      terms: matched.flatMap(({ wanted }) => wanted),
      failures: [...failures],
    };
  }

  /** @returns {{reading: Reading, failures: Set<string>}} the index as one query sees it, with the failures that query met */
  #reading() {
    /** @type {Set<string>} */
    const failures = new Set();
    /** @type {Reading["attempt"]} */
    const attempt = async (work, fallback) => {
      try {
        return await work;
      } catch (error) {
        if (!(error instanceof ShardError)) throw error;
        failures.add(error.message);
        return fallback;
      }
    };
    const reading = {
      documents: this.articles,
      segments: this.#segments,
      lexicon: this.#lexicon,
      statistics: async () => (await attempt(this.#lengths(), undefined)) ?? this.#evenly(),
      column: (/** @type {Listed} */ name) => attempt(this.#column(name), undefined),
      days: () => attempt(this.#days(), undefined),
      attempt,
    };
    return { reading, failures };
  }

  /** @returns {Promise<Statistics>} */
  #lengths() {
    this.#statistics ??= this.#joinLengths();
    this.#statistics.catch(() => (this.#statistics = undefined));
    return this.#statistics;
  }

  /** @returns {Promise<Statistics>} */
  async #joinLengths() {
    const parts = await Promise.all(this.#manifest.segments.map(({ lengths }) => this.#files.get(lengths)));
    const title = Uint32Array.from(parts.flatMap((part) => part.title));
    const body = Uint32Array.from(parts.flatMap((part) => part.body));
    return { lengths: { title, body }, averages: this.#averages() };
  }

  /** @returns {Statistics} as if all articles were equally long, for when their lengths cannot be had */
  #evenly() {
    const averages = this.#averages();
    const title = new Uint32Array(this.articles).fill(Math.round(averages.title));
    const body = new Uint32Array(this.articles).fill(Math.round(averages.body));
    return { lengths: { title, body }, averages };
  }

  #averages() {
    const { articles, tokens } = this.#manifest;
    return { title: tokens.title / articles, body: tokens.body / articles };
  }

  /**
   * @param {FacetName} name
   * @returns {Promise<Column | undefined>}
   */
  #facet(name) {
    return name === "year" ? this.#keep("year", async () => years(await this.#days())) : this.#column(name);
  }

  /**
   * @param {Listed} name
   * @returns {Promise<Column>}
   */
  #column(name) {
    return this.#keep(name, () => listed(this.#manifest.segments, this.#files, name));
  }

  /** @returns {Promise<Uint32Array>} */
  #days() {
    return this.#keep("date", () => dates(this.#manifest.segments, this.#files));
  }

  /**
   * @template T
   * @param {string} name
   * @param {() => Promise<T>} make
   * @returns {Promise<T>}
   */
  #keep(name, make) {
    const kept = this.#columns.get(name) ?? make();
    this.#columns.set(name, kept);
    kept.catch(() => this.#columns.delete(name));
    return kept;
  }

  /**
   * @param {readonly number[]} docs
   * @param {Float64Array} scores
   * @param {Reading} reading
   * @returns {Promise<Hit[]>} without those whose record cannot be had
   */
  async #hits(docs, scores, reading) {
    const rows = await Promise.all(docs.map((doc) => reading.attempt(this.#record(doc), undefined)));
    return rows.flatMap((row, index) => (row ? [hit(row, scores[docs[index]])] : []));
  }

  /**
   * @param {number} doc
   * @returns {Promise<RecordRow | undefined>}
   */
  async #record(doc) {
    const at = this.#segments.findLastIndex(({ base }) => base <= doc);
    const { records, block } = this.#manifest.segments[at];
    const local = doc - this.#segments[at].base;
    const rows = await this.#files.get(records[Math.floor(local / block)]);
    return rows[local % block];
  }
}

/**
 * Tell each thing of each word once.
 * @param {Note[]} notes
 */
function distinct(notes) {
  return notes.filter(({ kind, term }, at) => notes.findIndex((note) => note.kind === kind && note.term === term) === at);
}

/** @param {string} query @returns {Answer} */
function nothing(query) {
  const none = { outlet: [], year: [], language: [], tag: [] };
  return { query, total: 0, complete: 0, hits: [], facets: none, notes: [], terms: [], failures: [] };
}

/**
 * @param {RecordRow} row
 * @param {number} score
 * @returns {Hit}
 */
function hit([id, title, date, outlet, lead], score) {
  const url = `${id.split("/").map(encodeURIComponent).join("/")}/`;
  return { id, url, title, date, outlet, score, lead };
}

/**
 * Count the values of each facet among the documents shown, by the filters of all facets but its own.
 * @param {Map<FacetName, Column | undefined>} columns
 * @param {readonly FacetName[]} chosen
 * @param {Uint8Array} shown
 * @param {Sieve} passed
 * @returns {Record<FacetName, FacetCount[]>} most first, ties by value
 */
function facets(columns, chosen, shown, { failed, last }) {
  const entries = FACETS.map((name) => {
    const own = chosen.indexOf(name);
    const column = columns.get(name);
    const counts = column
      ? count(column, (doc) => shown[doc] === 1 && (failed[doc] === 0 || (failed[doc] === 1 && last[doc] === own)))
      : new Map();
    const sorted = Array.from(counts, ([value, found]) => ({ value, count: found }));
    return [name, sorted.sort((a, b) => b.count - a.count || compare(a.value, b.value))];
  });
  return Object.fromEntries(entries);
}
