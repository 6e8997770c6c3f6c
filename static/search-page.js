/**
 * The search page: takes what the reader does, asks the engine, has the answer shown, and keeps the state in the address.
 */

import { anytime, asks, read, timed, toggled, write } from "./address.js";
import { Client, SearchFailure } from "./client.js";
import { PAGE_SIZE, View } from "./view.js";
import { FAULT, HINT, NO_REFERENCES, articles } from "./words.js";

// What those import in their turn, named here too: so the browser fetches all modules in one wave.
import "./carried.js";
import "./draw.js";
import "./excerpts.js";
import "./histogram.js";
import "./page-text.js";
import "./slices.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./engine.js").FacetName} FacetName */

/** @typedef {{result: number, top: number}} Place The result that was followed, and how far below the window's edge it stood. */

const TYPING_PAUSE = 150; // milliseconds
const FIRST_HITS = 5; // of the first answer: so many are soon in view, and each needs files of its own
const REST_AFTER = 1000; // milliseconds at most that further results and facets wait for the excerpts of the first
const FIRST_VALUES = 10;
const MORE_VALUES = 50;

class SearchPage {
  #client;
  #turn = 0;
  #typing = 0;
  #form;
  #box;
  #app;
  #view;
  #cold = true;
  #counted = false;
  /** How many values of each facet are shown. */
  #most = { outlet: FIRST_VALUES, year: FIRST_VALUES, language: FIRST_VALUES, tag: FIRST_VALUES };
  /** @type {State} */
  #state = read(location.search);

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLElement} app
   */
  constructor(form, app) {
    this.#form = form;
    this.#box = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
    this.#app = app;
    const root = app.dataset.root ?? "../";
    const program = new URL("./worker.js", import.meta.url).href;
    const manifest = document.querySelector("script[data-manifest]")?.textContent ?? undefined;
    this.#client = new Client(program, [new URL(`${root}search/manifest.json`, location.href).href, manifest]);
    this.#view = new View(app, root, (text, wanted) => this.#client.excerpt(text, wanted));
    this.#listen();
    history.scrollRestoration = "manual";
    this.#restore(history.state);
  }

  #listen() {
    const { panel, sort, more } = this.#view.parts;
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    this.#box.addEventListener("input", () => this.#typed());
    for (const kind of ["focus", "pointerenter"]) this.#box.addEventListener(kind, () => this.#warm());
    if (document.activeElement === this.#box) this.#warm();
    panel.addEventListener("change", (event) => this.#chosen(event));
    panel.addEventListener("toggle", () => panel.open && !panel.hidden && this.#count());
    sort.addEventListener("change", () => this.#go({ ...this.#state, sort: sort.value === "date" ? "date" : "relevance", pages: 1 }));
    more.addEventListener("click", () => this.#more());
    for (const kind of ["click", "auxclick"]) this.#app.addEventListener(kind, (event) => this.#clicked(/** @type {MouseEvent} */ (event)));
    document.addEventListener("keydown", (event) => this.#key(event));
    addEventListener("popstate", (event) => this.#restore(event.state));
    addEventListener("online", () => this.#app.querySelector("[data-again]") && this.#answer());
  }

  /** Fetch ahead, while the reader is still typing. */
  #warm() {
    this.#client.open().catch(() => undefined); // the query will say so
  }

  /**
   * Show what the address says, and the result that the reader left by where it stood.
   * @param {Place | null} place
   */
  async #restore(place) {
    this.#state = read(location.search);
    this.#box.value = this.#state.query;
    if (place) this.#cold = false; // what was there before is wanted at once
    await this.#answer();
    const link = place && this.#view.links()[place.result];
    if (!link) return;
    scrollBy(0, link.getBoundingClientRect().top - place.top);
    link.focus({ preventScroll: true });
    await this.#view.settled(REST_AFTER); // excerpts that come in above it may have pushed it away
    if (document.activeElement === link) link.scrollIntoView({ block: "nearest" });
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    clearTimeout(this.#typing);
    this.#go({ ...this.#state, query: this.#box.value, pages: 1 });
  }

  #typed() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      this.#state = { ...this.#state, query: this.#box.value, pages: 1 };
      this.#keepAddress(false);
      this.#answer();
    }, TYPING_PAUSE);
  }

  /**
   * Take a step that the reader can go back from.
   * @param {State} state
   */
  #go(state) {
    this.#state = state;
    this.#box.value = state.query;
    this.#keepAddress(write(state) !== location.search);
    return this.#answer();
  }

  /** @param {boolean} step whether Back returns to the state before */
  #keepAddress(step) {
    const address = location.pathname + write(this.#state);
    if (step) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  /** @param {Event} event */
  #chosen({ target }) {
    if (!(target instanceof HTMLInputElement)) return;
    this.#go(toggled(this.#state, /** @type {FacetName} */ (target.name), target.value));
  }

  /**
   * Show more values of a facet, and go on from the first of these.
   * @param {FacetName} name
   */
  async #unfold(name) {
    const boxes = () => this.#view.parts.facets.querySelectorAll(`input[name=${name}]`);
    const seen = boxes().length;
    this.#most[name] += MORE_VALUES;
    await this.#count();
    const next = boxes()[seen];
    if (next instanceof HTMLElement) next.focus();
  }

  async #more() {
    const seen = this.#view.links().length;
    this.#state = { ...this.#state, pages: this.#state.pages + 1 };
    this.#keepAddress(false);
    await this.#answer();
    if (this.#view.parts.more.hidden) this.#view.links()[seen]?.focus();
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const at = event.target instanceof Element ? event.target.closest("a, button, [role=button]") : null;
    if (at instanceof HTMLAnchorElement) {
      if (at.dataset.go === undefined) this.#left(at);
      else if (event.type === "click" && !event.ctrlKey && !event.metaKey && !event.shiftKey) this.#followed(at, event);
    } else if (event.type !== "click" || !(at instanceof HTMLElement || at instanceof SVGElement)) return;
    else this.#pressed(at.dataset);
  }

  /** @param {DOMStringMap} what */
  #pressed({ more, again, year, when, references }) {
    if (more) this.#unfold(/** @type {FacetName} */ (more));
    else if (year !== undefined) this.#go(toggled(this.#state, "year", year));
    else if (when) this.#go(timed(this.#state, when));
    else if (again !== undefined) this.#again();
    else if (references) this.#saveReferences(/** @type {import("./references.js").Kind} */ (references));
  }

  /** @param {import("./references.js").Kind} kind */
  async #saveReferences(kind) {
    try {
      const { saveReferences } = await import("./references.js");
      await saveReferences(
        this.#view.links().map(({ href }) => href),
        kind,
      );
    } catch {
      this.#view.say(NO_REFERENCES);
    }
  }

  async #again() {
    this.#box.focus(); // the button goes
    await this.#answer();
  }

  /**
   * A link to an article is being followed: its place on this page is kept, and for this once its address carries the found
   * words. What is copied from it is the address as it was.
   * @param {HTMLAnchorElement} link
   */
  #left(link) {
    /** @type {Place} */
    const place = { result: this.#view.links().indexOf(link), top: link.getBoundingClientRect().top };
    history.replaceState(place, "");
    const { href } = link;
    link.href = href + this.#view.carried;
    setTimeout(() => (link.href = href));
  }

  /**
   * A link to another search is answered here.
   * @param {HTMLAnchorElement} link
   * @param {Event} event
   */
  #followed(link, event) {
    event.preventDefault();
    this.#box.focus();
    this.#go(read(link.search));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = document.activeElement;
    if (event.key === "/" && !isTextField(at)) {
      event.preventDefault();
      this.#box.focus();
      this.#box.select();
    } else if (event.key === "Escape" && this.#app.contains(at)) this.#box.focus();
    else this.#walk(event);
  }

  /**
   * Arrow keys walk from the box through the results and back.
   * @param {KeyboardEvent} event
   */
  #walk(event) {
    const stops = [this.#box, ...this.#view.links()];
    const at = stops.findIndex((stop) => stop === document.activeElement);
    const to = at + ({ ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0);
    if (at < 0 || to === at || stops[to] === undefined) return;
    event.preventDefault();
    stops[to].focus();
  }

  /** Ask for what the state says, and show it unless the reader has gone on meanwhile. */
  async #answer() {
    this.#turn += 1;
    const turn = this.#turn;
    const current = () => turn === this.#turn;
    this.#view.busy = asks(this.#state);
    try {
      if (asks(this.#state)) await this.#show(current);
      else await this.#invite(current);
    } catch (error) {
      if (current()) this.#view.fail(error instanceof SearchFailure ? error.message : FAULT);
      if (!(error instanceof SearchFailure)) throw error;
    } finally {
      if (current()) this.#view.busy = false;
    }
  }

  /** @param {() => boolean} current */
  async #show(current) {
    const { query, filters, sort } = this.#state;
    for (const limit of this.#limits()) {
      performance.mark("search-asked");
      const answer = await this.#client.search(query, { filters, sort, limit });
      if (!answer || !current()) return;
      await this.#view.show(answer, this.#state, current);
      performance.measure("search-results", "search-asked");
      this.#view.busy = false;
      if (limit === FIRST_HITS) await this.#view.settled(REST_AFTER);
    }
    if (this.#view.parts.panel.open && !this.#view.parts.panel.hidden) this.#countSoon(current);
  }

  /** How many results are asked for, one time after the other: the first few of the first answer come alone. */
  #limits() {
    const whole = this.#state.pages * PAGE_SIZE;
    const isFirst = this.#cold && whole === PAGE_SIZE;
    this.#cold = false;
    return isFirst ? [FIRST_HITS, whole] : [whole];
  }

  /** @param {() => boolean} current */
  async #countSoon(current) {
    if (!this.#counted) await this.#view.settled(REST_AFTER);
    if (current()) await this.#count();
  }

  /** Count by facets and over time, and show that. */
  async #count() {
    const { query, filters } = this.#state;
    const year = filters.year.length === 1 ? filters.year[0] : "";
    performance.mark("facets-asked");
    try {
      const counts = await this.#client.facets(query, { filters, most: this.#most, year, anytime: anytime(query) });
      if (!counts) return;
      this.#counted = true;
      this.#view.showFacets(counts, this.#state);
      performance.measure("search-facets", "facets-asked");
    } catch (error) {
      this.#view.failFacets(error instanceof SearchFailure ? error.message : FAULT);
      if (!(error instanceof SearchFailure)) throw error;
    }
  }

  /** @param {() => boolean} current */
  async #invite(current) {
    this.#client.forget();
    this.#view.clear(HINT);
    if (document.activeElement !== this.#box) return;
    const count = await this.#client.open().catch(() => undefined);
    if (count !== undefined && current()) this.#view.clear(`${articles(count)} can be searched. ${HINT}`);
  }
}

/** @param {Element | null} element */
function isTextField(element) {
  if (element instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(element.type);
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLElement && element.isContentEditable);
}

const form = document.querySelector("form[data-search]");
const app = document.querySelector("[data-search-app]");
if (form instanceof HTMLFormElement && app instanceof HTMLElement) new SearchPage(form, app);
