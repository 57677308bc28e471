import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { applyCrds } from "../../../embedded/controlPlane/crds.ts";
import { applyServerSide, clientFor, type KubernetesObject } from "../../../embedded/kube/index.ts";
import { wholePlatformCrdFiles } from "../../../embedded/toolchain/index.ts";
import { temporaryFolder } from "../../support/folder.ts";
import type { Recorded } from "../../support/mocks.ts";
import { startPlatform } from "../../support/platform.ts";
import { runStack, STACKS } from "./run.ts";

/** Kinds whose definitions come with no Go module that can be had. */
const WITHOUT_DEFINITION = /^(?:litmuschaos\.io|k6\.io|configuration\.konghq\.com|argocd-image-updater\.argoproj\.io)\//;

test("a real API server takes every object of every stack, and knows each of its fields", async (t) => {
  const { kubeconfig } = await startPlatform(t, { parts: ["cluster-setup"] });
  const client = await clientFor(kubeconfig);
  t.after(() => client.close());
  await applyCrds(client, await wholePlatformCrdFiles(), join(await temporaryFolder(t), "stamp"));
  const apply = (object: KubernetesObject) => applyServerSide(client, object, "strict");

  // An application's own namespace is somebody else's to make.
  for (const name of ["billing"]) await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  for (const stack of STACKS) {
    const objects = (await runStack(stack)).all.flatMap(objectOf);
    for (const namespace of objects.filter(({ kind }) => kind === "Namespace")) await apply(namespace);
    await t.test(`stack ${stack.name}: ${objects.length} objects`, async () => {
      const refused: string[] = [];
      // Kept, one stack's StorageClass would stand in the way of the next one's.
      const offer = (object: KubernetesObject) => applyServerSide(client, object, "strict", { dryRun: true });
      for (const object of objects) await offer(object).catch((error) => refused.push(`${object.kind} ${object.metadata?.name}: ${error}`));
      assert.deepEqual(refused, []);
    });
  }
});

/** The object that a resource stands for; none for releases, files and providers. */
function objectOf({ type, inputs }: Recorded): readonly KubernetesObject[] {
  const { apiVersion, kind, metadata } = inputs;
  if (!type.startsWith("kubernetes:") || apiVersion === undefined || WITHOUT_DEFINITION.test(apiVersion)) return [];
  return [{ ...inputs, apiVersion, kind, metadata }];
}
