import assert from "node:assert/strict";
import { test } from "node:test";
import { addressPool } from "../../../embedded/node/address.ts";

test("every pod gets an address of its own in the pool's net, and none of them is the node's", () => {
  const pool = addressPool(7);
  const addresses = Array.from({ length: 1000 }, () => pool.take());
  assert.equal(new Set(addresses).size, 1000);
  assert.ok(addresses.every((address) => address.startsWith("127.7.") && address !== pool.node));
  assert.equal(pool.node, "127.7.0.1");
});

test("an address that was given back is not given out again at once", () => {
  const pool = addressPool(7);
  const first = pool.take();
  pool.release(first);
  assert.notEqual(pool.take(), first);
});

test("a pod that had an address gets it back, once, and only in its own net", () => {
  const pool = addressPool(7);
  assert.equal(pool.claim("127.7.1.0"), true);
  assert.equal(pool.claim("127.7.1.0"), false);
  assert.equal(pool.claim("127.8.1.0"), false);
  assert.equal(pool.take(), "127.7.1.1");
});

test("a pool that is used up says so", () => {
  const pool = addressPool(7);
  assert.throws(() => {
    for (;;) pool.take();
  }, /all 65024 addresses of 127.7.0.0\/16 are taken/);
});
