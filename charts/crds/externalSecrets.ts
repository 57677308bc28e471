// External Secrets: https://external-secrets.io/latest/api/clustersecretstore/

export const CLUSTER_SECRET_STORE = { apiVersion: "external-secrets.io/v1", kind: "ClusterSecretStore" } as const;

export interface ClusterSecretStoreSpec {
  readonly provider: { readonly aws: { readonly service: "SecretsManager"; readonly region: string } };
  /** Namespaces whose ExternalSecrets may use it; those of any one condition. */
  readonly conditions: readonly { readonly namespaces: readonly string[] }[];
}
