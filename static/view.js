/**
 * Shows answers: the list of results, notes, facets, and what is said about them.
 */

import { FACETS, anytime, isFiltered, unfiltered, write } from "./address.js";
import { packed } from "./carried.js";
import { element, facet, frame, goLink, noteLines, result } from "./draw.js";
import { Excerpts } from "./excerpts.js";
import { histogram, monthChart, yearChart } from "./histogram.js";
import { inSlices } from "./slices.js";
import { OFFLINE, failureWords, summary } from "./words.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./desk.js").DeskAnswer} DeskAnswer */
/** @typedef {import("./desk.js").DeskFacets} DeskFacets */
/** @typedef {import("./engine.js").FacetName} FacetName */

export const PAGE_SIZE = 10;
const SPOKEN_AFTER = 600; // milliseconds: an answer is announced once it has stayed so long
const WIDE = "(min-width: 60rem)"; // facets stand open

/** The part of the search page below the box. */
export class View {
  #excerpts;
  #speaking = 0;
  /** The question whose results are shown, as an address. */
  #shown = "";
  /** What its results' links carry to the articles. */
  #carried = "";

  /**
   * @param {HTMLElement} app
   * @param {string} root the way from the page to the site's root
   * @param {import("./excerpts.js").Cut} cut
   */
  constructor(app, root, cut) {
    this.app = app;
    this.root = root;
    this.parts = frame();
    this.#excerpts = new Excerpts(cut);
    app.append(this.parts.voice, this.parts.panel, this.parts.results);
    this.parts.panel.open = matchMedia(WIDE).matches;
    this.clear("");
  }

  /** @returns {HTMLAnchorElement[]} the results, in order */
  links() {
    return Array.from(this.parts.results.querySelectorAll(".hit-title a"));
  }

  /** What the link to an article adds to its address when it is followed. */
  get carried() {
    return this.#carried;
  }

  /** @param {boolean} busy */
  set busy(busy) {
    this.app.setAttribute("aria-busy", String(busy));
  }

  /**
   * Wait until the results in view have their excerpts, but not for long.
   * @param {number} most milliseconds
   */
  settled(most) {
    return this.#excerpts.settled(most);
  }

  /**
   * Take away the answer and say something in its place.
   * @param {string} words
   */
  clear(words) {
    const { status, notes, whole, partial, chart, facets, panel, divide, more, sorting, references } = this.parts;
    this.#excerpts.clear();
    clearTimeout(this.#speaking);
    for (const part of [notes, whole, partial, chart, facets]) part.replaceChildren();
    for (const part of [panel, divide, more, sorting, references]) part.hidden = true;
    status.textContent = words;
    this.#shown = "";
  }

  /**
   * Say that nothing could be answered, and why.
   * @param {string} message
   */
  fail(message) {
    this.clear(message);
    this.parts.notes.append(tryAgain());
    if (!navigator.onLine) this.parts.notes.prepend(element("p", {}, OFFLINE));
    this.#say(message);
  }

  /**
   * @param {DeskAnswer} answer
   * @param {State} state
   * @param {() => boolean} current whether the reader still waits for it
   */
  async show(answer, state, current) {
    const { status, more, divide, sorting, sort, panel, references } = this.parts;
    const question = write({ ...state, pages: 1 });
    const isNew = question !== this.#shown;
    this.#shown = answer.failures.length > 0 ? "" : question; // what has gaps is drawn anew by the next answer
    this.#carried = packed(answer.terms);
    status.textContent = summary(answer);
    sort.value = state.sort;
    sorting.hidden = answer.total < 2;
    panel.hidden = answer.total < 2 && !isFiltered(state);
    if (isNew) this.#showNotes(answer, state);
    divide.hidden = answer.complete === 0 || answer.hits.length <= answer.complete;
    more.hidden = state.pages * PAGE_SIZE >= answer.total;
    references.hidden = answer.total === 0;
    this.#say(status.textContent);
    await this.#showHits(answer, isNew ? 0 : this.links().length, current);
  }

  /**
   * @param {DeskAnswer} answer
   * @param {State} state
   */
  #showNotes({ notes, failures }, state) {
    const lines = noteLines(notes, (query) => write({ ...state, query, pages: 1 }));
    if (failures.length > 0) lines.unshift(notice(failureWords(failures)));
    if (failures.length > 0 && !navigator.onLine) lines.unshift(element("p", {}, OFFLINE));
    if (isFiltered(state)) lines.push(element("p", {}, goLink(write(unfiltered(state)), "Remove all filters")));
    this.parts.notes.replaceChildren(...lines);
  }

  /**
   * Show the results; those of the pages before stay as they are.
   * @param {DeskAnswer} answer
   * @param {number} seen how many of them are shown already
   * @param {() => boolean} current
   */
  async #showHits({ hits, complete, terms }, seen, current) {
    const { whole, partial } = this.parts;
    partial.start = complete + 1;
    if (seen === 0) {
      this.#excerpts.clear();
      for (const list of [whole, partial]) list.replaceChildren();
    }
    await inSlices(hits.slice(seen), current, (hit, at) => {
      const item = result(hit, this.root);
      (seen + at < complete ? whole : partial).append(item);
      this.#excerpts.watch(item, this.root + hit.url, terms);
    });
  }

  /**
   * Show facets and the chart anew, the focus staying where it was.
   * @param {DeskFacets} counts
   * @param {State} state
   */
  showFacets({ cut, years, months, failures }, { query, filters }) {
    const { chart, facets } = this.parts;
    const had = this.parts.panel.contains(document.activeElement) ? document.activeElement : null;
    const fields = FACETS.map((name) => facet(name, cut[name], filters[name]));
    facets.replaceChildren(...fields.filter((field) => field !== undefined));
    const [year, ...others] = filters.year;
    const bars = year && others.length === 0 ? monthChart(year, months) : yearChart(years);
    const month = query.slice(anytime(query).length).trim();
    const drawn = histogram(bars, (bar) => (bar.year === undefined ? bar.when === month : filters.year.includes(bar.year)));
    chart.replaceChildren(...(failures.length > 0 ? [notice(failureWords(failures))] : []), ...(drawn ? [drawn] : []));
    if (had && !had.isConnected) this.#focusAgain(had);
  }

  /**
   * Say that nothing could be counted, and why.
   * @param {string} message
   */
  failFacets(message) {
    this.parts.facets.replaceChildren();
    this.parts.chart.replaceChildren(notice(message));
  }

  /**
   * Give the focus to what stands in the place of what had it.
   * @param {Element} had
   */
  #focusAgain(had) {
    const same = Array.from(this.parts.panel.querySelectorAll("input, button, [role=button]")).find((other) => isSame(other, had));
    const next = same ?? this.parts.panel.querySelector("summary");
    if (next instanceof HTMLElement || next instanceof SVGElement) next.focus();
  }

  /** Say it above the results, and to those who listen. @param {string} words */
  say(words) {
    this.parts.status.textContent = words;
    this.#say(words);
  }

  /** Tell it to those who listen, once the answer has settled. @param {string} words */
  #say(words) {
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => (this.parts.voice.textContent = words), SPOKEN_AFTER);
  }
}

/**
 * Make the words of a failure, with a way to try again.
 * @param {string} message
 */
function notice(message) {
  return element("p", { class: "notice" }, message, " ", tryAgain());
}

function tryAgain() {
  return element("button", { type: "button", "data-again": "" }, "Try again");
}

/**
 * Whether an element is drawn for the same thing as another.
 * @param {Element} one
 * @param {Element} other
 */
function isSame(one, other) {
  const names = ["name", "value", "data-more", "data-year", "data-when"];
  return one.nodeName === other.nodeName && names.every((name) => one.getAttribute(name) === other.getAttribute(name));
}
