/**
 * Counting an answer's documents by outlet, year, language and tag: docs/search-format.md, section 4.
 */

import { compare } from "./analysis.js";
import { count } from "./columns.js";

/** @typedef {import("./columns.js").Column} Column */
/** @typedef {import("./engine.js").Worked} Worked */

/** @typedef {"outlet" | "year" | "language" | "tag"} FacetName */
/** @typedef {{value: string, count: number}} FacetCount */
/** @typedef {Record<FacetName, FacetCount[]>} Facets */

/** @type {readonly FacetName[]} */
export const FACETS = ["outlet", "year", "language", "tag"];

/**
 * Count the values of each facet among the documents shown, by the filters of all facets but its own.
 * @param {Worked} worked
 * @param {boolean} wanted none is counted otherwise
 * @returns {Facets} most first, ties by value
 */
export function counted(worked, wanted) {
  const { outlet, year, language, tag } = Object.fromEntries(FACETS.map((name) => [name, wanted ? values(worked, name) : []]));
  return { outlet, year, language, tag };
}

/**
 * Count the months of the documents that pass all filters.
 * @param {Worked} worked
 * @param {Column | undefined} column
 * @returns {FacetCount[]} by month; values like `2023-11`, or `2023` where the month is not known
 */
export function monthly({ parts: { shown }, passed: { failed } }, column) {
  if (!column) return [];
  const counts = count(column, (doc) => shown[doc] === 1 && failed[doc] === 0);
  return Array.from(counts, ([value, found]) => ({ value, count: found })).sort((a, b) => compare(a.value, b.value));
}

/**
 * @param {Worked} worked
 * @param {FacetName} name
 * @returns {FacetCount[]}
 */
function values({ columns, chosen, parts: { shown }, passed: { failed, last } }, name) {
  const column = columns.get(name);
  if (!column) return [];
  const own = chosen.indexOf(name);
  const counts = count(column, (doc) => shown[doc] === 1 && (failed[doc] === 0 || (failed[doc] === 1 && last[doc] === own)));
  const sorted = Array.from(counts, ([value, found]) => ({ value, count: found }));
  return sorted.sort((a, b) => b.count - a.count || compare(a.value, b.value));
}
