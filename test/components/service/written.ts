import type { Gate } from "../../../components/service/gate.ts";
import type { RolloutPlan } from "../../../components/service/plan.ts";
import { gateInputs } from "../../support/gateInputs.ts";
import { recordResources } from "../../support/mocks.ts";

/** A resource whose provider Pulumi writes into the state. */
export type DynamicKind = typeof Gate | typeof RolloutPlan;

/** The provider of such a resource as text, as the state holds it. */
export async function writtenProvider(kind: DynamicKind): Promise<string> {
  const { all } = await recordResources(() => new kind("echo", gateInputs));
  return all[0]?.inputs.__provider;
}
