/**
 * Fetches the pages of the results that are in view, a few at a time, and puts the best part of each in its place. What was
 * stored of the text stays when a page cannot be had.
 */

import { markedNodes } from "./draw.js";
import { pageText } from "./page-text.js";

/** @typedef {import("./excerpt.js").Piece} Piece */
/** @typedef {import("./excerpt.js").Wanted} Wanted */
/** @typedef {{address: string, wanted: Wanted, place: HTMLElement}} Task */
/** @typedef {(text: string, wanted: Wanted) => Promise<Piece[] | undefined>} Cut */

const AT_ONCE = 5;
const KEPT = 100; // texts

/** The excerpts of one page of results after another. */
export class Excerpts {
  /** @type {Map<string, Promise<string>>} */
  #texts = new Map();
  /** @type {Map<Element, Task>} */
  #tasks = new Map();
  /** @type {Task[]} */
  #waiting = [];
  #running = 0;
  /** @type {(() => void)[]} those who wait until the results in view have their excerpts */
  #awaiting = [];
  #watcher = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: "200px" });
  #cut;

  /** @param {Cut} cut finds the best part of a text */
  constructor(cut) {
    this.#cut = cut;
  }

  /** Forget the results that are no longer shown. */
  clear() {
    this.#watcher.disconnect();
    this.#tasks.clear();
    this.#waiting = [];
  }

  /**
   * Wait until the results in view have their excerpts, but not for long.
   * @param {number} most milliseconds
   * @returns {Promise<void>}
   */
  settled(most) {
    if (this.#tasks.size === 0) return Promise.resolve();
    return new Promise((done) => {
      this.#awaiting.push(done);
      setTimeout(done, most);
    });
  }

  /**
   * Fill in a result's excerpt once it comes into view.
   * @param {HTMLElement} item
   * @param {string} address of the article's page
   * @param {Wanted} wanted
   */
  watch(item, address, wanted) {
    const place = item.querySelector(".hit-excerpt");
    if (!(place instanceof HTMLElement) || wanted.length === 0) return;
    this.#tasks.set(item, { address, wanted, place });
    this.#watcher.observe(item);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #seen(entries) {
    for (const { isIntersecting, target } of entries) {
      const task = this.#tasks.get(target);
      if (!isIntersecting || !task) continue;
      this.#watcher.unobserve(target);
      this.#waiting.push(task);
    }
    this.#next();
  }

  /** Fetch the next few once those before have come: the first results are what is read first. */
  #next() {
    if (this.#running > 0) return;
    for (const task of this.#waiting.splice(0, AT_ONCE)) {
      this.#running += 1;
      this.#fill(task).finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
    if (this.#running === 0) for (const done of this.#awaiting.splice(0)) done();
  }

  /** @param {Task} task */
  async #fill({ address, wanted, place }) {
    const text = await this.#text(address).catch(() => "");
    const pieces = text && place.isConnected ? await this.#cut(text, wanted).catch(() => undefined) : undefined;
    if (pieces && place.isConnected) place.replaceChildren(...markedNodes(pieces));
  }

  /** @param {string} address */
  #text(address) {
    const kept = this.#texts.get(address) ?? fetchText(address);
    this.#texts.delete(address);
    this.#texts.set(address, kept);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= KEPT) break;
      this.#texts.delete(oldest);
    }
    kept.catch(() => this.#texts.delete(address));
    return kept;
  }
}

/** @param {string} address */
async function fetchText(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return pageText(await response.text());
}
