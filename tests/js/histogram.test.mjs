import assert from "node:assert/strict";
import { test } from "node:test";

import { monthChart, yearChart } from "../../static/histogram.js";

const years = (...pairs) => pairs.map(([value, count]) => ({ value, count }));

test("each year has a bar, those without hits too; the undated stand apart", () => {
  const { bars, apart } = yearChart(years(["2012", 3], ["", 5], ["2010", 1]));

  assert.deepEqual(bars.map(({ year, count }) => [year, count]), [["2010", 1], ["2011", 0], ["2012", 3]]);
  assert.deepEqual(apart, { words: "Undated", count: 5, year: "" });
});

test("many years are joined to decades, very many to centuries, each chosen by words of the query", () => {
  const decades = yearChart(years(["1795", 1], ["1801", 2], ["1869", 4])).bars;
  const centuries = yearChart(years(["0900", 1], ["1801", 2])).bars;

  assert.equal(decades.length, 8);
  assert.deepEqual(decades[1], { words: "1800–1809", count: 2, when: "after:1800 before:1810" });
  assert.deepEqual(centuries.at(-1), { words: "1800–1899", count: 2, when: "after:1800 before:1900" });
});

test("no hits make no bars", () => {
  assert.deepEqual(yearChart([]).bars, []);
  assert.deepEqual(yearChart(years(["", 2])).bars, []);
});

test("a year has twelve months, each chosen by its date", () => {
  const { bars, apart } = monthChart("2023", years(["2023", 2], ["2023-11", 4]));

  assert.deepEqual(bars.map(({ count }) => count), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0]);
  assert.deepEqual(bars[10], { words: "Nov 2023", count: 4, when: "date:2023-11" });
  assert.deepEqual(apart, { words: "Month unknown", count: 2 });
});
