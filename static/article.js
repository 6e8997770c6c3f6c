/**
 * What an article's page does: it helps to cite and to verify the article, and marks the words of a search.
 *
 * An article that was opened from a search: its address carries the words that found it. They are taken out of the address,
 * so that it can be copied as it should be, and kept with this step of the reader's history. Most readers come without, and do not fetch
 * what marks them.
 */

import { buttons, dated } from "./cite.js";

dated(document, new Date());
buttons(document);

const original = document.querySelector("#provenance a[download]");
if (original) {
  const verify = document.createElement("button");
  verify.type = "button";
  verify.className = "small";
  verify.textContent = "Verify";
  verify.addEventListener("click", () =>
    import("./verify.js").then(({ verifyPage }) => verifyPage(original.parentElement ?? original, original.getAttribute("href") ?? "")),
  );
  original.parentElement?.append(" ", verify);
}

const found = location.hash.startsWith("#found=") ? location.hash : history.state?.found;
if (typeof found === "string") {
  history.replaceState({ ...history.state, found }, "", location.pathname + location.search);
  import("./found.js").then(({ showFound }) => showFound(found));
}
