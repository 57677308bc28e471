// Whole rollouts that are told of, in the simulated world.
import assert from "node:assert/strict";
import test from "node:test";
import type { Push } from "../../../gate/telemetry/push.ts";
import { conducted, rolling } from "../conductor/support.ts";
import { type Conductor, SECRET, type World, type WorldOptions } from "../conductor/world.ts";
import { pointsOf, type ToldPoint } from "./points.ts";

/** A conductor that tells through `push`. */
function telling(w: World, push: Push): Conductor {
  const conductor = w.conductor();
  const connect: Conductor["edges"]["connect"] = async (inputs) => ({ ...(await conductor.edges.connect(inputs)), push });
  return { ...conductor, edges: { ...conductor.edges, connect } };
}

async function told(options: WorldOptions = {}) {
  const requests: (readonly ToldPoint[])[] = [];
  const w = await rolling(options);
  const push: Push = async (request) => void requests.push(pointsOf(request));
  return { ...(await conducted(w, telling(w, push))), requests };
}

type Told = Awaited<ReturnType<typeof told>>;

/** The values of a series, in their order. */
function course({ requests }: Told, name: string, labels: ToldPoint["labels"] = {}): readonly number[] {
  const isOf = (point: ToldPoint) => point.name === name && Object.entries(labels).every(([label, value]) => point.labels[label] === value);
  return requests.flatMap((points) => points.filter(isOf).flatMap(({ value }) => value ?? []));
}

/** What is told last: the verdict and what gave it. */
function ending({ requests }: Told): unknown {
  const { verdict, by } = requests.at(-1)?.find(({ value }) => value !== undefined)?.labels ?? {};
  return { verdict, by };
}

test("a promotion is told step by step, with every look", async () => {
  const run = await told();
  assert.deepEqual([...new Set(course(run, "sluice_gate_weight_ratio"))], [0.1, 0.25, 0.5]);
  const looks = course(run, "sluice_gate_looks_total");
  assert.equal(looks.at(-1), run.record.evidence.looks.length);
  assert.deepEqual(
    looks,
    looks.toSorted((a, b) => a - b),
    "a counter does not fall",
  );
  assert.deepEqual(ending(run), { verdict: "promoted", by: "evidence" });
});

test("a rollback is told with the evidence that decided, and the SLI that it was", async () => {
  const run = await told({ canary: { errors: 0.05 } });
  assert.ok((course(run, "sluice_gate_evidence").at(-1) ?? 0) >= 100);
  assert.deepEqual(ending(run), { verdict: "rolled back", by: "availability" });
});

test("without traffic the looks that could not begin are told, and a verdict that no evidence gave", async () => {
  const run = await told({ requestsPerSecond: 0, inputs: { deadlineSeconds: 20 } });
  assert.ok((course(run, "sluice_gate_looks_without_evidence_total", { reason: "no share" }).at(-1) ?? 0) >= 15);
  assert.equal(course(run, "sluice_gate_looks_total").at(-1), 0);
  assert.deepEqual(ending(run), { verdict: "rolled back", by: "no evidence" });
});

test("looks that a silent Prometheus left out are told when it answers again", async () => {
  const w = await rolling();
  const requests: (readonly ToldPoint[])[] = [];
  w.at(10, w.stopAnswering);
  w.at(15, w.startPrometheus);
  const run = {
    ...(await conducted(
      w,
      telling(w, async (request) => void requests.push(pointsOf(request))),
    )),
    requests,
  };
  assert.equal(run.record.verdict, "promoted");
  assert.ok((course(run, "sluice_gate_looks_without_evidence_total", { reason: "silent" }).at(-1) ?? 0) >= 3);
});

test("the verdict, its time and what is said do not depend on whether Prometheus takes what it is told", async () => {
  const options = { canary: { errors: 0.05 } };
  const alone = await conducted(await rolling(options));
  const ways: Readonly<Record<string, Push>> = {
    takes: async () => undefined,
    refuses: () => Promise.reject(new Error("no")),
    throws: () => {
      throw new Error("no");
    },
    "never answers": () => new Promise(() => undefined),
  };
  for (const [way, push] of Object.entries(ways)) {
    const w = await rolling(options);
    const { record, seconds, said } = await conducted(w, telling(w, push));
    assert.deepEqual({ ...record, endedAt: "" }, { ...alone.record, endedAt: "" }, way);
    assert.equal(seconds, alone.seconds, way);
    assert.deepEqual(
      said.filter((line) => !line.includes("the boards see nothing")),
      alone.said,
      way,
    );
  }
});

test("nothing secret is told", async () => {
  const { requests } = await told();
  assert.ok(requests.length > 3);
  assert.ok(!JSON.stringify(requests).includes(SECRET));
});
