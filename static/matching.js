/**
 * From the nodes of a query to the score of every document: docs/search-format.md, section 4.
 */

import { terms } from "./analysis.js";
import { having, meets } from "./columns.js";
import { fuzzy, prefix, word } from "./expansion.js";
import { ABSENT, score } from "./scoring.js";

/** @typedef {import("./query.js").Node} Node */
/** @typedef {import("./query.js").Exact} Exact */
/** @typedef {import("./expansion.js").Group} Group */
/** @typedef {import("./expansion.js").Note} Note */
/** @typedef {import("./segment.js").Places} Places */
/** @typedef {import("./segment.js").Postings} Postings */
/** @typedef {import("./segment.js").Segment} Segment */
/** @typedef {import("./scoring.js").Occurrences} Occurrences */

/**
 * What a node comes to. `wanted` holds for each of its words and phrases the sequences of terms that are it.
 * @typedef {import("./scoring.js").Scored & {notes: Promise<Note[]>[], wanted: string[][][]}} Found
 */

/** @typedef {import("./engine.js").Reading} Reading What matching needs of the index. */

const FIELDS = /** @type {const} */ (["title", "body"]);
const OTHER_FORM = 0.5; // what an occurrence of another form than the one asked for counts

/**
 * Score every document by one node.
 * @param {Node} node
 * @param {Reading} index
 * @returns {Promise<Found>}
 */
export async function match(node, index) {
  if ("word" in node) return matchWord(node.word, index, node.field);
  if ("exact" in node) return matchExact(node, index);
  if ("prefix" in node) return matchAny(prefix(index.lexicon, node.prefix), index, node.field);
  if ("fuzzy" in node) return matchAny(fuzzy(index.lexicon, node.fuzzy), index, node.field);
  if ("facet" in node) return matchFacet(node.facet, node.value, index);
  if ("date" in node) return matchDate(node.date, node.value, index);
  if ("not" in node) return without(await match(node.not, index));
  const nodes = "any" in node ? node.any : node.all;
  return joined(await Promise.all(nodes.map((part) => match(part, index))), "any" in node ? 1 : nodes.length);
}

/**
 * Add up the scores that some nodes give each document, in the order of the nodes.
 * @param {readonly Found[]} parts
 * @param {number} documents
 * @returns {{counts: Uint32Array, scores: Float64Array}} `counts`: how many of the nodes have it
 */
export function tally(parts, documents) {
  const counts = new Uint32Array(documents);
  const sums = new Float64Array(documents);
  for (const { scores } of parts) {
    for (let doc = 0; doc < documents; doc += 1) {
      if (scores[doc] === ABSENT) continue;
      counts[doc] += 1;
      sums[doc] += scores[doc];
    }
  }
  return { counts, scores: sums };
}

/**
 * @param {readonly Found[]} parts
 * @param {number} least how many of them a document needs
 * @returns {Found}
 */
function joined(parts, least) {
  const { counts, scores } = tally(parts, parts[0].scores.length);
  return {
    scores: scores.map((sum, doc) => (counts[doc] >= least ? sum : ABSENT)),
    rarity: 0,
    notes: parts.flatMap(({ notes }) => notes),
    wanted: parts.flatMap(({ wanted }) => wanted),
  };
}

/** @param {Found} found @returns {Found} */
function without({ scores, notes }) {
  return { scores: scores.map((value) => (value === ABSENT ? 0 : ABSENT)), rarity: 0, notes, wanted: [] };
}

/**
 * The files of the word itself are asked for at once: its family nearly always stands in the same ones.
 * @param {string} term
 * @param {Reading} index
 * @param {"title"} [field]
 * @returns {Promise<Found>}
 */
async function matchWord(term, index, field) {
  for (const segment of index.segments) segment.postings(term).catch(() => undefined);
  /** @type {Group} */
  const alone = { own: [term], others: [], notes: Promise.resolve([]) };
  const { own, others, notes } = await index.attempt(word(index.lexicon, term), alone);
  const told = index.attempt(notes, []);
  return { ...(await grouped(own, others, index, field)), notes: [told] };
}

/**
 * Score the terms that a prefix or a fuzzy word stands for.
 * @param {Promise<string[]>} looking
 * @param {Reading} index
 * @param {"title"} [field]
 * @returns {Promise<Found>}
 */
async function matchAny(looking, index, field) {
  return grouped(await index.attempt(looking, []), [], index, field);
}

/**
 * Score a group of terms counted as one.
 * @param {readonly string[]} own whose occurrences count whole
 * @param {readonly string[]} others whose occurrences count half
 * @param {Reading} index
 * @param {"title"} [field]
 * @returns {Promise<Found>}
 */
async function grouped(own, others, index, field) {
  const occurrences = none(index.documents);
  const weighed = [...own.map((term) => ({ term, weight: 1 })), ...others.map((term) => ({ term, weight: OTHER_FORM }))];
  await Promise.all(
    index.segments.flatMap((segment) =>
      weighed.map(async ({ term, weight }) => add(occurrences, segment.base, await postingsOf(segment, term, index), weight)),
    ),
  );
  const scored = score(occurrences, await index.statistics(), field);
  return { ...scored, notes: [], wanted: [weighed.map(({ term }) => [term])] };
}

/**
 * @param {Segment} segment
 * @param {string} term
 * @param {Reading} index
 */
function postingsOf(segment, term, index) {
  return index.attempt(segment.postings(term), undefined);
}

/**
 * @param {Occurrences} occurrences
 * @param {number} base
 * @param {Postings | undefined} postings
 * @param {number} [weight]
 */
function add(occurrences, base, postings, weight = 1) {
  if (!postings) return;
  const { docs, title, body } = postings;
  for (let at = 0; at < docs.length; at += 1) {
    occurrences.title[base + docs[at]] += weight * title[at];
    occurrences.body[base + docs[at]] += weight * body[at];
  }
}

/** @param {number} documents @returns {Occurrences} */
function none(documents) {
  return { title: new Float32Array(documents), body: new Float32Array(documents) };
}

/**
 * @param {Exact} node
 * @param {Reading} index
 * @returns {Promise<Found>}
 */
async function matchExact({ exact, field }, index) {
  const occurrences = none(index.documents);
  await Promise.all(
    index.segments.map((segment) => index.attempt(addPhrase(occurrences, segment, exact, field), undefined)),
  );
  return { ...score(occurrences, await index.statistics(), field), notes: [], wanted: [[exact]] };
}

/**
 * Count a phrase in one segment. Positions are fetched only when some document may have it.
 * @param {Occurrences} occurrences
 * @param {Segment} segment
 * @param {readonly string[]} phrase
 * @param {"title"} [field]
 */
async function addPhrase(occurrences, segment, phrase, field) {
  const lists = await Promise.all(phrase.map((term) => segment.postings(term)));
  if (phrase.length === 1) return add(occurrences, segment.base, lists[0]);
  const docs = candidates(lists, segment.articles, field);
  if (docs.length === 0) return;
  const places = await Promise.all(phrase.map((term) => segment.positions(term, docs)));
  for (const name of FIELDS) {
    const lists = places.map((place) => place[name]);
    const passed = new Uint32Array(lists.length);
    for (const [at, doc] of docs.entries()) occurrences[name][segment.base + doc] = runs(lists, at, passed);
  }
}

/**
 * Find the documents of a segment that have every term in the title, or every term in the body.
 * @param {readonly (Postings | undefined)[]} lists
 * @param {number} articles the segment's
 * @param {"title"} [field]
 * @returns {number[]} rising
 */
function candidates(lists, articles, field) {
  const titles = new Uint32Array(articles);
  const bodies = new Uint32Array(articles);
  for (const list of lists) {
    if (!list) return [];
    for (let at = 0; at < list.docs.length; at += 1) {
      titles[list.docs[at]] += Number(list.title[at] > 0);
      bodies[list.docs[at]] += Number(list.body[at] > 0);
    }
  }
  const found = [];
  for (let doc = 0; doc < articles; doc += 1) {
    if (titles[doc] === lists.length || (!field && bodies[doc] === lists.length)) found.push(doc);
  }
  return found;
}

/**
 * Count the positions of the first term that are followed by one of each next term.
 * @param {readonly Places[]} lists of all terms
 * @param {number} at which document
 * @param {Uint32Array} passed room for a number a term
 */
function runs(lists, at, passed) {
  for (let term = 0; term < lists.length; term += 1) passed[term] = lists[term].starts[at];
  const { numbers, starts } = lists[0];
  let count = 0;
  for (let place = starts[at]; place < starts[at + 1]; place += 1) {
    let term = 1;
    while (term < lists.length && reaches(lists[term], at, passed, term, numbers[place] + term)) term += 1;
    count += Number(term === lists.length);
  }
  return count;
}

/**
 * Pass over the positions before one, and tell whether the term stands there.
 * @param {Places} list
 * @param {number} at which document
 * @param {Uint32Array} passed
 * @param {number} term
 * @param {number} position
 */
function reaches({ numbers, starts }, at, passed, term, position) {
  const end = starts[at + 1];
  let next = passed[term];
  while (next < end && numbers[next] < position) next += 1;
  passed[term] = next;
  return next < end && numbers[next] === position;
}

/**
 * @param {string} name
 * @param {string} value
 * @param {Reading} index
 * @returns {Promise<Found>}
 */
async function matchFacet(name, value, index) {
  const column = await index.column(/** @type {import("./columns.js").Listed} */ (name));
  const wanted = name === "language" ? isLanguage(value) : holds(terms(value));
  const marks = column ? having(column, wanted) : new Uint8Array(index.documents);
  return filtering(marks);
}

/** @param {string} wanted */
function isLanguage(wanted) {
  const lower = wanted.toLowerCase();
  return (/** @type {string} */ value) => `${value.toLowerCase()}-`.startsWith(`${lower}-`);
}

/** @param {readonly string[]} wanted */
function holds(wanted) {
  return (/** @type {string} */ value) => {
    const all = terms(value);
    return all.some((_, start) => wanted.every((term, after) => all[start + after] === term));
  };
}

/**
 * @param {"date" | "after" | "before"} relation
 * @param {string} value
 * @param {Reading} index
 * @returns {Promise<Found>}
 */
async function matchDate(relation, value, index) {
  const days = (await index.days()) ?? new Uint32Array(index.documents);
  return filtering(Uint8Array.from(days, (day) => Number(meets(day, relation, value))));
}

/** @param {Uint8Array} marks @returns {Found} */
function filtering(marks) {
  return { scores: Float64Array.from(marks, (mark) => (mark ? 0 : ABSENT)), rarity: 0, notes: [], wanted: [] };
}
