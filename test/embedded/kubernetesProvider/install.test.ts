import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import kubernetes from "@pulumi/kubernetes/package.json" with { type: "json" };
import { installProvider } from "../../../embedded/kubernetesProvider/index.ts";

test("the stand-in is installed under the version that the SDK asks for, as a program; twice is harmless", async (t) => {
  const pulumiHome = await mkdtemp(join(tmpdir(), "sluice-home-"));
  t.after(() => rm(pulumiHome, { recursive: true }));
  const [first, second] = [
    await installProvider({ pulumiHome, node: "/opt/it's node" }),
    await installProvider({ pulumiHome, node: "/opt/it's node" }),
  ];
  assert.equal(first, join(pulumiHome, "plugins", `resource-kubernetes-v${kubernetes.version}`));
  assert.equal(second, first);
  const launcher = join(first, "pulumi-resource-kubernetes");
  assert.equal((await stat(launcher)).mode & 0o777, 0o755);
  assert.match(await readFile(launcher, "utf8"), /^#!\/bin\/sh\nexec '\/opt\/it'\\''s node' '.*main\.ts' "\$@"\n$/);
});
