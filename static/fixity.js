/**
 * What `docs/fixity.md` and `docs/record-format.md` tell everybody to do, done in the browser: hash an original, decode it, replay
 * the record's edits, and follow an article's leaf to the root of the archive's tree (RFC 9162, in tiles as C2SP tlog-tiles has them).
 */

/** @typedef {{start: number, end: number, replacement: string}} Operation Offsets count code points. */
/** @typedef {(path: string) => Promise<Uint8Array>} Fetch Gives a file of the site, by its path. */
/** @typedef {{origin: string, size: number, root: string}} Checkpoint The root is in base64. */
/** @typedef {Checkpoint & {index: number, entry: string, hashes: string[]}} Proof As `proof.json` has it: hashes in hex. */

const TILE = 256;
const FOLDER = "fixity/";

/**
 * @param {Uint8Array} bytes
 * @returns {Promise<Uint8Array>} SHA-256
 */
export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", /** @type {Uint8Array<ArrayBuffer>} */ (bytes)));
}

/** @param {Uint8Array} bytes */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {Uint8Array} bytes */
export function base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

/**
 * Decode an original as its record says. Some encodings differ between Python, which made the record, and browsers: those
 * differences that are known are made up for here.
 * @param {Uint8Array} bytes
 * @param {string} encoding a codec's name
 * @param {boolean} mark whether it begins with a byte order mark
 * @throws {RangeError} this browser does not know the encoding
 */
export function decoded(bytes, encoding, mark) {
  const name = encoding.toLowerCase().replace(/^utf-16-/, "utf-16").replace(/^cp(?=125)/, "windows-");
  let text = /^(iso-?8859-1|latin-?1)$/.test(name)
    ? Array.from(bytes, (byte) => String.fromCharCode(byte)).join("") // to browsers this name means windows-1252
    : new TextDecoder(name, { ignoreBOM: true }).decode(bytes);
  if (name.startsWith("windows-125")) text = text.replace(/[\x80-\x9f]/g, "\ufffd"); // bytes that mean nothing there
  if (mark && text.startsWith("\ufeff")) text = text.slice(1);
  return text.replace(/\r\n?/g, "\n");
}

/**
 * Apply a record's edits.
 * @param {string} text the decoded original
 * @param {readonly Operation[]} operations sorted, not overlapping
 */
export function replayed(text, operations) {
  const points = Array.from(text);
  /** @type {string[]} */
  const pieces = [];
  let at = 0;
  for (const { start, end, replacement } of operations) {
    if (start < at || end < start || end > points.length) throw new Error("the edits do not fit the original");
    pieces.push(points.slice(at, start).join(""), replacement);
    at = end;
  }
  pieces.push(points.slice(at).join(""));
  return pieces.join("");
}

/**
 * Prove that an entry is in the tree of a site: the hashes from its leaf to the root, which the caller compares.
 * @param {Fetch} fetched
 * @param {string} permalink
 * @param {string} entry the article's lines of the manifest
 * @returns {Promise<Proof | null>} null when the site gives the article no place
 */
export async function proofOf(fetched, permalink, entry) {
  const checkpoint = parsed(new TextDecoder().decode(await fetched(`${FOLDER}checkpoint.txt`)));
  const places = new TextDecoder().decode(await fetched(await placesFile(permalink, checkpoint.size)));
  const index = JSON.parse(places)[permalink];
  if (!Number.isInteger(index)) return null;
  const hashes = await path(new Tiles(fetched, checkpoint.size), index, 0, checkpoint.size);
  return { ...checkpoint, index, entry, hashes: hashes.map(hex) };
}

/**
 * Follow a proof from its entry up (RFC 9162, section 2.1.3.2).
 * @param {Proof} proof
 * @returns {Promise<string>} the root that it leads to, in base64; empty when it leads nowhere
 */
export async function rootByProof({ entry, index, size, hashes }) {
  let [here, last] = [index, size - 1];
  let found = await sha256(joined([Uint8Array.of(0), new TextEncoder().encode(entry)]));
  for (const beside of hashes.map(unhex)) {
    if (last === 0) return "";
    if (here % 2 === 1 || here === last) {
      found = await node(beside, found);
      while (here % 2 === 0 && here > 0) [here, last] = [here / 2, Math.floor(last / 2)];
    } else {
      found = await node(found, beside);
    }
    [here, last] = [Math.floor(here / 2), Math.floor(last / 2)];
  }
  return last === 0 ? base64(found) : "";
}

/**
 * Write the lines that the manifest has of some files.
 * @param {Record<string, string>} digests path to SHA-256 in hex
 */
export function manifestLines(digests) {
  const paths = Object.keys(digests).sort();
  return paths.map((file) => `${digests[file]}  ${file.replace(/%/g, "%25")}\n`).join("");
}

/** Tiles of a site's tree, each fetched once. */
class Tiles {
  /** @type {Map<string, Promise<Uint8Array>>} */
  #held = new Map();

  /**
   * @param {Fetch} fetched
   * @param {number} size leaves of the tree
   */
  constructor(fetched, size) {
    this.fetched = fetched;
    this.size = size;
  }

  /**
   * Give the root of 256^level leaves that begin at a multiple of so many.
   * @param {number} level
   * @param {number} index how many of them stand before it
   */
  async hash(level, index) {
    const number = Math.floor(index / TILE);
    const width = Math.min(TILE, Math.floor(this.size / TILE ** level) - number * TILE);
    const file = `${FOLDER}tile/${level}/${numbered(number)}${width < TILE ? `.p/${width}` : ""}`;
    const held = this.#held.get(file) ?? this.fetched(file);
    this.#held.set(file, held);
    const at = (index % TILE) * 32;
    return (await held).slice(at, at + 32);
  }
}

/**
 * The root of the leaves from `start` up to `end`, a part of the tree as RFC 9162 divides it.
 * @param {Tiles} tiles
 * @param {number} start
 * @param {number} end
 * @returns {Promise<Uint8Array>}
 */
async function rootOf(tiles, start, end) {
  const width = end - start;
  const level = Math.round(Math.log2(width) / 8);
  if (width === TILE ** level) return tiles.hash(level, start / width);
  const middle = start + leftOf(width);
  return node(await rootOf(tiles, start, middle), await rootOf(tiles, middle, end));
}

/**
 * The hashes beside the way from a leaf up, the nearest first (RFC 9162, section 2.1.3.1).
 * @param {Tiles} tiles
 * @param {number} index
 * @param {number} start
 * @param {number} end
 * @returns {Promise<Uint8Array[]>}
 */
async function path(tiles, index, start, end) {
  if (end - start === 1) return [];
  const middle = start + leftOf(end - start);
  const [near, far] = index < middle ? [[start, middle], [middle, end]] : [[middle, end], [start, middle]];
  return [...(await path(tiles, index, near[0], near[1])), await rootOf(tiles, far[0], far[1])];
}

/**
 * The largest power of two below a number.
 * @param {number} width
 */
function leftOf(width) {
  return 2 ** Math.floor(Math.log2(width - 1));
}

/**
 * @param {Uint8Array} left
 * @param {Uint8Array} right
 */
function node(left, right) {
  return sha256(joined([Uint8Array.of(1), left, right]));
}

/** @param {readonly Uint8Array[]} parts */
function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * The file with an article's place: by the beginning of its permalink's SHA-256, longer in a larger tree.
 * @param {string} permalink
 * @param {number} size
 */
async function placesFile(permalink, size) {
  let digits = 0;
  while (size > TILE * 16 ** digits) digits += 1;
  const digest = hex(await sha256(new TextEncoder().encode(permalink)));
  return `${FOLDER}places/${digest.slice(0, digits) || "all"}.json`;
}

/**
 * A tile's number, in groups of three digits: x001/234.
 * @param {number} number
 */
function numbered(number) {
  const groups = [String(number % 1000).padStart(3, "0")];
  for (let rest = Math.floor(number / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  }
  return groups.join("/");
}

/**
 * @param {string} text a checkpoint
 * @returns {Checkpoint}
 */
function parsed(text) {
  const [origin, size, root] = text.split("\n");
  if (!/^\d{1,12}$/.test(size ?? "") || !/^[A-Za-z0-9+/]{43}=$/.test(root ?? "")) throw new Error("checkpoint.txt is not a checkpoint");
  return { origin, size: Number(size), root };
}

/** @param {string} digits */
function unhex(digits) {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
