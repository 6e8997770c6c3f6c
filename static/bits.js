/**
 * Numbers packed as bits: docs/search-format.md, section 6, "Packed numbers".
 */

/** Reads numbers one after the other. What is read past the end throws a RangeError. */
export class Bits {
  #bytes;
  #at = 0;

  /** @param {string} base64 */
  constructor(base64) {
    const text = atob(base64);
    this.#bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) this.#bytes[at] = text.charCodeAt(at);
  }

  /** @returns {number} the next so many bits as a number */
  bits(/** @type {number} */ size) {
    let number = 0;
    for (let left = size; left > 0; left -= 1) number = number * 2 + this.#bit();
    return number;
  }

  /** @returns {number} how many zeros stand before the next one, which is passed over */
  unary() {
    let zeros = 0;
    while (this.#bit() === 0) zeros += 1;
    return zeros;
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
    return this.unary() * 2 ** low + this.bits(low);
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
    if (count === limit) return Uint32Array.from({ length: count }, (_, at) => at);
    if (count === 1) return Uint32Array.of(this.below(limit));
    const low = lowBits(count, limit);
    const numbers = new Uint32Array(count);
    let next = 0;
    for (let at = 0; at < count; at += 1) {
      numbers[at] = next + this.rice(low);
      next = numbers[at] + 1;
    }
    return numbers;
  }

  #bit() {
    const byte = this.#bytes[this.#at >> 3];
    if (byte === undefined) throw new RangeError("the numbers are cut off");
    const bit = (byte >> (7 - (this.#at & 7))) & 1;
    this.#at += 1;
    return bit;
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
