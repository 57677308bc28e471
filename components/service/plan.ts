import * as pulumi from "@pulumi/pulumi";
import type { GateInputs, PublicInputs } from "@sluice/gate";
import type { GateArgs } from "./gate.ts";

type GateRoom = typeof import("@sluice/gate");

/** Runs where the gate does; see there. */
const provider: pulumi.dynamic.ResourceProvider<GateInputs, PublicInputs> = {
  async configure() {
    const { leaveWithEngine }: GateRoom = require("@sluice/gate");
    leaveWithEngine();
  },
  async diff(_id, olds, news) {
    const { diffInputs, outlook }: GateRoom = require("@sluice/gate");
    const changed = diffInputs({ ...olds }, { ...news });
    // Pulumi calls this in previews, too, where it is the one place that can say what an `up` would do.
    if (changed.includes("template")) for (const line of await outlook(news)) console.log(line);
    return { changes: changed.length > 0 };
  },
  async create({ kubeconfig: _secret, prometheus: _place, ...outs }) {
    return { id: `${outs.namespace}/${outs.rollout}`, outs };
  },
  async update(_id, _olds, { kubeconfig: _secret, prometheus: _place, ...outs }) {
    return { outs };
  },
};

/**
 * Comes before the Rollout and says how a new revision will be judged, and what to expect at the present traffic. It also starts the process
 * that gates run in: without it the canary would take requests for as long as that takes, with nobody looking.
 */
export class RolloutPlan extends pulumi.dynamic.Resource {
  constructor(name: string, args: GateArgs, options?: pulumi.CustomResourceOptions) {
    const inputs = { ...args, kubeconfig: pulumi.secret(args.kubeconfig) };
    super(provider, name, inputs, { ...options, additionalSecretOutputs: ["kubeconfig"] }, "gate", "RolloutPlan");
  }
}
