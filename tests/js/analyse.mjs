// A JSON list of texts on standard input; for each, its terms as `terms` and as `spans` give them.
import { readFileSync } from "node:fs";

import { spans, terms } from "../../static/analysis.js";

/** @type {string[]} */
const texts = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(texts.map((text) => [terms(text), spans(text).map((span) => span.term)])));
