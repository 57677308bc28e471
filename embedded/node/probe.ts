import type { Probe } from "./types.ts";

/** What one check of a container found. */
export type Finding = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** A probe's verdict so far, and the run of equal findings that may change it. */
export interface ProbeState {
  readonly verdict: "success" | "failure" | "unknown";
  readonly run: { readonly ok: boolean; readonly length: number };
}

export type ProbeKind = "startup" | "liveness" | "readiness";

/** Before its first finding a container is taken to be alive, but neither started nor ready. */
export function initialState(kind: ProbeKind): ProbeState {
  const verdict = { startup: "unknown", liveness: "success", readiness: "failure" } as const;
  return { verdict: verdict[kind], run: { ok: true, length: 0 } };
}

/** The verdict changes when as many equal findings in a row were seen as the threshold for that direction asks. */
export function afterFinding(state: ProbeState, ok: boolean, { successThreshold, failureThreshold }: ProbeTiming): ProbeState {
  const run = { ok, length: state.run.ok === ok ? state.run.length + 1 : 1 };
  const reached = run.length >= (ok ? successThreshold : failureThreshold);
  return { verdict: reached ? (ok ? "success" : "failure") : state.verdict, run };
}

/** A probe's numbers, with Kubernetes' defaults filled in. */
export interface ProbeTiming {
  readonly initialDelayMs: number;
  readonly periodMs: number;
  readonly timeoutMs: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
}

export function timingOf(probe: Probe): ProbeTiming {
  return {
    initialDelayMs: (probe.initialDelaySeconds ?? 0) * 1000,
    periodMs: (probe.periodSeconds ?? 10) * 1000,
    timeoutMs: (probe.timeoutSeconds ?? 1) * 1000,
    successThreshold: probe.successThreshold ?? 1,
    failureThreshold: probe.failureThreshold ?? 3,
  };
}
