import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runStack, STACKS } from "../infra/program/run.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/platform.md"), "utf8");

for (const stack of STACKS) {
  test(`docs/platform.md names every alert of the platform's parts in stack ${stack.name}`, async () => {
    const { all } = await runStack(stack);
    const rules = all.filter(({ type, parent }) => type.endsWith(":PrometheusRule") && parent?.startsWith("sluice:observability:Watch"));
    const alerts = rules.flatMap(({ inputs }) => alertsOf(inputs.spec));
    assert.deepEqual(
      alerts.filter((alert) => !page.includes(alert)),
      [],
    );
  });
}

interface Spec {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string }[] }[];
}

function alertsOf({ groups }: Spec): readonly string[] {
  return groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
}
