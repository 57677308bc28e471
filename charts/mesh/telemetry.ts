import { TELEMETRY, type TelemetrySpec } from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";
import { ROOT_NAMESPACE } from "./names.ts";
import type { MeshTelemetry } from "./props.ts";

const LOGS = { name: "access-log" };
const TRACES = { name: "traces" };

/** Envoy's operators (https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage). Queries are left out: they hold secrets. */
const LOG_FIELDS = {
  start_time: "%START_TIME%",
  method: "%REQ(:METHOD)%",
  authority: "%REQ(:AUTHORITY)%",
  path: "%REQ_WITHOUT_QUERY(X-ENVOY-ORIGINAL-PATH?:PATH)%",
  response_code: "%RESPONSE_CODE%",
  response_code_details: "%RESPONSE_CODE_DETAILS%",
  response_flags: "%RESPONSE_FLAGS%",
  duration_ms: "%DURATION%",
  upstream_host: "%UPSTREAM_HOST%",
  upstream_cluster: "%UPSTREAM_CLUSTER%",
  caller: "%DOWNSTREAM_PEER_URI_SAN%",
  request_id: "%REQ(X-REQUEST-ID)%",
  traceparent: "%REQ(TRACEPARENT)%",
};

/** What proxies tell, for the whole mesh. Metrics are always for Prometheus. */
export function telemetry({ accessLogs, collector, tracedPercent }: MeshTelemetry): Manifest {
  const filter = accessLogs === "errors" && { filter: { expression: "response.code >= 500" } };
  const spec: TelemetrySpec = {
    accessLogging: [{ providers: [LOGS], ...filter }],
    ...(collector && { tracing: [{ providers: [TRACES], randomSamplingPercentage: tracedPercent }] }),
  };
  return { ...TELEMETRY, metadata: { name: "mesh-default", namespace: ROOT_NAMESPACE }, spec };
}

/** The providers that `telemetry` names: https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/ */
export function extensionProviders({ collector }: MeshTelemetry): readonly object[] {
  const logs = { ...LOGS, envoyFileAccessLog: { path: "/dev/stdout", logFormat: { labels: LOG_FIELDS } } };
  return collector === undefined ? [logs] : [logs, { ...TRACES, opentelemetry: collector }];
}
