import * as pulumi from "@pulumi/pulumi";
import { type Alert, alertsManifest } from "../../charts/alerts/index.ts";
import { type Board, boardManifests } from "../../charts/observability/index.ts";
import { createObjects, HeldOutputs } from "../chart.ts";
import { refuse } from "../refuse.ts";

export interface WatchArgs {
  /** Alerts by the part that brings them. A part without any has no rules. */
  readonly alerts: Readonly<Record<string, readonly Alert[]>>;
  readonly boards: readonly Board[];
  /** Where Prometheus and Grafana are. */
  readonly namespace: string;
}

/**
 * What all parts of the platform bring along: their alerts as rules of Prometheus, their boards in Grafana. The kinds and what reads them come with
 * `Observability`, which it depends on.
 */
export class Watch extends pulumi.ComponentResource {
  /** The rules and the boards' ConfigMaps. */
  readonly objects: readonly pulumi.CustomResource[];

  /** @throws pulumi.InputPropertiesError when two alerts have one name: they could not be told apart in a chat, nor silenced alone */
  constructor(name: string, { alerts, boards, namespace }: WatchArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:observability:Watch", name, {}, options);
    assertUnique(name, alerts);
    const rules = Object.entries(alerts).flatMap(([part, ofPart]) => (ofPart.length > 0 ? [alertsManifest(part, namespace, ofPart)] : []));
    this.objects = createObjects([...rules, ...boardManifests(boards, namespace)], { parent: this, held: new HeldOutputs() });
    this.registerOutputs({});
  }
}

function assertUnique(name: string, alerts: WatchArgs["alerts"]): void {
  const placed = Object.entries(alerts).flatMap(([part, ofPart]) => ofPart.map((alert, index) => ({ part, index, alert: alert.name })));
  const problems = placed.map(({ part, index, alert }, position) => {
    const first = placed.findIndex((other) => other.alert === alert);
    const reason = `"${alert}" is an alert of ${placed[first]?.part} already; name it otherwise`;
    return first !== position && { propertyPath: `alerts.${part}[${index}]`, reason };
  });
  refuse(`watch "${name}"`, problems);
}
