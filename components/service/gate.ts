import * as pulumi from "@pulumi/pulumi";
import type { GateInputs, GateOutputs, GateRecord } from "@sluice/gate";

type GateRoom = typeof import("@sluice/gate");

/**
 * Pulumi writes this object, as text, into the state of every gate and runs it in a process of its own. So it is no more than a shim: all it
 * does is in @sluice/gate, which each method loads where it runs.
 */
const provider: pulumi.dynamic.ResourceProvider<GateInputs, GateOutputs> = {
  async configure() {
    const { leaveWithEngine }: GateRoom = require("@sluice/gate");
    leaveWithEngine();
  },
  async check(_olds, news) {
    const { checkInputs }: GateRoom = require("@sluice/gate");
    return { inputs: news, failures: [...checkInputs(news)] };
  },
  async diff(_id, olds, news) {
    const { diffInputs }: GateRoom = require("@sluice/gate");
    return { changes: diffInputs({ ...olds }, { ...news }).length > 0 };
  },
  async create(inputs) {
    const { conduct, gateId, gateOutputs }: GateRoom = require("@sluice/gate");
    return { id: gateId(inputs), outs: gateOutputs(inputs, await conduct(inputs)) };
  },
  async update(_id, olds, news) {
    const { conduct, gateOutputs }: GateRoom = require("@sluice/gate");
    return { outs: gateOutputs(news, await conduct(news, olds.record)) };
  },
};

export type GateArgs = { readonly [Name in keyof GateInputs]: pulumi.Input<GateInputs[Name]> };

/** Stands between a changed Rollout and its traffic: done when the revision is promoted, failed when it is rolled back or held. */
export class Gate extends pulumi.dynamic.Resource {
  /** The evidence and what was made of it. */
  declare readonly record: pulumi.Output<GateRecord>;

  constructor(name: string, args: GateArgs, options?: pulumi.CustomResourceOptions) {
    const inputs = { ...args, kubeconfig: pulumi.secret(args.kubeconfig), record: undefined };
    super(provider, name, inputs, { ...options, additionalSecretOutputs: ["kubeconfig"] }, "gate", "RolloutGate");
  }
}
