/**
 * The parts of the search page, made of elements and text nodes: no text from the archive is ever read as markup.
 */

import { FACET_WORDS, alsoWords, dateWords, exactDate, noteWords, number, valueWords } from "./words.js";

/** @typedef {import("./desk.js").AnsweredNote} AnsweredNote */
/** @typedef {import("./desk.js").CutFacet} CutFacet */
/** @typedef {import("./desk.js").MarkedHit} MarkedHit */
/** @typedef {import("./engine.js").FacetName} FacetName */
/** @typedef {import("./engine.js").FacetCount} FacetCount */
/** @typedef {import("./excerpt.js").Piece} Piece */

const NAMED_IN_A_LINE = 6; // words; more of them are folded away

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
 * @param {MarkedHit} hit
 * @param {string} root the way from the page to the site's root
 * @returns {HTMLLIElement}
 */
export function result({ url, date, outlet, marks }, root) {
  const link = element("a", { href: root + url }, ...markedNodes(marks.title));
  const words = date ? dateWords(date) : "Undated";
  const when = exactDate(date) ? element("time", { datetime: date }, words) : words;
  const who = element("bdi", {}, outlet || FACET_WORDS.outlet.unknown);
  return element(
    "li",
    {},
    element("h3", { class: "hit-title", dir: "auto" }, link),
    element("p", { class: "hit-meta" }, who, " · ", when),
    element("p", { class: "hit-excerpt", dir: "auto" }, ...markedNodes(marks.lead)),
  );
}

/**
 * Make the lines that tell what the words of the query stood for, each with a way to search for the very word.
 * @param {readonly AnsweredNote[]} notes
 * @param {(query: string) => string} address of the search for a query
 * @returns {HTMLElement[]}
 */
export function noteLines(notes, address) {
  const families = notes.filter(({ kind }) => kind === "family");
  const told = notes.filter(({ kind }) => kind !== "family").map((note) => element("p", {}, ...noteParts(note, address)));
  const words = families.flatMap(({ terms }) => terms).length;
  if (words === 0) return told;
  if (families.length === 1 && words <= NAMED_IN_A_LINE) return [...told, element("p", {}, ...noteParts(families[0], address))];
  const items = families.map((note) => element("li", {}, ...noteParts(note, address)));
  return [...told, element("details", {}, element("summary", {}, element("bdi", {}, alsoWords(families))), element("ul", {}, ...items))];
}

/**
 * @param {AnsweredNote} note
 * @param {(query: string) => string} address
 * @returns {(Node | string)[]}
 */
function noteParts(note, address) {
  const words = element("bdi", {}, noteWords(note));
  if (note.kind === "nothing") return [words];
  const call = note.kind === "offer" ? `Did you mean “${note.instead[0]}”?` : `Search only for “${note.term}”`;
  return [words, " ", goLink(address(note.alone), call)];
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
 * @param {CutFacet} counts
 * @param {readonly string[]} chosen
 * @returns {HTMLFieldSetElement | undefined} nothing when there is no choice
 */
export function facet(name, { values, rest }, chosen) {
  if (values.length < 2 && chosen.length === 0) return undefined;
  const labels = values.map((count) => facetLabel(name, count, chosen.includes(count.value)));
  const fields = element("fieldset", {}, element("legend", {}, FACET_WORDS[name].legend), ...labels);
  if (rest > 0) {
    const more = `${number(rest)} more`;
    const described = `${more} in ${FACET_WORDS[name].legend}`;
    fields.append(element("button", { type: "button", "data-more": name, "aria-label": described }, more));
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
    references: references(),
    chart: element("div", { class: "chart" }),
    facets: element("div", { class: "facet-list" }),
    narrow: element("summary", {}, "Narrow the results"),
  };
  const sorting = element("label", { class: "sort" }, "Order ", parts.sort);
  const bar = element("div", { class: "bar-line" }, parts.status, sorting);
  const heading = element("h2", { class: "voice" }, "Results"); // for those who listen
  const results = element("section", { class: "results" }, heading, bar, parts.notes);
  results.append(parts.whole, parts.divide, parts.partial, parts.more, parts.references);
  const facets = element("details", { class: "facets" }, parts.narrow, parts.chart, parts.facets);
  return { ...parts, sorting, results, panel: facets };
}

/**
 * @param {string} value
 * @param {string} words
 */
function option(value, words) {
  return element("option", { value }, words);
}

/** Make the line that saves the references of the results shown. */
function references() {
  const kinds = [["ris", "RIS"], ["csl", "CSL-JSON"], ["bibtex", "BibTeX"]];
  const buttons = kinds.map(([kind, name]) => element("button", { type: "button", class: "small", "data-references": kind }, name));
  return element("p", { class: "references" }, "Save the references of these results: ", ...buttons);
}
