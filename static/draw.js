/**
 * The parts of the search page, made of elements and text nodes: no text from the archive is ever read as markup.
 */

import { marked } from "./excerpt.js";
import { FACET_WORDS, dateWords, noteWords, number, valueWords } from "./words.js";

/** @typedef {import("./engine.js").FacetName} FacetName */
/** @typedef {import("./engine.js").FacetCount} FacetCount */
/** @typedef {import("./engine.js").Hit} Hit */
/** @typedef {import("./excerpt.js").Piece} Piece */
/** @typedef {import("./matching.js").Note} Note */

const FIRST_VALUES = 10;
const FEW = 2; // so many more are shown rather than hidden behind a button

/**
 * Make an element.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * Make text nodes, the found words in `mark` elements.
 * @param {readonly Piece[]} pieces
 * @returns {(Node | string)[]}
 */
export function markedNodes(pieces) {
  return pieces.map(({ text, marked: isMarked }) => (isMarked ? element("mark", {}, text) : text));
}

/**
 * Make one result.
 * @param {Hit} hit
 * @param {readonly (readonly (readonly string[])[])[]} wanted
 * @param {string} root the way from the page to the site's root
 * @returns {HTMLLIElement}
 */
export function result(hit, wanted, root) {
  const title = hit.title || hit.id;
  const link = element("a", { href: root + hit.url, dir: "auto" }, ...markedNodes(marked(title, wanted)));
  const when = hit.date ? element("time", { datetime: hit.date }, dateWords(hit.date)) : "Undated";
  const who = element("bdi", {}, hit.outlet || FACET_WORDS.outlet.unknown);
  return element(
    "li",
    {},
    element("h3", { class: "hit-title" }, link),
    element("p", { class: "hit-meta" }, who, " · ", when),
    element("p", { class: "hit-excerpt", dir: "auto" }, ...markedNodes(marked(hit.lead, wanted))),
  );
}

/**
 * Make the line that tells what a word stood for, with a way to search for it alone.
 * @param {Note} note
 * @param {string} [alone] address of the search for this very word
 * @returns {HTMLParagraphElement}
 */
export function noteLine(note, alone) {
  const line = element("p", {}, element("bdi", {}, noteWords(note)));
  if (alone) line.append(" ", goLink(alone, `Search only for “${note.term}”`));
  return line;
}

/**
 * Make a link to another search on this page.
 * @param {string} address beginning with `?`; empty for a page without a search
 * @param {string} words
 * @returns {HTMLAnchorElement}
 */
export function goLink(address, words) {
  return element("a", { href: address || "?", "data-go": "" }, words);
}

/**
 * Make the check boxes of one facet.
 * @param {FacetName} name
 * @param {readonly FacetCount[]} counts
 * @param {readonly string[]} chosen
 * @param {boolean} whole whether all values are shown, not the first ten only
 * @returns {HTMLFieldSetElement | undefined} nothing when there is no choice
 */
export function facet(name, counts, chosen, whole) {
  const missing = chosen.filter((value) => !counts.some((count) => count.value === value));
  const all = [...counts, ...missing.map((value) => ({ value, count: 0 }))];
  if (all.length < 2 && chosen.length === 0) return undefined;
  if (name === "year") all.sort((a, b) => Number(b.value) - Number(a.value));
  const most = whole || all.length <= FIRST_VALUES + FEW ? all.length : FIRST_VALUES;
  const shown = all.filter(({ value }, at) => at < most || chosen.includes(value));
  const labels = shown.map((count) => facetLabel(name, count, chosen.includes(count.value)));
  const fields = element("fieldset", {}, element("legend", {}, FACET_WORDS[name].legend), ...labels);
  if (shown.length < all.length) {
    const more = `${number(all.length - shown.length)} more`;
    const described = `${more} in ${FACET_WORDS[name].legend}`;
    fields.append(element("button", { type: "button", "data-whole": name, "aria-label": described }, more));
  }
  return fields;
}

/**
 * @param {FacetName} name
 * @param {FacetCount} count
 * @param {boolean} checked
 */
function facetLabel(name, { value, count }, checked) {
  const box = element("input", { type: "checkbox", name, value });
  box.checked = checked;
  const words = element("bdi", {}, valueWords(name, value));
  return element("label", {}, box, words, element("span", { class: "number" }, number(count)));
}

/** The parts of the page that change, empty. */
export function frame() {
  const parts = {
    status: element("p", { class: "status" }),
    voice: element("p", { class: "voice", role: "status" }),
    notes: element("div", { class: "notes" }),
    sort: element("select", { name: "sort" }, option("relevance", "Best match"), option("date", "Newest first")),
    whole: element("ol", { class: "hits" }),
    divide: element("h2", { class: "divide" }, "Articles with some of the words"),
    partial: element("ol", { class: "hits" }),
    more: element("button", { type: "button", class: "more" }, "More results"),
    facets: element("div", { class: "facet-list" }),
    narrow: element("summary", {}, "Narrow the results"),
  };
  const sorting = element("label", { class: "sort" }, "Order ", parts.sort);
  const bar = element("div", { class: "bar-line" }, parts.status, sorting);
  const heading = element("h2", { class: "voice" }, "Results"); // for those who listen
  const results = element("section", { class: "results" }, heading, bar, parts.notes);
  results.append(parts.whole, parts.divide, parts.partial, parts.more);
  const facets = element("details", { class: "facets" }, parts.narrow, parts.facets);
  return { ...parts, sorting, results, panel: facets };
}

/**
 * @param {string} value
 * @param {string} words
 */
function option(value, words) {
  return element("option", { value }, words);
}
