/**
 * The search page: takes what the reader does, asks the engine, has the answer shown, and keeps the state in the address.
 */

import { asks, read, toggled, write } from "./address.js";
import { open } from "./engine.js";
import { ShardError } from "./shards.js";
import { PAGE_SIZE, View } from "./view.js";
import { FAULT, HINT, articles } from "./words.js";

// What those import in their turn, named here too: so the browser fetches all modules in one wave.
import "./analysis.js";
import "./columns.js";
import "./draw.js";
import "./excerpt.js";
import "./excerpts.js";
import "./lexicon.js";
import "./matching.js";
import "./page-text.js";
import "./query.js";
import "./ranking.js";
import "./scoring.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./engine.js").FacetName} FacetName */
/** @typedef {import("./engine.js").Index} Index */

/** @typedef {{result: number, top: number}} Place The result that was followed, and how far below the window's edge it stood. */

const TYPING_PAUSE = 150; // milliseconds

class SearchPage {
  /** @type {Promise<Index> | undefined} */
  #index;
  #turn = 0;
  #typing = 0;
  #form;
  #box;
  #app;
  #root;
  #view;
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
    this.#root = app.dataset.root ?? "../";
    this.#view = new View(app, this.#root);
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
    panel.addEventListener("click", (event) => this.#unfold(event));
    sort.addEventListener("change", () => this.#go({ ...this.#state, sort: sort.value === "date" ? "date" : "relevance", pages: 1 }));
    more.addEventListener("click", () => this.#more());
    this.#app.addEventListener("click", (event) => this.#followed(event));
    document.addEventListener("keydown", (event) => this.#key(event));
    addEventListener("popstate", (event) => this.#restore(event.state));
  }

  /** @returns {Promise<Index>} */
  #open() {
    const manifest = new URL(`${this.#root}search/manifest.json`, location.href).href;
    this.#index ??= open(manifest);
    this.#index.catch(() => (this.#index = undefined));
    return this.#index;
  }

  /** Fetch ahead, while the reader is still typing. */
  #warm() {
    this.#open().then(
      (index) => index.prepare(),
      () => undefined, // the query will say so
    );
  }

  /**
   * Show what the address says, and the result that the reader left by where it stood.
   * @param {Place | null} place
   */
  async #restore(place) {
    this.#state = read(location.search);
    this.#box.value = this.#state.query;
    await this.#answer();
    const link = place && this.#view.links()[place.result];
    if (!link) return;
    scrollBy(0, link.getBoundingClientRect().top - place.top);
    link.focus({ preventScroll: true });
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

  /** @param {Event} event */
  async #unfold({ target }) {
    const name = target instanceof HTMLButtonElement ? target.dataset.whole : undefined;
    if (!name) return;
    const { facets } = this.#view.parts;
    const seen = facets.querySelectorAll(`input[name=${name}]`).length;
    this.#view.unfold(/** @type {FacetName} */ (name));
    await this.#answer();
    /** @type {NodeListOf<HTMLInputElement>} */
    const boxes = facets.querySelectorAll(`input[name=${name}]`);
    boxes[seen]?.focus();
  }

  async #more() {
    const seen = this.#view.links().length;
    this.#state = { ...this.#state, pages: this.#state.pages + 1 };
    this.#keepAddress(false);
    await this.#answer();
    if (this.#view.parts.more.hidden) this.#view.links()[seen]?.focus();
  }

  /**
   * A link to another search is answered here; before one to an article is followed, its place on this page is kept.
   * @param {MouseEvent} event
   */
  #followed(event) {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.dataset.go === undefined) {
      /** @type {Place} */
      const place = { result: this.#view.links().indexOf(link), top: link.getBoundingClientRect().top };
      history.replaceState(place, "");
      return;
    }
    event.preventDefault();
    const state = read(link.search);
    this.#box.value = state.query;
    this.#box.focus();
    this.#go(state);
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
    this.#view.busy = asks(this.#state);
    if (!asks(this.#state)) return this.#invite(turn);
    try {
      const index = await this.#open();
      const { query, filters, sort, pages } = this.#state;
      const answer = await index.search(query, { filters, sort, limit: pages * PAGE_SIZE });
      if (turn === this.#turn) this.#view.show(answer, this.#state);
    } catch (error) {
      if (turn === this.#turn) this.#view.fail(error instanceof ShardError ? error.message : FAULT);
      if (!(error instanceof ShardError)) throw error;
    } finally {
      if (turn === this.#turn) this.#view.busy = false;
    }
  }

  /** @param {number} turn */
  async #invite(turn) {
    this.#view.clear(HINT);
    const index = await this.#index?.catch(() => undefined);
    if (index && turn === this.#turn) this.#view.clear(`${articles(index.articles)} can be searched. ${HINT}`);
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
