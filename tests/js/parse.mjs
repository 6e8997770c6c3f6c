// The nodes of queries: a JSON list of texts on standard input, a JSON list of lists of nodes on standard output.
import { readFileSync } from "node:fs";

import { parse } from "../../static/query.js";

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(parse)));
