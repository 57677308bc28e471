/** What a kubeconfig of an EKS cluster is made of. */
export interface EksAccess {
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  readonly endpoint: string;
  /** The cluster's certificate authority, in base64. */
  readonly authority: string;
}

/**
 * A kubeconfig with this one cluster in it. It holds no token: each use asks AWS for one, with the credentials of whoever uses it, which another
 * account's cluster does not take. JSON is YAML.
 */
export function eksKubeconfig({ name, region, arn, endpoint, authority }: EksAccess): string {
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args: ["eks", "get-token", "--cluster-name", name, "--region", region, "--output", "json"],
    interactiveMode: "Never",
    installHint: "The AWS CLI, version 2, asks for the tokens of EKS clusters: https://aws.amazon.com/cli/",
  };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": arn,
    clusters: [{ name: arn, cluster: { server: endpoint, "certificate-authority-data": authority } }],
    users: [{ name: arn, user: { exec } }],
    contexts: [{ name: arn, context: { cluster: arn, user: arn } }],
  });
}
