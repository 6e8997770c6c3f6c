/**
 * Which terms of the archive a word of the query stands for: docs/search-format.md, section 4.
 */

import { compare, isUnspaced, length } from "./analysis.js";

/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {import("./lexicon.js").Entry} Entry */

/**
 * What the reader is told of a word: the other members of its `family`; what was searched `instead` because the archive does
 * not have it, its `beginning` or near `spelling`s; that there is `nothing` like it; or a common word that is an `offer`.
 * `terms`: all that were searched, but for the word itself, in order.
 * @typedef {{kind: "family" | "beginning" | "spelling" | "nothing" | "offer", term: string, instead: string[], terms: string[]}} Note
 */

/**
 * Terms counted as one: those asked for, or standing in for what was, count whole; the others of their families, half. The notes
 * may need a file more, which nothing else has to wait for.
 * @typedef {{own: readonly string[], others: readonly string[], notes: Promise<Note[]>}} Group
 */

const SHORTEST_BEGINNING = 4; // code points
const MOST_DROPPED = 3; // code points
const SHORTEST_FUZZY = 3; // code points
const SHORT_WORD = 7; // code points: one edit up to here, two beyond
const SPELLINGS = 3; // terms
const SLIP = 4; // times likelier is a letter left out, or two swapped
const FAR_RARER = 20; // times less likely than the likeliest: not searched
const RARE = 2; // articles
const COMMON = 50; // times as many articles
const OFFERED_LENGTH = 5; // code points
const SHARED = 3; // code points
const MOST_EXPANDED = 64; // terms
const DIGIT = /\p{N}/u;

/**
 * Give what a word stands for: its family; for a word that the archive does not have, what comes nearest.
 * @param {Lexicon} lexicon
 * @param {string} term
 * @returns {Promise<Group>}
 */
export async function word(lexicon, term) {
  const family = await lexicon.family(term);
  if (!family) return standIn(lexicon, term);
  const others = family.filter((other) => other !== term).sort(compare);
  return { own: [term], others, notes: known(lexicon, term, others) };
}

/**
 * Tell of a word that the archive has: the others of its family, and what is offered for it.
 * @param {Lexicon} lexicon
 * @param {string} term
 * @param {string[]} others
 * @returns {Promise<Note[]>}
 */
async function known(lexicon, term, others) {
  /** @type {Note[]} */
  const notes = others.length > 0 ? [{ kind: "family", term, instead: [], terms: others }] : [];
  const offer = await offered(lexicon, term, others);
  return offer ? [...notes, { kind: "offer", term, instead: [offer], terms: [] }] : notes;
}

/**
 * Give the terms that begin so, at most 64: those in most articles.
 * @param {Lexicon} lexicon
 * @param {string} beginning
 * @returns {Promise<string[]>}
 */
export async function prefix(lexicon, beginning) {
  const entries = [...(await lexicon.startingWith(beginning))];
  return entries.sort(byArticles).slice(0, MOST_EXPANDED).map(({ term }) => term);
}

/**
 * Give the terms within the distance that is allowed for this one's length.
 * @param {Lexicon} lexicon
 * @param {string} term
 * @returns {Promise<string[]>}
 */
export async function fuzzy(lexicon, term) {
  return (await near(lexicon, term)).map(({ entry }) => entry.term);
}

/**
 * Find what comes nearest to a word that the archive does not have.
 * @param {Lexicon} lexicon
 * @param {string} term
 * @returns {Promise<Group>}
 */
async function standIn(lexicon, term) {
  if (isUnspaced(term)) return { own: [], others: [], notes: Promise.resolve([]) };
  const [beginning, spellings] = await Promise.all([knownBeginning(lexicon, term), near(lexicon, term)]);
  const instead = likeliest(term, candidates(beginning, spellings));
  const families = await Promise.all(instead.map((other) => lexicon.family(other)));
  const terms = [...new Set(families.flatMap((family) => family ?? []))].sort(compare);
  const begins = instead.length === 1 && instead[0] === beginning?.term;
  const kind = instead.length === 0 ? "nothing" : begins ? "beginning" : "spelling";
  const others = terms.filter((other) => !instead.includes(other));
  return { own: instead, others, notes: Promise.resolve([{ kind, term, instead, terms }]) };
}

/**
 * Choose the terms one edit away and the known beginning; if there is none, those two edits away.
 * @param {Entry | undefined} beginning
 * @param {readonly {entry: Entry, distance: number}[]} spellings
 * @returns {Entry[]}
 */
function candidates(beginning, spellings) {
  const nearest = spellings.filter(({ distance }) => distance === 1).map(({ entry }) => entry);
  if (beginning && !nearest.some(({ term }) => term === beginning.term)) nearest.push(beginning);
  return nearest.length > 0 ? nearest : spellings.map(({ entry }) => entry);
}

/**
 * Choose the spellings that were most likely meant: common words, and common slips.
 * @param {string} written
 * @param {readonly Entry[]} entries
 * @returns {string[]}
 */
function likeliest(written, entries) {
  const likely = entries.map(({ term, articles }) => ({ term, articles: articles * slip(written, term) })).sort(byArticles);
  const first = likely.slice(0, SPELLINGS);
  return first.filter(({ articles }) => articles * FAR_RARER >= first[0].articles).map(({ term }) => term);
}

/**
 * Weigh how likely a term came to be written so.
 * @param {string} written
 * @param {string} meant
 */
function slip(written, meant) {
  const leftOut = length(meant) === length(written) + 1;
  return leftOut || [...meant].sort(compare).join("") === [...written].sort(compare).join("") ? SLIP : 1;
}

/**
 * @param {Lexicon} lexicon
 * @param {string} term
 * @returns {Promise<Entry | undefined>} its longest beginning that the archive has
 */
async function knownBeginning(lexicon, term) {
  const characters = [...term];
  const shortest = Math.max(SHORTEST_BEGINNING, characters.length - MOST_DROPPED);
  const beginnings = [];
  for (let size = characters.length - 1; size >= shortest; size -= 1) {
    beginnings.push(characters.slice(0, size).join(""));
  }
  const entries = await Promise.all(beginnings.map((beginning) => lexicon.entry(beginning)));
  return entries.find((entry) => entry !== undefined);
}

/**
 * Find the common term that a rare one may be a misspelling of.
 * @param {Lexicon} lexicon
 * @param {string} term
 * @param {readonly string[]} others
 * @returns {Promise<string | undefined>}
 */
async function offered(lexicon, term, others) {
  const articles = (await lexicon.entry(term))?.articles ?? 0;
  if (articles > RARE || length(term) < OFFERED_LENGTH || isUnspaced(term) || DIGIT.test(term)) return undefined;
  const alike = await lexicon.startingWith([...term].slice(0, SHARED).join(""));
  const common = alike.filter(
    (entry) =>
      entry.articles >= articles * COMMON && !others.includes(entry.term) && editDistance(term, entry.term, 1) === 1,
  );
  return common.sort(byArticles)[0]?.term;
}

/**
 * @param {Lexicon} lexicon
 * @param {string} term
 * @returns {Promise<{entry: Entry, distance: number}[]>}
 */
async function near(lexicon, term) {
  const size = length(term);
  if (size < SHORTEST_FUZZY) return [];
  const most = size <= SHORT_WORD ? 1 : 2;
  const [first] = term;
  const found = [];
  for (const entry of await lexicon.startingWith(first)) {
    const distance = editDistance(term, entry.term, most);
    if (distance <= most) found.push({ entry, distance });
  }
  return found;
}

/**
 * Those in most articles first, ties by code point.
 * @param {Entry} one
 * @param {Entry} other
 */
function byArticles(one, other) {
  return other.articles - one.articles || compare(one.term, other.term);
}

/**
 * Count the insertions, deletions, substitutions and swaps of neighbours that turn one term into another
 * (optimal string alignment), by code point.
 * @param {string} one
 * @param {string} other
 * @param {number} most give up beyond this
 * @returns {number} exact up to `most`; anything above it means more
 */
export function editDistance(one, other, most) {
  if (Math.abs(one.length - other.length) > 2 * most) return most + 1;
  const a = [...one];
  const b = [...other];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  /** @type {number[]} */
  let before = [];
  let above = b.map((_, index) => index).concat(b.length);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, before[j - 2] + 1);
      row.push(best);
    }
    if (Math.min(...row) > most && Math.min(...above) > most) return most + 1;
    [before, above] = [above, row];
  }
  return above[b.length];
}
