// Before a rollout: what the plan will do at the traffic there is now.
import { type Odds, type Prediction, predict } from "../decision/index.ts";
import { type Edges, realEdges } from "./edges.ts";
import { historyFrom } from "./history.ts";
import { checkInputs, type GateInputs } from "./inputs.ts";
import { ENOUGH_REQUESTS, PRESENT_SECONDS, type Present, presentOf } from "./present.ts";
import { percent, titleOf, weightsText } from "./report.ts";
import { planOf, presentSource } from "./strategy.ts";
import { hasUnknowns } from "./unknowns.ts";

/**
 * The plan and its prediction, a few lines to show in a preview. Inputs that are not known yet or not right give none, and a
 * Prometheus that cannot be asked gives a line that says so: a preview does not fail for it.
 */
export async function outlook(inputs: GateInputs, edges: Partial<Edges> = {}): Promise<readonly string[]> {
  if (hasUnknowns(inputs) || checkInputs(inputs).length > 0) return [];
  const { slis, alpha, minStepSeconds } = inputs;
  const title = titleOf(inputs);
  const limits = slis.map((sli) => `${sli.name} limit ${percent(sli.limit)}`).join(", ");
  const plan = `${title}  plan: ${weightsText(inputs)}, ${inputs.steps.length > 1 ? "each " : ""}for at least ${minStepSeconds} s; ${limits}; at most ${percent(alpha)} of healthy versions rolled back`;
  try {
    const { clock, connect } = { ...realEdges(), ...edges };
    const { metrics } = await connect(inputs);
    const now = clock.now() / 1000;
    const history = historyFrom(await metrics(presentSource(inputs)).read(now - PRESENT_SECONDS, now));
    const present = presentOf(
      history,
      slis.map(({ name }) => name),
    );
    const lines = present.requests < ENOUGH_REQUESTS ? [tooLittle(present)] : predicted(predict(planOf(inputs), inputs, present), present);
    return [plan, ...lines.map((line) => `${title}  ${line}`)];
  } catch (error) {
    return [plan, `${title}  no prediction: ${error instanceof Error ? error.message : "Prometheus cannot be asked"}`];
  }
}

function tooLittle({ requests, seconds }: Present): string {
  if (requests === 0 && seconds > 0) return "the service has no requests now: without any there is no verdict before the deadline";
  return `too little traffic to say what to expect: ${requests} requests in the last ${Math.round(seconds)} s, at least ${ENOUGH_REQUESTS} are needed`;
}

function predicted({ healthy, regressions }: Prediction, { requestsPerSecond, seconds, badShare }: Present): readonly string[] {
  const names = [...new Set(regressions.map(({ sli }) => sli))];
  const rate = `${Number(requestsPerSecond.toPrecision(2))} requests/s, as in the last ${Math.round(seconds)} s`;
  return [
    `at ${rate}, a healthy version is promoted ${chanceOf(healthy)}`,
    ...names.map((name) => {
      const cases = regressions.filter(({ sli }) => sli === name);
      return `${name}, stable at ${percent(badShare[name] ?? 0)}: rolled back ${cases.map((c) => `${c.factor}x as bad (${percent(c.share)}) ${chanceOf(c)}`).join(", ")}`;
    }),
  ];
}

/** "in 98% after about 26 s" */
function chanceOf({ chance, seconds }: Odds): string {
  return seconds === undefined ? "hardly ever" : `in ${percent(chance)} after about ${Math.round(seconds)} s`;
}
