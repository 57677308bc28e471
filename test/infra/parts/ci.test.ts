import assert from "node:assert/strict";
import { test } from "node:test";
import { ci } from "../../../infra/stack/parts/ci.ts";
import { told } from "./told.ts";

test("Jenkins must be told where its administrator's password is, and no more", () => {
  assert.deepEqual(ci.parse({ adminSecret: "jenkins-admin" }), { adminSecret: "jenkins-admin", agents: 10, storage: 20 });
  assert.deepEqual(told(ci, {}), ["adminSecret: missing: give the name of a secret, for example jenkins-admin"]);
});

test("a password itself has no place", () => {
  assert.deepEqual(told(ci, { adminSecret: "jenkins-admin", adminPassword: "x" }), [
    "adminPassword: unknown; known here: adminSecret, url, agents, storage",
  ]);
});
