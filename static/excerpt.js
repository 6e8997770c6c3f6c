/**
 * The part of a text that shows best why it was found, with the found words marked. It knows no page.
 */

import { isUnspaced, spans } from "./analysis.js";

/** @typedef {import("./analysis.js").Span} Span */
/** @typedef {{text: string, marked: boolean}} Piece */
/**
 * Where a word or phrase of the query stands; `group`: which; `terms`: how many it has there.
 * @typedef {{start: number, end: number, group: number, terms: number}} Place
 */
/** @typedef {readonly (readonly (readonly string[])[])[]} Wanted See `terms` of the engine's answer. */

const SIZE = 220; // characters of a script with spaces; those without are about twice as wide
const NEAR_END = 40; // characters: so little more is shown rather than cut off
const SENTENCE_END = /(?:[.!?…؟۔।]["'”’»)]*\s+(?=[^\s\p{Ll}])|[。！？]["'”’»)」』]*)/u;

/**
 * Mark the words of the query in a text, whole.
 * @param {string} text
 * @param {Wanted} wanted
 * @returns {Piece[]}
 */
export function marked(text, wanted) {
  return pieces(text, places(text, wanted), 0, text.length);
}

/**
 * Find the words and phrases of the query in a text.
 * @param {string} text
 * @param {Wanted} wanted
 * @returns {Place[]} by where they begin
 */
export function places(text, wanted) {
  return occurrences(spans(text), wanted);
}

/**
 * Cut the best window out of a text: the one with the most different words and phrases of the query, phrases counting
 * twice; among these the one with the rarer, then the nearer ones.
 * @param {string} text
 * @param {Wanted} wanted
 * @param {number} [width] about how many characters, half as many in scripts without spaces
 * @returns {Piece[] | undefined} nothing when none of them is in it
 */
export function excerpt(text, wanted, width = SIZE) {
  const words = spans(text);
  const found = occurrences(words, wanted);
  if (found.length === 0) return undefined;
  const wide = words.filter(({ term }) => isUnspaced(term)).length > words.length / 2;
  const size = wide ? Math.floor(width / 2) : width;
  const { first, last } = densest(found, size);
  const { start, end } = widened(text, words, found[first].start, Math.max(...ends(found, first, last)), size);
  const shown = pieces(text, found, start, end);
  if (start > 0) shown.unshift({ text: "… ", marked: false });
  if (end < text.length) shown.push({ text: "\u00a0…", marked: false });
  return shown;
}

/**
 * @param {readonly Span[]} words
 * @param {Wanted} wanted
 * @returns {Place[]} by where they begin
 */
function occurrences(words, wanted) {
  /** @type {Map<string, {sequence: readonly string[], group: number}[]>} */
  const beginnings = new Map();
  for (const [group, sequences] of wanted.entries()) {
    for (const sequence of sequences) {
      beginnings.set(sequence[0], [...(beginnings.get(sequence[0]) ?? []), { sequence, group }]);
    }
  }
  return words.flatMap(({ term, start }, at) =>
    (beginnings.get(term) ?? [])
      .filter(({ sequence }) => sequence.every((next, after) => words[at + after]?.term === next))
      .map(({ sequence, group }) => ({ start, end: words[at + sequence.length - 1].end, group, terms: sequence.length })),
  );
}

/**
 * @param {readonly Place[]} found
 * @param {number} first
 * @param {number} last
 */
function ends(found, first, last) {
  return found.slice(first, last + 1).map(({ end }) => end);
}

/**
 * @param {readonly Place[]} found
 * @param {number} size
 * @returns {{first: number, last: number}} the first of the best windows
 */
function densest(found, size) {
  const worths = worthOf(found);
  let best = { first: 0, last: 0, worth: -1 };
  for (let first = 0; first < found.length; first += 1) {
    const groups = new Set();
    let last = first;
    let worth = 0;
    for (let at = first; at < found.length && found[at].end - found[first].start <= size; at += 1) {
      if (!groups.has(found[at].group)) worth += worths[found[at].group];
      groups.add(found[at].group);
      last = at;
    }
    const reach = (found[last].end - found[first].start) / size;
    worth += Math.min(last - first, 20) * 0.01 - Math.min(reach, 1) * 0.1;
    if (worth > best.worth) best = { first, last, worth };
  }
  return best;
}

/**
 * What a window gains by each word or phrase of the query: more by a rare one, so that `the` does not decide.
 * @param {readonly Place[]} found
 * @returns {number[]} by group
 */
function worthOf(found) {
  /** @type {number[]} */
  const counts = [];
  /** @type {number[]} */
  const longest = [];
  for (const { group, terms } of found) {
    counts[group] = (counts[group] ?? 0) + 1;
    longest[group] = Math.max(longest[group] ?? 1, terms);
  }
  return counts.map((count, group) => (longest[group] > 1 ? 2 : 1) * (1 + 1 / Math.sqrt(count)));
}

/**
 * Widen a window to its full size, and to the borders of words.
 * @param {string} text
 * @param {readonly Span[]} words
 * @param {number} from
 * @param {number} to
 * @param {number} size
 */
function widened(text, words, from, to, size) {
  const spare = Math.max(0, size - (to - from));
  const left = Math.max(0, from - Math.floor(spare / 2));
  const start = beginning(text, words, left, from);
  const right = start + Math.max(size, to - start);
  if (right >= text.length - NEAR_END) return { start, end: text.length };
  const end = words.findLast((word) => word.end <= right)?.end ?? to;
  const [closing] = /^[^\s\p{L}\p{M}\p{N}]{0,3}/u.exec(text.slice(Math.max(end, to))) ?? [""];
  return { start, end: Math.max(end, to) + closing.length };
}

/**
 * Choose where a window begins: with the text, with a line, with a sentence, else with a word.
 * @param {string} text
 * @param {readonly Span[]} words
 * @param {number} left
 * @param {number} from what has to be in it
 */
function beginning(text, words, left, from) {
  const line = text.lastIndexOf("\n", from - 1) + 1;
  if (Math.max(left, line) <= NEAR_END) return 0;
  if (line >= left) return line;
  const before = Math.max(left - NEAR_END, line);
  const sentence = SENTENCE_END.exec(text.slice(before, from + 1));
  if (sentence) return before + sentence.index + sentence[0].length;
  return words.find((word) => word.start >= left)?.start ?? from;
}

/**
 * @param {string} text
 * @param {readonly Place[]} found by where they begin
 * @param {number} start
 * @param {number} end
 * @returns {Piece[]}
 */
function pieces(text, found, start, end) {
  /** @type {Piece[]} */
  const shown = [];
  let at = start;
  const add = (/** @type {number} */ to, /** @type {boolean} */ isMarked) => {
    const piece = text.slice(at, to).replace(/\s+/g, " ");
    const before = shown.at(-1);
    if (to <= at) return;
    if (before?.marked === isMarked) before.text += piece;
    else shown.push({ text: piece, marked: isMarked });
    at = to;
  };
  for (const place of found) {
    if (place.start < start || place.end > end) continue;
    add(place.start, false);
    add(place.end, true);
  }
  add(end, false);
  return shown;
}
