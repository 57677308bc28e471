import { CLUSTER_SECRET_STORE, type ClusterSecretStoreSpec } from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";

export interface SecretStoreProps {
  readonly name: string;
  /** Region of the account's Secrets Manager. */
  readonly region: string;
  /** Namespaces that may have secrets from it. A store that all may use gives every namespace's editor every secret. */
  readonly namespaces: readonly string[];
}

/** AWS Secrets Manager, reached with the rights of the controller's own service account: there is no key to keep. */
export function secretStore({ name, region, namespaces }: SecretStoreProps): Manifest {
  const spec: ClusterSecretStoreSpec = { provider: { aws: { service: "SecretsManager", region } }, conditions: [{ namespaces }] };
  return { ...CLUSTER_SECRET_STORE, metadata: { name }, spec };
}
