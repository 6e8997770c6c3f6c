/**
 * BM25 per field, summed: docs/search-format.md, section 5. Every expression is evaluated in the order written
 * there, so that scores are equal to the last bit in Python and here.
 */

/**
 * How often something occurs in each document of the archive, field by field.
 * @typedef {{title: Uint32Array, body: Uint32Array}} Occurrences
 */

/**
 * What scores are relative to: tokens of each document and their average, field by field.
 * @typedef {{lengths: Occurrences, averages: {title: number, body: number}}} Statistics
 */

/** The score of a document that does not match; those that do have 0 or more. */
export const ABSENT = -1;

const WEIGHTS = { title: 2, body: 1 };
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
 * @returns {Float64Array} one score a document, or ABSENT
 */
export function score({ title, body }, { lengths, averages }, field) {
  const scores = new Float64Array(title.length).fill(ABSENT);
  let having = 0;
  for (let doc = 0; doc < title.length; doc += 1) {
    if (title[doc] > 0 || (!field && body[doc] > 0)) having += 1;
  }
  const idf = rarity(title.length, having);
  for (let doc = 0; doc < title.length; doc += 1) {
    if (title[doc] === 0 && (field || body[doc] === 0)) continue;
    const inTitle = part(WEIGHTS.title, title[doc], lengths.title[doc], averages.title);
    const inBody = field ? 0 : part(WEIGHTS.body, body[doc], lengths.body[doc], averages.body);
    scores[doc] = idf * (inTitle + inBody);
  }
  return scores;
}

/**
 * @param {number} weight
 * @param {number} count
 * @param {number} length
 * @param {number} average
 */
function part(weight, count, length, average) {
  return count === 0 ? 0 : (weight * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * length) / average));
}
