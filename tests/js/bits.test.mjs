// Packed numbers and lengths come back as they were written.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Bits } from "../../static/bits.js";
import { lengths } from "../../static/lengths.js";
import { packed } from "./fixture.mjs";

const NUMBERS = [0, 1, 2, 7, 8, 31, 32, 33, 63, 64, 65, 100, 1000];

const rice = (number, low) => "0".repeat(Math.floor(number / 2 ** low)) + "1" + (low ? (number % 2 ** low).toString(2).padStart(low, "0") : "");

test("numbers come back whatever their zeros, their low bits, and the place they begin at", () => {
  for (let low = 0; low <= 24; low += 1) {
    for (let before = 0; before < 8; before += 1) {
      const bits = new Bits(packed(["0".repeat(before), ...NUMBERS.map((number) => rice(number, low))]));
      assert.equal(0, bits.bits(before));

      assert.deepEqual(
        NUMBERS,
        NUMBERS.map(() => bits.rice(low)),
      );
    }
  }
});

test("31 bits are one number", () => {
  const bits = new Bits(packed(["1".repeat(31), "01"]));

  assert.deepEqual([2 ** 31 - 1, 1], [bits.bits(31), bits.unary()]);
});

test("passing over rising numbers ends where reading them does", () => {
  for (const [count, limit] of [[5, 5], [1, 40], [3, 900]]) {
    const written = packed(["010".repeat(40)]);
    const read = new Bits(written);
    const passed = new Bits(written);
    read.rising(count, limit);
    passed.skipRising(count, limit);

    assert.equal(read.bits(9), passed.bits(9));
  }
});

test("numbers that are cut off are a fault", () => {
  assert.throws(() => new Bits(packed(["0".repeat(64)])).unary(), RangeError);
  assert.throws(() => new Bits(packed(["1"])).bits(9), RangeError);
  assert.throws(() => new Bits("").rice(3), RangeError);
});

test("lengths are one sign each, the longest ones beyond ASCII", () => {
  assert.deepEqual([0, 16, 18, 30, 32, 1920, 2048], [...lengths("!45;=no")]);
  assert.deepEqual([7680, 8192, 9216], [...lengths("~¡¢")]);
});
