import assert from "node:assert/strict";
import { test } from "node:test";

import { packed, unpacked } from "../../static/carried.js";

const WANTED = [[["storm"], ["storms"]], [["sea", "wall"]], [["海堤", "堤沿"]]];

test("words come back from a link as they were", () => {
  assert.deepEqual(unpacked(packed(WANTED)), WANTED);
  assert.match(packed(WANTED), /^#found=storm,storms;sea_wall;%[0-9A-F%_]+$/);
});

test("a link carries nothing when there are no words", () => {
  assert.equal(packed([]), "");
});

test("what no search wrote makes a list all the same", () => {
  assert.deepEqual(unpacked("#cite"), []);
  assert.deepEqual(unpacked("#found="), [[]]);
  assert.deepEqual(unpacked("#found=%E0%A4%A,storm;;_,,"), [[["storm"]], [], []]);
});

test("a link does not grow without bound", () => {
  const many = Array.from({ length: 500 }, (_, at) => [`w${at}`]);

  assert.equal(unpacked(packed([many]))[0].length, 64);
  assert.equal(unpacked(packed(many.map((term) => [term]))).length, 32);
});
