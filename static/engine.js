/**
 * The search engine: opens an index by the address of its manifest and answers queries. It knows no page; given a `fetch`,
 * it runs anywhere. What it answers is defined in docs/search-format.md.
 */

import { Columns } from "./columns.js";
import { FACETS, counted, monthly } from "./facets.js";
import { Lexicon } from "./lexicon.js";
import { match } from "./matching.js";
import { parse } from "./query.js";
import { join, ordered, sieve } from "./ranking.js";
import { Segment } from "./segment.js";
import { Files, ShardError, understood } from "./shards.js";

/** @typedef {import("./columns.js").Column} Column */
/** @typedef {import("./columns.js").Listed} Listed */
/** @typedef {import("./expansion.js").Note} Note */
/** @typedef {import("./ranking.js").Sieve} Sieve */
/** @typedef {import("./scoring.js").Statistics} Statistics */
/** @typedef {import("./matching.js").Found} Found */
/** @typedef {import("./ranking.js").Parts} Parts */
/** @typedef {import("./segment.js").RecordRow} RecordRow */
/** @typedef {import("./shards.js").Manifest} Manifest */

/** @typedef {import("./facets.js").FacetCount} FacetCount */
/** @typedef {import("./facets.js").FacetName} FacetName */
/** @typedef {import("./facets.js").Facets} Facets */
/** @typedef {Partial<Record<FacetName, readonly string[]>>} Filters Values of one facet are alternatives. */

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
 * @typedef {{query: string, total: number, complete: number, hits: Hit[], facets: Facets,
 *   notes: Note[], terms: string[][][], failures: string[]}} Answer
 */

/**
 * A query worked out, before hits are fetched or facets counted.
 * @typedef {{found: Found[], columns: Map<FacetName, Column | undefined>, chosen: FacetName[], parts: Parts, passed: Sieve,
 *   reading: Reading, failures: Set<string>}} Worked
 */

/**
 * Open an index.
 * @param {string} manifestUrl absolute
 * @param {{fetch?: import("./shards.js").Fetch, manifest?: Manifest}} [options] with the manifest's content, when the page has
 *   it, nothing is waited for
 * @returns {Promise<Index>}
 * @throws {ShardError} the manifest cannot be had, or is of another format
 */
export async function open(manifestUrl, { fetch = (url, init) => globalThis.fetch(url, init), manifest } = {}) {
  const files = new Files(manifestUrl, fetch);
  return new Index(manifest ? understood(manifest) : await files.manifest(), files);
}

/** @type {Parts} the answer when nothing is asked */
const NOTHING = { whole: [], partial: [], scores: new Float64Array(), shown: new Uint8Array(), pieces: [] };

/** One open index. */
export class Index {
  #manifest;
  #segments;
  #lexicon;
  #columns;
  /** @type {Promise<Statistics> | undefined} */
  #statistics;

  /**
   * @param {Manifest} manifest
   * @param {Files} files
   */
  constructor(manifest, files) {
    let base = 0;
    this.#manifest = manifest;
    this.#segments = manifest.segments.map((entry) => {
      const segment = new Segment(files, entry, base, manifest.block);
      base += entry.articles;
      return segment;
    });
    this.#columns = new Columns(this.#segments);
    this.#lexicon = new Lexicon(this.#segments, manifest.segments.at(-1)?.lexicon ?? "");
  }

  /** How many articles there are. */
  get articles() {
    return this.#manifest.articles;
  }

  /** Fetch what every query needs, ahead of the first. What fails is asked for again by the query, which tells of it. */
  prepare() {
    this.#lengths().catch(() => undefined);
  }

  /**
   * Answer a query.
   * @param {string} query
   * @param {{limit?: number, offset?: number, filters?: Filters, sort?: import("./ranking.js").Sort, facets?: boolean}} [options]
   *   without `facets` none is counted, and what only they need is not fetched
   * @returns {Promise<Answer>}
   */
  async search(query, { limit = 10, offset = 0, filters = {}, sort = "relevance", facets = true } = {}) {
    const worked = await this.#work(query, filters, facets);
    const { whole, partial, scores } = worked.parts;
    const docs = ordered(worked.parts, sort, offset + limit).slice(offset);
    return {
      query,
      total: whole.length + partial.length,
      complete: whole.length,
      hits: await this.#hits(docs, scores, worked.reading),
      facets: counted(worked, facets),
      notes: distinct((await Promise.all(worked.found.flatMap(({ notes }) => notes))).flat()),
      terms: worked.found.flatMap(({ wanted }) => wanted),
      failures: [...worked.failures],
    };
  }

  /**
   * Count the facets of a query's answer.
   * @param {string} query
   * @param {{filters?: Filters}} [options]
   * @returns {Promise<{facets: Facets, failures: string[]}>}
   */
  async facets(query, { filters = {} } = {}) {
    const worked = await this.#work(query, filters, true);
    return { facets: counted(worked, true), failures: [...worked.failures] };
  }

  /**
   * Count the months of a query's answer, as the filters leave it.
   * @param {string} query
   * @param {{filters?: Filters}} [options]
   * @returns {Promise<{months: FacetCount[], failures: string[]}>} in order; values like `2023-11`
   */
  async months(query, { filters = {} } = {}) {
    const worked = await this.#work(query, filters, false);
    const column = await worked.reading.attempt(this.#columns.get("month"), undefined);
    return { months: monthly(worked, column), failures: [...worked.failures] };
  }

  /**
   * @param {string} query
   * @param {Filters} filters
   * @param {boolean} facets whether the columns of all facets are wanted
   * @returns {Promise<Worked>}
   */
  async #work(query, filters, facets) {
    const nodes = parse(query);
    const chosen = FACETS.filter((name) => (filters[name] ?? []).length > 0);
    const asked = nodes.length > 0 || chosen.length > 0;
    const names = asked && facets ? FACETS : chosen;
    if (nodes.some(scores)) this.prepare(); // beside the first files of terms, not after them
    const { reading, failures } = this.#reading();
    const [found, columns] = await Promise.all([
      Promise.all(nodes.map((node) => match(node, reading))),
      Promise.all(names.map(async (name) => /** @type {const} */ ([name, await reading.attempt(this.#columns.get(name), undefined)]))),
    ]);
    const columnOf = new Map(columns);
    const passed = sieve(
      chosen.map((name) => ({ column: columnOf.get(name), values: filters[name] ?? [] })),
      this.articles,
    );
    const parts = asked ? await join(nodes, found, passed, reading) : NOTHING;
    return { found: [...found, ...parts.pieces], columns: columnOf, chosen, parts, passed, reading, failures };
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
      column: (/** @type {Listed} */ name) => attempt(this.#columns.get(name), undefined),
      days: () => attempt(this.#columns.days(), undefined),
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
    const parts = await Promise.all(this.#segments.map((segment) => segment.lengths()));
    const title = Uint32Array.from(parts.flatMap((part) => [...part.title]));
    const body = Uint32Array.from(parts.flatMap((part) => [...part.body]));
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
    const segment = this.#segments.findLast(({ base }) => base <= doc);
    return segment?.record(doc - segment.base);
  }
}

/** @param {import("./query.js").Node} node */
function scores(node) {
  return !("facet" in node || "date" in node || "not" in node);
}

/**
 * Tell each thing of each word once.
 * @param {Note[]} notes
 */
function distinct(notes) {
  return notes.filter(({ kind, term }, at) => notes.findIndex((note) => note.kind === kind && note.term === term) === at);
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
