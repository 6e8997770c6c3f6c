/**
 * The page's end of the line to the search engine: sends questions to its worker and hands the answers on. Where there can
 * be no worker, the same module is loaded into the page and answers there.
 */

/** @typedef {import("./worker.js").Answering} Answering */
/** @typedef {import("./worker.js").Ask} Ask */
/** @typedef {import("./worker.js").Asking} Asking */
/** @typedef {import("./worker.js").Port} Port */
/** @typedef {import("./desk.js").DeskAnswer} DeskAnswer */
/** @typedef {import("./desk.js").DeskFacets} DeskFacets */
/** @typedef {import("./desk.js").FacetOptions} FacetOptions */
/** @typedef {import("./desk.js").SearchOptions} SearchOptions */
/** @typedef {import("./excerpt.js").Piece} Piece */
/** @typedef {import("./excerpt.js").Wanted} Wanted */

/** @typedef {{asking: {id: number, ask: Ask, given: any[]}, resolve: (answer: any) => void, reject: (error: Error) => void}} Waiting */

const NO_PROGRAM = "The search program could not be loaded. Reload the page to try again.";

/** A question that could not be answered, for a reason that its message tells to readers. */
export class SearchFailure extends Error {
  name = "SearchFailure";
}

/** Asks the engine. Of the questions of a kind, only the last is answered; the others come to `undefined`. */
export class Client {
  #program;
  #index;
  #last = 0;
  #heard = false;
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  /** @type {Port | undefined} made when something is first asked, and again after it failed */
  #port;

  /**
   * @param {string} program address of `worker.js`, absolute
   * @param {[address: string, written?: string]} index address of the manifest, absolute, and the manifest itself if it is at hand
   */
  constructor(program, index) {
    this.#program = program;
    this.#index = index;
  }

  /**
   * Fetch ahead what every query needs.
   * @returns {Promise<number>} how many articles there are
   * @throws {SearchFailure}
   */
  open() {
    return this.#ask("open");
  }

  /**
   * @param {string} query
   * @param {SearchOptions} options
   * @returns {Promise<DeskAnswer | undefined>} nothing when another question, or `forget`, has overtaken it
   * @throws {SearchFailure}
   */
  search(query, options) {
    this.forget();
    return this.#ask("search", query, options);
  }

  /**
   * @param {string} query
   * @param {FacetOptions} options
   * @returns {Promise<DeskFacets | undefined>} nothing when another question, or `forget`, has overtaken it
   * @throws {SearchFailure}
   */
  facets(query, options) {
    this.#drop("facets");
    return this.#ask("facets", query, options);
  }

  /**
   * @param {string} text
   * @param {Wanted} wanted
   * @returns {Promise<Piece[] | undefined>}
   */
  excerpt(text, wanted) {
    return this.#ask("excerpt", text, wanted);
  }

  /** Let go of what was asked: the reader has gone on. */
  forget() {
    this.#drop("search");
    this.#drop("facets");
  }

  /** @param {Ask} kind */
  #drop(kind) {
    for (const [id, { asking, resolve }] of this.#waiting) {
      if (asking.ask !== kind) continue;
      this.#waiting.delete(id);
      this.#port?.postMessage({ forget: id });
      resolve(undefined);
    }
  }

  /**
   * @param {Ask} ask
   * @param {...any} given
   * @returns {Promise<any>}
   */
  #ask(ask, ...given) {
    const asking = this.#numbered(ask, given);
    this.#port ??= this.#begun(this.#worker() ?? this.#inPage());
    const port = this.#port;
    return new Promise((resolve, reject) => {
      this.#waiting.set(asking.id, { asking, resolve, reject });
      port.postMessage(asking);
    });
  }

  /**
   * @param {Ask} ask
   * @param {any[]} given
   */
  #numbered(ask, given) {
    this.#last += 1;
    return { id: this.#last, ask, given };
  }

  /** @param {Port} port */
  #begun(port) {
    port.postMessage(this.#numbered("use", this.#index));
    return port;
  }

  /** @returns {Port | undefined} */
  #worker() {
    try {
      const worker = new Worker(this.#program, { type: "module" });
      worker.onmessage = (event) => this.#hear(event.data);
      worker.onerror = (event) => {
        event.preventDefault();
        this.#lost();
      };
      return worker;
    } catch {
      return undefined; // as from a page opened from the disk
    }
  }

  /** A worker that never answered could not start; one that did has died of something. */
  #lost() {
    if (this.#heard) return this.#fail(new Error("the search engine's worker failed"));
    const port = this.#begun(this.#inPage());
    this.#port = port;
    for (const { asking } of this.#waiting.values()) port.postMessage(asking);
  }

  /** @returns {Port} */
  #inPage() {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => this.#hear(event.data);
    import(this.#program).then(
      ({ serve }) => serve(port2),
      () => this.#fail(new SearchFailure(NO_PROGRAM)),
    );
    return port1;
  }

  /** @param {Answering} answering */
  #hear(answering) {
    this.#heard = true;
    const waiting = this.#waiting.get(answering.id);
    if (!this.#waiting.delete(answering.id) || !waiting) return;
    if ("answer" in answering) waiting.resolve(answering.answer);
    else waiting.reject(answering.known ? new SearchFailure(answering.failure) : new Error(answering.failure));
  }

  /** Give up on what is waiting; what is asked next begins anew. @param {Error} error */
  #fail(error) {
    this.#port = undefined;
    this.#heard = false;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
