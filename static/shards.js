/**
 * The files of the index: fetching each once (docs/search-format.md, section 6).
 */

/**
 * @typedef {(url: string, options?: {cache?: RequestCache}) => Promise<Pick<Response, "ok" | "status" | "json">>} Fetch
 */

/** @typedef {{title: string, body: string}} WrittenLengths One sign an article. */

/**
 * What the manifest says of a segment. `lengths` stand in a file where they are missing here; `lexicon` is the last one's.
 * @typedef {{folder: string, articles: number, terms: string, lengths?: WrittenLengths, lexicon?: string}} SegmentEntry
 */

/** @typedef {{format: number, build: string, articles: number, block: number, tokens: {title: number, body: number}, segments: SegmentEntry[]}} Manifest */

const FORMAT = 3;
const A_FOLDER = 1000; // files of a kind

/** A file of the index that could not be had. Its message is a sentence for readers. */
export class ShardError extends Error {
  /**
   * @param {string} file its path below `search/`
   * @param {string} message
   */
  constructor(file, message) {
    super(message);
    this.name = "ShardError";
    this.file = file;
  }
}

/** Fetches the files of one index, each once; a failed one is tried again when it is next asked for. */
export class Files {
  /** @type {Map<string, Promise<any>>} */
  #kept = new Map();
  #base;
  #fetch;

  /**
   * @param {string} manifestUrl absolute
   * @param {Fetch} fetch
   */
  constructor(manifestUrl, fetch) {
    this.#base = manifestUrl;
    this.#fetch = fetch;
  }

  /**
   * @returns {Promise<Manifest>}
   * @throws {ShardError} it is missing, or of another format
   */
  async manifest() {
    return this.#load("manifest.json", understood, "no-cache");
  }

  /**
   * Fetch a file and read it, once.
   * @template T
   * @param {string} file
   * @param {(json: any) => T} read what is kept of it; always the same for one file
   * @returns {Promise<T>}
   * @throws {ShardError} it cannot be had, or makes no sense
   */
  get(file, read) {
    const kept = this.#kept.get(file) ?? this.#load(file, read);
    this.#kept.set(file, kept);
    kept.catch(() => this.#kept.delete(file));
    return kept;
  }

  /**
   * Fetch and read a file; if that fails, once more past the browser's cache, which may hold what was broken before.
   * @template T
   * @param {string} file
   * @param {(json: any) => T} read
   * @param {RequestCache} [cache]
   */
  async #load(file, read, cache = "default") {
    try {
      return await this.#once(file, read, cache);
    } catch {
      return this.#once(file, read, "reload").catch((cause) => {
        throw cause instanceof ShardError ? cause : unusable(file, cause);
      });
    }
  }

  /**
   * @template T
   * @param {string} file
   * @param {(json: any) => T} read
   * @param {RequestCache} cache
   */
  async #once(file, read, cache) {
    const response = await this.#fetch(new URL(file, this.#base).href, { cache });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const json = await response.json();
    if (typeof json !== "object" || json === null) throw new Error("not a file of the index");
    return read(json);
  }
}

/**
 * @param {string} file
 * @param {unknown} cause
 * @returns {ShardError}
 */
export function unusable(file, cause) {
  const error = new ShardError(file, `This part of the search index could not be loaded (${file}). Reload the page to try again.`);
  error.cause = cause;
  return error;
}

/**
 * Make sure that a manifest is of the format that is read here.
 * @param {Manifest} manifest
 * @returns {Manifest}
 * @throws {ShardError}
 */
export function understood(manifest) {
  if (manifest.format === FORMAT) return manifest;
  throw new ShardError(
    "manifest.json",
    "The search index is of another version than this page. Reload the page; if that does not help, the site has to be built again.",
  );
}

/**
 * Give the path of one of many files of a kind.
 * @param {string} kind
 * @param {number} number
 */
export function numbered(kind, number) {
  return `${kind}/${Math.floor(number / A_FOLDER)}/${number}.json`;
}
