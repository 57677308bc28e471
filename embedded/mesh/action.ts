import { extension, type Json, type JsonObject } from "./json.ts";
import { clusterOf, DESTINATION_HEADER, type Destination, destinationName, internalHost, MIRROR, SERVES, serviceHost } from "./names.ts";
import type { HttpRoute } from "./virtualService.ts";

/** A destination with its share. */
export interface Weighted {
  readonly destination: Destination;
  readonly weight: number;
}

export interface Mirrored {
  readonly destination: Destination;
  /** Share of the requests that are copied, 0 to 100. */
  readonly percentage: number;
}

/** Sends requests to pods. `targets` has at least one entry and weights that do not add up to 0. */
export function forward(targets: readonly Weighted[], route: HttpRoute, mirrors: readonly Mirrored[]): JsonObject {
  const common = { ...forwarding(route), ...(mirrors.length > 0 && { request_mirror_policies: mirrors.map(mirrorPolicy) }) };
  const [only] = targets;
  if (only !== undefined && targets.length === 1) {
    const { name, ...choice } = towards(only.destination);
    const { typed_per_filter_config, ...match } = choice;
    return { route: { cluster: name, ...match, ...common }, typed_per_filter_config };
  }
  const clusters = targets.map(({ destination, weight }) => ({ weight, ...towards(destination) }));
  return { route: { weighted_clusters: { clusters }, ...common } };
}

/** The cluster, the part of it and the name in the counters that make a destination. */
function towards(destination: Destination): JsonObject {
  const value = serviceHost(destination.namespace, destination.service);
  const set = { append: { header: { key: DESTINATION_HEADER, value }, append_action: "OVERWRITE_IF_EXISTS_OR_ADD" } };
  return {
    name: clusterOf(destination),
    metadata_match: { filter_metadata: { "envoy.lb": { [SERVES]: destinationName(destination) } } },
    typed_per_filter_config: {
      "envoy.filters.http.header_mutation": extension("filters.http.header_mutation.v3.HeaderMutationPerRoute", {
        mutations: { request_mutations: [set] },
      }),
    },
  };
}

function forwarding({ timeout, rewrite, retries }: HttpRoute): JsonObject {
  return {
    // Istio has no time-out unless one is asked for; Envoy's own would be 15 s.
    timeout: seconds(timeout ?? 0),
    ...retryPolicy(retries),
    ...(rewrite?.uri !== undefined && { prefix_rewrite: rewrite.uri }),
    ...(rewrite?.authority !== undefined && { host_rewrite_literal: rewrite.authority }),
  };
}

/** Istio's default policy: only what is safe for any request, because the pod has not begun to work on it. */
const DEFAULT_RETRIES = { attempts: 2, retryOn: "connect-failure,refused-stream,unavailable,cancelled,reset-before-request" };

function retryPolicy(retries: HttpRoute["retries"] = {}): JsonObject {
  const { attempts = DEFAULT_RETRIES.attempts, retryOn = DEFAULT_RETRIES.retryOn, perTryTimeout } = retries;
  if (attempts === 0) return {};
  const conditions = retryOn.split(",").map((condition) => condition.trim());
  const statuses = conditions.filter((condition) => /^\d+$/.test(condition)).map(Number);
  const named = conditions.filter((condition) => condition !== "" && !/^\d+$/.test(condition));
  if (statuses.length > 0 && !named.includes("retriable-status-codes")) named.push("retriable-status-codes");
  return {
    retry_policy: {
      retry_on: named.join(","),
      num_retries: attempts,
      ...(statuses.length > 0 && { retriable_status_codes: statuses }),
      ...(perTryTimeout !== undefined && { per_try_timeout: seconds(perTryTimeout) }),
      // Another pod than the one that failed, where there is one.
      retry_host_predicate: [
        {
          name: "envoy.retry_host_predicates.previous_hosts",
          typed_config: extension("retry.host.previous_hosts.v3.PreviousHostsPredicate"),
        },
      ],
      host_selection_retry_max_attempts: 5,
    },
  };
}

/** Copies go round through the internal listener, whose routes know the destination by its internal host name. */
function mirrorPolicy({ destination, percentage }: Mirrored): Json {
  const share = { numerator: Math.round(percentage * 10_000), denominator: "MILLION" };
  return {
    cluster: MIRROR,
    runtime_fraction: { default_value: share },
    host_rewrite_literal: internalHost(destination),
    disable_shadow_host_suffix_append: true,
  };
}

export function redirect({ uri, authority, port, scheme, redirectCode = 301 }: NonNullable<HttpRoute["redirect"]>): JsonObject {
  return {
    redirect: {
      ...(uri !== undefined && { path_redirect: uri }),
      ...(authority !== undefined && { host_redirect: authority }),
      ...(port !== undefined && { port_redirect: port }),
      ...(scheme !== undefined && { scheme_redirect: scheme }),
      response_code: REDIRECT_CODES[redirectCode],
    },
  };
}

/** Envoy's names of the redirects it can answer with. */
export const REDIRECT_CODES: Readonly<Record<number, string>> = {
  301: "MOVED_PERMANENTLY",
  302: "FOUND",
  303: "SEE_OTHER",
  307: "TEMPORARY_REDIRECT",
  308: "PERMANENT_REDIRECT",
};

export function directResponse({ status, body }: NonNullable<HttpRoute["directResponse"]>): JsonObject {
  return { direct_response: { status, ...(body?.string !== undefined && { body: { inline_string: body.string } }) } };
}

function seconds(value: number): string {
  return `${Number(value.toFixed(6))}s`;
}
