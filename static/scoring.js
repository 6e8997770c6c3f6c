/**
 * BM25F: docs/search-format.md, section 5. Every expression is evaluated in the order written there, so that scores are equal
 * to the last bit in Python and here.
 */

/**
 * How often something occurs in each document of the archive, field by field; halves are exact.
 * @typedef {{title: Float32Array, body: Float32Array}} Occurrences
 */

/**
 * What scores are relative to: tokens of each document and their average, field by field.
 * @typedef {{lengths: {title: Uint32Array, body: Uint32Array}, averages: {title: number, body: number}}} Statistics
 */

/**
 * One score a document, or ABSENT; the idf, 0 where nothing is scored; and the occurrences in titles.
 * @typedef {{scores: Float64Array, rarity: number, titled?: Float32Array}} Scored
 */

/** The score of a document that does not match; those that do have 0 or more. */
export const ABSENT = -1;

const TITLE_WEIGHT = 3;
const STEPS = 1048576; // the logarithm is rounded to this part of one

/**
 * Weigh a term by its rarity.
 * @param {number} documents of the archive
 * @param {number} having those that the term occurs in
 * @returns {number}
 */
export function rarity(documents, having) {
  return Math.floor(Math.log(1 + (documents - having + 0.5) / (having + 0.5)) * STEPS + 0.5) / STEPS;
}

/**
 * Score every document by one group of terms or one phrase.
 * @param {Occurrences} occurrences
 * @param {Statistics} statistics
 * @param {"title"} [field] the only field that counts
 * @returns {Scored}
 */
export function score({ title, body }, { lengths, averages }, field) {
  const scores = new Float64Array(title.length).fill(ABSENT);
  let having = 0;
  for (let doc = 0; doc < title.length; doc += 1) {
    if (title[doc] > 0 || (!field && body[doc] > 0)) having += 1;
  }
  if (having === 0) return { scores, rarity: 0 };
  const idf = rarity(title.length, having);
  for (let doc = 0; doc < title.length; doc += 1) {
    if (title[doc] === 0 && (field || body[doc] === 0)) continue;
    let often = 0;
    if (title[doc] > 0) often += (TITLE_WEIGHT * title[doc]) / proportion(lengths.title[doc], averages.title);
    if (!field && body[doc] > 0) often += body[doc] / proportion(lengths.body[doc], averages.body);
    scores[doc] = idf * ((often * 2.2) / (often + 1.2));
  }
  return { scores, rarity: idf, titled: title };
}

/**
 * @param {number} length
 * @param {number} average
 */
function proportion(length, average) {
  return 0.25 + (0.75 * length) / average;
}
