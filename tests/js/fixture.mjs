// A small index written by hand-made rules, in memory: enough of docs/search-format.md, section 6, for tests of the
// engine that need no Python. Files are cut after a few terms, so that even a few articles make several.
import { compare, terms } from "../../static/analysis.js";

const TERMS_A_FILE = 5;

/**
 * Make an index of articles, given as {id, title, body, date?, outlet?, language?, tags?, authors?}, oldest first.
 * @returns {{files: Map<string, any>, fetch: Function, asked: string[]}} `asked` fills with the files that are fetched
 */
export function indexOf(articles, { sizes = [articles.length], families = [] } = {}) {
  const files = new Map();
  const asked = [];
  const keep = (folder, json) => {
    const name = `${folder}/${files.size}.json`;
    files.set(name, json);
    return name;
  };
  let base = 0;
  const segments = sizes.map((size) => {
    const part = articles.slice(base, base + size).map(counted);
    base += size;
    return segmentOf(part, keep);
  });
  const all = articles.map(counted);
  files.set("manifest.json", {
    format: 1,
    build: "0000000000000000",
    articles: articles.length,
    tokens: { title: total(all, "title"), body: total(all, "body") },
    lexicon: lexiconOf(all, families, keep),
    segments,
  });
  const fetch = async (url) => {
    const file = new URL(url).pathname.slice("/search/".length);
    asked.push(file);
    return { ok: files.has(file), status: files.has(file) ? 200 : 404, json: async () => structuredClone(files.get(file)) };
  };
  return { files, fetch, asked };
}

function counted(article) {
  return { ...article, title: terms(article.title), body: terms(article.body), row: article };
}

function total(articles, field) {
  return articles.reduce((sum, article) => sum + article[field].length, 0);
}

function vocabulary(articles) {
  return [...new Set(articles.flatMap(({ title, body }) => [...title, ...body]))].sort(compare);
}

function cut(all) {
  return Array.from({ length: Math.ceil(all.length / TERMS_A_FILE) }, (_, at) =>
    all.slice(at * TERMS_A_FILE, (at + 1) * TERMS_A_FILE),
  );
}

function lexiconOf(articles, families, keep) {
  return cut(vocabulary(articles)).map((some) => {
    const holding = families.filter((set) => set.some((term) => some.includes(term)));
    const indexed = holding.map((set) => set.map((term) => (some.includes(term) ? some.indexOf(term) : term)));
    const having = some.map((term) => articles.filter(({ title, body }) => [...title, ...body].includes(term)).length);
    return [some[0], keep("lexicon", { terms: some, articles: having, families: indexed })];
  });
}

function segmentOf(articles, keep) {
  const rows = articles.map(({ row }) => row);
  return {
    articles: articles.length,
    terms: cut(vocabulary(articles)).map((some) => [
      some[0],
      keep("terms", { terms: some, postings: some.map((term) => postings(articles, term)) }),
      keep("positions", { positions: some.map((term) => articles.flatMap((article) => places(article, term))) }),
    ]),
    lengths: keep("lengths", { title: articles.map(({ title }) => title.length), body: articles.map(({ body }) => body.length) }),
    records: [keep("records", rows.map(({ id, title, date = "", outlet = "", body }) => [id, title, date, outlet, body]))],
    block: 64,
    columns: {
      date: keep("columns", { gaps: gaps(rows.map(({ date = "" }) => Number(date.replaceAll("-", "").padEnd(8, "0")))) }),
      outlet: keep("columns", single(rows.map(({ outlet }) => outlet))),
      language: keep("columns", single(rows.map(({ language }) => language))),
      tag: keep("columns", several(rows.map(({ tags = [] }) => tags))),
      author: keep("columns", several(rows.map(({ authors = [] }) => authors))),
    },
  };
}

function postings(articles, term) {
  const numbers = [];
  let before = -1;
  for (const [doc, { title, body }] of articles.entries()) {
    const [inBody, inTitle] = [body, title].map((field) => field.filter((found) => found === term).length);
    if (inBody + inTitle === 0) continue;
    const gap = doc - before - 1;
    numbers.push(...(inBody === 1 && inTitle === 0 ? [2 * gap] : [2 * gap + 1, inBody, inTitle]));
    before = doc;
  }
  return numbers;
}

function places({ title, body }, term) {
  return [title, body].flatMap((field) => gaps([...field.keys()].filter((at) => field[at] === term)));
}

function gaps(numbers) {
  return numbers.map((number, at) => number - (numbers[at - 1] ?? 0));
}

function single(rows) {
  const values = [...new Set(rows.filter(Boolean))].sort(compare);
  return { values, rows: rows.map((value) => values.indexOf(value)) };
}

function several(rows) {
  const values = [...new Set(rows.flat())].sort(compare);
  return { values, rows: rows.map((row) => row.map((value) => values.indexOf(value))) };
}
