import assert from "node:assert/strict";
import { test } from "node:test";

import { dateWords, noteWords, summary, valueWords } from "../../static/words.js";

test("a date is written with the precision it has", () => {
  assert.deepEqual(["2023-11-04", "2023-11", "2023", "", "1984~", "2023-13"].map(dateWords), [
    "4 November 2023", "November 2023", "2023", "", "about 1984", "2023-13",
  ]);
});

test("languages have names, and what is none is shown as written", () => {
  assert.deepEqual(["en", "ar", "pt-BR", "", "not a tag"].map((tag) => valueWords("language", tag)), [
    "English", "Arabic", "Brazilian Portuguese", "Language unknown", "not a tag",
  ]);
});

test("the summary tells articles with all the words from those with some", () => {
  const told = [[0, 0], [1, 1], [1200, 1200], [5, 2], [5, 0]].map(([total, complete]) => summary({ total, complete, failures: [] }));

  assert.deepEqual(told, [
    "No article found.",
    "1 article found.",
    "1,200 articles found.",
    "2 articles with all the words, then 3 with some of them.",
    "No article has all the words; 5 articles with some of them.",
  ]);
});

test("a note says what a word stood for", () => {
  const told = [
    { kind: "family", term: "haniya", instead: [], terms: ["haniyeh"] },
    { kind: "spelling", term: "stomr", instead: ["storm"], terms: ["storm", "storms"] },
    { kind: "nothing", term: "zzz", instead: [], terms: [] },
    { kind: "offer", term: "harbor", instead: ["harbour"], terms: [] },
  ].map(noteWords);

  assert.deepEqual(told, [
    "“haniya” also finds haniyeh.",
    "Nothing here has “stomr”; searched “storm” (and storms) instead.",
    "Nothing here has “zzz” or a word like it.",
    "Few articles have “harbor”.",
  ]);
});
