// A small index written by hand-made rules, in memory: enough of docs/search-format.md, section 6, for tests of the
// engine that need no Python. Files are cut after a few terms, so that even a few articles make several.
import assert from "node:assert/strict";
import { compare, terms } from "../../static/analysis.js";

const TERMS_A_FILE = 5;
const BLOCK = 2;
const LENGTHS = "!#$%()*+,-./01234"; // those from 0 to 16

/**
 * Make an index of articles, given as {id, title, body, date?, outlet?, language?, tags?, authors?}, oldest first.
 * @returns {{files: Map<string, any>, fetch: Function, asked: string[]}} `asked` fills with the files that are fetched
 */
export function indexOf(articles, { sizes = [articles.length], families = [], few = Infinity } = {}) {
  const files = new Map();
  const asked = [];
  const all = articles.map(counted);
  let base = 0;
  const segments = sizes.map((size, at) => {
    const part = all.slice(base, base + size);
    base += size;
    const keep = (path, json) => files.set(`s${at}/${path}.json`, json);
    return segmentOf(part, { folder: `s${at}`, keep, few, ...(at === sizes.length - 1 ? { whole: all, families } : {}) });
  });
  const tokens = { title: total(all, "title"), body: total(all, "body") };
  files.set("manifest.json", { format: 3, build: "0000000000000000", articles: articles.length, block: BLOCK, tokens, segments });
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

function segmentOf(articles, { folder, keep, few, whole, families }) {
  const rows = articles.map(({ row }) => row);
  const lengths = { title: signs(articles, "title"), body: signs(articles, "body") };
  const small = articles.length <= few;
  if (!small) keep("lengths", lengths);
  for (const [at, block] of cut(rows, BLOCK).entries()) {
    keep(`records/0/${at}`, block.map(({ id, title, date = "", outlet = "", body }) => [id, title, date, outlet, body]));
  }
  const dates = rows.map(({ date = "" }) => Number(date.replaceAll("-", "").padEnd(8, "0")));
  keep("facets", {
    date: dates.map((date, at) => date - (dates[at - 1] ?? 0)),
    outlet: listing(rows.map(({ outlet }) => (outlet ? [outlet] : []))),
    language: listing(rows.map(({ language }) => (language ? [language] : []))),
    tag: listing(rows.map(({ tags = [] }) => tags)),
  });
  keep("authors", { author: listing(rows.map(({ authors = [] }) => authors)) });
  return {
    folder,
    articles: articles.length,
    ...(small ? { lengths } : {}),
    terms: termFiles(articles, keep, families),
    ...(whole ? { lexicon: lexiconFiles(whole, keep) } : {}),
  };
}

function signs(articles, field) {
  return articles.map((article) => LENGTHS[article[field].length] ?? assert.fail("longer than a test's articles are")).join("");
}

function termFiles(articles, keep, families = []) {
  const own = vocabulary(articles);
  const ranges = cut([...new Set([...own, ...families.flat()])].sort(compare), TERMS_A_FILE);
  for (const [at, range] of ranges.entries()) {
    const some = range.filter((term) => own.includes(term));
    const holding = families.filter((set) => set.some((term) => range.includes(term)));
    keep(`terms/0/${at}`, {
      terms: frontCoded(some),
      postings: packed(some.map((term) => postings(articles, term))),
      families: holding.map((set) => ["", ...set].join(" ")),
    });
    keep(`positions/0/${at}`, { positions: packed(some.map((term) => places(articles, term))) });
  }
  return starts(ranges);
}

function lexiconFiles(articles, keep) {
  const ranges = cut(vocabulary(articles), TERMS_A_FILE);
  for (const [at, some] of ranges.entries()) {
    const having = some.map((term) => articles.filter(({ title, body }) => [...title, ...body].includes(term)).length);
    keep(`lexicon/0/${at}`, { terms: frontCoded(some), articles: packed(having.map(gamma)) });
  }
  return starts(ranges);
}

function vocabulary(articles) {
  return [...new Set(articles.flatMap(({ title, body }) => [...title, ...body]))].sort(compare);
}

function cut(all, size) {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}

/** Nothing is ever said to be shared: a reader has to take that too. */
function frontCoded(some) {
  return some.map((term) => `A${term}`).join("");
}

function starts(ranges) {
  return frontCoded(ranges.map(([first], at) => (at === 0 ? "" : first)));
}

function postings(articles, term) {
  const often = articles.map((article) => ["title", "body"].map((field) => article[field].filter((found) => found === term).length));
  const docs = [...often.keys()].filter((doc) => often[doc][0] + often[doc][1] > 0);
  const titled = docs.flatMap((doc, at) => (often[doc][0] > 0 ? [at] : []));
  const bodies = docs.map((doc) => often[doc][1] - (often[doc][0] > 0 ? 0 : 1));
  const inTitles = titled.map((at) => gamma(often[docs[at]][0]));
  return [gamma(docs.length), rising(docs, articles.length), gamma(titled.length + 1), rising(titled, docs.length), ...inTitles, counts(bodies)].join("");
}

function places(articles, term) {
  return ["title", "body"]
    .flatMap((field) => articles.map((article) => rising([...article[field].keys()].filter((at) => article[field][at] === term), article[field].length)))
    .join("");
}

function listing(rows) {
  const values = [...new Set(rows.flat())].sort(compare);
  const lists = values.map((value) => [...rows.keys()].filter((doc) => rows[doc].includes(value)));
  return { values, articles: packed(lists.map((docs) => gamma(docs.length) + rising(docs, rows.length))) };
}

export function packed(codes) {
  const bits = codes.join("");
  const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0").match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => parseInt(byte, 2))).toString("base64");
}

function gamma(number) {
  const binary = number.toString(2);
  return "0".repeat(binary.length - 1) + binary;
}

function rice(number, low) {
  return `${"0".repeat(number >> low)}1${low ? (number % 2 ** low).toString(2).padStart(low, "0") : ""}`;
}

function counts(numbers) {
  return `001${numbers.map((number) => rice(number, 2)).join("")}`;
}

function rising(numbers, limit) {
  if (numbers.length === 0 || numbers.length === limit) return "";
  if (numbers.length === 1) return below(numbers[0], limit);
  const low = Math.max(0, Math.floor((3 * limit) / (4 * numbers.length)).toString(2).length - 1);
  return numbers.map((number, at) => rice(number - (numbers[at - 1] ?? -1) - 1, low)).join("");
}

function below(number, limit) {
  const size = limit.toString(2).length - 1;
  const short = 2 ** (size + 1) - limit;
  const [written, width] = number < short ? [number, size] : [number + short, size + 1];
  return width ? written.toString(2).padStart(width, "0") : "";
}
