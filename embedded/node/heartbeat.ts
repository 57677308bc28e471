import { z } from "zod";
import { isConflict, type KubeClient, nodes } from "../kube/index.ts";
import { NODE_NAME, nodeObject, nodeStatus } from "./nodeObject.ts";
import { leases } from "./resources.ts";

const LEASE_NAMESPACE = "kube-node-lease";
/** As a kubelet: the lease is renewed every 10 s and lasts 40 s, the status is written every 5 minutes if nothing else makes it necessary. */
const RENEW_MS = 10_000;
const LEASE_SECONDS = 40;
const STATUS_MS = 300_000;

const Version = z.object({ gitVersion: z.string() });

/** Registers the node, then tells the cluster that it is alive until `stop`. */
export async function startHeartbeat(client: KubeClient, address: string, onError: (error: unknown) => void): Promise<{ stop(): void }> {
  const readySince = Date.now();
  const { gitVersion: version } = Version.parse(await client.request("GET", "/version"));
  let renewedAt = 0;
  let statusAt = 0;

  async function register(): Promise<void> {
    await client.create(nodes, nodeObject()).catch((error) => {
      if (!isConflict(error)) throw error;
    });
    await client.create(leases, { metadata: { name: NODE_NAME, namespace: LEASE_NAMESPACE }, spec: leaseSpec() }).catch((error) => {
      if (!isConflict(error)) throw error;
    });
  }

  async function beat(): Promise<void> {
    const now = Date.now();
    await client.patch(leases, NODE_NAME, { spec: leaseSpec() }, { namespace: LEASE_NAMESPACE });
    if (statusIsDue({ now, renewedAt, statusAt })) {
      const status = nodeStatus({ address, version, readySince, now });
      await client.patch(nodes, NODE_NAME, { status }, { subresource: "status", type: "strategic" });
      statusAt = now;
    }
    renewedAt = now;
  }

  await register();
  await beat();
  const timer = setInterval(() => void beat().catch(onError), RENEW_MS);
  return { stop: () => clearInterval(timer) };
}

export interface Beats {
  readonly now: number;
  /** When the lease was last renewed, ms since the epoch; 0 for never. */
  readonly renewedAt: number;
  /** When the status was last written, the same way. */
  readonly statusAt: number;
}

/** After a gap (a machine that slept, an API server that was down) the cluster may have given the node up: its status must say it is back. */
export function statusIsDue({ now, renewedAt, statusAt }: Beats): boolean {
  return now - statusAt >= STATUS_MS || now - renewedAt >= (LEASE_SECONDS * 1000) / 2;
}

function leaseSpec() {
  return { holderIdentity: NODE_NAME, leaseDurationSeconds: LEASE_SECONDS, renewTime: new Date().toISOString().replace("Z", "000Z") };
}
