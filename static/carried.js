/**
 * The words of a query as a link to an article carries them: `#found=storm,storms;sea_wall`. A semicolon stands between the
 * words and phrases of the query, a comma between the forms of one, `_` between the words of a phrase. No term holds any of these.
 */

/** @typedef {import("./excerpt.js").Wanted} Wanted */

const BEGINNING = "#found=";
const MOST_GROUPS = 32;
const MOST_FORMS = 64;

/**
 * Write the words of a query as a fragment.
 * @param {Wanted} wanted
 * @returns {string} empty when there are none
 */
export function packed(wanted) {
  const groups = wanted.slice(0, MOST_GROUPS).map((forms) =>
    forms.slice(0, MOST_FORMS).map((terms) => terms.map(encodeURIComponent).join("_")).join(","),
  );
  const written = groups.filter(Boolean).join(";");
  return written && BEGINNING + written;
}

/**
 * Read them back; whatever stands there makes a list.
 * @param {string} fragment
 * @returns {string[][][]}
 */
export function unpacked(fragment) {
  if (!fragment.startsWith(BEGINNING)) return [];
  const groups = fragment.slice(BEGINNING.length).split(";").slice(0, MOST_GROUPS);
  return groups.map((group) => group.split(",").slice(0, MOST_FORMS).map(phrase).filter((terms) => terms.length > 0));
}

/** @param {string} written */
function phrase(written) {
  try {
    return decodeURIComponent(written).split("_").filter(Boolean);
  } catch {
    return []; // a percent sign that means nothing
  }
}
