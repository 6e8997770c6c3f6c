/**
 * Shows answers: the list of results, notes, facets, and what is said about them.
 */

import { FACETS, isFiltered, unfiltered, write } from "./address.js";
import { element, facet, frame, goLink, noteLine, result } from "./draw.js";
import { Excerpts } from "./excerpts.js";
import { quote } from "./query.js";
import { summary } from "./words.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./engine.js").Answer} Answer */
/** @typedef {import("./engine.js").FacetName} FacetName */

export const PAGE_SIZE = 10;
const SPOKEN_AFTER = 600; // milliseconds: an answer is announced once it has stayed so long
const WIDE = "(min-width: 60rem)"; // facets stand open

/** The part of the search page below the box. */
export class View {
  #excerpts = new Excerpts();
  #speaking = 0;
  /** The question whose results are shown, as an address. */
  #shown = "";
  /** @type {Set<FacetName>} those whose values are all shown */
  #whole = new Set();

  /**
   * @param {HTMLElement} app
   * @param {string} root the way from the page to the site's root
   */
  constructor(app, root) {
    this.app = app;
    this.root = root;
    this.parts = frame();
    app.append(this.parts.voice, this.parts.panel, this.parts.results);
    this.parts.panel.open = matchMedia(WIDE).matches;
    this.clear("");
  }

  /** @returns {HTMLAnchorElement[]} the results, in order */
  links() {
    return Array.from(this.parts.results.querySelectorAll(".hit-title a"));
  }

  /** @param {boolean} busy */
  set busy(busy) {
    this.app.setAttribute("aria-busy", String(busy));
  }

  /**
   * Take away the answer and say something in its place.
   * @param {string} words
   */
  clear(words) {
    const { status, notes, whole, partial, facets, panel, divide, more, sorting } = this.parts;
    this.#excerpts.clear();
    clearTimeout(this.#speaking);
    for (const part of [notes, whole, partial, facets]) part.replaceChildren();
    for (const part of [panel, divide, more, sorting]) part.hidden = true;
    status.textContent = words;
    this.#shown = "";
  }

  /**
   * Say that nothing could be answered, and why.
   * @param {string} message
   */
  fail(message) {
    this.clear(message);
    this.#say(message);
  }

  /**
   * @param {Answer} answer
   * @param {State} state
   */
  show(answer, state) {
    const { status, more, divide, sorting, sort } = this.parts;
    status.textContent = summary(answer);
    sort.value = state.sort;
    sorting.hidden = answer.total < 2;
    this.#showNotes(answer, state);
    this.#showHits(answer, state);
    this.#showFacets(answer, state);
    this.parts.panel.hidden ||= answer.total < 2 && !isFiltered(state);
    divide.hidden = answer.complete === 0 || answer.hits.length <= answer.complete;
    more.hidden = state.pages * PAGE_SIZE >= answer.total;
    this.#say(status.textContent);
  }

  /**
   * Show all values of a facet from now on.
   * @param {FacetName} name
   */
  unfold(name) {
    this.#whole.add(name);
  }

  /**
   * @param {Answer} answer
   * @param {State} state
   */
  #showNotes({ notes, failures }, state) {
    const lines = notes.map((note) => {
      const alone = { ...state, query: quote(state.query, note.term), pages: 1 };
      return noteLine(note, note.kind === "family" && alone.query !== state.query ? write(alone) : undefined);
    });
    const faults = failures.map((message) => element("p", { class: "notice" }, message));
    if (isFiltered(state)) lines.push(element("p", {}, goLink(write(unfiltered(state)), "Remove all filters")));
    this.parts.notes.replaceChildren(...faults, ...lines);
  }

  /**
   * Show the results; those of the pages before stay as they are.
   * @param {Answer} answer
   * @param {State} state
   */
  #showHits({ hits, complete, terms }, state) {
    const { whole, partial } = this.parts;
    const question = write({ ...state, pages: 1 });
    const seen = question === this.#shown ? this.links().length : 0;
    this.#shown = question;
    if (seen === 0) {
      this.#excerpts.clear();
      for (const list of [whole, partial]) list.replaceChildren();
    }
    for (const [at, hit] of hits.entries()) {
      if (at < seen) continue;
      const item = result(hit, terms, this.root);
      (at < complete ? whole : partial).append(item);
      this.#excerpts.watch(item, this.root + hit.url, terms);
    }
    partial.start = complete + 1;
  }

  /**
   * Show the facets anew, the focus staying on the box that had it.
   * @param {Answer} answer
   * @param {State} state
   */
  #showFacets({ facets }, { filters }) {
    const { panel, facets: place } = this.parts;
    const had = place.contains(document.activeElement) ? document.activeElement : null;
    const fields = FACETS.map((name) => facet(name, facets[name], filters[name], this.#whole.has(name)));
    place.replaceChildren(...fields.filter((field) => field !== undefined));
    panel.hidden = place.childElementCount === 0;
    if (!(had instanceof HTMLInputElement)) return;
    const boxes = Array.from(place.querySelectorAll("input"));
    boxes.find(({ name, value }) => name === had.name && value === had.value)?.focus();
  }

  /** Tell it to those who listen, once the answer has settled. @param {string} words */
  #say(words) {
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => (this.parts.voice.textContent = words), SPOKEN_AFTER);
  }
}
