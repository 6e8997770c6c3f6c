/**
 * Numbers packed as bits: docs/search-format.md, section 6, "Packed numbers".
 *
 * Phrases of common words take millions of these numbers, so bits are looked at 32 at a time.
 */

const WINDOW = 32;
const SPARE = 5; // bytes that a window may reach beyond the last number

/** Reads numbers one after the other. What is read past the end throws a RangeError. */
export class Bits {
  /** How many bits have been passed; may be set. */
  at = 0;
  #bytes;
  #size;

  /** @param {string} base64 */
  constructor(base64) {
    const text = atob(base64);
    this.#size = text.length * 8;
    this.#bytes = new Uint8Array(text.length + SPARE);
    for (let at = 0; at < text.length; at += 1) this.#bytes[at] = text.charCodeAt(at);
  }

  /** @returns {number} the next so many bits as a number */
  bits(/** @type {number} */ size) {
    if (size === 0) return 0;
    const number = this.#window() >>> (WINDOW - size);
    this.#pass(size);
    return number;
  }

  /** @returns {number} how many zeros stand before the next one, which is passed over */
  unary() {
    let zeros = Math.clz32(this.#window());
    let all = zeros;
    while (zeros === WINDOW) {
      this.#pass(WINDOW);
      zeros = Math.clz32(this.#window());
      all += zeros;
    }
    this.#pass(zeros + 1);
    return all;
  }

  /** @returns {number} 1 or more */
  gamma() {
    const size = this.unary();
    return 2 ** size + this.bits(size);
  }

  /** @returns {number} one that is below the limit */
  below(/** @type {number} */ limit) {
    const size = 31 - Math.clz32(limit);
    const short = 2 ** (size + 1) - limit;
    const number = this.bits(size);
    return number < short ? number : number * 2 + this.bits(1) - short;
  }

  /** @returns {number} */
  rice(/** @type {number} */ low) {
    const window = this.#window();
    const zeros = Math.clz32(window);
    if (zeros + 1 + low > WINDOW - 1) return this.unary() * 2 ** low + this.bits(low);
    this.#pass(zeros + 1 + low);
    return ((zeros << low) | ((window << (zeros + 1)) >>> 1 >>> (WINDOW - 1 - low))) >>> 0;
  }

  /**
   * @param {number} count
   * @returns {Uint32Array} so many numbers
   */
  counts(count) {
    const low = this.unary();
    const numbers = new Uint32Array(count);
    for (let at = 0; at < count; at += 1) numbers[at] = this.rice(low);
    return numbers;
  }

  /**
   * @param {number} count
   * @param {number} limit
   * @returns {Uint32Array} so many rising numbers, all below the limit
   */
  rising(count, limit) {
    const numbers = new Uint32Array(count);
    this.risingInto(numbers, 0, count, limit);
    return numbers;
  }

  /**
   * Read what `rising` reads into a place in a longer column.
   * @param {Uint32Array} numbers
   * @param {number} from
   * @param {number} count
   * @param {number} limit
   */
  risingInto(numbers, from, count, limit) {
    const end = from + count;
    if (count === limit) {
      for (let at = from; at < end; at += 1) numbers[at] = at - from;
    } else if (count === 1) {
      numbers[from] = this.below(limit);
    } else {
      const low = lowBits(count, limit);
      for (let at = from, next = 0; at < end; at += 1, next += 1) {
        next += this.rice(low);
        numbers[at] = next;
      }
    }
  }

  /**
   * Pass over what `rising` would read.
   * @param {number} count
   * @param {number} limit
   */
  skipRising(count, limit) {
    if (count === limit) return;
    if (count === 1) {
      this.below(limit);
      return;
    }
    const low = lowBits(count, limit);
    for (let left = count; left > 0; left -= 1) this.rice(low);
  }

  /** The next 32 bits, with zeros beyond the end. */
  #window() {
    const bytes = this.#bytes;
    const first = this.at >>> 3;
    const past = this.at & 7;
    const four = (bytes[first] << 24) | (bytes[first + 1] << 16) | (bytes[first + 2] << 8) | bytes[first + 3];
    return (four << past) | (bytes[first + 4] >>> (8 - past));
  }

  #pass(/** @type {number} */ size) {
    this.at += size;
    if (this.at > this.#size) throw new RangeError("the numbers are cut off");
  }
}

/**
 * @param {number} count
 * @param {number} limit
 */
function lowBits(count, limit) {
  const most = Math.floor((3 * limit) / (4 * count));
  return most < 2 ? 0 : 31 - Math.clz32(most);
}
