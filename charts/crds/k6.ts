// The k6 operator: https://grafana.com/docs/k6/latest/set-up/set-up-distributed-k6/usage/configure-testrun-crd/

export const TEST_RUN = { apiVersion: "k6.io/v1alpha1", kind: "TestRun" } as const;

export interface TestRunSpec {
  /** Runners that share the requests. */
  readonly parallelism: number;
  readonly script: { readonly configMap: { readonly name: string; readonly file: string } };
  /** What sends the requests. What looks at the script beforehand is a pod of the same form. */
  readonly runner: TestPod & {
    readonly env: readonly { readonly name: string; readonly value: string }[];
    readonly volumes: readonly object[];
    readonly volumeMounts: readonly object[];
  };
  /** What starts all runners at the same time. */
  readonly starter: TestPod;
}

export interface TestPod {
  readonly image: string;
  /** A text, as Kubernetes' own field is not. */
  readonly automountServiceAccountToken: "false";
  readonly resources: object;
  /** Of the pod. */
  readonly securityContext: object;
  readonly containerSecurityContext: object;
}
