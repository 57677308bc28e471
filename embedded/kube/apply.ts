import { expectOne, type KubeClient } from "./client.ts";
import { type KubernetesObject, pathOf } from "./objects.ts";

/**
 * Server-side apply of a whole object, with strict field validation, in the object's namespace ("default" when it has none).
 * @param fieldManager who owns the fields given here.
 * @param options.force take fields over from other managers. @default false: a conflict is an error
 * @param options.dryRun only ask whether the server would take it. @default false
 * @throws ApiError of the server; Error when the object lacks its kind or name
 */
export async function applyServerSide(
  client: KubeClient,
  object: KubernetesObject,
  fieldManager: string,
  options: { force?: boolean; dryRun?: boolean } = {},
): Promise<KubernetesObject> {
  const { apiVersion, kind, metadata } = object;
  if (apiVersion === undefined || kind === undefined || metadata?.name === undefined) {
    throw new Error("an object to apply needs apiVersion, kind and metadata.name");
  }
  const resource = await client.discover(apiVersion, kind);
  const path = pathOf(resource, metadata.namespace ?? "default", metadata.name);
  const query = { fieldManager, force: options.force ?? false, fieldValidation: "Strict", ...(options.dryRun && { dryRun: "All" }) };
  // The server reads YAML here, and JSON is YAML.
  const contentType = "application/apply-patch+yaml";
  return expectOne(resource, path, await client.request("PATCH", path, { query, body: object, contentType }));
}
