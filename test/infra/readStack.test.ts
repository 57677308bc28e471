import assert from "node:assert/strict";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { readStack } from "../../infra/stack.ts";

const slo = [{ name: "availability", objective: 99.5, window: "30d", limit: "2%" }];

async function withConfig(config: Record<string, unknown>): Promise<void> {
  await pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) }, "sluice", "local");
  const texts = Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
  pulumi.runtime.setAllConfig(Object.fromEntries(texts));
}

test("the stack is what stands under the project's name, and nothing else", async () => {
  await withConfig({
    "sluice:cluster": { kind: "embedded" },
    "sluice:services": { echo: { image: "localhost/echo", tag: "1.0.0", slo } },
    "aws:region": "eu-central-1",
  });
  assert.deepEqual(Object.keys(readStack().services), ["echo"]);
});

test("a bad stack is refused in one error, printed without a stack trace, that names the keys as Pulumi does", async () => {
  await withConfig({
    "sluice:cluster": { kind: "embedded" },
    "sluice:services": { echo: { image: "localhost/echo", tag: 1.1, slo } },
    "sluice:service": "x",
  });
  assert.throws(readStack, (error) => {
    assert(pulumi.RunError.isInstance(error));
    const [title, ...problems] = error.message.split("\n");
    assert.equal(title, "stack local is refused, nothing was changed:");
    assert.match(problems[0] ?? "", /^ {2}sluice:service: unknown; did you mean services\?$/);
    assert.match(problems[1] ?? "", /^ {2}sluice:services\.echo\.tag: 1\.1 is a number here/);
    return true;
  });
});
