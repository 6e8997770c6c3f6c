import assert from "node:assert/strict";
import { test } from "node:test";

import { serve } from "../../static/worker.js";
import { indexOf } from "./fixture.mjs";

const ARTICLES = [
  { id: "quay", title: "Old quay", body: "The old quay.", date: "1923", outlet: "Saltmere Echo", tags: ["a"] },
  { id: "storm", title: "Storm", body: "A storm broke the sea wall.", date: "2023-11-04", outlet: "The Quay", tags: ["b", "c", "d", "e"] },
];
const OPTIONS = { limit: 10, filters: {}, sort: "relevance" };

/** Serve an index, and give what asks and what was answered. */
function served(articles = ARTICLES) {
  const { fetch, files } = indexOf(articles);
  globalThis.fetch = fetch;
  const { port1, port2 } = new MessageChannel();
  const answers = [];
  let heard = () => undefined;
  port1.onmessage = ({ data }) => {
    answers.push(data);
    heard();
  };
  serve(port2);
  const ask = async (...messages) => {
    for (const message of messages) port1.postMessage(message);
    const expected = messages.filter(({ id, quiet }) => id && !quiet).length + answers.length;
    while (answers.length < expected) await new Promise((done) => (heard = done));
    return answers.slice(-messages.length);
  };
  return { ask, answers, files, close: () => port1.close() };
}

const use = { id: 1, ask: "use", given: ["http://archive.test/search/manifest.json"] };

test("hits come with their marks, and facets are another question", async () => {
  const { ask, close } = served();
  const [, { answer }] = await ask(use, { id: 2, ask: "search", given: ["storm", OPTIONS] });
  close();

  assert.deepEqual(answer.hits[0].marks.title, [{ text: "Storm", marked: true }]);
  assert.equal(answer.total, 1);
  assert.ok(!("facets" in answer));
});

test("facets are cut to what is shown, the chosen values kept", async () => {
  const { ask, close } = served();
  const most = { outlet: 1, year: 1, language: 1, tag: 1 };
  const filters = { outlet: [], year: [], language: [], tag: ["e", "gone"] };
  const [, { answer }] = await ask(use, { id: 2, ask: "facets", given: ["the", { filters, most, year: "", anytime: "the" }] });
  close();

  assert.deepEqual(answer.cut.tag, { values: [{ value: "a", count: 1 }, { value: "e", count: 1 }, { value: "gone", count: 0 }], rest: 3 });
});

test("what is forgotten before its turn is not answered", async () => {
  const { ask, answers, close } = served();
  await ask(
    use,
    { id: 2, ask: "search", given: ["storm", OPTIONS], quiet: true },
    { forget: 2 },
    { id: 3, ask: "search", given: ["quay", OPTIONS] },
  );
  await new Promise((done) => setTimeout(done, 50));
  close();

  assert.deepEqual(answers.map(({ id }) => id), [1, 3]);
});

test("a failure that readers can be told is a sentence; another says where it is from", async () => {
  const { ask, files, close } = served();
  files.get("manifest.json").format = 99;
  const [, told] = await ask(use, { id: 2, ask: "open", given: [] });
  const [untold] = await ask({ id: 3, ask: "excerpt", given: [null, null] });
  close();

  assert.deepEqual([told.known, untold.known], [true, false]);
  assert.match(told.failure, /version/);
});
