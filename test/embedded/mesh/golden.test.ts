import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { envoyBootstrap } from "../../../embedded/mesh/index.ts";
import { translate } from "../../../embedded/mesh/translate.ts";
import { pod, snapshot, split, virtualService } from "./objects.ts";

/** Compares with the file; with UPDATE_GOLDEN=1 writes it. */
async function assertGolden(name: string, actual: unknown): Promise<void> {
  const file = new URL(`golden/${name}`, import.meta.url);
  const text = `${JSON.stringify(actual, undefined, 2)}\n`;
  if (process.env.UPDATE_GOLDEN === "1") await writeFile(file, text);
  assert.equal(text, await readFile(file, "utf8"));
}

test("a canary at 10 % is these files of Envoy's", async () => {
  const { files, problems } = translate(
    snapshot({
      pods: [
        pod("127.1.0.1", { hash: "old", labels: { version: "1.0.0" } }),
        pod("127.1.0.2", { hash: "new", labels: { version: "1.1.0" } }),
      ],
      virtualServices: [virtualService(split(10))],
    }),
  );
  assert.deepEqual(problems, []);
  const isEmpty = (content: unknown) => JSON.stringify(content).includes('"lb_endpoints":[]');
  await assertGolden("canary.json", Object.fromEntries([...files].filter(([, content]) => !isEmpty(content))));
});

test("Envoy starts from this bootstrap", async () => {
  await assertGolden("bootstrap.json", JSON.parse(envoyBootstrap({ dir: "/state/envoy", gatewayPort: 8080, adminPort: 9901 })));
});
