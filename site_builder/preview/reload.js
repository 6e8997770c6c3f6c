// Reloads the page when the site was built again, and says in a bar at its top why when it could not
// be. The preview adds this script to the pages it serves; no published page has it.

const shown = document.currentScript instanceof HTMLScriptElement
  ? document.currentScript.dataset
  : {};

/**
 * Whether this page is of an older build. The search comes after the pages: only its own page waits for it.
 * @param {{ build?: string, search?: string }} news
 */
function isStale(news) {
  const searches = document.querySelector("[data-manifest]") !== null;
  return (news.build ?? "") !== shown.build || (searches && (news.search ?? "") !== shown.search);
}

/** @type {HTMLElement | null} */
let bar = null;

/** @param {string} problem */
function show(problem) {
  if (bar === null) {
    bar = document.createElement("pre");
    bar.setAttribute("role", "alert");
    bar.dataset.previewProblem = "";
    Object.assign(bar.style, {
      position: "sticky", top: "0", zIndex: "2147483647", margin: "0", padding: "1em",
      background: "#7a1f1f", color: "#ffffff", font: "14px/1.5 monospace",
      whiteSpace: "pre-wrap", overflowWrap: "anywhere",
    });
    document.body.prepend(bar);
  }
  bar.textContent = `The site could not be built. This is the last good one.\n\n${problem}`;
}

const events = new EventSource("/_preview/events");

events.addEventListener("built", (event) => {
  if (isStale(JSON.parse(event.data))) location.reload();
});

events.addEventListener("failed", (event) => {
  const news = JSON.parse(event.data);
  if (isStale(news)) location.reload();
  else show(news.problem);
});

// A page that is kept for the back button must not hold one of the few connections a browser allows.
addEventListener("pagehide", () => events.close());
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
