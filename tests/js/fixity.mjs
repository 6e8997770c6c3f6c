// What a browser makes of edits and trees. Standard input: {site, asked: [[permalink, entry]…], replay: [[text, operations]…]};
// standard output: both answered.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { proofOf, replayed, rootByProof } from "../../static/fixity.js";

const given = JSON.parse(readFileSync(0, "utf-8"));
const fetched = async (path) => new Uint8Array(readFileSync(join(given.site, path)));

async function proved([permalink, entry]) {
  const proof = await proofOf(fetched, permalink, entry);
  return { proof, leads: await rootByProof(proof) };
}

const answers = {
  proved: await Promise.all(given.asked.map(proved)),
  replayed: given.replay.map(([text, operations]) => replayed(text, operations)),
};
process.stdout.write(JSON.stringify(answers));
