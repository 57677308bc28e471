import assert from "node:assert/strict";
import { test } from "node:test";
import { readDockerfile } from "../../../embedded/images/dockerfile.ts";

const lines = (...text: string[]) => readDockerfile(text.join("\n"));

test("the last stage says how to run the image", () => {
  const config = lines(
    "FROM node:24 AS build",
    'CMD ["make"]',
    "ENV A=1",
    "FROM node:24-slim",
    "ENV B=2",
    "WORKDIR /app",
    'CMD ["node", "echo.mjs"]',
  );
  assert.deepEqual(config, { entrypoint: [], command: ["node", "echo.mjs"], env: { B: "2" }, workingDir: "/app" });
});

test("a last stage built on an earlier one takes over its environment and command", () => {
  const config = lines("FROM node:24 AS base", "ENV A=1", "WORKDIR /app", 'CMD ["node", "a.mjs"]', "FROM base", "ENV B=2");
  assert.deepEqual(config, { entrypoint: [], command: ["node", "a.mjs"], env: { A: "1", B: "2" }, workingDir: "/app" });
});

test("CMD gives the arguments of ENTRYPOINT, and a new ENTRYPOINT forgets an older CMD", () => {
  const inOrder = lines("FROM x", 'ENTRYPOINT ["node"]', 'CMD ["a.mjs"]');
  assert.deepEqual([inOrder.entrypoint, inOrder.command], [["node"], ["a.mjs"]]);
  const forgotten = lines("FROM x", 'CMD ["a.mjs"]', 'ENTRYPOINT ["node", "b.mjs"]');
  assert.deepEqual([forgotten.entrypoint, forgotten.command], [["node", "b.mjs"], []]);
});

test("the shell form is run by a shell", () => {
  assert.deepEqual(lines("FROM x", "CMD node a.mjs --port $PORT").command, ["/bin/sh", "-c", "node a.mjs --port $PORT"]);
});

test("variables are filled in from earlier ENV lines and ARG defaults, but not inside single quotes", () => {
  const { env } = lines("FROM x", "ARG VERSION=1.2.0", "ENV NAME=echo", `ENV FULL="$NAME \${VERSION}" LITERAL='$NAME'`, 'CMD ["a"]');
  assert.deepEqual(env, { NAME: "echo", FULL: "echo 1.2.0", LITERAL: "$NAME" });
});

test("relative working folders build on each other", () => {
  assert.equal(lines("FROM x", "WORKDIR /app", "WORKDIR sub", 'CMD ["a"]').workingDir, "/app/sub");
});

for (const [problem, text, message] of [
  ["no command", ["FROM x"], /neither CMD nor ENTRYPOINT/],
  ["no stage", ["ARG A=1"], /no FROM/],
  ["a broken exec form", ["FROM x", "CMD ['node', 'a.mjs']"], /line 2: CMD \['node', 'a.mjs'\] is not a JSON array of strings/],
  ["an empty command", ["FROM x", "CMD"], /line 2: CMD says nothing to run/],
  ["a build argument without a default", ["FROM x", "ARG V", "ENV A=$V", 'CMD ["a"]'], /line 3: ENV V has no value/],
  ["a variable with a modifier", ["FROM x", `ENV A=\${V:-1}`, 'CMD ["a"]'], /line 2: ENV \$\{V:-1\} is not understood/],
] as const) {
  test(`${problem} is refused, with the reason`, () => {
    assert.throws(() => lines(...text), message);
  });
}
