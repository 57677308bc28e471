import { bucketsOf } from "../buckets.ts";
import { selectorProblem } from "../promql.ts";
import type { CounterSli, IstioSource, LatencySli, MetricSource, Sli } from "../slo.ts";
import { matcherProblems } from "./labels.ts";
import { aboveZeroProblems } from "./numbers.ts";
import { type Problems, problem } from "./problem.ts";

export function* sliProblems(path: string, sli: Sli): Problems {
  if (sli.type === "counters") {
    yield* counterProblems(path, sli);
  } else {
    yield* sourceProblems(`${path}.from`, sli.from);
    if (sli.type === "latency") yield* thresholdProblems(path, sli);
  }
}

function* counterProblems(path: string, sli: CounterSli): Problems {
  const counters = { total: sli.total, ...("bad" in sli && { bad: sli.bad }), ...("good" in sli && { good: sli.good }) };
  for (const [name, text] of Object.entries(counters)) {
    const reason = selectorProblem(text);
    if (reason !== undefined) yield problem(`${path}.${name}`, text, reason);
    if (name !== "total" && text.trim() === sli.total.trim())
      yield problem(`${path}.${name}`, text, "is the same as total; let it pick some of the events");
  }
  if (Object.keys(counters).length > 2)
    yield problem(`${path}.good`, counters.good, "stands beside bad, and the two may contradict each other; give one of them");
}

function* sourceProblems(path: string, from: MetricSource): Problems {
  if (from.kind === "istio") yield* istioProblems(path, from);
  else yield* matcherProblems(`${path}.labels`, from.labels);
}

function* istioProblems(path: string, { namespace, services }: IstioSource): Problems {
  if (namespace === "") yield problem(`${path}.namespace`, namespace, "is empty; give the namespace of the Services");
  if (services.length === 0)
    yield problem(`${path}.services`, services, "is empty; give the Services that users call, for example echo-stable and echo-canary");
  for (const [index, name] of services.entries())
    if (name === "") yield problem(`${path}.services[${index}]`, name, "is empty; give the name of a Service");
}

function* thresholdProblems(path: string, sli: LatencySli): Problems {
  const { thresholdMs, native, bucketsMs } = sli;
  const at = `${path}.thresholdMs`;
  yield* aboveZeroProblems(at, thresholdMs, 300);
  if (native === true && bucketsMs !== undefined)
    yield problem(
      `${path}.bucketsMs`,
      bucketsMs,
      "stands beside native, and a native histogram has no fixed buckets; leave one of the two out",
    );
  const buckets = bucketsOf(sli);
  if (thresholdMs > 0 && buckets !== undefined && !buckets.includes(thresholdMs))
    yield problem(
      at,
      thresholdMs,
      `is no bucket of the histogram (in ms), so slower requests cannot be counted; take one of ${buckets.join(", ")}, or say which buckets there are as bucketsMs`,
    );
}
