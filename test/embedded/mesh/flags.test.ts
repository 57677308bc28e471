import assert from "node:assert/strict";
import { test } from "node:test";
import { parseFlags } from "../../../embedded/mesh/flags.ts";

const good = { kubeconfig: "/state/kubeconfig", dir: "/state/envoy", "gateway-port": "8080", "admin-port": "9901", "health-port": "9000" };
const argsOf = (flags: Record<string, string>) => Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);

test("the flags are read", () => {
  assert.deepEqual(parseFlags(argsOf(good)), {
    kubeconfig: "/state/kubeconfig",
    dir: "/state/envoy",
    gatewayPort: 8080,
    adminPort: 9901,
    healthPort: 9000,
  });
});

for (const flag of Object.keys(good)) {
  test(`--${flag} may not be missing`, () => {
    const rest = Object.fromEntries(Object.entries(good).filter(([name]) => name !== flag));
    assert.throws(() => parseFlags(argsOf(rest)), { name: "PlatformError", message: `mesh: --${flag} is missing` });
  });
}

test("a port that is none is refused, naming it", () => {
  assert.throws(() => parseFlags(argsOf({ ...good, "admin-port": "70000" })), { message: "mesh: --admin-port 70000 is not a port" });
});

test("a flag nobody knows is refused", () => {
  assert.throws(() => parseFlags([...argsOf(good), "--verbose"]), /--verbose/);
});
