// Imported only when the environment asks for telemetry: loading the SDK takes longer than the rest of the start.
import { hostname } from "node:os";
import { context, metrics, propagation, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { defaultResource, resourceFromAttributes } from "@opentelemetry/resources";
import { NodeSDK } from "@opentelemetry/sdk-node";
import { durationBuckets } from "./metrics.ts";
import type { Tracer } from "./trace.ts";

export interface Telemetry {
  readonly tracer: Tracer;
  /** Sends what is still held back. Rejects when the receiver does not take it. */
  shutdown(): Promise<void>;
}

/**
 * Starts traces and metrics as the standard OTEL_* variables say. Names and units follow OpenTelemetry's conventions for HTTP servers.
 * @param version becomes service.version; service.name is "echo" unless OTEL_SERVICE_NAME or OTEL_RESOURCE_ATTRIBUTES name it
 */
export function startTelemetry(version: string): Telemetry {
  const resource = resourceFromAttributes({ "service.name": "echo", "service.version": version, "host.name": hostname() });
  // No log processors: logs go to standard output, where the platform collects them.
  const sdk = new NodeSDK({ resource: defaultResource().merge(resource), logRecordProcessors: [] });
  sdk.start();
  return { tracer: serverSpans(), shutdown: () => sdk.shutdown() };
}

function serverSpans(): Tracer {
  const spans = trace.getTracer("echo");
  const durations = metrics.getMeter("echo").createHistogram("http.server.request.duration", {
    unit: "s",
    advice: { explicitBucketBoundaries: durationBuckets },
  });
  return (method, route, headers) => {
    const caller = propagation.extract(context.active(), headers);
    const attributes = { "http.request.method": method, "http.route": route };
    const span = spans.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, caller);
    const { traceId, spanId } = span.spanContext();
    const end = (code: number, seconds: number) => {
      endSpan(span, code);
      durations.record(seconds, { ...attributes, "http.response.status_code": code });
    };
    return { traceId, spanId, end };
  };
}

function endSpan(span: Span, code: number): void {
  span.setAttribute("http.response.status_code", code);
  if (code >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
