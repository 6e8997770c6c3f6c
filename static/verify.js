/**
 * What the Verify button of an article's page does: it checks the article with the files of the site, and says in words what that
 * came to, what it shows and what it does not.
 */

import { save } from "./cite.js";
import { decoded, hex, manifestLines, proofOf, replayed, rootByProof, sha256 } from "./fixity.js";

/** @typedef {import("./fixity.js").Operation} Operation */
/** @typedef {import("./fixity.js").Proof} Proof */
/**
 * @typedef {{permalink: string, capture: {sha256: string, bytes: number, encoding: {value: string}, byte_order_mark: boolean},
 *   reading: {text_in: string}, edits: {from: string, to: string, ops: Operation[] | null}}} ArticleRecord
 */
/** @typedef {{sound: boolean | null, words: string}} Finding Whether it holds; null where it cannot be told here. */

const SHOWS =
  "This was worked out in your browser, from the files of this site. If all of it holds, the record and the original are those that the root stands for, " +
  "and the text comes from the original by the listed changes and no others.";
const DOES_NOT =
  "It does not show that the publisher published these words, or that they are true. And whoever could replace every file of this site " +
  "could replace the root as well: compare it with one that was kept elsewhere, or that others have signed.";

/**
 * Check the article of a page, and show what that came to behind an element.
 * @param {Element} place
 * @param {string} original the original's address
 */
export async function verifyPage(place, original) {
  const report = document.createElement("div");
  report.className = "notice verified";
  report.setAttribute("role", "status");
  report.textContent = "Checking…";
  if (place.nextElementSibling?.classList.contains("verified")) place.nextElementSibling.remove();
  place.after(report);
  const shown = document.querySelector("div.text[data-text]")?.textContent ?? "";
  try {
    const { findings, proof } = await verified(original, shown);
    report.replaceChildren(...drawn(findings, proof));
  } catch (error) {
    report.textContent = `This could not be checked here: ${error instanceof Error ? error.message : error}. The command “site-builder verify” checks a copy of the site.`;
  }
}

/**
 * @param {string} original
 * @param {string} shown the words of the page's text
 * @returns {Promise<{findings: Finding[], proof: Proof | null}>}
 */
async function verified(original, shown) {
  if (!globalThis.crypto?.subtle) throw new Error("this browser computes hashes only on pages that came by https");
  const [bytes, recordBytes] = await Promise.all([fetched(original), fetched("record.json")]);
  /** @type {ArticleRecord} */
  const record = JSON.parse(new TextDecoder().decode(recordBytes));
  const digests = { [original]: hex(await sha256(bytes)), "record.json": hex(await sha256(recordBytes)), ...(await others(original)) };
  const { findings, text } = await ofText(record, bytes, digests[original]);
  if (text !== null && record.reading.text_in === "text") findings.push(ofPage(text, shown));
  const inTree = await ofTree(record.permalink, digests);
  return { findings: [...findings, inTree.finding], proof: inTree.proof };
}

/**
 * Hash what else of the article its leaf is made from: the file that it was taken in from.
 * @param {string} original
 * @returns {Promise<Record<string, string>>}
 */
async function others(original) {
  const names = Array.from(document.querySelectorAll("#provenance a[download]"), (link) => link.getAttribute("href") ?? "");
  const digests = names.filter((name) => name !== original).map(async (name) => [name, hex(await sha256(await fetched(name)))]);
  return Object.fromEntries(await Promise.all(digests));
}

/**
 * Hold the original against its record, and replay the edits.
 * @param {ArticleRecord} record
 * @param {Uint8Array} bytes
 * @param {string} digest
 * @returns {Promise<{findings: Finding[], text: string | null}>}
 */
async function ofText({ capture, edits }, bytes, digest) {
  /** @type {Finding[]} */
  const findings = [
    digest === capture.sha256
      ? { sound: true, words: `The original is, byte for byte, the one that the record describes: SHA-256 ${digest}.` }
      : { sound: false, words: `The original is not the one that the record describes. Its SHA-256 is ${digest}; the record says ${capture.sha256}.` },
  ];
  if (edits.ops === null) {
    findings.push({ sound: null, words: "The text was picked out of a saved web page by a program; that cannot be replayed here." });
    return { findings, text: null };
  }
  const from = decoded(bytes, capture.encoding.value, capture.byte_order_mark);
  if (digest === capture.sha256 && (await ofWords(from)) !== edits.from) {
    findings.push({ sound: null, words: `This browser reads ${capture.encoding.value} otherwise than the archive did, so the changes cannot be replayed here.` });
    return { findings, text: null };
  }
  return replay(findings, from, edits);
}

/**
 * @param {Finding[]} findings
 * @param {string} from
 * @param {ArticleRecord["edits"]} edits
 */
async function replay(findings, from, edits) {
  const operations = edits.ops ?? [];
  const number = `${operations.length} recorded ${operations.length === 1 ? "change" : "changes"}`;
  try {
    const text = replayed(from, operations);
    const sound = (await ofWords(text)) === edits.to;
    const words = sound
      ? `The ${number}, replayed on the original, give the text that the record says is shown.`
      : `The ${number}, replayed on the original, give another text than the record says is shown.`;
    return { findings: [...findings, { sound, words }], text: sound ? text : null };
  } catch {
    return { findings: [...findings, { sound: false, words: `The ${number} do not fit the original.` }], text: null };
  }
}

/**
 * Hold the words of the page against the text; space is left aside, for paragraphs are set as blocks.
 * @param {string} text
 * @param {string} shown
 * @returns {Finding}
 */
function ofPage(text, shown) {
  const sound = visible(text) === visible(shown);
  const words = sound ? "The text on this page is that text, letter for letter." : "The text on this page is another.";
  return { sound, words };
}

/**
 * What can be seen of a text: letters, digits and signs.
 * @param {string} text
 */
function visible(text) {
  return text.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S}]+/gu, "");
}

/**
 * Look whether record and original are in the archive's tree.
 * @param {string} permalink
 * @param {Record<string, string>} digests
 * @returns {Promise<{finding: Finding, proof: Proof | null}>}
 */
async function ofTree(permalink, digests) {
  const root = new URL("../", import.meta.url);
  const entry = manifestLines(Object.fromEntries(Object.entries(digests).map(([name, digest]) => [`${permalink}/${name}`, digest])));
  const proof = await proofOf((path) => fetched(new URL(path, root).href), permalink, entry);
  if (proof === null) return { finding: { sound: false, words: "The archive’s tree has no place for this article." }, proof };
  const sound = (await rootByProof(proof)) === proof.root;
  const words = sound
    ? `Record and original are number ${proof.index + 1} of ${proof.size} under the archive’s root ${proof.root}.`
    : `Record and original are not those that stand under the archive’s root ${proof.root}.`;
  return { finding: { sound, words }, proof: sound ? proof : null };
}

/**
 * @param {readonly Finding[]} findings
 * @param {Proof | null} proof
 * @returns {HTMLElement[]}
 */
function drawn(findings, proof) {
  const bad = findings.some(({ sound }) => sound === false);
  const list = document.createElement("ul");
  for (const { sound, words } of findings) {
    const item = document.createElement("li");
    item.append(element("strong", sound === null ? "Not checked: " : sound ? "Holds: " : "Does not hold: "), words);
    list.append(item);
  }
  const verdict = element("p", "");
  verdict.append(element("strong", bad ? "Something here is not what it was." : "Everything that can be checked here holds."));
  const made = [verdict, list, element("p", SHOWS), element("p", DOES_NOT)];
  if (proof) made.push(saveButton(proof));
  return made;
}

/** @param {Proof} proof */
function saveButton(proof) {
  const button = element("button", "Save the proof");
  button.setAttribute("type", "button");
  button.className = "small";
  button.addEventListener("click", () => save("proof.json", `${JSON.stringify(proof, null, 1)}\n`));
  return button;
}

/**
 * @param {string} name
 * @param {string} words
 */
function element(name, words) {
  const made = document.createElement(name);
  made.textContent = words;
  return made;
}

/** @param {string} text */
async function ofWords(text) {
  return `sha256:${hex(await sha256(new TextEncoder().encode(text)))}`;
}

/** @param {string} address */
async function fetched(address) {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${address} cannot be fetched (${answer.status})`);
  return new Uint8Array(await answer.arrayBuffer());
}
