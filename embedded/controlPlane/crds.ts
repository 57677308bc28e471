import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { parseAllDocuments } from "yaml";
import { applyServerSide, defineResource, type KubeClient, type KubernetesObject, waitFor } from "../kube/index.ts";

interface CustomResourceDefinition extends KubernetesObject {
  status?: { conditions?: { type: string; status: string }[] };
}

const CRDS = defineResource<CustomResourceDefinition>("apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions", {
  namespaced: false,
});
const ESTABLISHED_SECONDS = 30;

/**
 * Applies the CRDs of some YAML files and waits until they are established; does nothing when the stamp says that just these
 * files were applied before.
 * @param stampFile lies with etcd's data, so that it goes when they go.
 * @returns how many were applied.
 */
export async function applyCrds(client: KubeClient, files: readonly string[], stampFile: string): Promise<number> {
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  const stamp = createHash("sha256").update(texts.join("\0")).digest("hex");
  if ((await readFile(stampFile, "utf8").catch(() => "")) === stamp) return 0;
  const applied = await Promise.all(texts.flatMap(documentsOf).map((crd) => applyServerSide(client, crd, "sluice", { force: true })));
  await waitFor("CRDs established", () => allEstablished(client, applied), { seconds: ESTABLISHED_SECONDS });
  await writeFile(stampFile, stamp, { mode: 0o600 });
  return applied.length;
}

function documentsOf(text: string): readonly CustomResourceDefinition[] {
  const documents = parseAllDocuments(text).map((document): unknown => document.toJS());
  return documents.filter(CRDS.is);
}

async function allEstablished(client: KubeClient, crds: readonly KubernetesObject[]): Promise<true | undefined> {
  const names = new Set(crds.map(({ metadata }) => metadata?.name));
  const isEstablished = ({ status }: CustomResourceDefinition) =>
    status?.conditions?.some((condition) => condition.type === "Established" && condition.status === "True");
  const present = (await client.list(CRDS)).filter(({ metadata }) => names.has(metadata?.name));
  return present.length === names.size && present.every(isEstablished) ? true : undefined;
}
