import { type Alert, down } from "../../charts/alerts/index.ts";
import { type MeshMode, ROOT_NAMESPACE } from "../../charts/mesh/index.ts";

/** Rejections are counted from the first on: a series that begins at 1 has not increased by Prometheus' reckoning. */
const REJECTIONS = "(pilot_total_xds_rejects unless pilot_total_xds_rejects offset 15m) or increase(pilot_total_xds_rejects[15m])";

/** What somebody must be told of the mesh. */
export function meshAlerts(mode: MeshMode): readonly Alert[] {
  return [...controlPlane(), ...certificates(), nodeAgent(), ...(mode === "ambient" ? [nodeProxy()] : [])];
}

function controlPlane(): readonly Alert[] {
  return [
    down({
      name: "IstiodDown",
      severity: "page",
      namespace: ROOT_NAMESPACE,
      deployment: "istiod",
      meaning: "Proxies keep what they know: no weight changes, no new pod is found, none starts, and certificates end within a day.",
    }),
    {
      name: "MeshConfigRejected",
      severity: "ticket",
      forMinutes: 5,
      expr: `sum by (type) (${REJECTIONS}) > 0`,
      summary: "Proxies refuse what istiod sends them ({{ $labels.type }})",
      description: "They go on with what they had. Which and why: istioctl proxy-status, and the log of istiod for NACK.",
    },
    {
      name: "MeshSlowToConverge",
      severity: "ticket",
      forMinutes: 15,
      // Ten seconds are two looks of the gate: it would judge a weight that is not yet in force.
      expr: "histogram_quantile(0.99, sum by (le) (rate(pilot_proxy_convergence_time_bucket[5m]))) > 10",
      summary: "A change takes {{ $value | humanizeDuration }} to reach the proxies",
      description: "Rollouts are judged by weights that are not yet in force. istiod is short of CPU, or changes come too fast.",
    },
  ];
}

function certificates(): readonly Alert[] {
  return [
    {
      name: "MeshCertificateEndsSoon",
      severity: "page",
      forMinutes: 15,
      // They live for a day and are renewed after half of it.
      expr: `min by (namespace, pod) (istio_agent_cert_expiry_seconds{resource_name="default"}) < 6 * 3600`,
      summary: "The certificate of {{ $labels.namespace }}/{{ $labels.pod }} ends in {{ $value | humanizeDuration }}",
      description: "Its renewal has been failing for hours. From then on nobody in the mesh takes its connections.",
    },
    {
      name: "MeshRootCertificateEndsSoon",
      severity: "page",
      forMinutes: 60,
      expr: "min(citadel_server_root_cert_expiry_timestamp) - time() < 30 * 24 * 3600",
      summary: "The mesh's root certificate ends in {{ $value | humanizeDuration }}",
      description:
        "With it all of the mesh ends. A new root needs a time in which both are trusted: istio.io, Plugging in CA certificates.",
    },
  ];
}

function nodeAgent(): Alert {
  return {
    name: "MeshNodeAgentNotReady",
    severity: "page",
    forMinutes: 10,
    expr: "min by (namespace, pod) (istio_cni_install_ready) == 0",
    summary: "The mesh's agent {{ $labels.pod }} cannot set up its node",
    description: `New pods on the node do not start. Its log: kubectl -n ${ROOT_NAMESPACE} logs <pod>.`,
  };
}

function nodeProxy(): Alert {
  return {
    name: "MeshNodeProxyDown",
    severity: "page",
    forMinutes: 5,
    expr: `max by (namespace, pod) (up{job="${ROOT_NAMESPACE}/ztunnel"}) == 0`,
    summary: "The mesh's node proxy {{ $labels.pod }} does not answer",
    description: "No pod of its node that is in the mesh can be called or call.",
  };
}
