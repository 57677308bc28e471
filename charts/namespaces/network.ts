import type { Manifest } from "../manifest.ts";
import type { NamespaceProps } from "./index.ts";

/** A port that a namespace opens. */
export interface Opening {
  readonly port: number;
  /** `cluster`: pods of every namespace. `anywhere`: also what is no pod, such as the API server that calls a webhook, or a load balancer. */
  readonly from: "cluster" | "anywhere";
  /** Only to these pods. @default all of the namespace */
  readonly to?: Readonly<Record<string, string>>;
}

const NETWORK_POLICY = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" } as const;
const EVERY_POD = {};
const EVERY_NAMESPACE = [{ namespaceSelector: {} }];

/** The way that ambient proxies' probes and a node's kubelet take is open by Kubernetes itself. */
export function networkPolicies({ name, egress, scrapedFrom, openings }: NamespaceProps): readonly Manifest[] {
  const policy = (policyName: string, spec: object): Manifest => ({
    ...NETWORK_POLICY,
    metadata: { name: policyName, namespace: name },
    spec,
  });
  return [
    policy("default-deny", { podSelector: EVERY_POD, policyTypes: ["Ingress", "Egress"] }),
    policy("within-namespace", openTo([{ podSelector: EVERY_POD }])),
    policy("egress", { podSelector: EVERY_POD, egress: EGRESS[egress], policyTypes: ["Egress"] }),
    ...(scrapedFrom === undefined ? [] : [policy("scraping", openTo(namespaceOf(scrapedFrom)))]),
    ...openings.map((opening) => policy(`open-${opening.port}-to-${opening.from}`, openingSpec(opening))),
  ];
}

/** Every port of every pod, to those. */
function openTo(from: readonly object[]) {
  return { podSelector: EVERY_POD, ingress: [{ from }], policyTypes: ["Ingress"] };
}

/** Kubernetes gives every namespace its name as a label. */
function namespaceOf(name: string) {
  return [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } }];
}

/** `cluster` has the cluster's DNS in it, which is a pod like others. */
const EGRESS = { cluster: [{ to: EVERY_NAMESPACE }], anywhere: [{}] } as const;

function openingSpec({ port, from, to = {} }: Opening): object {
  const podSelector = Object.keys(to).length === 0 ? EVERY_POD : { matchLabels: to };
  const ports = [{ protocol: "TCP", port }];
  return { podSelector, ingress: [from === "cluster" ? { from: EVERY_NAMESPACE, ports } : { ports }], policyTypes: ["Ingress"] };
}
