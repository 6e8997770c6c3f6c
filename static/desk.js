/**
 * What the search page asks for, answered with plain data that it only has to draw. It works in a worker, or in the page
 * itself where there can be none. It knows no page.
 */

import { open } from "./engine.js";
import { excerpt, marked } from "./excerpt.js";
import { quote, replace } from "./query.js";

/** @typedef {import("./engine.js").Answer} Answer */
/** @typedef {import("./engine.js").FacetCount} FacetCount */
/** @typedef {import("./engine.js").FacetName} FacetName */
/** @typedef {import("./engine.js").Filters} Filters */
/** @typedef {import("./engine.js").Hit} Hit */
/** @typedef {import("./engine.js").Index} Index */
/** @typedef {import("./excerpt.js").Piece} Piece */
/** @typedef {import("./excerpt.js").Wanted} Wanted */
/** @typedef {import("./expansion.js").Note} Note */

/** @typedef {Hit & {marks: {title: Piece[], lead: Piece[]}}} MarkedHit */
/** @typedef {Note & {alone: string}} AnsweredNote `alone`: the query with the note's word in quotes, or with the word offered for it. */
/** @typedef {Omit<Answer, "hits" | "facets" | "notes"> & {hits: MarkedHit[], notes: AnsweredNote[]}} DeskAnswer */

/** @typedef {{values: FacetCount[], rest: number}} CutFacet `rest`: how many values are not among `values`. */
/** @typedef {{cut: Record<FacetName, CutFacet>, years: FacetCount[], months: FacetCount[], failures: string[]}} DeskFacets */

/** @typedef {{limit: number, filters: Filters, sort: import("./ranking.js").Sort}} SearchOptions */

/**
 * `most`: how many values of each facet are wanted. `year`: whose months are counted, or `""`; `anytime`: the query as
 * it was before a month was chosen, by which they are counted.
 * @typedef {{filters: Record<FacetName, string[]>, most: Record<FacetName, number>, year: string, anytime: string}} FacetOptions
 */

/** @type {readonly FacetName[]} */
const CUT = ["outlet", "year", "language", "tag"];
const FEW_MORE = 2; // so many more are shown rather than hidden behind a button

/** Answers one page's questions. Its methods are what a page can ask for, by name (see `worker.js`). */
export class Desk {
  /** @type {Promise<Index> | undefined} */
  #index;
  #address = "";
  #written = "";

  /**
   * Say which index is meant, before anything is asked of it.
   * @param {string} address of its manifest, absolute
   * @param {string} [written] the manifest itself, where the page holds it
   */
  use(address, written = "") {
    this.#address = address;
    this.#written = written;
  }

  /** Let go of the index and all that was read of it: something in it makes no sense. */
  discard() {
    this.#index = undefined;
  }

  /**
   * Open the index, and fetch ahead what every query needs.
   * @returns {Promise<number>} how many articles there are
   */
  async open() {
    const index = await this.#opened();
    index.prepare();
    return index.articles;
  }

  /**
   * Answer a query with hits alone: what facets need is fetched for them only.
   * @param {string} query
   * @param {SearchOptions} options
   * @returns {Promise<DeskAnswer>}
   */
  async search(query, options) {
    const index = await this.#opened();
    const { facets: _, ...answer } = await index.search(query, { ...options, facets: false });
    const hits = answer.hits.map((hit) => ({
      ...hit,
      marks: { title: marked(hit.title || hit.id, answer.terms), lead: marked(hit.lead, answer.terms) },
    }));
    const notes = answer.notes.map((note) => ({
      ...note,
      alone: note.kind === "offer" ? replace(query, note.term, note.instead[0]) : quote(query, note.term),
    }));
    return { ...answer, hits, notes };
  }

  /**
   * Count by facets, years and months.
   * @param {string} query
   * @param {FacetOptions} options
   * @returns {Promise<DeskFacets>}
   */
  async facets(query, { filters, most, year, anytime }) {
    const index = await this.#opened();
    const { facets, failures } = await index.facets(query, { filters });
    const cut = CUT.map((name) => [name, cutFacet(name, facets[name], filters[name], most[name])]);
    const { months } = year ? await index.months(anytime, { filters }) : { months: [] };
    return { cut: Object.fromEntries(cut), years: facets.year, months, failures };
  }

  /**
   * Cut the best part out of an article's text.
   * @param {string} text
   * @param {Wanted} wanted
   * @returns {Piece[] | undefined}
   */
  excerpt(text, wanted) {
    return excerpt(text, wanted);
  }

  /** @returns {Promise<Index>} */
  #opened() {
    this.#index ??= this.#newlyOpened();
    this.#index.catch(() => (this.#index = undefined));
    return this.#index;
  }

  async #newlyOpened() {
    return open(this.#address, this.#written ? { manifest: JSON.parse(this.#written) } : {});
  }
}

/**
 * Cut a facet to its first values and the chosen ones; years stand newest first.
 * @param {FacetName} name
 * @param {readonly FacetCount[]} counts
 * @param {readonly string[]} chosen
 * @param {number} most
 * @returns {CutFacet}
 */
function cutFacet(name, counts, chosen, most) {
  const missing = chosen.filter((value) => !counts.some((count) => count.value === value));
  const all = [...counts, ...missing.map((value) => ({ value, count: 0 }))];
  if (name === "year") all.sort((one, other) => Number(other.value) - Number(one.value));
  const length = all.length <= most + FEW_MORE ? all.length : most;
  const values = all.filter(({ value }, at) => at < length || chosen.includes(value));
  return { values, rest: all.length - values.length };
}
