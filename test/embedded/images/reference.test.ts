import assert from "node:assert/strict";
import { test } from "node:test";
import { needsNoProcess, parseReference } from "../../../embedded/images/index.ts";

const digest = `sha256:${"ab".repeat(32)}`;

for (const [text, expected] of [
  ["localhost/echo:1.0.0", { repository: "localhost/echo", tag: "1.0.0" }],
  ["localhost:5001/team/echo:1.0.0", { repository: "localhost:5001/team/echo", tag: "1.0.0" }],
  ["localhost:5001/echo", { repository: "localhost:5001/echo", tag: "latest" }],
  [`localhost/echo:1.0.0@${digest}`, { repository: "localhost/echo", tag: "1.0.0", digest }],
  [`localhost/echo@${digest}`, { repository: "localhost/echo", digest }],
] as const) {
  test(`${text} names its repository, tag and digest`, () => {
    assert.deepEqual(parseReference(text), expected);
  });
}

for (const [text, message] of [
  ["localhost/Echo:1", /"localhost\/Echo" is not a repository name/],
  ["localhost/echo:", /"" is not an image tag/],
  ["localhost/echo@sha256:123", /"sha256:123" is not a digest/],
  [`localhost/echo@${digest}@${digest}`, /more than one "@"/],
  ["../echo:1", /is not a repository name/],
] as const) {
  test(`"${text}" is refused, naming the part`, () => {
    assert.throws(() => parseReference(text), message);
  });
}

test("only the pause image needs no process", () => {
  assert.equal(needsNoProcess("registry.k8s.io/pause:3.10"), true);
  assert.equal(needsNoProcess("registry.k8s.io/pause-like:1"), false);
  assert.equal(needsNoProcess("localhost/pause:1"), false);
});
