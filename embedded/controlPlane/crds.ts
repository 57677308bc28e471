import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { type KubeClient, waitFor } from "../kube/index.ts";

const COLLECTION = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const SERVED_SECONDS = 90;

const Head = z.object({ kind: z.literal("CustomResourceDefinition"), metadata: z.object({ name: z.string() }) });

const CustomResourceDefinition = z.object({
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string() }),
    versions: z.array(z.object({ name: z.string(), served: z.boolean() })),
  }),
});
type CustomResourceDefinition = z.infer<typeof CustomResourceDefinition>;

/**
 * Applies the CRDs of some YAML files and waits until they are established and served; does nothing when the stamp says that just
 * these files were applied before.
 * @param stampFile lies with etcd's data, so that it goes when they go.
 * @returns how many were applied.
 */
export async function applyCrds(client: KubeClient, files: readonly string[], stampFile: string): Promise<number> {
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  const stamp = createHash("sha256").update(texts.join("\0")).digest("hex");
  if ((await readFile(stampFile, "utf8").catch(() => "")) === stamp) return 0;
  const applied = await Promise.all(texts.flatMap(documentsOf).map((text) => apply(client, text)));
  await waitFor("CRDs served", () => allServed(client, applied), { seconds: SERVED_SECONDS });
  await writeFile(stampFile, stamp, { mode: 0o600 });
  return applied.length;
}

function documentsOf(text: string): readonly string[] {
  return text.split(/^---$/m).filter((document) => /^kind: CustomResourceDefinition$/m.test(document));
}

/** Sends the YAML as it stands. Only its head is read here: reading a megabyte of schemas twice costs more than a second. */
async function apply(client: KubeClient, text: string): Promise<CustomResourceDefinition> {
  const { metadata } = Head.parse(parse(text.slice(0, text.search(/^spec:/m))));
  const query = { fieldManager: "sluice", force: true, fieldValidation: "Strict" };
  const contentType = "application/apply-patch+yaml";
  return CustomResourceDefinition.parse(
    await client.request("PATCH", `${COLLECTION}/${metadata.name}`, { query, body: text, contentType }),
  );
}

/** Discovery lists a kind once its CRD is established. Far cheaper than reading the CRDs with all their schemas again. */
async function allServed(client: KubeClient, crds: readonly CustomResourceDefinition[]): Promise<true> {
  for (const { spec } of crds) {
    for (const { name } of spec.versions.filter(({ served }) => served)) await client.discover(`${spec.group}/${name}`, spec.names.kind);
  }
  return true;
}
