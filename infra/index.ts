import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { GateRecord } from "@sluice/gate";
import { embeddedCluster } from "../components/cluster/index.ts";
import { Service } from "../components/service/index.ts";
import { readStack } from "./stack.ts";

/** Services share one namespace until a stack has reason to part them. */
const NAMESPACE = "default";

// Pulumi traces every promise and maps each trace back to sources, which takes more time than all else this program does. Our files run as
// they are written: there is nothing to map.
Reflect.deleteProperty(Error, "prepareStackTrace");

const project = resolve(import.meta.dirname, "..");
const stack = readStack();
const { provider, ...cluster } = embeddedCluster({ stateDir: resolve(project, stack.cluster.stateDir ?? `.sluice/${pulumi.getStack()}`) });

/** By service: where it is, what runs, and how the last rollout was judged. */
export const services = Object.fromEntries(
  Object.entries(stack.services).map(([name, spec]) => {
    const autoscaling = stack.cluster.metricsServer ? spec.autoscaling : undefined;
    const { url, image, verdict, record } = new Service(name, { ...spec, autoscaling, namespace: NAMESPACE, cluster }, { provider });
    return [name, { url, image, verdict, record: record.apply((whole) => whole && summary(whole)) }];
  }),
);

/** A record as one wants to read it after every `up`. The whole, with the evidence of every look, is in the state of the gate's resource. */
function summary({ reason, revision, startedAt, endedAt, blind, evidence }: GateRecord) {
  return { reason, revision, startedAt, endedAt, looks: evidence.looks.length, blind };
}
