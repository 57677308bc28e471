// What really arrives in the real Prometheus, under which names.
import assert from "node:assert/strict";
import test from "node:test";
import { z } from "zod";
import type { Kube } from "../../../gate/conductor/kube.ts";
import { decide, type Look, type Plan } from "../../../gate/index.ts";
import { pushTo } from "../../../gate/telemetry/push.ts";
import { lookSamples, type Sample, verdictSamples } from "../../../gate/telemetry/series.ts";
import { telemetryOver } from "../../../gate/telemetry/telemetry.ts";
import { startPlatform } from "../../support/platform.ts";

const noKube: Kube = () => Promise.reject(new Error("not asked"));
const plan: Plan = { steps: [10, 50], slis: [{ name: "availability", limit: 0.02 }] };
const of = { namespace: "default", service: "echo", revision: "6c8f" };
const looks: readonly Look[] = [
  { at: 1, step: 0, slis: { availability: { canary: { total: 100, bad: 12 }, stable: { total: 900, bad: 1 } } } },
];
const after = { plan, looks, decision: decide(plan, looks), step: 0, deadline: 1_795_000_120 };
const ROLLED_BACK = { verdict: "rolled back", decidedBy: "availability" } as const;

const Answer = z.object({
  data: z.object({ result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })) }),
});

test("Prometheus stores what it is told as it is told", async (t) => {
  const { prometheusUrl: url } = await startPlatform(t, { parts: ["prometheus"] });
  const notices: string[] = [];
  const began = Date.now();
  let passed = 0;
  const now = () => began + passed++;
  const telemetry = telemetryOver({ push: pushTo({ url }, noKube), now, notice: (line) => notices.push(line) });
  const look = lookSamples(of, { ...after, missed: { silent: 0, "no share": 0 } });
  const verdict = verdictSamples(of, ROLLED_BACK, (began + 1) / 1000);

  /** Every series that answers `query`, as lineOf has it. */
  async function told(query: string): Promise<readonly string[]> {
    const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query })}`);
    const { result } = Answer.parse(await answer.json()).data;
    return result
      .map(({ metric: { __name__: name = "", ...labels }, value: [, value] }) => lineOf({ name, labels, value: Number(value) }))
      .sort();
  }

  telemetry.looked(of, after);
  await telemetry.ended(of, ROLLED_BACK);
  assert.deepEqual(notices, []);

  await t.test("every series has its name, its labels and the job beside them, and its value", async () => {
    const expected = [...look, ...verdict].map((sample) => lineOf({ ...sample, labels: { ...sample.labels, job: "sluice-gate" } })).sort();
    assert.deepEqual(await told('last_over_time({__name__!=""}[1m])'), expected);
  });

  await t.test("a rollout that has ended shows its verdict and no look any more", async () => {
    const names = await told('{__name__!=""}');
    assert.deepEqual(names.length, 1, names.join("\n"));
    assert.match(names[0] ?? "", /^sluice_gate_verdict_timestamp_seconds\{.*verdict="rolled back"\}/);
  });
});

function lineOf({ name, labels, value }: Pick<Sample, "name" | "labels" | "value">): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${name}{${sorted.map(([label, text]) => `${label}="${text}"`).join(",")}} ${value}`;
}
