// Asks one search engine all queries, in one process: the job as JSON on standard input, one list of ids a query on standard output.
//   {"engine": "ours", "site": folder, "queries": [...]}
//   {"engine": "lunr" | "minisearch", "modules": folder, "language": "de", "fuzzy": false, "docs": [{id, title, body}], "queries": [...]}
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const MOST = 10;

/** Our own browser engine, over the files of a built site. */
async function ours({ site, queries }) {
  const { open } = await import("../static/engine.js");
  const fetch = async (url) => {
    const content = await readFile(new URL(url), "utf-8");
    return { ok: true, status: 200, json: async () => JSON.parse(content) };
  };
  const engine = await open(pathToFileURL(resolve(site, "search", "manifest.json")).href, { fetch });
  const answers = [];
  for (const query of queries) {
    const { hits, failures } = await engine.search(query, { limit: MOST, facets: false });
    if (failures.length > 0) throw new Error(`${query}: ${failures.join(" ")}`);
    answers.push(hits.map(({ id }) => id));
  }
  return answers;
}

/**
 * lunr, with lunr-languages' plugin of the language. Its own query parser cuts at spaces alone and takes punctuation for operators:
 * the words of a question are cut as those of the documents are, and any of them may be missing, as lunr has it.
 */
function lunr({ modules, language, docs, queries }) {
  const require = createRequire(join(resolve(modules), "x.js"));
  const lunrModule = require("lunr");
  if (language !== "en") {
    require("lunr-languages/lunr.stemmer.support")(lunrModule);
    if (language === "ja") require("lunr-languages/tinyseg")(lunrModule);
    if (language === "hi") lunrModule.wordcut = require("lunr-languages/wordcut");
    require(`lunr-languages/lunr.${language}`)(lunrModule);
  }
  let tokenizer = lunrModule.tokenizer;
  const index = lunrModule(function () {
    if (language !== "en") this.use(lunrModule[language]);
    this.ref("id");
    this.field("title");
    this.field("body");
    for (const doc of docs) this.add(doc);
    tokenizer = this.tokenizer;
  });
  const answer = (query) => index.query((asked) => tokenizer(query).forEach((token) => asked.term(token.toString(), {})));
  return queries.map((query) => first(answer(query), ({ ref }) => ref));
}

/** MiniSearch as it comes; `fuzzy` as its documentation advises for misspelt words. */
function minisearch({ modules, fuzzy, docs, queries }) {
  const require = createRequire(join(resolve(modules), "x.js"));
  const MiniSearch = require("minisearch");
  const index = new MiniSearch({ fields: ["title", "body"] });
  index.addAll(docs);
  const options = fuzzy ? { fuzzy: 0.2, boost: { title: 2 } } : {};
  return queries.map((query) => first(index.search(query, options), ({ id }) => id));
}

function first(hits, idOf) {
  return hits.slice(0, MOST).map(idOf);
}

console.log = console.info = console.error; // plugins have things to say
const job = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(await { ours, lunr, minisearch }[job.engine](job)));
