import type * as pulumi from "@pulumi/pulumi";
import type { GateRecord } from "@sluice/gate";
import { Service } from "../components/service/index.ts";
import type { Ground } from "./ground.ts";
import type { NAMESPACES } from "./platform/namespaces.ts";
import type { Stack } from "./stack.ts";

/** What services need of the platform. */
export interface ForServices {
  /** Where the platform is ours; elsewhere services are where nothing has to be made for them. */
  readonly namespace: typeof NAMESPACES.services | "default";
  /** Beside the mesh's own: the gateways that the world comes in by. */
  readonly gateways: readonly string[];
  readonly grafanaUrl: string | undefined;
  /** What must be there before a service. */
  readonly ready: readonly pulumi.Resource[];
}

export interface Services {
  readonly byName: Readonly<Record<string, Service>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Every service of the stack. */
export function createServices({ services }: Stack, { cluster, images }: Ground, platform: ForServices): Services {
  const { provider, kubeconfig, prometheus, offers } = cluster;
  const { namespace, gateways, grafanaUrl, ready } = platform;
  const own = {
    kubeconfig,
    prometheus,
    gateways,
    ...(grafanaUrl !== undefined && { grafanaUrl }),
    hostOf: (service: string) => cluster.hostOf(service),
    urlOf: (service: string) => cluster.urlOf(service),
  };
  const byName = Object.fromEntries(
    Object.entries(services).map(([name, spec]) => {
      const autoscaling = offers.metricsServer ? spec.autoscaling : undefined;
      const options = { provider, dependsOn: [...ready, ...(images[name] ? [images[name]] : [])] };
      return [name, new Service(name, { ...spec, autoscaling, namespace, cluster: own }, options)] as const;
    }),
  );
  return { byName, outputs: Object.fromEntries(Object.entries(byName).map(([name, service]) => [name, outputsOf(service)])) };
}

function outputsOf({ url, image, verdict, record }: Service) {
  return { url, image, verdict, record: record.apply((whole) => whole && summary(whole)) };
}

/** A record as one wants to read it after every `up`. The whole, with the evidence of every look, is in the state of the gate's resource. */
function summary({ reason, revision, startedAt, endedAt, blind, evidence }: GateRecord) {
  return { reason, revision, startedAt, endedAt, looks: evidence.looks.length, blind };
}
