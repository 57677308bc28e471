import type { Chart } from "cdk8s";
import { Namespaces, NetworkPolicy, NetworkPolicyPort, Pods, ServiceAccount } from "cdk8s-plus-28";
import { selectorLabels } from "./names.ts";
import type { ServiceProps } from "./props.ts";

/** An identity of the service's own (mesh policies name it), without a token: the process has no business with the API server. */
export function serviceAccount(chart: Chart, props: ServiceProps): void {
  new ServiceAccount(chart, "service-account", { metadata: { name: props.name }, automountToken: false });
}

/**
 * In comes only what is meant for the service's port, and only from pods of this cluster: proxies, other services, Prometheus. The kubelet's
 * probes are let through by Kubernetes itself. What goes out is not restricted here: the chart does not know whom a service calls.
 */
export function networkPolicy(chart: Chart, props: ServiceProps): void {
  new NetworkPolicy(chart, "network-policy", {
    metadata: { name: props.name },
    selector: Pods.select(chart, "policy-pods", { labels: { ...selectorLabels(props) } }),
    ingress: { rules: [{ peer: Namespaces.all(chart, "every-namespace"), ports: [NetworkPolicyPort.tcp(props.port)] }] },
  });
}
