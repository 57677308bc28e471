import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** One request's place in a trace, and the end of its measurement. */
export interface RequestTrace {
  readonly traceId: string;
  readonly spanId: string;
  /** Ends the request's span, if one is recorded. */
  end(code: number, seconds: number): void;
}

/** Begins a RequestTrace for each request: by OpenTelemetry (openTelemetry.ts) or, without it, by ids alone. */
export type Tracer = (method: string, route: string, headers: IncomingHttpHeaders) => RequestTrace;

/**
 * Continues the caller's trace, or starts one, with ids for the logs and nothing recorded. This is what a service takes part with
 * while no telemetry is asked for: its lines can still be found by the caller's trace id.
 */
export const idsOnly: Tracer = (_method, _route, headers) => ({
  traceId: traceIdOf(headers.traceparent) ?? randomBytes(16).toString("hex"),
  spanId: randomBytes(8).toString("hex"),
  end: () => {},
});

/** The trace id of a W3C traceparent header, or undefined when the header is absent or invalid (all zeros included). */
export function traceIdOf(traceparent: string | string[] | undefined): string | undefined {
  if (typeof traceparent !== "string") return undefined;
  const parts = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-|$)/.exec(traceparent);
  return parts?.[1];
}

const asking = [
  "OTEL_TRACES_EXPORTER",
  "OTEL_METRICS_EXPORTER",
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
  "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
];

/**
 * Whether the environment asks for OpenTelemetry, by its standard variables. A service that names neither an exporter nor an endpoint
 * gets none, instead of the SDK's default of sending to a collector on localhost that may not be there.
 */
export function telemetryWanted(env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === "true") return false;
  return asking.some((name) => Boolean(env[name]) && env[name] !== "none");
}
