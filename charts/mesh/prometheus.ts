import type { Relabeling } from "../crds/index.ts";
import type { MeshMode } from "./props.ts";

const SHARED = "mesh-certificates";
const WRITTEN_TO = "/etc/istio-output-certs";
const READ_FROM = "/etc/prometheus/mesh-certificates";

/** Fields of a Prometheus object of the operator (`prometheusSpec` in kube-prometheus-stack's values). */
export interface PrometheusMembership {
  readonly podMetadata: { readonly labels: Readonly<Record<string, string>>; readonly annotations: Readonly<Record<string, string>> };
  readonly volumes: readonly { readonly name: string; readonly emptyDir: { readonly medium: "Memory" } }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly readOnly: true }[];
  readonly scrapeClasses: readonly ScrapeClass[];
}

interface ScrapeClass {
  readonly name: string;
  readonly default: true;
  readonly tlsConfig: {
    readonly caFile: string;
    readonly certFile: string;
    readonly keyFile: string;
    readonly insecureSkipVerify: true;
  };
  readonly relabelings: readonly Relabeling[];
}

/**
 * What makes Prometheus somebody whom services in the mesh let in: https://istio.io/latest/docs/ops/integrations/prometheus/#tls-settings. With
 * sidecars, one is there for its certificate alone and carries no traffic: Prometheus calls pods by their address, for which a proxy has no certificate.
 */
export function prometheusMembership(mode: MeshMode): PrometheusMembership {
  if (mode === "ambient") {
    const annotations = { "ambient.istio.io/bypass-inbound-capture": "true" };
    return {
      podMetadata: { labels: { "istio.io/dataplane-mode": "ambient" }, annotations },
      volumes: [],
      volumeMounts: [],
      scrapeClasses: [],
    };
  }
  const annotations = {
    "traffic.sidecar.istio.io/includeInboundPorts": "",
    "traffic.sidecar.istio.io/includeOutboundIPRanges": "",
    "proxy.istio.io/config": JSON.stringify({ proxyMetadata: { OUTPUT_CERTS: WRITTEN_TO } }),
    "sidecar.istio.io/userVolumeMount": JSON.stringify([{ name: SHARED, mountPath: WRITTEN_TO }]),
  };
  return {
    podMetadata: { labels: { "sidecar.istio.io/inject": "true" }, annotations },
    volumes: [{ name: SHARED, emptyDir: { medium: "Memory" } }],
    volumeMounts: [{ name: SHARED, mountPath: READ_FROM, readOnly: true }],
    scrapeClasses: [MESH_CLASS],
  };
}

/** For every monitor that names no other class: pods in the mesh are scraped with the certificate, their proxies' own ports as always. */
const MESH_CLASS: ScrapeClass = {
  name: "mesh",
  default: true,
  // Istio's certificates name an identity and no host; who answers is known by the authority that signed.
  tlsConfig: {
    caFile: `${READ_FROM}/root-cert.pem`,
    certFile: `${READ_FROM}/cert-chain.pem`,
    keyFile: `${READ_FROM}/key.pem`,
    insecureSkipVerify: true,
  },
  relabelings: [
    // "*": the injector writes that its proxy takes all that comes in. Gateways and Prometheus itself have theirs for what goes out only.
    {
      sourceLabels: [
        "__meta_kubernetes_pod_label_security_istio_io_tlsMode",
        "__meta_kubernetes_pod_annotation_traffic_sidecar_istio_io_includeInboundPorts",
      ],
      regex: "istio;\\*",
      targetLabel: "__scheme__",
      replacement: "https",
    },
    {
      sourceLabels: ["__meta_kubernetes_pod_container_name"],
      regex: "istio-proxy",
      targetLabel: "__scheme__",
      replacement: "http",
    },
  ],
};
