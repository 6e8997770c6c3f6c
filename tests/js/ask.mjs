// Answers of the browser's engine, outside a browser: a site's folder as argument, a JSON list of queries on standard
// input, each a text or {query, filters, sort, limit, offset}; a JSON list of answers on standard output. No limit: all hits.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { open } from "../../static/engine.js";

/** A fetch that reads files. @param {string} url */
async function fetchFile(url) {
  const content = await readFile(new URL(url), "utf-8");
  return { ok: true, status: 200, json: async () => JSON.parse(content) };
}

const manifest = pathToFileURL(resolve(process.argv[2], "search", "manifest.json")).href;
const engine = await open(manifest, { fetch: fetchFile });
const answers = [];
for (const asked of JSON.parse(readFileSync(0, "utf-8"))) {
  const { query, ...options } = typeof asked === "string" ? { query: asked } : asked;
  const { total, complete, hits, facets, notes, failures } = await engine.search(query, { limit: engine.articles, ...options });
  if (failures.length > 0) throw new Error(`${query}: ${failures.join(" ")}`);
  answers.push({ total, complete, hits: hits.map(({ id, score }) => [id, score]), facets, notes });
}
process.stdout.write(JSON.stringify(answers));
