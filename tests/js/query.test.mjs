import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { parse, quote, replace } from "../../static/query.js";

const cases = JSON.parse(readFileSync(new URL("../cases/queries.json", import.meta.url), "utf-8"));

for (const { query, nodes } of cases) {
  test(`the nodes of ${JSON.stringify(query)}`, () => {
    assert.deepEqual(parse(query), nodes);
  });
}

test("AND glues nothing to what stands before it", () => {
  assert.deepEqual(parse('outlet: AND"x"'), [{ word: "outlet" }, { exact: ["x"], quoted: true }]);
});

test("parentheses nested ten thousand deep are read like any others", () => {
  const deep = 10_000;

  assert.deepEqual(parse(`${"(".repeat(deep)}a`), []);
  assert.deepEqual(parse(`${"(".repeat(900)}a${")".repeat(900)}`), [{ word: "a" }]);
});

test("quoting a word leaves fields, phrases and other words as they are", () => {
  assert.equal(quote("title:Haniya “Haniya” and HANIYA's well-known", "haniya"), 'title:"Haniya" “Haniya” and "HANIYA"\'s well-known');
});

test("a quoted word stands for itself alone", () => {
  assert.deepEqual(parse(quote("harbours storm", "harbours")), [{ exact: ["harbours"], quoted: true }, { word: "storm" }]);
});

test("another word is written in the place of one", () => {
  assert.equal(replace("title:Harbor (storm OR harbor) \"harbor\"", "harbor", "harbour"), "title:harbour (storm OR harbour) \"harbor\"");
});
