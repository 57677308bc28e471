import { stringify } from "yaml";

export interface KindConfigProps {
  /** All nodes, at least one: the first is the control plane. */
  readonly nodes: number;
  /** Of every node; it says the Kubernetes version. */
  readonly image: string;
  /** Ports of this machine, on its loopback address alone, that lead to the mesh's gateway. */
  readonly ports: { readonly http: number; readonly https: number };
}

/** Where the gateway's Service listens on every node, for the ports of this machine to lead there. */
export const GATEWAY_NODE_PORTS = { http: 30_080, https: 30_443 } as const;

/** Where containerd looks for what to do with a registry's name, a folder each. */
export const REGISTRY_CONFIG = "/etc/containerd/certs.d";

// As the kind project's own script has it (kind.sigs.k8s.io/docs/user/local-registry). Node images of kind 0.27 and newer have it built in.
const CONTAINERD_PATCH = `[plugins."io.containerd.grpc.v1.cri".registry]\n  config_path = "${REGISTRY_CONFIG}"\n`;

/** A cluster's config as kind reads it, in YAML. */
export function kindConfig({ nodes, image, ports }: KindConfigProps): string {
  const extraPortMappings = (["http", "https"] as const).map((entry) => ({
    containerPort: GATEWAY_NODE_PORTS[entry],
    hostPort: ports[entry],
    listenAddress: "127.0.0.1",
    protocol: "TCP",
  }));
  const workers = Array.from({ length: nodes - 1 }, () => ({ role: "worker", image }));
  return stringify({
    kind: "Cluster",
    apiVersion: "kind.x-k8s.io/v1alpha4",
    networking: { apiServerAddress: "127.0.0.1" },
    containerdConfigPatches: [CONTAINERD_PATCH],
    nodes: [{ role: "control-plane", image, extraPortMappings }, ...workers],
  });
}

/**
 * The node image of a Kubernetes version: by digest where kind's release names one, as an image belongs to the kind that built it; else by tag.
 * @param kubernetes "1.34", for the patch release that `images` has, or an exact "1.34.11"
 * @param images by exact version: { "1.34.11": "kindest/node:v1.34.11@sha256:..." }
 */
export function nodeImage(kubernetes: string, images: Readonly<Record<string, string>>): string {
  const pinned = Object.keys(images).find((version) => version === kubernetes || version.startsWith(`${kubernetes}.`));
  return images[pinned ?? ""] ?? `kindest/node:v${kubernetes}`;
}
