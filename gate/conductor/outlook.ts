// Before a rollout: what the plan will do at the traffic there is now.
import { type Outcome, type Prediction, predict, type Traffic } from "../decision/index.ts";
import { type Edges, realEdges } from "./edges.ts";
import { extended, historyFrom, windowOf } from "./history.ts";
import { checkInputs, type GateInputs, planOf } from "./inputs.ts";
import type { Metrics } from "./prometheus.ts";
import { servicesOf } from "./queries.ts";
import { percent, titleOf } from "./report.ts";
import { hasUnknowns } from "./unknowns.ts";

/** The traffic of so long ago is the traffic there is now. */
const PRESENT_SECONDS = 60;
const LOOK_BACK_SECONDS = 300;

/**
 * The plan and its prediction, a few lines to show in a preview. Inputs that are not known yet or not right give none, and a
 * Prometheus that cannot be asked gives a line that says so: a preview does not fail for it.
 */
export async function outlook(inputs: GateInputs, edges: Partial<Edges> = {}): Promise<readonly string[]> {
  if (hasUnknowns(inputs) || checkInputs(inputs).length > 0) return [];
  const { steps, slis, alpha, minStepSeconds } = inputs;
  const title = titleOf(inputs);
  const limits = slis.map((sli) => `${sli.name} limit ${percent(sli.limit)}`).join(", ");
  const plan = `${title}  plan: ${steps.join("%, ")}%, each for at least ${minStepSeconds} s; ${limits}; at most ${percent(alpha)} of healthy versions rolled back`;
  try {
    const { clock, connect } = { ...realEdges(), ...edges };
    const { metrics } = await connect(inputs);
    const traffic = await presentTraffic(metrics(servicesOf(inputs, false)), inputs, clock.now() / 1000);
    if (traffic.requestsPerSecond === 0)
      return [plan, `${title}  the service has no requests now: without any there is no verdict before the deadline`];
    return [plan, ...predicted(predict(planOf(inputs), inputs, traffic), traffic).map((line) => `${title}  ${line}`)];
  } catch (error) {
    return [plan, `${title}  no prediction: ${error instanceof Error ? error.message : "Prometheus cannot be asked"}`];
  }
}

async function presentTraffic(metrics: Metrics, { slis }: GateInputs, now: number): Promise<Traffic> {
  const [began, from, to] = [now - PRESENT_SECONDS - LOOK_BACK_SECONDS, now - PRESENT_SECONDS, now];
  const history = extended(historyFrom(await metrics.read(began, from)), await metrics.read(from, to));
  const measured = slis.map(({ name }) => {
    const window = windowOf(history, name, from, to, PRESENT_SECONDS);
    const { canary, stable } = window ?? { canary: { total: 0, bad: 0 }, stable: { total: 0, bad: 0 } };
    return { name, total: canary.total + stable.total, bad: canary.bad + stable.bad };
  });
  return {
    requestsPerSecond: Math.max(...measured.map(({ total }) => total)) / PRESENT_SECONDS,
    badShare: Object.fromEntries(measured.map(({ name, total, bad }) => [name, total === 0 ? 0 : bad / total])),
  };
}

function predicted({ healthy, regressions }: Prediction, { requestsPerSecond }: Traffic): readonly string[] {
  const names = [...new Set(regressions.map(({ sli }) => sli))];
  return [
    `at the present ${Number(requestsPerSecond.toPrecision(2))} requests/s a healthy version is promoted ${chanceOf(healthy)}`,
    ...names.map((name) => {
      const cases = regressions.filter(({ sli }) => sli === name);
      return `${name}: rolled back ${cases.map((c) => `${c.factor}x as bad (${percent(c.share)}) ${chanceOf(c)}`).join(", ")}`;
    }),
  ];
}

/** "in 98% after about 26 s" */
function chanceOf({ chance, seconds }: Outcome): string {
  return seconds === undefined ? "hardly ever" : `in ${percent(chance)} after about ${Math.round(seconds)} s`;
}
