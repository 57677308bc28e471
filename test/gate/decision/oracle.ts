// The rule once more, written straight from its formulas: no state, no shortcuts, slow. What judge.ts must agree with.
import type { Look, Plan, SliWindow } from "../../../gate/types.ts";

const LIST = [1.5, 2, 3, 5, 10, 20, 50];
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const xlog = (x: number, log: number) => (x === 0 ? 0 : x * log);
const meanOfExp = (logs: number[]) => {
  const top = Math.max(...logs);
  return top === -Infinity ? -Infinity : top + Math.log(sum(logs.map((l) => Math.exp(l - top))) / logs.length);
};

const share = (windows: SliWindow[], of: "canary" | "stable", limit: number, shares: number[]) =>
  meanOfExp(
    shares.map((p) =>
      sum(windows.map((w) => xlog(w[of].bad, Math.log(p / limit)) + xlog(w[of].total - w[of].bad, Math.log((1 - p) / (1 - limit))))),
    ),
  );
const above = (limit: number) => [...new Set(LIST.map((r) => Math.min(limit * r, 0.99)))].filter((p) => p > limit);
const both = (windows: SliWindow[]) => windows.filter((w) => w.canary.total > 0 && w.stable.total > 0);
const ratio = (windows: SliWindow[], ratios: number[], r0: number) =>
  meanOfExp(
    ratios.map((r) =>
      sum(
        both(windows).map(({ canary: c, stable: s }) => {
          const rho = c.total / (c.total + s.total);
          return c.bad * Math.log(r) - (c.bad + s.bad) * Math.log((1 + rho * (r * r0 - 1)) / (1 + rho * (r0 - 1)));
        }),
      ),
    ),
  );

export function oracle(plan: Plan, looks: readonly Look[]) {
  const { alpha = 0.01, beta = 0.05, minStep = 15 } = plan;
  const now = looks.at(-1);
  if (!now) throw new Error("no looks");
  const windows = (name: string, keep: (look: Look) => boolean) => looks.filter(keep).flatMap((look) => look.slis[name] ?? []);
  const overSteps = (term: (step: number) => number) => meanOfExp(plan.steps.map((_, k) => (k <= now.step ? term(k) : 0)));

  const slis = plan.slis.map(({ name, limit: L, tolerance = 1.5 }) => {
    const stableOver =
      share(
        windows(name, () => true),
        "stable",
        L,
        above(L),
      ) >= Math.log(1 / alpha);
    const here = windows(name, (look) => look.step === now.step);
    return {
      limit: stableOver
        ? -Infinity
        : overSteps((k) =>
            share(
              windows(name, (look) => look.step >= k),
              "canary",
              L,
              above(L),
            ),
          ),
      comparison: overSteps((k) =>
        ratio(
          windows(name, (look) => look.step >= k),
          LIST,
          tolerance,
        ),
      ),
      good: stableOver ? ratio(here, [0.75, 0.5, 0.25, 0.1], 1) : share(here, "canary", L, [0.5 * L, 0.25 * L, 0.1 * L, 0]),
    };
  });
  const logE = meanOfExp(slis.flatMap((s) => [s.limit, s.comparison]));
  const first = looks.find((look) => look.step === now.step) ?? now;
  const lasted = now.at - (first.stepStartedAt ?? first.at) >= minStep;
  const good = slis.every((s) => s.good >= Math.log(1 / beta));
  return { logE, slis, decision: logE >= Math.log(1 / alpha) ? "rollback" : good && logE <= 1e-9 && lasted ? "advance" : "wait" };
}
