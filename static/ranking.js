/**
 * Which documents answer a query, and in what order: docs/search-format.md, section 4, "The items of the query are joined so".
 */

import { having } from "./columns.js";
import { match, tally } from "./matching.js";

/** @typedef {import("./query.js").Node} Node */
/** @typedef {import("./matching.js").Found} Found */
/** @typedef {import("./columns.js").Column} Column */
/** @typedef {import("./engine.js").Reading} Reading */
/** @typedef {"relevance" | "date"} Sort */

/**
 * How many of the chosen filters each document fails, and which it failed last (an index into the filters).
 * @typedef {{failed: Uint8Array, last: Uint8Array}} Sieve
 */

/**
 * The answer before it is put in order. `whole`: documents with every item; `partial`: those with some. `shown` marks all that
 * would stand in either if no filter were chosen. `pieces`: what was matched for the second part alone.
 * @typedef {{whole: number[], partial: number[], scores: Float64Array, shown: Uint8Array, pieces: Found[]}} Parts
 */

const ENOUGH = 10; // documents with every word, before those with some are not wanted

/**
 * Apply the filters chosen beside the query.
 * @param {readonly {column: Column | undefined, values: readonly string[]}[]} filters
 * @param {number} documents
 * @returns {Sieve}
 */
export function sieve(filters, documents) {
  const failed = new Uint8Array(documents);
  const last = new Uint8Array(documents);
  for (const [index, { column, values }] of filters.entries()) {
    const marks = column ? having(column, (value) => values.includes(value)) : new Uint8Array(documents);
    for (let doc = 0; doc < documents; doc += 1) {
      if (marks[doc]) continue;
      failed[doc] += 1;
      last[doc] = index;
    }
  }
  return { failed, last };
}

/**
 * Join the items of a query.
 * @param {readonly Node[]} nodes
 * @param {readonly Found[]} found what each node came to
 * @param {Sieve} filters
 * @param {Reading} index
 * @returns {Promise<Parts>}
 */
export async function join(nodes, found, { failed }, index) {
  const { counts, scores } = totals(found, failed.length);
  const shown = Uint8Array.from(counts, (had) => Number(had === nodes.length));
  const whole = passing(shown, failed);
  if (whole.length >= ENOUGH) return { whole, partial: [], scores, shown, pieces: [] };
  const known = new Map(nodes.map((node, at) => [node, found[at]]));
  const loosened = nodes.flatMap(loose);
  const pieces = await Promise.all(loosened.map((node) => known.get(node) ?? match(node, index)));
  const some = partly(loosened, pieces, shown);
  const second = totals(pieces, failed.length).scores;
  for (let doc = 0; doc < some.length; doc += 1) {
    if (!some[doc]) continue;
    shown[doc] = 1;
    scores[doc] = second[doc];
  }
  const extra = pieces.filter((piece) => !found.includes(piece));
  return { whole, partial: passing(some, failed), scores, shown, pieces: extra };
}

/**
 * Add up the items that each document has, in the order of the query, and what its title adds: the share of the query, by
 * rarity, that the title has, times that part's rarity.
 * @param {readonly Found[]} found
 * @param {number} documents
 */
function totals(found, documents) {
  const { counts, scores } = tally(found, documents);
  const parts = new Float64Array(documents);
  let whole = 0;
  for (const { rarity, titled } of found) {
    whole += rarity;
    if (!titled) continue;
    for (let doc = 0; doc < documents; doc += 1) {
      if (titled[doc] > 0) parts[doc] += rarity;
    }
  }
  for (let doc = 0; doc < documents; doc += 1) {
    if (parts[doc] > 0) scores[doc] += (parts[doc] * parts[doc]) / whole;
  }
  return { counts, scores };
}

/**
 * Take the words that only stood together one by one.
 * @param {Node} node
 * @returns {Node[]}
 */
function loose(node) {
  if (!("exact" in node) || node.quoted) return [node];
  return node.exact.map((word) => (node.field ? { word, field: node.field } : { word }));
}

/**
 * Mark the documents with every strict piece and some loose one, if more than one is loose.
 * @param {readonly Node[]} nodes
 * @param {readonly Found[]} pieces
 * @param {Uint8Array} without documents not to mark
 * @returns {Uint8Array}
 */
function partly(nodes, pieces, without) {
  const documents = without.length;
  const strict = pieces.filter((_, at) => isStrict(nodes[at]));
  if (pieces.length - strict.length < 2) return new Uint8Array(documents);
  const strictly = tally(strict, documents).counts;
  const some = tally(pieces.filter((_, at) => !isStrict(nodes[at])), documents).counts;
  return Uint8Array.from(some, (had, doc) => Number(had > 0 && strictly[doc] === strict.length && !without[doc]));
}

/** @param {Node} node */
function isStrict(node) {
  return "facet" in node || "date" in node || "not" in node || ("exact" in node && node.quoted);
}

/**
 * @param {ArrayLike<number>} marks
 * @param {Uint8Array} failed
 * @returns {number[]}
 */
function passing(marks, failed) {
  const docs = [];
  for (let doc = 0; doc < marks.length; doc += 1) {
    if (marks[doc] && failed[doc] === 0) docs.push(doc);
  }
  return docs;
}

/**
 * Put the first documents of an answer in order.
 * @param {Parts} parts
 * @param {Sort} sort
 * @param {number} size how many are wanted
 * @returns {number[]}
 */
export function ordered({ whole, partial, scores }, sort, size) {
  const first = best(whole, scores, sort, size);
  return first.concat(best(partial, scores, sort, size - first.length));
}

/**
 * Choose the best of some documents without sorting all of them: a heap keeps the worst of those chosen on top.
 * @param {readonly number[]} docs rising
 * @param {Float64Array} scores
 * @param {Sort} sort
 * @param {number} size
 * @returns {number[]} best first
 */
function best(docs, scores, sort, size) {
  if (size <= 0) return [];
  if (sort === "date") return docs.slice(-size).reverse();
  const worse = (/** @type {number} */ a, /** @type {number} */ b) => scores[a] - scores[b] || a - b;
  /** @type {number[]} */
  const heap = [];
  for (const doc of docs) {
    if (heap.length < size) rise(heap, doc, worse);
    else if (worse(heap[0], doc) < 0) sink(heap, doc, worse);
  }
  return heap.sort((a, b) => worse(b, a));
}

/**
 * Add to the heap.
 * @param {number[]} heap
 * @param {number} doc
 * @param {(a: number, b: number) => number} worse
 */
function rise(heap, doc, worse) {
  let at = heap.push(doc) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (worse(heap[parent], doc) <= 0) break;
    heap[at] = heap[parent];
    at = parent;
  }
  heap[at] = doc;
}

/**
 * Put in the place of the top.
 * @param {number[]} heap
 * @param {number} doc
 * @param {(a: number, b: number) => number} worse
 */
function sink(heap, doc, worse) {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child + 1 < heap.length && worse(heap[child + 1], heap[child]) < 0) child += 1;
    if (child >= heap.length || worse(doc, heap[child]) <= 0) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = doc;
}
