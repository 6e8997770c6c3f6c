import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { compare, isUnspaced, spans, terms } from "../../static/analysis.js";

const cases = JSON.parse(readFileSync(new URL("../cases/analysis.json", import.meta.url), "utf-8"));

for (const { text, terms: expected } of cases) {
  test(`the terms of ${JSON.stringify(text)}`, () => {
    assert.deepEqual(terms(text), expected);
    assert.deepEqual(spans(text).map((span) => span.term), expected);
  });
}

function marked(text) {
  return spans(text).map(({ term, start, end }) => [term, text.slice(start, end)]);
}

test("a term's place is that of its own letters in the text as written", () => {
  assert.deepEqual(marked("The Mayor’s cafe\u0301"), [["the", "The"], ["mayor", "Mayor"], ["cafe", "cafe\u0301"]]);
});

test("letters that change their number keep their place", () => {
  assert.deepEqual(marked("Straße ﬁnds ½ Ⅷ"), [["strasse", "Straße"], ["finds", "ﬁnds"], ["1", "½"], ["2", "½"], ["viii", "Ⅷ"]]);
});

test("what is dropped inside a word is marked with it", () => {
  assert.deepEqual(marked("sea\u00adwall كـتـاب"), [["seawall", "sea\u00adwall"], ["كتاب", "كـتـاب"]]);
});

test("pairs of characters overlap in the text too", () => {
  assert.deepEqual(marked("「海堤沿い」"), [["海堤", "海堤"], ["堤沿", "堤沿"], ["沿い", "沿い"]]);
});

test("Hangul written in jamo is marked syllable by syllable", () => {
  assert.deepEqual(marked("\u1112\u1161\u11ab\u1100\u1173\u11af"), [["한글", "\u1112\u1161\u11ab\u1100\u1173\u11af"]]);
});

test("terms are ordered by code point, not by UTF-16 unit", () => {
  assert.deepEqual(["\u{20000}", "\uff10", "b", "ab", "a"].sort(compare), ["a", "ab", "b", "\uff10", "\u{20000}"]);
});

test("scripts without spaces are known as such", () => {
  assert.deepEqual(["日", "日本", "한", "ไท", "a", ""].map(isUnspaced), [true, true, true, true, false, false]);
});
