// Values of Grafana, a subchart of the Prometheus stack's: who may log in, and how metrics, logs and traces lead to each other.
import type * as pulumi from "@pulumi/pulumi";
import { LOGS_UID, TRACES_UID } from "../../dashboards/index.ts";
import type { HelmValues } from "../helm.ts";
import { resources } from "../pods.ts";
import type { Addresses } from "./addresses.ts";
import type { GrafanaArgs } from "./args.ts";

/** As the chart calls its datasource for Prometheus. */
const METRICS_UID = "prometheus";

export interface GrafanaProps {
  readonly namespace: string;
  readonly url: GrafanaArgs["url"];
  /** The Kubernetes secret that holds the administrator's name and password. */
  readonly adminSecret: pulumi.Input<string>;
  readonly addresses: Addresses;
}

export function grafanaValues({ namespace, url, adminSecret, addresses }: GrafanaProps): HelmValues {
  const [first, ...others] = addresses.prometheusCopies;
  return {
    admin: { existingSecret: adminSecret, userKey: "admin-user", passwordKey: "admin-password" },
    // The chart would let it read the secrets of every namespace, to look for boards in them.
    rbac: { namespaced: true },
    sidecar: {
      dashboards: { searchNamespace: namespace, resource: "configmap" },
      datasources: {
        searchNamespace: namespace,
        resource: "configmap",
        url: first,
        createPrometheusReplicasDatasources: others.length > 0,
        exemplarTraceIdDestinations: { datasourceUid: TRACES_UID, traceIdLabelName: "trace_id", urlDisplayLabel: "Trace" },
      },
      resources: resources("10m", "64Mi", "128Mi"),
    },
    additionalDataSources: [logs(addresses), traces(addresses)],
    "grafana.ini": settings(url),
    resources: resources("50m", "128Mi", "512Mi"),
  };
}

function settings(url: string | undefined): HelmValues {
  return {
    "auth.anonymous": { enabled: false },
    users: { allow_sign_up: false },
    analytics: { check_for_updates: false, reporting_enabled: false },
    security: { cookie_secure: url?.startsWith("https://") ?? false, cookie_samesite: "strict" },
    ...(url === undefined ? {} : { server: { root_url: url } }),
  };
}

/** Grafana fills in variables of the environment here, so a dollar sign that is meant for later is doubled. */
const VALUE = "$${__value.raw}";

/** From a line to its trace: by the attribute that OTLP gives, or as services write it into their lines. */
function logs({ loki }: Addresses): HelmValues {
  const link = { datasourceUid: TRACES_UID, url: VALUE, urlDisplayLabel: "Trace" };
  return {
    name: "Loki",
    type: "loki",
    uid: LOGS_UID,
    url: loki,
    access: "proxy",
    jsonData: {
      derivedFields: [
        { name: "trace_id", matcherType: "label", matcherRegex: "trace_id", ...link },
        { name: "traceId", matcherType: "regex", matcherRegex: '"?trace_?[iI][dD]"?[=:]\\s*"?([0-9a-f]{32})', ...link },
      ],
    },
  };
}

/** From a span to the lines of its pod around its time, and to its service's requests. */
function traces({ tempo }: Addresses): HelmValues {
  return {
    name: "Tempo",
    type: "tempo",
    uid: TRACES_UID,
    url: tempo,
    access: "proxy",
    jsonData: {
      tracesToLogsV2: {
        datasourceUid: LOGS_UID,
        spanStartTimeShift: "-1m",
        spanEndTimeShift: "1m",
        tags: [
          { key: "k8s.namespace.name", value: "namespace" },
          { key: "k8s.pod.name", value: "pod" },
        ],
      },
      tracesToMetrics: {
        datasourceUid: METRICS_UID,
        tags: [{ key: "service.name", value: "destination_canonical_service" }],
        queries: [{ name: "Requests", query: "sum by (response_code) (rate(istio_requests_total{$$__tags}[5m]))" }],
      },
      nodeGraph: { enabled: true },
    },
  };
}
