/**
 * What each document is filed under: outlet, language, tags, author, date. Read from the files of all segments and
 * joined, so that a document's number is its number in the archive.
 */

/** @typedef {import("./segment.js").Listing} Listing */
/** @typedef {import("./segment.js").Segment} Segment */
/** @typedef {"outlet" | "language" | "tag" | "author"} Listed */

/**
 * The values of document `d` are those at `ids[starts[d]]` up to, not including, `ids[starts[d + 1]]`.
 * @typedef {{values: string[], starts: Uint32Array, ids: Uint32Array}} Column
 */

/** @typedef {{value: string, docs: number[]}} Filed Documents filed under one value. */

/** @type {readonly Listed[]} */
const SINGLE = ["outlet", "language"];

/** The columns of an index, each made when it is first asked for. */
export class Columns {
  /** @type {Map<string, Promise<any>>} */
  #kept = new Map();
  #segments;

  /** @param {readonly Segment[]} segments */
  constructor(segments) {
    this.#segments = segments;
  }

  /**
   * @param {Listed | "year" | "month"} name
   * @returns {Promise<Column>}
   */
  get(name) {
    return this.#keep(name, async () => {
      if (name === "year") return dated(await this.days(), year);
      return name === "month" ? dated(await this.days(), month) : listed(this.#segments, name);
    });
  }

  /**
   * Give the dates of all documents.
   * @returns {Promise<Uint32Array>} YYYYMMDD, with 00 for what is not known; 0 for undated
   */
  days() {
    return this.#keep("date", () => dates(this.#segments));
  }

  /**
   * @template T
   * @param {string} name
   * @param {() => Promise<T>} make
   * @returns {Promise<T>}
   */
  #keep(name, make) {
    const kept = this.#kept.get(name) ?? make();
    this.#kept.set(name, kept);
    kept.catch(() => this.#kept.delete(name));
    return kept;
  }
}

/**
 * Join one column of every segment.
 * @param {readonly Segment[]} segments
 * @param {Listed} name
 * @returns {Promise<Column>} unknown outlets and languages have the value `""`
 */
async function listed(segments, name) {
  const parts = await Promise.all(
    segments.map(async (segment) => (name === "author" ? segment.authors() : (await segment.facets())[name])),
  );
  const filed = parts.flatMap(({ values, lists }, at) =>
    values.map((value, index) => ({ value, docs: Array.from(lists[index], (doc) => segments[at].base + doc) })),
  );
  const documents = segments.reduce((sum, { articles }) => sum + articles, 0);
  return column(SINGLE.includes(name) ? [...filed, unfiled(filed, documents)] : filed, documents);
}

/**
 * @param {readonly Filed[]} filed
 * @param {number} documents
 * @returns {Filed} those filed under nothing
 */
function unfiled(filed, documents) {
  const known = new Uint8Array(documents);
  for (const { docs } of filed) for (const doc of docs) known[doc] = 1;
  return { value: "", docs: [...known.keys()].filter((doc) => known[doc] === 0) };
}

/** @param {readonly Segment[]} segments */
async function dates(segments) {
  const parts = await Promise.all(segments.map((segment) => segment.facets()));
  return Uint32Array.from(parts.flatMap(({ date }) => [...date]));
}

/** @param {number} day */
function year(day) {
  return day === 0 ? "" : String(Math.floor(day / 10000)).padStart(4, "0");
}

/** @param {number} day */
function month(day) {
  const number = Math.floor(day / 100) % 100;
  return number === 0 ? year(day) : `${year(day)}-${String(number).padStart(2, "0")}`;
}

/**
 * @param {Uint32Array} days
 * @param {(day: number) => string} value
 * @returns {Column}
 */
function dated(days, value) {
  /** @type {Map<string, number[]>} */
  const found = new Map();
  for (const [doc, day] of days.entries()) {
    const own = value(day);
    const docs = found.get(own);
    if (docs) docs.push(doc);
    else found.set(own, [doc]);
  }
  return column(Array.from(found, ([known, docs]) => ({ value: known, docs })), days.length);
}

/**
 * @param {readonly Filed[]} filed a value may come several times
 * @param {number} documents
 * @returns {Column}
 */
function column(filed, documents) {
  const values = [...new Set(filed.map(({ value }) => value))];
  const idOf = new Map(values.map((value, id) => [value, id]));
  const ends = new Uint32Array(documents + 1);
  for (const { docs } of filed) for (const doc of docs) ends[doc + 1] += 1;
  for (let doc = 0; doc < documents; doc += 1) ends[doc + 1] += ends[doc];
  const starts = ends.slice();
  const ids = new Uint32Array(ends[documents]);
  for (const { value, docs } of filed) {
    const id = /** @type {number} */ (idOf.get(value));
    for (const doc of docs) {
      ids[ends[doc]] = id;
      ends[doc] += 1;
    }
  }
  return { values, starts, ids };
}

/**
 * Mark the documents that have one of some values.
 * @param {Column} column
 * @param {(value: string) => boolean} wanted
 * @returns {Uint8Array} 1 for those that do
 */
export function having({ values, starts, ids }, wanted) {
  const chosen = values.map(wanted);
  const marks = new Uint8Array(starts.length - 1);
  for (let doc = 0; doc < marks.length; doc += 1) {
    for (let at = starts[doc]; at < starts[doc + 1]; at += 1) {
      if (chosen[ids[at]]) marks[doc] = 1;
    }
  }
  return marks;
}

/**
 * Count the documents of each value.
 * @param {Column} column
 * @param {(doc: number) => boolean} counted
 * @returns {Map<string, number>} values in no counted document are left out
 */
export function count({ values, starts, ids }, counted) {
  const counts = new Uint32Array(values.length);
  for (let doc = 0; doc + 1 < starts.length; doc += 1) {
    if (!counted(doc)) continue;
    for (let at = starts[doc]; at < starts[doc + 1]; at += 1) counts[ids[at]] += 1;
  }
  return new Map(values.map((value, id) => /** @type {const} */ ([value, counts[id]])).filter(([, found]) => found > 0));
}

/**
 * Whether a date meets a condition with every day it may mean.
 * @param {number} day YYYYMMDD, with 00 for what is not known; 0 for undated
 * @param {"date" | "after" | "before"} relation
 * @param {string} value YYYY, YYYY-MM or YYYY-MM-DD
 * @returns {boolean}
 */
export function meets(day, relation, value) {
  if (day === 0) return false;
  const limit = Number(value.replaceAll("-", "").padEnd(8, "0"));
  if (relation === "before") return lastDay(day) < firstDay(limit);
  if (relation === "after") return firstDay(day) >= firstDay(limit);
  return firstDay(day) >= firstDay(limit) && lastDay(day) <= lastDay(limit);
}

/** @param {number} day */
function firstDay(day) {
  const month = Math.floor(day / 100) % 100 === 0 ? 100 : 0;
  return day + month + (day % 100 === 0 ? 1 : 0);
}

/** Every month is given 31 days: the days are only compared. @param {number} day */
function lastDay(day) {
  const month = Math.floor(day / 100) % 100 === 0 ? 1200 : 0;
  return day + month + (day % 100 === 0 ? 31 : 0);
}
