import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { parseFlags } from "../../../embedded/node/flags.ts";
import { claimNet, preferredNet } from "../../../embedded/node/net.ts";

test("flags that are missing or wrong are named in one line", () => {
  const all = ["--kubeconfig", "k", "--dir", "/d", "--images", "/i", "--health-port", "8080"];
  assert.deepEqual(parseFlags(all), { kubeconfig: resolve("k"), dir: "/d", images: "/i", healthPort: 8080 });
  assert.throws(() => parseFlags(all.slice(2)), /^PlatformError: node: --kubeconfig is missing$/);
  assert.throws(() => parseFlags([...all.slice(0, 7), "http"]), /--health-port http is not a port/);
  assert.throws(() => parseFlags([...all, "--colour", "red"]), /--colour/);
});

test("two nodes on one machine never share a net, and a node that comes back gets its own again", async () => {
  const preferred = preferredNet("/some/folder");
  const first = await claimNet(preferred);
  const second = await claimNet(first.number);
  assert.notEqual(second.number, first.number);
  second.release();
  first.release();
  const again = await claimNet(first.number);
  assert.equal(again.number, first.number);
  again.release();
});
