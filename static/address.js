/**
 * The state of the search page, as its address keeps it: `?q=…&outlet=…&sort=date&page=2`. It knows no page.
 */

/** @typedef {import("./engine.js").FacetName} FacetName */
/** @typedef {import("./ranking.js").Sort} Sort */

/**
 * `pages`: how many pages of results are shown, one below the other.
 * @typedef {{query: string, filters: Record<FacetName, string[]>, sort: Sort, pages: number}} State
 */

/** @type {readonly FacetName[]} */
export const FACETS = ["outlet", "year", "language", "tag"];
const MOST_PAGES = 100;

/**
 * Read the state out of an address's query part; whatever it holds makes a state.
 * @param {string} search
 * @returns {State}
 */
export function read(search) {
  const values = new URLSearchParams(search);
  const [outlet, year, language, tag] = FACETS.map((name) => [...new Set(values.getAll(name))]);
  const pages = Math.floor(Number(values.get("page") ?? 1));
  return {
    query: values.get("q") ?? "",
    filters: { outlet, year, language, tag },
    sort: values.get("sort") === "date" ? "date" : "relevance",
    pages: pages >= 1 ? Math.min(pages, MOST_PAGES) : 1,
  };
}

/**
 * Write a state as the query part of an address; what is as always is left out.
 * @param {State} state
 * @returns {string} empty, or beginning with `?`
 */
export function write({ query, filters, sort, pages }) {
  const values = new URLSearchParams();
  if (query) values.append("q", query);
  for (const name of FACETS) for (const value of filters[name]) values.append(name, value);
  if (sort !== "relevance") values.append("sort", sort);
  if (pages > 1) values.append("page", String(pages));
  return values.size > 0 ? `?${values}` : "";
}

/**
 * Choose a value of a facet, or let it go; the results begin at their first page again.
 * @param {State} state
 * @param {FacetName} name
 * @param {string} value
 * @returns {State}
 */
export function toggled(state, name, value) {
  const chosen = state.filters[name];
  const values = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
  return { ...state, filters: { ...state.filters, [name]: values }, pages: 1 };
}

const LAST_DATE = /(?:^|\s+)date:\d{4}-\d{2}\s*$/;

/**
 * Add words that choose a span of time to the query, in place of a month chosen before; or take that month away again.
 * @param {State} state
 * @param {string} when such as `date:2023-11`
 * @returns {State}
 */
export function timed(state, when) {
  const before = anytime(state.query);
  const taken = state.query.trimEnd() !== before && state.query.trimEnd().endsWith(when);
  const query = taken ? before : `${before.replace(/(?:(?:^|\s+)OR)+$/, "")} ${when}`.trimStart();
  return { ...state, query, pages: 1 };
}

/**
 * Give a query without the month that was chosen for it last.
 * @param {string} query
 * @returns {string}
 */
export function anytime(query) {
  return query.replace(LAST_DATE, "").trimEnd();
}

/**
 * Let all filters go.
 * @param {State} state
 * @returns {State}
 */
export function unfiltered(state) {
  return { ...state, filters: { outlet: [], year: [], language: [], tag: [] }, pages: 1 };
}

/**
 * Whether any filter is chosen.
 * @param {State} state
 * @returns {boolean}
 */
export function isFiltered({ filters }) {
  return FACETS.some((name) => filters[name].length > 0);
}

/**
 * Whether there is anything to answer.
 * @param {State} state
 * @returns {boolean}
 */
export function asks(state) {
  return state.query.trim() !== "" || isFiltered(state);
}
