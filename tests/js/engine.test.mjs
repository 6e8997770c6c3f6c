import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "../../static/engine.js";
import { indexOf } from "./fixture.mjs";

const MANIFEST = "http://archive.test/search/manifest.json";

const ARTICLES = [
  { id: "letters/undated", title: "A letter", body: "The harbour is quiet, wrote Haniyeh." },
  { id: "quay/1923", title: "Old quay", body: "The old quay and the old wall.", date: "1923", outlet: "Saltmere Echo" },
  { id: "quay/new", title: "New quay opened", body: "Haniya opened the new quay.", date: "2022-05", outlet: "Saltmere Echo", language: "en" },
  { id: "storm", title: "Storm breaks the sea wall", body: "A storm broke the sea wall. The sea wall is old.", date: "2023-11-04", outlet: "The Quay", language: "en-GB", tags: ["storm", "sea wall"], authors: ["M. Osei"] },
  { id: "surge", title: "Surge", body: "The sea rose over the harbour wall in a storm.", date: "2023-11-05", outlet: "Saltmere Echo", language: "en", tags: ["storm"] },
];
const FAMILIES = [["haniya", "haniyeh"], ["breaks", "broke"]];

function opened(options = {}) {
  const index = indexOf(ARTICLES, { families: FAMILIES, ...options });
  return open(MANIFEST, { fetch: index.fetch }).then((engine) => ({ ...index, engine }));
}

async function ids(query, options) {
  const { engine } = await opened();
  const { hits } = await engine.search(query, options);
  return hits.map(({ id }) => id);
}

test("articles with every word come first, and `complete` counts them", async () => {
  const { engine } = await opened();
  const { hits, total, complete } = await engine.search("harbour storm");

  assert.deepEqual(hits.map(({ id }) => id), ["surge", "storm", "letters/undated"]);
  assert.deepEqual({ total, complete }, { total: 3, complete: 1 });
});

test("a word stands for its family, which is told", async () => {
  const { engine } = await opened();
  const { hits, notes } = await engine.search("Haniya");

  assert.deepEqual(hits.map(({ id }) => id).sort(), ["letters/undated", "quay/new"]);
  assert.deepEqual(notes, [{ kind: "family", term: "haniya", instead: [], terms: ["haniyeh"] }]);
});

test("a word that stood together with others is looked for alone where too few have them so", async () => {
  const { engine } = await opened();
  const { hits, complete, terms } = await engine.search("wall-old");

  assert.deepEqual({ complete, ids: hits.map(({ id }) => id).sort() }, { complete: 0, ids: ["quay/1923", "storm", "surge"] });
  assert.deepEqual(terms, [[["wall", "old"]], [["wall"]], [["old"]]]);
});

test("for a rare word a common one is offered, which nothing waits for", async () => {
  const many = Array.from({ length: 50 }, (_, at) => ({ id: `a/${at}`, title: "", body: "harbour" }));
  const { fetch } = indexOf([...many, { id: "b", title: "", body: "harbor" }]);
  const engine = await open(MANIFEST, { fetch });
  const { hits, notes } = await engine.search("harbor");

  assert.deepEqual(hits.map(({ id }) => id), ["b"]);
  assert.deepEqual(notes, [{ kind: "offer", term: "harbor", instead: ["harbour"], terms: [] }]);
});

test("a quoted word stands for itself alone", async () => {
  assert.deepEqual(await ids('"haniya"'), ["quay/new"]);
});

test("a phrase needs its words side by side, in one field", async () => {
  assert.deepEqual(await ids('"sea wall"'), ["storm"]);
  assert.deepEqual(await ids('"wall sea"'), []);
  assert.deepEqual(await ids('title:"the sea"'), ["storm"]);
  assert.deepEqual(await ids('"quay the"'), []);
});

test("positions are fetched for phrases only, and only when a document may have them", async () => {
  const { engine, asked } = await opened();
  await engine.search("sea wall");
  await engine.search('"quiet surge"');

  assert.deepEqual(asked.filter((file) => file.includes("positions/")), []);
});

test("a word the archive lacks is answered by its longest known beginning", async () => {
  const { engine } = await opened();
  const { hits, notes } = await engine.search("harbourly");

  assert.deepEqual(hits.map(({ id }) => id).sort(), ["letters/undated", "surge"]);
  assert.deepEqual(notes, [{ kind: "beginning", term: "harbourly", instead: ["harbour"], terms: ["harbour"] }]);
});

test("else by its nearest spellings, a swap of neighbours counting once", async () => {
  const { engine } = await opened();
  const { notes } = await engine.search("stomr");

  assert.deepEqual(notes, [{ kind: "spelling", term: "stomr", instead: ["storm"], terms: ["storm"] }]);
});

test("else by nothing, which is told", async () => {
  const { engine } = await opened();
  const { total, notes } = await engine.search("zeppelin");

  assert.equal(total, 0);
  assert.deepEqual(notes, [{ kind: "nothing", term: "zeppelin", instead: [], terms: [] }]);
});

test("names that JavaScript's objects are born with are words like any other", async () => {
  for (const query of ["constructor", "__proto__", "hasOwnProperty toString", "tag:constructor"]) {
    assert.deepEqual(await ids(query), [], query);
  }
});

test("prefix, fuzzy word, minus, OR and fields do what the page says", async () => {
  assert.deepEqual((await ids("har*")).sort(), ["letters/undated", "surge"]);
  assert.deepEqual(await ids("quays~"), ["quay/1923", "quay/new"]);
  assert.deepEqual(await ids("wall -storm"), ["quay/1923"]);
  assert.deepEqual((await ids("surge OR letter")).sort(), ["letters/undated", "surge"]);
  assert.deepEqual(await ids("(storm surge) OR letter"), ["surge", "letters/undated"]);
  assert.deepEqual(await ids("title:storm"), ["storm"]);
  assert.deepEqual(await ids("outlet:quay"), ["storm"]);
  assert.deepEqual(await ids('tag:"sea wall"'), ["storm"]);
  assert.deepEqual(await ids("author:osei"), ["storm"]);
  assert.deepEqual(await ids("language:EN"), ["surge", "storm", "quay/new"]);
});

test("a date must be met by every day it may mean", async () => {
  assert.deepEqual(await ids("date:2023-11"), ["surge", "storm"]);
  assert.deepEqual(await ids("date:2022-05-01"), []);
  assert.deepEqual(await ids("date:1923"), ["quay/1923"]);
  assert.deepEqual(await ids("after:2023-11-05"), ["surge"]);
  assert.deepEqual(await ids("before:2022-06"), ["quay/new", "quay/1923"]);
  assert.deepEqual(await ids("before:1924"), ["quay/1923"]);
});

test("filters narrow the hits; each facet counts as if its own filter were not chosen", async () => {
  const { engine } = await opened();
  const { hits, facets } = await engine.search("the", { filters: { outlet: ["Saltmere Echo"] }, sort: "date" });

  assert.deepEqual(hits.map(({ id }) => id), ["surge", "quay/new", "quay/1923"]);
  assert.deepEqual(facets.outlet, [{ value: "Saltmere Echo", count: 3 }, { value: "", count: 1 }, { value: "The Quay", count: 1 }]);
  assert.deepEqual(facets.year, [{ value: "1923", count: 1 }, { value: "2022", count: 1 }, { value: "2023", count: 1 }]);
  assert.deepEqual(facets.tag, [{ value: "storm", count: 1 }]);
});

test("filters alone list what they leave; nothing asked gives nothing", async () => {
  assert.deepEqual(await ids("", { filters: { year: [""] } }), ["letters/undated"]);
  assert.deepEqual(await ids("!!!"), []);
});

test("pages of an answer fit together", async () => {
  const { engine } = await opened();
  const whole = await engine.search("the old wall");
  const pages = await Promise.all([0, 2, 4].map((offset) => engine.search("the old wall", { offset, limit: 2 })));

  assert.deepEqual(pages.flatMap(({ hits }) => hits), whole.hits);
});

test("several segments answer as one does", async () => {
  const one = await opened();
  const many = await opened({ sizes: [2, 2, 1] });
  for (const query of ["the", "harbour storm", '"sea wall"', "haniya", "stomr", "-the", "har* OR q*", "date:2023"]) {
    const [whole, parted] = await Promise.all([one, many].map(({ engine }) => engine.search(query)));

    assert.deepEqual(parted, whole, query);
  }
});

test("ties stand newest first", async () => {
  const twins = ["a", "b", "c"].map((id) => ({ id, title: "Same", body: "words" }));
  const { fetch } = indexOf(twins);
  const engine = await open(MANIFEST, { fetch });
  const { hits } = await engine.search("same");

  assert.deepEqual(hits.map(({ id }) => id), ["c", "b", "a"]);
});

test("an index without articles answers", async () => {
  const engine = await open(MANIFEST, { fetch: indexOf([], { sizes: [] }).fetch });

  assert.equal((await engine.search('storm "sea wall" -x z* y~~ tag:a date:2023')).total, 0);
});

test("a file that cannot be had is named, and the rest is still answered", async () => {
  const { engine, files } = await opened();
  const broken = [...files.keys()].find((name) => files.get(name).terms?.includes("Astorm") && name.includes("terms/"));
  const kept = files.get(broken);
  files.delete(broken);
  const { hits, failures } = await engine.search("letter storm");
  files.set(broken, kept);
  const again = await engine.search("letter storm");

  assert.deepEqual(hits.map(({ id }) => id), ["letters/undated"]);
  assert.equal(failures.length, 1);
  assert.ok(failures[0].includes(broken));
  assert.deepEqual(again.failures, []);
  assert.equal(again.total, 3);
});

test("without lengths, columns or a lexicon the words are still found", async () => {
  const { engine, files } = await opened({ few: 0 });
  for (const name of [...files.keys()]) if (/(lengths|facets|authors|lexicon)/.test(name)) files.delete(name);
  const { hits, failures } = await engine.search("surge", { sort: "date" });

  assert.deepEqual(hits.map(({ id }) => id), ["surge"]);
  assert.equal(failures.length, 3);
});

test("a file that holds something else is named like a missing one", async () => {
  const { engine, files } = await opened();
  const name = [...files.keys()].find((key) => key.includes("lexicon/"));
  const { terms } = files.get(name);
  for (const wrong of [null, 7, "words", {}, { terms, articles: "" }, { terms, articles: "?" }]) {
    files.set(name, wrong);
    const { failures } = await engine.search("aboutx");

    assert.equal(failures.length, 1);
    assert.ok(failures[0].includes(name));
  }
});

test("an index of another format is refused in words", async () => {
  const { fetch, files } = await opened();
  const manifest = files.get("manifest.json");
  manifest.format = 1;

  await assert.rejects(open(MANIFEST, { fetch }), /another version.*built again/);
  await assert.rejects(open(MANIFEST, { fetch, manifest }), /another version/);
});

test("with the manifest in hand nothing is fetched to open", async () => {
  const { fetch, files, asked } = indexOf(ARTICLES);
  const engine = await open(MANIFEST, { fetch, manifest: files.get("manifest.json") });

  assert.equal(engine.articles, 5);
  assert.deepEqual(asked, []);
});

test("a known word asks for nothing but its files of terms and the records", async () => {
  const { engine, asked } = await opened({ sizes: [3, 2] });
  asked.length = 0;
  await engine.search("wall", { facets: false });

  assert.deepEqual(new Set(asked.map((file) => file.split("/")[1])), new Set(["terms", "records"]));
});

test("facets can be left for later", async () => {
  const { engine, asked } = await opened();
  const filters = { outlet: ["The Quay"] };
  const { hits, facets } = await engine.search("storm", { facets: false });
  const before = asked.filter((file) => file.endsWith("facets.json"));
  const later = await engine.facets("storm", { filters });

  assert.equal(hits.length, 2);
  assert.deepEqual(facets, { outlet: [], year: [], language: [], tag: [] });
  assert.deepEqual(before, []);
  assert.deepEqual(later, { facets: (await engine.search("storm", { filters })).facets, failures: [] });
});

test("months are counted in order, as the filters leave them", async () => {
  const { engine } = await opened();
  const all = await engine.months("the");
  const some = await engine.months("the", { filters: { year: ["2023"] } });

  assert.deepEqual(all.months.map(({ value }) => value), ["", "1923", "2022-05", "2023-11"]);
  assert.deepEqual(some, { months: [{ value: "2023-11", count: 2 }], failures: [] });
});

test("a family reaches over files and segments", async () => {
  const families = [["harbour", "quay", "surge"]];
  for (const sizes of [[5], [4, 1], [1, 4]]) {
    const { engine } = await opened({ sizes, families });
    const { total, notes } = await engine.search("surge");

    assert.equal(total, 4);
    assert.deepEqual(notes, [{ kind: "family", term: "surge", instead: [], terms: ["harbour", "quay"] }]);
  }
});

test("lengths in a file weigh as those in the manifest do", async () => {
  const [inside, apart] = await Promise.all([opened(), opened({ few: 0 })]);

  assert.deepEqual(await inside.engine.search("the sea"), await apart.engine.search("the sea"));
});

test("each file is fetched once", async () => {
  const { engine, asked } = await opened();
  engine.prepare();
  await Promise.all(["storm wall", "storm", "wall"].map((query) => engine.search(query)));
  await engine.search("storm");

  assert.equal(asked.length, new Set(asked).size);
});

test("addresses are percent-encoded, segment by segment", async () => {
  const { fetch } = indexOf([{ id: "ар хив/日#1", title: "x", body: "y" }]);
  const engine = await open(MANIFEST, { fetch });
  const { hits } = await engine.search("x");

  assert.equal(hits[0].url, "%D0%B0%D1%80%20%D1%85%D0%B8%D0%B2/%E6%97%A5%231/");
});

test("lengths that stand in a file are asked for beside the first terms", async () => {
  const { files } = indexOf(ARTICLES, { few: 1 });
  const asked = [];
  const never = (url) => {
    asked.push(new URL(url).pathname);
    return new Promise(() => {});
  };
  const index = await open(MANIFEST, { fetch: never, manifest: files.get("manifest.json") });
  index.search("storm");
  await new Promise((done) => setTimeout(done));

  assert.ok(asked.includes("/search/s0/lengths.json") && asked.some((path) => path.startsWith("/search/s0/terms/")));
});
