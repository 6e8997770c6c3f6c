import assert from "node:assert/strict";
import { test } from "node:test";

import { anytime, asks, read, timed, toggled, write } from "../../static/address.js";

const STATE = {
  query: 'storm “sea wall” & co',
  filters: { outlet: ["The Quay", ""], year: ["2023"], language: [], tag: ["a+b"] },
  sort: "date",
  pages: 3,
};

test("a state comes back from its address as it was", () => {
  assert.deepEqual(read(write(STATE)), STATE);
});

test("an empty state leaves the address bare", () => {
  assert.equal(write(read("")), "");
});

test("an address that no page wrote makes a state all the same", () => {
  assert.deepEqual(read("?page=-2&sort=up&year=2023&year=2023&constructor=x&page=9"), {
    query: "",
    filters: { outlet: [], year: ["2023"], language: [], tag: [] },
    sort: "relevance",
    pages: 1,
  });
  assert.equal(read("?page=1e9").pages, 100);
});

test("choosing a value twice lets it go, and results begin at the first page", () => {
  const chosen = toggled(STATE, "year", "1923");

  assert.deepEqual(chosen.filters.year, ["2023", "1923"]);
  assert.equal(chosen.pages, 1);
  assert.deepEqual(toggled(chosen, "year", "1923").filters, STATE.filters);
});

test("white space asks for nothing, a filter alone does", () => {
  assert.equal(asks(read("?q=++")), false);
  assert.equal(asks(read("?outlet=")), true);
});

test("a month is added to the query, takes the place of another, and goes when it is chosen again", () => {
  const chosen = timed(STATE, "date:2023-11");
  const other = timed(chosen, "date:2023-12");

  assert.equal(chosen.query, "storm “sea wall” & co date:2023-11");
  assert.equal(chosen.pages, 1);
  assert.equal(other.query, "storm “sea wall” & co date:2023-12");
  assert.equal(timed(other, "date:2023-12").query, STATE.query);
  assert.equal(anytime(other.query), STATE.query);
});

test("words for a span of time are no part of an OR, nor of what was not finished", () => {
  const when = "after:1800 before:1810";

  assert.equal(timed({ ...STATE, query: "storm OR " }, when).query, `storm ${when}`);
  assert.equal(timed({ ...STATE, query: "" }, when).query, when);
  assert.equal(timed({ ...STATE, query: "OR OR" }, "date:2023-11").query, "date:2023-11");
});
