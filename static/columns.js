/**
 * What each document is filed under: outlet, language, tags, author, date. Read from the column files of all
 * segments and joined, so that a document's number is its number in the archive.
 */

import { summed } from "./shards.js";

/** @typedef {import("./shards.js").Files} Files */
/** @typedef {import("./shards.js").SegmentFiles} SegmentFiles */
/** @typedef {"outlet" | "language" | "tag" | "author"} Listed */

/**
 * The values of document `d` are those at `ids[starts[d]]` up to, not including, `ids[starts[d + 1]]`.
 * @typedef {{values: string[], starts: Uint32Array, ids: Uint32Array}} Column
 */

/**
 * Join one column of every segment.
 * @param {readonly SegmentFiles[]} segments
 * @param {Files} files
 * @param {Listed} name
 * @returns {Promise<Column>} unknown outlets and languages have the value `""`
 */
export async function listed(segments, files, name) {
  const parts = await Promise.all(segments.map(({ columns }) => files.get(columns[name])));
  return column(parts.flatMap(({ values, rows }) => rows.map(reader(values))));
}

/**
 * @param {string[]} values
 * @returns {(row: number | number[]) => string[]}
 */
function reader(values) {
  return (row) => (Array.isArray(row) ? row.map((index) => values[index]) : [values[row] ?? ""]);
}

/**
 * Join the dates of every segment.
 * @param {readonly SegmentFiles[]} segments
 * @param {Files} files
 * @returns {Promise<Uint32Array>} YYYYMMDD, with 00 for what is not known
 */
export async function dates(segments, files) {
  const parts = await Promise.all(segments.map(({ columns }) => files.get(columns.date)));
  return Uint32Array.from(parts.flatMap(({ gaps }) => summed(gaps)));
}

/**
 * Make the column of years out of dates.
 * @param {Uint32Array} days
 * @returns {Column} an undated document has the value `""`
 */
export function years(days) {
  return column(Array.from(days, (day) => [day === 0 ? "" : String(Math.floor(day / 10000)).padStart(4, "0")]));
}

/**
 * @param {readonly string[][]} rows the values of each document
 * @returns {Column}
 */
function column(rows) {
  /** @type {Map<string, number>} */
  const known = new Map();
  const starts = new Uint32Array(rows.length + 1);
  const ids = [];
  for (const [doc, values] of rows.entries()) {
    for (const value of values) {
      const id = known.get(value) ?? known.size;
      known.set(value, id);
      ids.push(id);
    }
    starts[doc + 1] = ids.length;
  }
  return { values: [...known.keys()], starts, ids: Uint32Array.from(ids) };
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
