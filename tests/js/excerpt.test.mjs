import assert from "node:assert/strict";
import { test } from "node:test";

import { excerpt, marked } from "../../static/excerpt.js";

const FILLER = "Nothing of note was said at the quay that day. ".repeat(12);

/** Write pieces as one text, the marked ones in brackets. */
function shown(pieces) {
  return pieces?.map(({ text, marked: isMarked }) => (isMarked ? `[${text}]` : text)).join("");
}

test("every member of a family is marked as it is written", () => {
  assert.equal(shown(marked("Haniyeh’s café; HANIYA", [[["haniya"], ["haniyeh"]], [["cafe"]]])), "[Haniyeh]’s [café]; [HANIYA]");
});

test("a phrase is marked as a whole, its words alone are not", () => {
  assert.equal(shown(marked("The sea wall, a wall by the sea", [[["sea", "wall"]]])), "The [sea wall], a wall by the sea");
});

test("pairs of characters that overlap make one mark", () => {
  assert.equal(shown(marked("この海堤沿いの道", [[["海堤", "堤沿", "沿い"]]])), "この[海堤沿い]の道");
});

test("the window with most of the query's words is shown, and says where it was cut", () => {
  const text = `storm ${FILLER}A storm came over the harbour wall. ${FILLER}harbour`;
  const answer = shown(excerpt(text, [[["storm"]], [["harbour"]], [["wall"]]]));

  assert.match(answer, /^… .*\[storm\] came over the \[harbour\] \[wall\]\. .*\s…$/);
  assert.ok(answer.length < 260, answer);
});

test("a phrase is worth more than words, and a rare word more than a common one", () => {
  const scattered = `${FILLER}The wall and the sea and the wall. ${FILLER}A sea wall stood there. ${FILLER}`;

  assert.match(shown(excerpt(scattered, [[["sea", "wall"]], [["the"]]])), /A \[sea wall\] stood there/);
  assert.match(shown(excerpt(`${FILLER}Storm. ${FILLER}`, [[["the"]], [["quay"]], [["storm"]]])), /\[Storm\]\./);
});

test("words that stand together are preferred to the same words apart", () => {
  const text = `The sea ${"lies quiet ".repeat(10)} at the wall. ${FILLER}A sea wall. ${FILLER}`;

  assert.match(shown(excerpt(text, [[["sea"]], [["wall"]]])), /A \[sea\] \[wall\]\./);
});

test("a window begins and ends with a whole word", () => {
  const filler = FILLER.replaceAll(".", "");
  const answer = shown(excerpt(`${filler}storm ${filler}`, [[["storm"]]]));

  assert.match(answer, /^… (Nothing|of|note|was|said|at|the|quay|that|day)\b/);
  assert.match(answer, /\b(Nothing|of|note|was|said|at|the|quay|that|day)[.]?\s…$/);
});

test("a window begins with a sentence or a line that begins nearby", () => {
  assert.match(shown(excerpt(`${FILLER}A storm. ${FILLER}`, [[["storm"]]])), /^… Nothing of note was said/);
  assert.match(shown(excerpt(`${FILLER}\nOh storm. ${FILLER}`, [[["storm"]]])), /^… Oh \[storm\]/);
  assert.match(shown(excerpt(`${FILLER}storm, said Mr. de Boer. ${FILLER}`, [[["boer"]]])), /^… Nothing .* \[Boer\]/);
  assert.match(shown(excerpt(`${"no end ".repeat(40)}here. Storm ${"no end ".repeat(40)}`, [[["storm"]]])), /^… \[Storm\]/);
});

test("a window of a script without spaces has half as many characters", () => {
  const answer = shown(excerpt(`${"港町の堤防。".repeat(60)}視察団${"港町の堤防。".repeat(60)}`, [[["視察", "察団"]]]));

  assert.match(answer, /\[視察団\]/);
  assert.ok(answer.length < 140, answer);
});

test("a short text is shown whole, its lines joined", () => {
  assert.equal(shown(excerpt("One\nstorm\nhere.", [[["storm"]]])), "One [storm] here.");
});

test("a text without any of the words gives no excerpt", () => {
  assert.equal(excerpt(FILLER, [[["storm"]]]), undefined);
  assert.equal(excerpt("", [[["storm"]]]), undefined);
});

test("a phrase longer than the window is shown whole", () => {
  const phrase = Array.from({ length: 80 }, (_, at) => `w${at}`);
  const answer = excerpt(`${FILLER}${phrase.join(" ")} ${FILLER}`, [[phrase]]);

  assert.ok(answer.some(({ text, marked: isMarked }) => isMarked && text === phrase.join(" ")));
});

test("what looks like markup stays text", () => {
  assert.deepEqual(marked("<b>storm</b>", [[["storm"]]]), [
    { text: "<b>", marked: false },
    { text: "storm", marked: true },
    { text: "</b>", marked: false },
  ]);
});
