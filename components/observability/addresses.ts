/** How the parts of the stack reach each other, and others them: names of Services in the cluster, without authentication. */
export interface Addresses {
  readonly prometheus: string;
  /**
   * Each copy of Prometheus. Copies scrape at other moments: who compares values over time must stay with one, or counters seem to run backwards.
   */
  readonly prometheusCopies: readonly string[];
  /** The first copy as "namespace/service:port", for the API server's service proxy. */
  readonly prometheusService: string;
  readonly loki: string;
  readonly tempo: string;
  /** host:port of Tempo's OTLP receiver. */
  readonly tempoOtlp: string;
  /** host:port of the collector's OTLP receiver over gRPC. */
  readonly otlpGrpc: string;
  /** The collector's OTLP receiver over HTTP. */
  readonly otlpHttp: string;
}

/** They follow from names alone, so who is needed by the stack, as a mesh is that sends it traces, can have them before it is there. */
export function addressesOf(name: string, namespace: string, prometheusReplicas: number): Addresses {
  const host = (service: string) => `${name}-${service}.${namespace}`;
  return {
    prometheus: `http://${host("prometheus")}:9090`,
    prometheusCopies: Array.from({ length: prometheusReplicas }, (_, copy) => `http://${host(`prometheus-${copy}`)}:9090`),
    prometheusService: `${namespace}/${name}-prometheus-0:9090`,
    loki: `http://${host("logs")}:3100`,
    tempo: `http://${host("traces")}:3200`,
    tempoOtlp: `${host("traces")}:4317`,
    otlpGrpc: `${host("collector")}:4317`,
    otlpHttp: `http://${host("collector")}:4318`,
  };
}

/** Two copies of Prometheus outlive a node; a third would only judge the same rules again. */
export function prometheusReplicasOf(replicas: number): number {
  return Math.min(replicas, 2);
}
