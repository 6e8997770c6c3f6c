/**
 * Marks the words of a search in an article, and leads from one to the next in a small bar. The words are found as the
 * search finds them, in the parts of the page that it knows.
 */

import { unpacked } from "./carried.js";
import { places } from "./excerpt.js";
import { textNodes } from "./page-text.js";

/** @typedef {import("./excerpt.js").Wanted} Wanted */
/** @typedef {{node: Text, start: number}} Held A text node, and where it begins in the text. */

/**
 * Mark what a search found, and show the bar, if there is anything.
 * @param {string} fragment see `carried.js`
 */
export function showFound(fragment) {
  const wanted = unpacked(fragment);
  const parts = Array.from(document.querySelectorAll("[data-title], [data-text]"));
  const found = parts.flatMap((part) => markPlaces(part, wanted));
  const main = document.querySelector("main");
  if (found.length > 0 && main) main.prepend(new FoundBar(found).element);
}

/**
 * Mark the places in an element.
 * @param {Element} part
 * @param {Wanted} wanted
 * @returns {HTMLElement[][]} the marks of each place: several where it reaches over the border of an element
 */
function markPlaces(part, wanted) {
  /** @type {Held[]} */
  const held = [];
  let text = "";
  for (const node of textNodes(part)) {
    if (node) held.push({ node, start: text.length });
    text += node?.data ?? "\n";
  }
  const found = apart(places(text, wanted));
  /** @type {HTMLElement[][]} */
  const marks = found.map(() => []);
  let next = 0;
  for (const { node, start } of held) {
    const here = [];
    while (next < found.length && found[next].end <= start) next += 1;
    for (let at = next; at < found.length && found[at].start < start + node.data.length; at += 1) here.push({ ...found[at], at });
    if (here.length > 0) split(node, start, here, marks);
  }
  return marks.filter((some) => some.length > 0);
}

/**
 * Join places that overlap.
 * @param {readonly {start: number, end: number}[]} found by where they begin
 */
function apart(found) {
  /** @type {{start: number, end: number}[]} */
  const joined = [];
  for (const { start, end } of found) {
    const before = joined.at(-1);
    if (before && start < before.end) before.end = Math.max(before.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

/**
 * Put pieces of a text node into marks.
 * @param {Text} node
 * @param {number} from where it begins in the text
 * @param {readonly {start: number, end: number, at: number}[]} here the places in it
 * @param {HTMLElement[][]} marks
 */
function split(node, from, here, marks) {
  const { data } = node;
  /** @type {(Node | string)[]} */
  const nodes = [];
  let done = 0;
  for (const { start, end, at } of here) {
    const first = Math.max(0, start - from);
    const last = Math.min(data.length, end - from);
    const mark = document.createElement("mark");
    mark.textContent = data.slice(first, last);
    marks[at].push(mark);
    nodes.push(data.slice(done, first), mark);
    done = last;
  }
  nodes.push(data.slice(done));
  node.replaceWith(...nodes.filter((piece) => piece !== ""));
}

/** The bar: where one is among the places, and the way to the others. */
class FoundBar {
  #found;
  #at = -1;
  #words = document.createElement("p");

  /** @param {readonly HTMLElement[][]} found */
  constructor(found) {
    this.#found = found;
    this.#words.setAttribute("role", "status");
    this.element = document.createElement("div");
    this.element.className = "found-bar";
    this.element.setAttribute("role", "region");
    this.element.setAttribute("aria-label", "Words of your search");
    this.element.append(
      this.#words,
      button("Previous", () => this.#go(-1)),
      button("Next", () => this.#go(1)),
      button("Remove", () => this.#remove(), "Remove the marks"),
    );
    this.element.addEventListener("keydown", ({ key }) => key === "Escape" && this.#remove());
    const count = found.length === 1 ? "1 place" : `${found.length} places`;
    setTimeout(() => (this.#words.textContent ||= `${count} found`), 100); // a status is read out when it changes
  }

  /** @param {1 | -1} step */
  #go(step) {
    const { length } = this.#found;
    this.#mark(false);
    this.#at = this.#at < 0 && step < 0 ? length - 1 : (this.#at + step + length) % length;
    this.#mark(true);
    this.#words.textContent = `${this.#at + 1} of ${length}`;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#found[this.#at][0].scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
  }

  /** @param {boolean} here */
  #mark(here) {
    for (const mark of this.#found[this.#at] ?? []) mark.classList.toggle("here", here);
  }

  /** Take bar and marks away; the focus goes to the headline. */
  #remove() {
    const { found: _, ...kept } = history.state ?? {};
    history.replaceState(kept, "");
    this.element.remove();
    for (const mark of this.#found.flat()) {
      const { parentNode } = mark;
      mark.replaceWith(...mark.childNodes);
      parentNode?.normalize();
    }
    const heading = document.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }
}

/**
 * @param {string} words
 * @param {() => void} press
 * @param {string} [label] the words in full, for those who listen
 */
function button(words, press, label = words) {
  const made = document.createElement("button");
  made.type = "button";
  made.setAttribute("aria-label", label);
  made.textContent = words;
  made.addEventListener("click", press);
  return made;
}
