/**
 * The search engine's own thread. It takes `{id, ask, given}`, where `ask` names a method of the desk and `given` holds what
 * that is called with, and answers with `{id, answer}` or `{id, failure, known}`. After `{forget: id}` nothing is answered.
 */

import { Desk } from "./desk.js";
import { ShardError } from "./shards.js";

/** @typedef {"use" | "open" | "search" | "facets" | "excerpt"} Ask */
/** @typedef {{id: number, ask: Ask, given: any[]} | {forget: number}} Asking */

/**
 * `known`: the failure is a sentence for readers, else one for developers.
 * @typedef {{id: number, answer: any} | {id: number, failure: string, known: boolean}} Answering
 */

/** @typedef {{postMessage(message: any): void, onmessage: ((event: MessageEvent) => void) | null}} Port */

/**
 * Answer what comes in at a port. Exported for a page that cannot have a worker and does the work itself.
 * @param {Port} port
 */
export function serve(port) {
  const desk = new Desk();
  /** @type {Set<number>} */
  const wanted = new Set();
  port.onmessage = async ({ data }) => {
    /** @type {Asking} */
    const asking = data;
    if ("forget" in asking) {
      wanted.delete(asking.forget);
      return;
    }
    wanted.add(asking.id);
    await messagesRead();
    if (!wanted.has(asking.id)) return;
    const answering = await answered(desk, asking);
    if (wanted.delete(asking.id)) port.postMessage(answering);
  };
}

/** What has come in already may say that the question is no longer asked. */
function messagesRead() {
  return new Promise((done) => setTimeout(done));
}

/**
 * @param {Desk} desk
 * @param {{id: number, ask: Ask, given: any[]}} asking
 * @returns {Promise<Answering>}
 */
async function answered(desk, { id, ask, given }) {
  try {
    /** @type {(...given: any[]) => any} */
    const method = desk[ask];
    return { id, answer: await method.apply(desk, given) };
  } catch (error) {
    if (error instanceof ShardError) return { id, failure: error.message, known: true };
    desk.discard();
    return { id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error), known: false };
  }
}

if ("WorkerGlobalScope" in globalThis) serve(/** @type {any} */ (globalThis));
