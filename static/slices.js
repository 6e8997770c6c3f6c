/**
 * Long work on the page, done a slice at a time, so that the page answers its reader in between.
 */

const SLICE = 6; // milliseconds of work at most; laying it out takes about as long again

/**
 * Do something with each item in turn.
 * @template Item
 * @param {readonly Item[]} items
 * @param {() => boolean} current asked after each pause: whether the work is still wanted
 * @param {(item: Item, at: number) => void} act
 */
export async function inSlices(items, current, act) {
  let began = performance.now();
  for (const [at, item] of items.entries()) {
    if (performance.now() - began > SLICE) {
      await drawn();
      if (!current()) return;
      began = performance.now();
    }
    act(item, at);
  }
}

/** Wait until the browser has shown what there is; in a tab that is not shown, not at all. */
function drawn() {
  return new Promise((done) => {
    if (document.hidden) setTimeout(done);
    else requestAnimationFrame(() => setTimeout(done));
  });
}
