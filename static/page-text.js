/**
 * The indexed text of an article's page: what stands in its elements marked `data-text`, blocks separated by line feeds
 * (docs/search-format.md, section 1; `site_builder/pages/body/visible.py` is the same rule in Python).
 */

const BLOCKS = new Set(
  (
    "address article aside blockquote br caption center col colgroup dd details dialog div dl dt fieldset figcaption figure " +
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol option p pre search section summary table " +
    "tbody td tfoot th thead tr ul"
  ).split(" "),
);

/**
 * Take the text out of a page's source. Nothing in it runs or loads.
 * @param {string} html
 * @returns {string}
 */
export function pageText(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const texts = Array.from(page.querySelectorAll("[data-text]"), (element) => visible(element));
  return texts.filter(Boolean).join("\n");
}

/**
 * Give the text nodes below a node, and `undefined` where a block begins or ends.
 * @param {Node} node
 * @returns {(Text | undefined)[]}
 */
export function textNodes(node) {
  if (node.nodeType === Node.TEXT_NODE) return [/** @type {Text} */ (node)];
  const inner = Array.from(node.childNodes).flatMap(textNodes);
  return BLOCKS.has(node.nodeName.toLowerCase()) ? [undefined, ...inner, undefined] : inner;
}

/**
 * @param {Element} element
 * @returns {string}
 */
function visible(element) {
  return textNodes(element)
    .map((node) => (node ? node.data.replace(/[ \t\n\f\r]+/g, " ") : "\n"))
    .join("")
    .replace(/ {2,}/g, " ")
    .replace(/ *\n[ \n]*/g, "\n")
    .replace(/^[ \n]+|[ \n]+$/g, "");
}
