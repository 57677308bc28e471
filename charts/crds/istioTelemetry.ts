// Istio's telemetry: https://istio.io/latest/docs/reference/config/telemetry/

export const TELEMETRY = { apiVersion: "telemetry.istio.io/v1", kind: "Telemetry" } as const;

export interface TelemetrySpec {
  readonly accessLogging: readonly {
    readonly providers: readonly ProviderRef[];
    /** CEL over the request's attributes. */
    readonly filter?: { readonly expression: string };
  }[];
  readonly tracing?: readonly { readonly providers: readonly ProviderRef[]; readonly randomSamplingPercentage: number }[];
}

/** A name among the mesh config's `extensionProviders`. */
interface ProviderRef {
  readonly name: string;
}
