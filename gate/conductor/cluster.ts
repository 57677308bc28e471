// What the conductor asks of the cluster, and the real one behind the API server.
import { z } from "zod";
import { GateError } from "../errors.ts";
import { type Copies, copiesPatch } from "./copies.ts";
import type { Kube } from "./kube.ts";
import { type PodView, viewPod } from "./pods.ts";
import { type Made, type RolloutView, viewMade, viewRollout } from "./rollout.ts";

export interface LeaseFields {
  /** Who holds it: host/pid/start. None: it is free. */
  readonly holder?: string;
  readonly acquired?: string;
  readonly renewed?: string;
  /** How long it lives without being renewed. */
  readonly seconds: number;
  /** What its holder wrote down. */
  readonly notes?: string;
}

export interface LeaseView extends LeaseFields {
  readonly resourceVersion: string;
}

export interface CanaryPods {
  /** How many there should be. */
  readonly desired: number;
  readonly pods: readonly PodView[];
}

/**
 * One Rollout and what belongs to it. Writes are made on a reading: "conflict" says that the object has changed since, and
 * that nothing was done. All throw Unavailable when the API server does not answer, GateError when it refuses.
 */
export interface Cluster {
  rollout(): Promise<RolloutView>;
  /** What the controller made of a revision; undefined when there is none such. */
  made(revision: string): Promise<Made | undefined>;
  /** Ends the pause the Rollout stands at. */
  advance(view: RolloutView): Promise<"done" | "conflict">;
  /** Sends all traffic back to stable. */
  abort(view: RolloutView): Promise<"done" | "conflict">;
  /** Lets an aborted Rollout try its template again, from the first step. */
  clearAbort(view: RolloutView): Promise<"done" | "conflict">;
  canaryPods(revision: string): Promise<CanaryPods>;
  /** Has the service's VirtualService, which has the Rollout's name, make these copies of requests, or none. */
  copy(copies: Copies | undefined): Promise<"done" | "conflict">;
  readLease(): Promise<LeaseView | undefined>;
  /** @param resourceVersion of the reading this replaces; without one the Lease is created */
  writeLease(lease: LeaseFields, rolloutUid: string, resourceVersion: string | undefined): Promise<LeaseView | "conflict">;
}

const NOTES = "sluice.dev/progress";

const leaseSchema = z.object({
  metadata: z.object({ resourceVersion: z.string(), annotations: z.record(z.string(), z.string()).default({}) }),
  spec: z.object({
    holderIdentity: z.string().optional(),
    acquireTime: z.string().optional(),
    renewTime: z.string().optional(),
    leaseDurationSeconds: z.number().default(0),
  }),
});
const replicaSetSchema = z.object({ spec: z.object({ replicas: z.number().default(1) }) });
const listSchema = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) }).loose()) });
const eventsSchema = z.object({ items: z.array(z.object({ message: z.string().default(""), lastTimestamp: z.string().nullish() })) });

export function clusterOver(kube: Kube, { namespace, rollout }: { readonly namespace: string; readonly rollout: string }): Cluster {
  const rolloutPath = `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/rollouts/${rollout}`;
  const virtualService = `/apis/networking.istio.io/v1/namespaces/${namespace}/virtualservices/${rollout}`;
  const leases = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
  const leaseName = `sluice-gate-${rollout}`;

  async function get(path: string): Promise<unknown> {
    const { status, body } = await kube({ method: "GET", path });
    if (status === 404) return undefined;
    if (status >= 300) throw refusal(`read ${path}`, status, body);
    return body;
  }

  async function write(method: "POST" | "PUT" | "PATCH", path: string, body: unknown): Promise<{ body: unknown } | "conflict"> {
    const answer = await kube({ method, path, body });
    const gone = answer.status === 404 && method === "PUT";
    if (answer.status === 409 || gone) return "conflict";
    if (answer.status >= 300) throw refusal(`write ${path}`, answer.status, answer.body);
    return answer;
  }

  async function patchStatus({ resourceVersion }: RolloutView, status: unknown): Promise<"done" | "conflict"> {
    const answer = await write("PATCH", `${rolloutPath}/status`, { metadata: { resourceVersion }, status });
    return answer === "conflict" ? answer : "done";
  }

  const replicaSet = (revision: string) => get(`/apis/apps/v1/namespaces/${namespace}/replicasets/${rollout}-${revision}`);

  async function probeFailure(pod: string): Promise<string | undefined> {
    const selector = encodeURIComponent(`involvedObject.name=${pod},reason=Unhealthy`);
    const events = eventsSchema.safeParse(await get(`/api/v1/namespaces/${namespace}/events?fieldSelector=${selector}`)).data?.items ?? [];
    return events.sort((a, b) => (a.lastTimestamp ?? "").localeCompare(b.lastTimestamp ?? "")).at(-1)?.message;
  }

  return {
    async rollout() {
      const object = await get(rolloutPath);
      if (object === undefined) throw new GateError(`there is no Rollout ${rollout} in namespace ${namespace}`);
      return viewRollout(object);
    },

    made: async (revision) => viewMade(await replicaSet(revision)),

    async advance(view) {
      const cleared = await patchStatus(view, { pauseConditions: null });
      // As the kubectl plugin does: the status says which step, the spec may hold everything back.
      if (cleared === "done" && view.specPaused) await write("PATCH", rolloutPath, { spec: { paused: false } });
      return cleared;
    },
    abort: (view) => patchStatus(view, { abort: true }),
    clearAbort: (view) => patchStatus(view, { abort: false }),

    async canaryPods(revision) {
      const set = replicaSetSchema.safeParse(await replicaSet(revision)).data;
      const selector = encodeURIComponent(`rollouts-pod-template-hash=${revision}`);
      const list = listSchema.safeParse(await get(`/api/v1/namespaces/${namespace}/pods?labelSelector=${selector}`)).data?.items ?? [];
      const own = list.filter(({ metadata }) => metadata.name.startsWith(`${rollout}-${revision}-`));
      const pods = await Promise.all(
        own.map(async (pod) => {
          const view = viewPod(pod);
          return view && !view.ready && view.trouble === undefined ? viewPod(pod, await probeFailure(view.name)) : view;
        }),
      );
      return { desired: set?.spec.replicas ?? 0, pods: pods.filter((pod) => pod !== undefined) };
    },

    async copy(copies) {
      const object = await get(virtualService);
      if (object === undefined) throw new GateError(`there is no VirtualService ${rollout} in namespace ${namespace}`);
      const patch = copiesPatch(object, copies);
      const answer = patch === undefined ? patch : await write("PATCH", virtualService, patch);
      return answer === "conflict" ? answer : "done";
    },

    async readLease() {
      const object = await get(`${leases}/${leaseName}`);
      return object === undefined ? undefined : viewLease(object);
    },

    async writeLease(fields, rolloutUid, resourceVersion) {
      const owner = { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: rollout, uid: rolloutUid };
      const object = leaseObject(fields, {
        name: leaseName,
        namespace,
        ownerReferences: [owner],
        ...(resourceVersion && { resourceVersion }),
      });
      const answer = await (resourceVersion ? write("PUT", `${leases}/${leaseName}`, object) : write("POST", leases, object));
      return answer === "conflict" ? answer : viewLease(answer.body);
    },
  };
}

function leaseObject({ holder, acquired, renewed, seconds, notes }: LeaseFields, metadata: Readonly<Record<string, unknown>>): unknown {
  const micro = (time: string) => time.replace(/(\.\d{3})Z$/, "$1000Z"); // MicroTime, as the API server writes it
  return {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: {
      ...metadata,
      labels: { "app.kubernetes.io/managed-by": "sluice" },
      annotations: notes === undefined ? {} : { [NOTES]: notes },
    },
    spec: {
      leaseDurationSeconds: seconds,
      ...(holder !== undefined && { holderIdentity: holder }),
      ...(acquired !== undefined && { acquireTime: micro(acquired) }),
      ...(renewed !== undefined && { renewTime: micro(renewed) }),
    },
  };
}

function viewLease(object: unknown): LeaseView {
  const { metadata, spec } = leaseSchema.parse(object);
  const notes = metadata.annotations[NOTES];
  return {
    resourceVersion: metadata.resourceVersion,
    seconds: spec.leaseDurationSeconds,
    ...(spec.holderIdentity && { holder: spec.holderIdentity }),
    ...(spec.acquireTime !== undefined && { acquired: spec.acquireTime }),
    ...(spec.renewTime !== undefined && { renewed: spec.renewTime }),
    ...(notes !== undefined && { notes }),
  };
}

function refusal(what: string, status: number, body: unknown): GateError {
  const message = z.object({ message: z.string() }).safeParse(body).data?.message ?? "";
  return new GateError(`the API server refuses to ${what}: ${status} ${message}`.trim());
}
