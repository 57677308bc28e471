import { join } from "node:path";
import { type EnvoyFlags, resourcesDir } from "./flags.ts";
import { extension, type Json, type JsonObject } from "./json.ts";
import { DESTINATION_HEADER, endpointsFile, MIRROR, ROUTE_TABLE, ROUTES_FILE, SERVES, SHARDS, shardName } from "./names.ts";
import { IDLE_SECONDS, LOAD_BALANCING } from "./policy.ts";
import { countRequests, DURATION_BUCKETS, FLUSH_SECONDS, STAT_PREFIX } from "./telemetry.ts";

/**
 * Envoy's bootstrap file, complete: listeners and clusters never change while Envoy runs. What changes is in files it watches, the
 * route table and the endpoints, and Envoy takes those in place: no listener drains, no connection is cut, no counter is lost.
 */
export function envoyBootstrap(flags: EnvoyFlags): string {
  const bootstrap: JsonObject = {
    node: { id: "sluice-gateway", cluster: "sluice" },
    admin: { address: loopback(flags.adminPort) },
    stats_flush_interval: `${FLUSH_SECONDS}s`,
    stats_config: { histogram_bucket_settings: [{ match: { prefix: STAT_PREFIX }, buckets: DURATION_BUCKETS }] },
    bootstrap_extensions: [
      { name: "envoy.bootstrap.internal_listener", typed_config: extension("bootstrap.internal_listener.v3.InternalListener") },
    ],
    static_resources: {
      listeners: [
        { name: "gateway", address: loopback(flags.gatewayPort), filter_chains: [{ filters: [http("gateway", flags.dir)] }] },
        { name: MIRROR, internal_listener: {}, filter_chains: [{ filters: [http(MIRROR, flags.dir)] }] },
      ],
      clusters: [...Array.from({ length: SHARDS }, (_, shard) => podCluster(shardName(shard), flags.dir)), mirrorCluster()],
    },
  };
  // JSON is YAML in which nothing is left to guess: "n" stays a string.
  return `${JSON.stringify(bootstrap, undefined, 2)}\n`;
}

function loopback(port: number): JsonObject {
  return { socket_address: { address: "127.0.0.1", port_value: port } };
}

function watched(dir: string, file: string): JsonObject {
  return { resource_api_version: "V3", path_config_source: { path: join(resourcesDir(dir), file) } };
}

/** The HTTP side of a listener. Mirrored requests are nobody's at the source: only their destination counts them, as with Istio. */
function http(listener: string, dir: string): Json {
  const isGateway = listener !== MIRROR;
  return {
    name: "envoy.filters.network.http_connection_manager",
    typed_config: extension("filters.network.http_connection_manager.v3.HttpConnectionManager", {
      stat_prefix: listener,
      rds: { route_config_name: ROUTE_TABLE, config_source: watched(dir, ROUTES_FILE) },
      use_remote_address: isGateway,
      normalize_path: true,
      upgrade_configs: [{ upgrade_type: "websocket" }],
      access_log: isGateway ? [countRequests("source")] : [],
      local_reply_config: { mappers: [unknownHost()] },
      http_filters: [
        {
          name: "envoy.filters.http.header_mutation",
          // Nobody but a route says where a request went.
          typed_config: extension("filters.http.header_mutation.v3.HeaderMutation", {
            mutations: { request_mutations: [{ remove: DESTINATION_HEADER }] },
          }),
        },
        {
          name: "envoy.filters.http.router",
          typed_config: extension("filters.http.router.v3.Router", { upstream_log: [countRequests("destination")] }),
        },
      ],
    }),
  };
}

/** The answer where no route takes the request. */
function unknownHost(): JsonObject {
  return {
    filter: { response_flag_filter: { flags: ["NR"] } },
    body_format_override: {
      text_format_source: {
        inline_string:
          "404: no VirtualService or Service of the embedded mesh takes %REQ(:METHOD)% %REQ(:PATH)% for host %REQ(:AUTHORITY)%\n",
      },
    },
  };
}

/**
 * One shard of the pods. A route picks its destination's pods from the shard by their metadata; where there is none the answer is 503
 * with flag UH. Limits are lifted, as Istio lifts them: a DestinationRule would set them.
 */
function podCluster(name: string, dir: string): Json {
  const unlimited = 4_294_967_295;
  return {
    name,
    type: "EDS",
    eds_cluster_config: { service_name: name, eds_config: watched(dir, endpointsFile(name)) },
    connect_timeout: "10s",
    lb_policy: LOAD_BALANCING,
    lb_subset_config: { fallback_policy: "NO_FALLBACK", subset_selectors: [{ keys: [SERVES] }], list_as_any: true },
    circuit_breakers: {
      thresholds: [{ max_connections: unlimited, max_pending_requests: unlimited, max_requests: unlimited, max_retries: unlimited }],
    },
    typed_extension_protocol_options: {
      "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": extension("upstreams.http.v3.HttpProtocolOptions", {
        common_http_protocol_options: { idle_timeout: `${IDLE_SECONDS}s` },
        // A pod is spoken to as the caller speaks: HTTP/1.1, or HTTP/2 as gRPC needs it.
        use_downstream_protocol_config: { http_protocol_options: {}, http2_protocol_options: {} },
      }),
    },
  };
}

function mirrorCluster(): Json {
  const address = { envoy_internal_address: { server_listener_name: MIRROR } };
  const endpoints = [{ lb_endpoints: [{ endpoint: { address } }] }];
  return { name: MIRROR, type: "STATIC", load_assignment: { cluster_name: MIRROR, endpoints } };
}
