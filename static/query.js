/**
 * What a reader typed, as a list of nodes: docs/search-format.md, section 3. Nothing is an error.
 */

import { isUnspaced, length, spans, terms } from "./analysis.js";

/**
 * @typedef {{word: string, field?: "title"}} Word A term and its family.
 * @typedef {{exact: string[], quoted: boolean, field?: "title"}} Exact Terms at consecutive positions.
 * @typedef {{prefix: string, field?: "title"}} Prefix
 * @typedef {{fuzzy: string, field?: "title"}} Fuzzy
 * @typedef {{facet: string, value: string}} Facet
 * @typedef {{date: "date" | "after" | "before", value: string}} DateRange
 * @typedef {{not: Node}} Not
 * @typedef {{any: Node[]}} Any
 * @typedef {{all: Node[]}} All
 * @typedef {Word | Exact | Prefix | Fuzzy | Facet | DateRange | Not | Any | All} Node
 */

/**
 * A lexeme: a `word`, a `phrase` (its text without quotes), `(`, `)`, or a `gap` (AND is one). `glued` when nothing stands
 * between it and the lexeme before.
 * @typedef {{kind: "word" | "phrase" | "(" | ")" | "gap", text: string, glued: boolean}} Lexeme
 */

/** @typedef {{negated: boolean, field: string, lexeme: Lexeme}} Head A factor's own part, signs and field taken off. */

const QUERY_LENGTH = 2000; // code points
const DEEPEST = 20;
const SHORTEST = 3; // code points of a prefix or a fuzzy word

const STRAIGHT = "\"\uff02";
const TYPOGRAPHIC = "\u201c\u201d\u201e\u201f\u00ab\u00bb";
const QUOTES = STRAIGHT + TYPOGRAPHIC;
const SPACE = "\\u0009-\\u000d\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const LEXEME = new RegExp(
  `[${STRAIGHT}](?<straight>[^${STRAIGHT}]*)[${STRAIGHT}]|[${TYPOGRAPHIC}](?<typographic>[^${TYPOGRAPHIC}]*)[${TYPOGRAPHIC}]|` +
    `[${QUOTES}](?<mixed>[^${QUOTES}]*)[${QUOTES}]|(?<paren>[()])|(?<word>[^${SPACE}${QUOTES}()]+)|(?<gap>[${SPACE}]+|[${QUOTES}])`,
  "gu",
);
const FIELD = /^([A-Za-z]+):(.*)$/su;
const FACETS = new Set(["outlet", "author", "tag", "language"]);
const DATES = new Set(["date", "after", "before"]);
const DATE = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/;

/**
 * Read a query.
 * @param {string} text
 * @returns {Node[]} its items, joined by AND
 */
export function parse(text) {
  const reader = new Reader(matched(lexemes(cutOff(text))));
  return reader.items();
}

/**
 * Put quotes around each bare word of a query whose only term is this one, so that it stands for itself alone.
 * @param {string} text
 * @param {string} term
 * @returns {string}
 */
export function quote(text, term) {
  return rewritten(text, term, (word) => `"${word}"`);
}

/**
 * Write another word in the place of each bare word of a query whose only term is this one.
 * @param {string} text
 * @param {string} term
 * @param {string} other
 * @returns {string}
 */
export function replace(text, term, other) {
  return rewritten(text, term, () => other);
}

/**
 * @param {string} text
 * @param {string} term
 * @param {(word: string) => string} write
 */
function rewritten(text, term, write) {
  let result = "";
  let done = 0;
  for (const lexeme of cutOff(text).matchAll(LEXEME)) {
    const word = lexeme.groups?.word;
    const found = word === undefined ? [] : spans(word).filter((span) => span.term === term);
    if (found.length !== 1) continue;
    const start = lexeme.index + found[0].start;
    const end = lexeme.index + found[0].end;
    result += text.slice(done, start) + write(text.slice(start, end));
    done = end;
  }
  return result + text.slice(done);
}

/** @param {string} text */
function cutOff(text) {
  return text.length <= QUERY_LENGTH ? text : [...text].slice(0, QUERY_LENGTH).join("");
}

/**
 * @param {string} text
 * @returns {Lexeme[]}
 */
function lexemes(text) {
  let open = true; // a gap, or the beginning, stands before
  return [...text.matchAll(LEXEME)].map(({ 0: whole, groups = {} }) => {
    const glued = !open;
    open = groups.gap !== undefined || groups.word === "AND";
    if (open) return { kind: "gap", text: "", glued };
    const phrase = groups.straight ?? groups.typographic ?? groups.mixed;
    if (phrase !== undefined) return { kind: "phrase", text: phrase, glued };
    if (groups.word !== undefined) return { kind: "word", text: whole, glued };
    return { kind: whole === "(" ? "(" : ")", text: "", glued };
  });
}

/**
 * Leave out gaps, and parentheses that match nothing or stand too deep.
 * @param {Lexeme[]} all
 * @returns {Lexeme[]}
 */
function matched(all) {
  const dropped = new Set(all.keys());
  /** @type {number[]} */
  const open = [];
  for (const [index, { kind }] of all.entries()) {
    const start = kind === ")" ? open.pop() : index;
    if (kind === "(") open.push(index);
    else if (kind !== "gap" && start !== undefined) {
      dropped.delete(index);
      dropped.delete(start);
    }
  }
  tooDeep(all, dropped);
  return all
    .map((lexeme, index) => ({ ...lexeme, glued: lexeme.glued && !dropped.has(index - 1) }))
    .filter((_, index) => !dropped.has(index));
}

/**
 * @param {Lexeme[]} all
 * @param {Set<number>} dropped
 */
function tooDeep(all, dropped) {
  let depth = 0;
  for (const [index, { kind }] of all.entries()) {
    if (dropped.has(index)) continue;
    if (kind === "(") depth += 1;
    if (depth > DEEPEST && (kind === "(" || kind === ")")) dropped.add(index);
    if (kind === ")") depth -= 1;
  }
}

/** Walks over the lexemes of a query, once. */
class Reader {
  /** @param {Lexeme[]} all */
  constructor(all) {
    this.all = all;
    this.at = 0;
  }

  /** @returns {Node[]} the items up to the end, or to the `)` that closes this group */
  items() {
    /** @type {Node[]} */
    const items = [];
    while (this.at < this.all.length && this.all[this.at].kind !== ")") {
      if (this.keyword("OR")) continue;
      items.push(...group("any", this.alternatives()));
    }
    return items;
  }

  /** @returns {Node[]} what one item offers, joined by OR */
  alternatives() {
    const nodes = this.factor();
    while (this.keyword("OR")) {
      while (this.keyword("OR"));
      const next = this.all[this.at];
      if (next !== undefined && next.kind !== ")") nodes.push(...this.factor());
    }
    return nodes;
  }

  /** @returns {Node[]} one node, or none when the factor is passed over */
  factor() {
    const { negated, field, lexeme } = this.head();
    const nodes = lexeme.kind === "(" ? this.parenthesis() : leaf(field, lexeme);
    return negated ? nodes.map((node) => ({ not: node })) : nodes;
  }

  /** @returns {Node[]} */
  parenthesis() {
    const items = this.items();
    this.at += 1;
    return group("all", items);
  }

  /** @returns {Head} */
  head() {
    const lexeme = this.all[this.at];
    const negated = lexeme.kind === "word" && lexeme.text.startsWith("-") && this.negates(lexeme);
    if (!negated) return this.fielded(lexeme, false);
    if (lexeme.text !== "-") return this.fielded({ ...lexeme, text: lexeme.text.slice(1) }, true);
    this.at += 1;
    return this.fielded(this.all[this.at], true);
  }

  /**
   * Take the field off a word; the next lexeme is its value when it is a phrase standing close.
   * @param {Lexeme} lexeme
   * @param {boolean} negated
   * @returns {Head}
   */
  fielded(lexeme, negated) {
    this.at += 1;
    const [, name = "", value = ""] = (lexeme.kind === "word" && FIELD.exec(lexeme.text)) || [];
    const field = name.toLowerCase();
    if (value) return takes(field, value) ? { negated, field, lexeme: { ...lexeme, text: value } } : { negated, field: "", lexeme };
    const next = this.all[this.at];
    if (!name || !next?.glued || next.kind !== "phrase" || !next.text || !takes(field, next.text)) {
      return { negated, field: "", lexeme };
    }
    this.at += 1;
    return { negated, field, lexeme: next };
  }

  /** @param {Lexeme} lexeme */
  negates(lexeme) {
    const next = this.all[this.at + 1];
    return lexeme.text.length > 1 || (next?.glued === true && (next.kind === "phrase" || next.kind === "("));
  }

  /** @param {string} word */
  keyword(word) {
    const lexeme = this.all[this.at];
    const found = lexeme?.kind === "word" && lexeme.text === word;
    if (found) this.at += 1;
    return found;
  }
}

/**
 * @param {"any" | "all"} join
 * @param {Node[]} nodes
 * @returns {Node[]}
 */
function group(join, nodes) {
  if (nodes.length < 2) return nodes;
  return [join === "any" ? { any: nodes } : { all: nodes }];
}

/**
 * Whether there is such a field, and it can take such a value.
 * @param {string} field
 * @param {string} value
 */
function takes(field, value) {
  return field === "title" || FACETS.has(field) || (DATES.has(field) && isDate(value));
}

/** @param {string} value */
function isDate(value) {
  const [found, year, month = "01", day = "01"] = DATE.exec(value) ?? [];
  if (found === undefined || year === "0000") return false;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
}

/**
 * @param {string} field empty for none
 * @param {Lexeme} lexeme
 * @returns {Node[]}
 */
function leaf(field, { kind, text }) {
  if (DATES.has(field)) return [{ date: /** @type {DateRange["date"]} */ (field), value: text }];
  const found = terms(text);
  if (found.length === 0) return [];
  if (FACETS.has(field)) return [{ facet: field, value: text }];
  const node = kind === "phrase" ? { exact: found, quoted: true } : wordNode(text, found);
  return [field === "title" ? { ...node, field } : node];
}

/**
 * @param {string} text
 * @param {string[]} found
 * @returns {Word | Exact | Prefix | Fuzzy}
 */
function wordNode(text, found) {
  if (found.length > 1) return { exact: found, quoted: false };
  const [term] = found;
  const size = length(term);
  const long = size >= SHORTEST;
  if ((size === 1 && isUnspaced(term)) || (long && text.endsWith("*"))) return { prefix: term };
  return long && text.endsWith("~") ? { fuzzy: term } : { word: term };
}
