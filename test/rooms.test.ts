// docs/decisions/rooms-and-arrows.md, held.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";

const PROJECT = join(import.meta.dirname, "..");

/** Whom the files of a room may import, beside those of their own. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  apps: [],
  bench: ["cli", "embedded", "charts", "infra"],
  charts: [],
  cli: ["gate", "embedded", "dashboards", "infra"],
  components: ["charts", "gate", "dashboards"],
  dashboards: ["charts"],
  docs: ["infra", "cli"],
  embedded: [],
  gate: [],
  infra: ["components", "charts", "gate", "dashboards"],
};

/** Rooms in components that others there are made of. */
const GROUND = ["aws"];

const imports = globSync("{apps,bench,charts,cli,components,dashboards,docs,embedded,gate,infra}/**/*.ts", {
  cwd: PROJECT,
  exclude: ["**/node_modules/**"],
}).flatMap((file) => importsOf(file).map((imported) => ({ file, imported })));

test("imports go from room to room in one way only", () => {
  const wrong = imports.filter(({ file, imported }) => {
    const [from = "", to = ""] = [file.split("/")[0], imported.split("/")[0]];
    return from !== to && !ARROWS[from]?.includes(to);
  });
  assert.deepEqual(wrong, []);
});

test("components do not import each other", () => {
  const wrong = imports.filter(({ file, imported }) => {
    const [from, to] = [roomOf(file), roomOf(imported)];
    return from !== undefined && to !== undefined && from !== to && !GROUND.includes(to);
  });
  assert.deepEqual(wrong, []);
});

test("charts, dashboards and the gate know nothing of Pulumi", () => {
  const pure = globSync("{charts,dashboards,gate}/**/*.ts", { cwd: PROJECT, exclude: ["**/node_modules/**"] });
  assert.deepEqual(
    pure.filter((file) => /from "@pulumi\//.test(read(file))),
    [],
  );
});

/** The folder below components/ that a file is in; undefined for files of components/ itself and of other rooms. */
function roomOf(file: string): string | undefined {
  const [top, room, ...below] = file.split("/");
  return top === "components" && below.length > 0 ? room : undefined;
}

/** Files of the project that a file imports, also by their types alone. */
function importsOf(file: string): readonly string[] {
  const found = [...read(file).matchAll(/(?:from|import)\s*\(?\s*"(@sluice\/gate|\.{1,2}\/[^"]+)"/g)].map(([, path = ""]) => path);
  return found.map((path) => (path === "@sluice/gate" ? "gate/index.ts" : relative(PROJECT, join(PROJECT, dirname(file), path))));
}

function read(file: string): string {
  return readFileSync(join(PROJECT, file), "utf8");
}
