/** How a Service is reached from outside the cluster: what it must say for that. */
export type Exposure =
  | {
      readonly type: "LoadBalancer";
      /** spec.loadBalancerClass: who makes it, for example "service.k8s.aws/nlb". */
      readonly className: string;
      /** Of the Service. */
      readonly annotations: Readonly<Record<string, string>>;
    }
  | {
      /** Ports of every node, 30000 to 32767; on a laptop they lead to this machine's. */
      readonly type: "NodePort";
      readonly http: number;
      readonly https: number;
    };
