import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { type ChaosProps, chaosManifests, FAULT_NAMES, needsNode } from "../../../charts/chaos/index.ts";
import { withinDoubleQuotes } from "../../../charts/chaos/steadyState.ts";
import { promqlProblem } from "../../../charts/slo/index.ts";

const alerting = { page: true, ticket: true, absent: false };
const common = { objective: 99.5, window: { days: 30 }, limit: 0.02, minEvents: 0, alerting };
const props: ChaosProps = {
  namespace: "chaos",
  release: "litmus",
  image: "litmuschaos/go-runner:3.29.0",
  prometheusUrl: "http://prometheus.observability:9090",
  faults: FAULT_NAMES,
  targets: [
    {
      service: "echo",
      namespace: "apps",
      objectives: [
        { ...common, name: "availability", kind: "availability" },
        { ...common, name: "latency", kind: "latency", thresholdMs: 300, limit: 0.1 },
      ],
    },
  ],
};

// As an API server would send them.
const manifests = JSON.parse(JSON.stringify(chaosManifests(props)));
const find = (kind: string, name: string, namespace = "chaos") => {
  const found = manifests.find((one: typeof props & { kind: string; metadata: { name: string; namespace: string } }) => {
    return one.kind === kind && one.metadata.name === name && one.metadata.namespace === namespace;
  });
  assert.ok(found, `${kind} ${namespace}/${name}`);
  return found;
};

for (const fault of FAULT_NAMES) {
  const engine = find("ChaosEngine", `echo-${fault}`);

  test(`${fault} does not run by itself`, () => assert.equal(engine.spec.engineState, "stop"));

  test(`${fault} is done to the pods of the Rollout alone, and to the service's container among them`, () => {
    assert.deepEqual(engine.spec.appinfo, { appns: "apps", applabel: "app.kubernetes.io/name=echo", appkind: "rollout" });
    assert.deepEqual(engine.spec.experiments[0].spec.components.env, [{ name: "TARGET_CONTAINER", value: "echo" }]);
  });

  test(`${fault} is done by an account of its own, which can make nothing in the service's namespace`, () => {
    const name = `echo-${fault}`;
    assert.equal(engine.spec.chaosServiceAccount, name);
    find("ServiceAccount", name);
    const binding = find("RoleBinding", name, "apps");
    assert.deepEqual(binding.subjects, [{ kind: "ServiceAccount", name, namespace: "chaos" }]);
    const verbs = new Set(find("Role", name, "apps").rules.flatMap((rule: { verbs: string[] }) => rule.verbs));
    assert.deepEqual([...verbs].sort(), fault === "pod-delete" ? ["delete", "get", "list"] : ["get", "list"]);
  });

  test(`${fault} has a deadline, and where it works from the node a pinned helper`, () => {
    const env = Object.fromEntries(
      find("ChaosExperiment", fault).spec.definition.env.map(({ name, value }: { name: string; value: string }) => [name, value]),
    );
    assert.equal(env.TOTAL_CHAOS_DURATION, "120");
    assert.equal(env.LIB_IMAGE, needsNode(fault) ? props.image : undefined);
  });
}

test("only what is done through the API server can do without privileged pods", () => {
  assert.deepEqual(FAULT_NAMES.filter(needsNode), ["pod-cpu-hog", "pod-network-latency"]);
});

test("no role has a wildcard", () => {
  const rules = manifests.filter(({ kind }: { kind: string }) => kind === "Role").flatMap((role: { rules: unknown[] }) => role.rules);
  assert.equal(JSON.stringify(rules).includes("*"), false);
});

const { probe: probes } = find("ChaosEngine", "echo-pod-delete").spec.experiments[0].spec;

test("the steady state is each objective, asked before the fault and during it, and its breach ends the run", () => {
  const told = probes.map((probe: { name: string; mode: string; runProperties: { stopOnFailure: boolean } }) => [
    probe.name,
    probe.mode,
    probe.runProperties.stopOnFailure,
  ]);
  assert.deepEqual(told, [
    ["availability-before", "SOT", true],
    ["availability-during", "Continuous", true],
    ["latency-before", "SOT", true],
    ["latency-during", "Continuous", true],
  ]);
});

test("its bound is the share of bad requests that a canary is held to", () => {
  const bounds = probes.map((probe: Record<string, { comparator: unknown }>) => probe["promProbe/inputs"]?.comparator);
  assert.deepEqual(bounds, [
    { criteria: "<=", value: "0.02" },
    { criteria: "<=", value: "0.02" },
    { criteria: "<=", value: "0.1" },
    { criteria: "<=", value: "0.1" },
  ]);
});

/** What a shell makes of the command that Litmus writes. */
function throughShell(query: string): string {
  return execFileSync("/bin/sh", ["-c", `printf %s "${query}"`], { encoding: "utf8" });
}

test("through Litmus' shell each query arrives as PromQL, over the stable and the canary of the service", () => {
  for (const probe of probes) {
    const query = throughShell(probe["promProbe/inputs"].query);
    assert.equal(promqlProblem(query), undefined);
    assert.match(query, /destination_service_name=~"echo-stable\|echo-canary"/);
    assert.match(query, /\[1m\]/);
  }
});

for (const text of ['up{job="a"}', "a\\b", "$(date)", "`date`", "'x'", "a\nb", "$HOME \\$HOME"]) {
  test(`${JSON.stringify(text)} goes through a shell's double quotes as it is`, () => {
    assert.equal(throughShell(withinDoubleQuotes(text)), text);
  });
}
