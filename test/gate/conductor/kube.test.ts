// The connection to the API server, and what it keeps to itself.
import assert from "node:assert/strict";
import test from "node:test";
import { connect, Unavailable } from "../../../gate/conductor/kube.ts";
import { GateError } from "../../../gate/index.ts";

const SECRET = "s3cret-token";

const kubeconfig = (server: string) =>
  JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "c", cluster: { server } }],
    users: [{ name: "u", user: { token: SECRET } }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    "current-context": "x",
  });

const without = (secret: string, kind: new (...args: never[]) => Error) => (error: unknown) => {
  assert.ok(error instanceof kind, String(error));
  for (let at: unknown = error; at instanceof Error; at = at.cause) assert.ok(!`${at.message}${at.stack}`.includes(secret));
  return true;
};

test("a kubeconfig that cannot be read is told without quoting it", async () => {
  for (const bad of [`token: "${SECRET}\n - [`, `${SECRET}`, "", `users: [{ name: u, user: { token: ${SECRET} } }]`]) {
    await assert.rejects(connect(bad), without(SECRET, GateError));
  }
});

test("an API server that cannot be reached is unavailable, and the token is not told", async () => {
  const kube = await connect(kubeconfig("https://127.0.0.1:1"));
  await assert.rejects(kube({ method: "GET", path: "/version" }), without(SECRET, Unavailable));
});
