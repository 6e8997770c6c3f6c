/**
 * The references of several articles in one file, taken from their own pages.
 */

import { dated, save } from "./cite.js";

/** @typedef {"ris" | "csl" | "bibtex"} Kind */

/** @type {Record<Kind, string>} */
const FILES = { ris: "references.ris", csl: "references.json", bibtex: "references.bib" };

/**
 * Save the references of some articles.
 * @param {readonly string[]} addresses of their pages
 * @param {Kind} kind
 * @throws {Error} a page cannot be had
 */
export async function saveReferences(addresses, kind) {
  const texts = await Promise.all(addresses.map((address) => reference(address, kind)));
  save(FILES[kind], together(texts, kind));
}

/**
 * @param {string} address
 * @param {Kind} kind
 */
async function reference(address, kind) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`status ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  dated(page, new Date());
  return page.querySelector(`[data-cite=${kind}]`)?.textContent ?? "";
}

/**
 * @param {readonly string[]} texts
 * @param {Kind} kind
 */
function together(texts, kind) {
  if (kind !== "csl") return texts.join("\n");
  return `${JSON.stringify(
    texts.flatMap((text) => JSON.parse(text)),
    null,
    1,
  )}\n`;
}
