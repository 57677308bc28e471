// What the node's tests share: a platform with a node, an image to run, and pods by a few words.
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { openImageStore } from "../../../embedded/images/index.ts";
import { clientFor, type KubeClient, pods } from "../../../embedded/kube/index.ts";
import type { Container, Pod, PodSpec } from "../../../embedded/node/types.ts";
import type { PartName, PlatformState } from "../../../embedded/platform/index.ts";
import { eventually } from "../../support/eventually.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { startPlatform } from "../../support/platform.ts";

export const APP = "localhost/app:1.0.0";
const files = fileURLToPath(new URL("fixtures/app", import.meta.url));

/** The node and what brings pods to it. */
export const NODE_PARTS: readonly PartName[] = ["kube-controller-manager", "kube-scheduler", "node"];

export interface NodeTest {
  readonly state: PlatformState;
  readonly client: KubeClient;
  /** The image store's folder. */
  readonly images: string;
  /** Creates a pod of one container that runs APP. */
  create(name: string, container?: Partial<Container>, spec?: Partial<PodSpec>): Promise<Pod>;
  /** Waits until the pod is as the probe wants it, and gives what the probe gives. */
  until<T>(name: string, what: string, probe: (pod: Pod) => T | undefined | false, seconds?: number): Promise<T>;
  /** Resolves when the pod's object is gone. */
  gone(name: string): Promise<void>;
}

export async function nodeTest(t: TestContext): Promise<NodeTest> {
  const images = await temporaryFolder(t);
  const run = { entrypoint: ["node"], command: ["app.mjs"], env: { PORT: "8080", FROM_IMAGE: "yes" }, workingDir: "/app" };
  await openImageStore(images).put({ ...run, repository: "localhost/app", tag: "1.0.0", files });
  const state = await startPlatform(t, { parts: NODE_PARTS, images });
  const client = await clientFor(state.kubeconfig);
  t.after(() => client.close());

  const get = (name: string) => client.get(pods, name, "default");
  return {
    state,
    client,
    images,
    create: (name, container = {}, spec = {}) => client.create(pods, podNamed(name, container, spec)),
    until: (name, what, probe, seconds = 20) => {
      let seen: Pod | undefined;
      const look = async () => {
        seen = await get(name);
        return (seen && probe(seen)) || undefined;
      };
      return eventually(`pod ${name} ${what}`, look, { seconds }).catch((error) => {
        throw new Error(`${error.message}; its status: ${JSON.stringify(seen?.status, undefined, 1)}`);
      });
    },
    gone: async (name) => void (await eventually(`pod ${name} is gone`, async () => (await get(name)) === undefined || undefined)),
  };
}

function podNamed(name: string, container: Partial<Container>, spec: Partial<PodSpec>): Pod {
  return {
    metadata: { name, namespace: "default", labels: { app: name }, annotations: { note: "a note" } },
    spec: { containers: [{ name: "app", image: APP, ...container }], ...spec },
  };
}

/** Status of a pod's first container. */
export function firstContainer({ status }: Pod) {
  return status?.containerStatuses?.[0];
}

/** A condition's status: "True", "False" or undefined. */
export function condition({ status }: Pod, type: string): string | undefined {
  return status?.conditions?.find((one) => one.type === type)?.status;
}

/** Asks a pod of APP. */
export async function ask({ status }: Pod, path: string): Promise<Response> {
  return fetch(`http://${status?.podIP}:8080${path}`);
}
