import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { hostsBelow } from "./hosts.ts";
import type { Cluster } from "./index.ts";

export interface EmbeddedClusterArgs {
  /** Folder in which `sluice local up` keeps the platform's state. */
  readonly stateDir: string;
  /** Whether somebody put a metrics server on it: the platform has none of its own. @default false */
  readonly metricsServer?: boolean;
}

/** What we read of the state that a running platform writes down for others. */
const platformState = z.object({
  id: z.string(),
  /** Path of the kubeconfig. */
  kubeconfig: z.string(),
  prometheusUrl: z.url(),
  /** Envoy's listener, which tells services apart by the Host header. */
  gatewayUrl: z.url(),
});

/**
 * The platform that runs on this machine. It keeps its identity when it comes back on other ports: by its address alone Pulumi's provider would
 * take it for another cluster and replace every object. Browsers and curl find `*.localhost` on the loopback address without any DNS.
 */
export function embeddedCluster({ stateDir, metricsServer = false }: EmbeddedClusterArgs): Cluster {
  const state = readState(join(stateDir, "platform.json"));
  const kubeconfig = pulumi.secret(readFileSync(state.kubeconfig, "utf8"));
  return {
    name: "embedded",
    provider: new k8s.Provider("embedded", { kubeconfig, clusterIdentifier: state.id }),
    kubeconfig,
    prometheus: { url: state.prometheusUrl },
    offers: { loadBalancer: undefined, storageClass: undefined, metricsServer, workloadIdentity: false },
    ready: [],
    ...hostsBelow({ domain: "localhost", scheme: "http", port: new URL(state.gatewayUrl).port }),
  };
}

function readState(file: string): z.output<typeof platformState> {
  if (!existsSync(file)) throw new pulumi.RunError(`the embedded platform is not up (there is no ${file}): run npx sluice local up`);
  const state = platformState.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (state.success) return state.data;
  throw new pulumi.RunError(`${file} is not the state of a platform: run npx sluice local reset\n${z.prettifyError(state.error)}`);
}
