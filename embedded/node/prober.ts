import { check } from "./check.ts";
import { afterFinding, type Finding, initialState, type ProbeKind, type ProbeState, timingOf } from "./probe.ts";
import type { Container, Probe } from "./types.ts";

/** What a container's probes say as they change their minds. */
export interface ProbeListener {
  /** The startup probe has passed. */
  started(): void;
  ready(ready: boolean): void;
  /** A check failed. */
  failed(kind: ProbeKind, message: string): void;
  /** The startup or liveness probe has given the container up. Nothing more is said after this. */
  dead(kind: "startup" | "liveness", probe: Probe): void;
}

/**
 * Runs a container's probes until `stop`: the startup probe alone until it passes, then liveness and readiness.
 * @param startedAlready the startup probe has passed before, under a former node.
 */
export function startProbes(container: Container, podIP: string, listener: ProbeListener, startedAlready = false): { stop(): void } {
  const { startupProbe, livenessProbe, readinessProbe } = container;
  const stopping = new AbortController();
  const { signal } = stopping;
  const on = { container, podIP, signal };

  const giveUp = (kind: "startup" | "liveness", probe: Probe) => {
    stopping.abort();
    listener.dead(kind, probe);
  };

  function others(): void {
    if (readinessProbe)
      run("readiness", readinessProbe, on, ({ verdict }, finding) => {
        if (!finding.ok) listener.failed("readiness", finding.message);
        listener.ready(verdict === "success");
      });
    if (livenessProbe)
      run("liveness", livenessProbe, on, ({ verdict }, finding) => {
        if (!finding.ok) listener.failed("liveness", finding.message);
        if (verdict === "failure") giveUp("liveness", livenessProbe);
      });
  }

  if (startupProbe === undefined || startedAlready) others();
  else {
    const startup = new AbortController();
    run("startup", startupProbe, { ...on, signal: AbortSignal.any([signal, startup.signal]) }, ({ verdict }, finding) => {
      if (!finding.ok) listener.failed("startup", finding.message);
      if (verdict === "failure") giveUp("startup", startupProbe);
      if (verdict !== "success") return;
      startup.abort();
      listener.started();
      others();
    });
  }
  return { stop: () => stopping.abort() };
}

interface Where {
  readonly container: Container;
  readonly podIP: string;
  readonly signal: AbortSignal;
}

/** Checks every period, one check at a time, until the signal is aborted. */
function run(kind: ProbeKind, probe: Probe, { signal, ...target }: Where, onFinding: (state: ProbeState, finding: Finding) => void): void {
  const timing = timingOf(probe);
  let state = initialState(kind);
  let timer: NodeJS.Timeout;

  async function once(): Promise<void> {
    const next = Date.now() + timing.periodMs;
    const finding = await check(probe, { ...target, timeoutMs: timing.timeoutMs });
    if (signal.aborted) return;
    state = afterFinding(state, finding.ok, timing);
    timer = setTimeout(once, Math.max(next - Date.now(), 0));
    onFinding(state, finding);
  }

  timer = setTimeout(once, timing.initialDelayMs);
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
}
