/**
 * What the search page says, in English: counts, dates, languages, notes. It knows no page.
 */

/** @typedef {import("./engine.js").FacetName} FacetName */
/** @typedef {import("./expansion.js").Note} Note */

const LOCALE = "en";
const MOST_TERMS = 6; // named in one note
const FEW_TERMS = 2; // named beside what was searched instead

const numbers = new Intl.NumberFormat(LOCALE);
const languages = new Intl.DisplayNames(LOCALE, { type: "language" });

/** @type {Record<FacetName, {legend: string, unknown: string}>} */
export const FACET_WORDS = {
  outlet: { legend: "Outlet", unknown: "Publisher unknown" },
  year: { legend: "Year", unknown: "Undated" },
  language: { legend: "Language", unknown: "Language unknown" },
  tag: { legend: "Tag", unknown: "" },
};

export const HINT =
  "Type words, or an “exact phrase” in quotes. Also: -without, one OR other, begin*, title:word, outlet:name, after:2023-11.";

export const NO_REFERENCES = "The references could not be fetched. Try again when you are online.";
export const FAULT = "The search failed: a part of the index is not as it should be. Reload the page to try again.";

export const OFFLINE = "There is no connection to the network; the search goes on by itself when there is one again.";

/**
 * @param {number} count
 * @returns {string}
 */
export function number(count) {
  return numbers.format(count);
}

/**
 * @param {number} count
 * @returns {string}
 */
export function articles(count) {
  return `${number(count)} ${count === 1 ? "article" : "articles"}`;
}

/**
 * Say how much was found.
 * @param {{total: number, complete: number, failures: readonly string[]}} answer
 * @returns {string}
 */
export function summary({ total, complete, failures }) {
  if (total === 0) return failures.length > 0 ? "Nothing found in the part of the index that could be read." : "No article found.";
  if (complete === total) return `${articles(total)} found.`;
  if (complete === 0) return `No article has all the words; ${articles(total)} with some of them.`;
  return `${articles(complete)} with all the words, then ${number(total - complete)} with some of them.`;
}

/**
 * Say in one sentence or two that parts of the index could not be had.
 * @param {readonly string[]} failures a sentence each
 * @returns {string}
 */
export function failureWords(failures) {
  const others = failures.length - 1;
  const more = others > 0 ? ` The same is true of ${number(others)} more ${others === 1 ? "part" : "parts"} of the index.` : "";
  return `${failures[0]}${more}`;
}

/**
 * Write a date with the precision it has.
 * @param {string} date as in EDTF: `2023`, `2023-11-04`, `2023-11~`, `2023/2024`
 * @returns {string} what is none as it is
 */
export function dateWords(date) {
  const points = date.split("/").map(pointWords);
  if (points.length > 2 || points.some((words) => !words)) return date;
  return points.length === 2 ? `between ${points[0]} and ${points[1]}` : points[0];
}

/**
 * The day of the calendar that a date is for certain.
 * @param {string} date
 * @returns {string} empty if it is about a day, or between two
 */
export function exactDate(date) {
  return /^\d{4}(?:-\d{2}){0,2}$/.test(date) ? date : "";
}

/**
 * @param {string} point one date of an expression
 * @returns {string} empty if it is none
 */
function pointWords(point) {
  const [found, year, month, day, sign] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)$/.exec(point) ?? [];
  if (!found) return "";
  const doubt = `${"?%".includes(sign || " ") ? "perhaps " : ""}${"~%".includes(sign || " ") ? "about " : ""}`;
  if (!month) return doubt + year;
  const moment = new Date(`${year}-${month}-${day ?? "01"}T00:00:00Z`);
  if (Number.isNaN(moment.getTime())) return "";
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = { year: "numeric", month: "long", timeZone: "UTC" };
  return doubt + new Intl.DateTimeFormat("en-GB", day ? { ...parts, day: "numeric" } : parts).format(moment);
}

/**
 * Name a month, for a narrow place.
 * @param {string} month as `2023-11`
 * @returns {string}
 */
export function monthName(month) {
  return dateWords(month).replace(/^(\p{L}{3})\p{L}+/u, "$1");
}

/**
 * Name a value of a facet.
 * @param {FacetName} facet
 * @param {string} value
 * @returns {string}
 */
export function valueWords(facet, value) {
  if (value === "") return FACET_WORDS[facet].unknown;
  return facet === "language" ? languageName(value) : value;
}

/**
 * @param {string} tag BCP 47
 * @returns {string} the tag itself when it is none
 */
function languageName(tag) {
  try {
    return languages.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/**
 * Say what a word stood for.
 * @param {Note} note
 * @returns {string}
 */
export function noteWords({ kind, term, instead, terms }) {
  if (kind === "nothing") return `Nothing here has “${term}” or a word like it.`;
  if (kind === "offer") return `Few articles have “${term}”.`;
  if (kind === "family") return `“${term}” also finds ${named(terms)}.`;
  const others = terms.filter((other) => !instead.includes(other));
  const also = others.length > 0 ? ` (and ${named(others, FEW_TERMS)})` : "";
  return `Nothing here has “${term}”; searched ${instead.map((other) => `“${other}”`).join(", ")}${also} instead.`;
}

/**
 * Say in one short line what several words stood for.
 * @param {readonly Note[]} notes
 * @returns {string}
 */
export function alsoWords(notes) {
  return `Also searched: ${named(notes.flatMap(({ terms }) => terms))}`;
}

/**
 * @param {readonly string[]} terms
 * @param {number} [most]
 */
function named(terms, most = MOST_TERMS) {
  const shown = terms.slice(0, most).join(", ");
  return terms.length > most ? `${shown} and ${terms.length - most} more` : shown;
}
