/**
 * From text to terms: docs/search-format.md, section 1. `site_builder/search/analysis.py` is the same
 * rules in Python; tests/test_analysis_parity.py holds the two equal on every code point.
 */

/** @typedef {{term: string, start: number, end: number}} Span A term and the UTF-16 offsets of what it was made of. */

const TERM_LENGTH = 64; // code points

const FORMAT = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;
const APOSTROPHES = /[\u2018\u2019\u201b\u02bc\u02b9\u0060\u00b4\u2032]/gu;
const POSSESSIVE = /(?<=[\p{L}\p{M}\p{N}])'s(?![\p{L}\p{M}\p{N}])/gu;
const ACCENTED =
  /([a-z\u00df-\u02af\u0370-\u03ff\u0400-\u052f\u1c80-\u1c8f\u1d00-\u1d7f\u1e00-\u1fff\u2c60-\u2c7f\ua640-\ua69f\ua720-\ua7ff\uab30-\uab6f])[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+/gu;
const VOCALISED =
  /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]/gu;
const LETTERS = new Map(
  Object.entries({
    ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", ı: "i", þ: "th", ð: "d", ħ: "h", ŧ: "t", ς: "σ",
    "\u0671": "\u0627", "\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u0629": "\u0647",
  }),
);
const SINGLE = /[ßæœøđłıþðħŧς\u0671\u0649\u06cc\u06a9\u0629]/gu;
const TOKEN = /[\p{L}\p{M}\p{N}]+/gu;
const UNSPACED =
  "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3041-\u309f\u30a0-\u30ff\u3100-\u312f\u3130-\u318f\u31f0-\u31ff" +
  "\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{323af}";
const RUN = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
const UNSPACED_START = new RegExp(`^[${UNSPACED}]`, "u");
const PLAIN = /^[\x21-\x7e]*$/;
/** What never begins a cluster: marks (those Unicode may still assign, too), tatweel, Hangul vowels and finals, Kirat Rai vowels. */
const CONTINUES =
  /^[\p{M}\u0640\u1160-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ud7b0-\ud7ff\ufe20-\ufe2f\u{16d63}-\u{16d6a}]/u;

/**
 * Cut a text into its terms, in order; the index of a term is its position.
 * @param {string} text
 * @returns {string[]}
 */
export function terms(text) {
  return cut(fold(dropPossessives(lower(text)))).map((span) => span.term);
}

/**
 * Cut a text into its terms and say where in the text each of them stands.
 * @param {string} text
 * @returns {Span[]}
 */
export function spans(text) {
  /** @type {Span[]} */
  const found = [];
  for (const chunk of text.matchAll(/[^\t\n\r ]+/g)) {
    for (const { term, start, end } of chunkSpans(chunk[0])) {
      found.push({ term, start: start + chunk.index, end: end + chunk.index });
    }
  }
  return found;
}

/**
 * Whether a term comes from a script written without spaces: a pair of characters, or a lone one.
 * @param {string} term
 * @returns {boolean}
 */
export function isUnspaced(term) {
  return UNSPACED_START.test(term);
}

/**
 * Count the code points of a term.
 * @param {string} term
 * @returns {number}
 */
export function length(term) {
  let count = 0;
  for (const _ of term) count += 1;
  return count;
}

/**
 * Order two terms by code point. (`<` goes by UTF-16 unit and puts surrogates before U+E000.)
 * @param {string} one
 * @param {string} other
 * @returns {number} below 0, 0 or above 0
 */
export function compare(one, other) {
  const shared = Math.min(one.length, other.length);
  for (let at = 0; at < shared; at += 1) {
    const a = one.charCodeAt(at);
    const b = other.charCodeAt(at);
    if (a === b) continue;
    const astral = Number(isSurrogate(a)) - Number(isSurrogate(b));
    return astral || a - b;
  }
  return one.length - other.length;
}

/** @param {number} unit */
function isSurrogate(unit) {
  return unit >= 0xd800 && unit <= 0xdfff;
}

/** Steps 1 to 3. @param {string} text */
function lower(text) {
  const plain = text.replace(FORMAT, "").replaceAll("\u00b4", "'");
  return plain.normalize("NFKC").toLowerCase().replace(APOSTROPHES, "'");
}

/**
 * Step 4. Two apostrophes take the place of `'s`: no token either, and offsets stay as they are.
 * @param {string} text
 */
function dropPossessives(text) {
  return text.replace(POSSESSIVE, "''");
}

/** Steps 5 to 7. @param {string} text */
function fold(text) {
  const bare = text.normalize("NFD").replace(ACCENTED, "$1").replace(VOCALISED, "");
  return bare.normalize("NFC").replace(SINGLE, (letter) => LETTERS.get(letter) ?? letter);
}

/**
 * Steps 8 to 10.
 * @param {string} text
 * @returns {Span[]}
 */
function cut(text) {
  /** @type {Span[]} */
  const found = [];
  for (const token of text.matchAll(TOKEN)) {
    for (const run of token[0].matchAll(RUN)) {
      const start = token.index + run.index;
      if (isUnspaced(run[0])) pairs(run[0], start, found);
      else found.push(first(run[0], start));
    }
  }
  return found;
}

/**
 * @param {string} run
 * @param {number} start
 * @returns {Span}
 */
function first(run, start) {
  const term = run.length > TERM_LENGTH ? [...run].slice(0, TERM_LENGTH).join("") : run;
  return { term, start, end: start + term.length };
}

/**
 * Add the overlapping pairs of a run; a run of one stays one.
 * @param {string} run
 * @param {number} start
 * @param {Span[]} found
 */
function pairs(run, start, found) {
  const characters = [...run];
  if (characters.length === 1) found.push({ term: run, start, end: start + run.length });
  let at = start;
  for (let index = 0; index + 1 < characters.length; index += 1) {
    const term = characters[index] + characters[index + 1];
    found.push({ term, start: at, end: at + term.length });
    at += characters[index].length;
  }
}

/**
 * The spans of a piece without white space. What is plain ASCII keeps its offsets by itself; the rest is
 * normalised cluster by cluster, since no normalisation reaches across the start of one.
 * @param {string} chunk
 * @returns {Span[]}
 */
function chunkSpans(chunk) {
  if (PLAIN.test(chunk)) return cut(dropPossessives(lower(chunk)));
  const clusters = [...clustersOf(chunk)];
  const lowered = clusters.map((cluster) => lower(cluster.text));
  const joined = dropPossessives(lowered.join(""));
  /** @type {number[]} */
  const origin = []; // for each unit of the folded text, the cluster it came from
  let folded = "";
  let at = 0;
  for (const [index, piece] of lowered.entries()) {
    folded += fold(joined.slice(at, at + piece.length));
    at += piece.length;
    while (origin.length < folded.length) origin.push(index);
  }
  return cut(folded).map(({ term, start, end }) => ({
    term,
    start: clusters[origin[start]].start,
    end: clusters[origin[end - 1]].end,
  }));
}

/**
 * @param {string} chunk
 * @returns {Generator<{text: string, start: number, end: number}>}
 */
function* clustersOf(chunk) {
  let start = 0;
  let at = 0;
  for (const character of chunk) {
    if (at > start && beginsCluster(character)) {
      yield { text: chunk.slice(start, at), start, end: at };
      start = at;
    }
    at += character.length;
  }
  yield { text: chunk.slice(start, at), start, end: at };
}

/** @param {string} character */
function beginsCluster(character) {
  if (character <= "\u007f") return true;
  const bare = character.replace(FORMAT, "");
  return bare !== "" && !CONTINUES.test(bare.normalize("NFKD"));
}
