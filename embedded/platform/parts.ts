import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  ARGO_ROLLOUTS_READY,
  apiServerFlags,
  argoRolloutsFlags,
  controllerManagerFlags,
  etcdFlags,
  schedulerFlags,
} from "../controlPlane/index.ts";
import { initialPrometheusConfig } from "../metrics/index.ts";
import type { Probe } from "../supervisor/index.ts";
import type { ToolName } from "../toolchain/index.ts";
import type { PartName, PortName } from "./names.ts";
import type { Paths } from "./state.ts";

/** What the command lines are made of. */
export interface PartContext {
  readonly paths: Paths;
  readonly ports: Readonly<Record<PortName, number>>;
  /** The image store of the node. */
  readonly images: string;
  readonly crdFiles: readonly string[];
  /** See EtcdArgs. */
  readonly durable: boolean;
}

/** One part: how it is started, how one knows that it is ready, and what it needs. */
export interface PartEntry {
  /** The program; a part without one is a TypeScript file of this project, first of its arguments, run by this Node. */
  readonly tool?: ToolName;
  /** Programs that it starts itself: fetched before it is, so that it does not have to wait for them. */
  readonly uses?: readonly ToolName[];
  readonly args: (context: PartContext) => readonly string[];
  /** Environment of the program, for what it has no flag for. */
  readonly env?: (context: PartContext) => Readonly<Record<string, string>>;
  readonly probe: (context: PartContext) => Probe;
  /** Ready before this one starts, stopped after it. */
  readonly needs: readonly PartName[];
  /** Of no use without these, though it starts before them. */
  readonly followedBy?: readonly PartName[];
  /** Files that have to be there when it starts: path and content. */
  readonly files?: (context: PartContext) => Readonly<Record<string, string>>;
  /** @default 60 */
  readonly readySeconds?: number;
  /** @default 10 */
  readonly stopSeconds?: number;
  /** See PartPlan. @default false */
  readonly startsOthers?: boolean;
}

const loopback = (port: number, path: string): Probe => ({ kind: "http", url: `http://127.0.0.1:${port}${path}` });
const source = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const certDir = ({ secrets }: Paths, part: PartName): string => join(secrets.directory, part);

const secureHealth =
  (part: "kube-controller-manager" | "kube-scheduler") =>
  (context: PartContext): Probe => ({
    kind: "http",
    url: `https://127.0.0.1:${context.ports[part]}/healthz`,
    caFile: join(certDir(context.paths, part), `${part}.crt`),
  });

/** Adding a part is adding an entry. */
export const PARTS: Readonly<Record<PartName, PartEntry>> = {
  etcd: {
    tool: "etcd",
    needs: [],
    args: ({ paths, durable }) =>
      etcdFlags({ dataDir: join(paths.etcd, "data"), socket: paths.etcdSocket, peerSocket: join(paths.etcd, "peer.sock"), durable }),
    probe: ({ paths }) => ({ kind: "http", url: "http://localhost/health", socketPath: paths.etcdSocket }),
  },

  "kube-apiserver": {
    tool: "kube-apiserver",
    needs: ["etcd"],
    followedBy: ["cluster-setup"],
    args: ({ paths, ports }) =>
      apiServerFlags({
        etcdSocket: paths.etcdSocket,
        port: ports["kube-apiserver"],
        certDir: paths.secrets.apiServerCerts,
        tokenFile: paths.secrets.tokens,
        serviceAccountKey: paths.secrets.serviceAccountKey,
      }),
    probe: ({ paths, ports }) => ({
      kind: "http",
      url: `https://127.0.0.1:${ports["kube-apiserver"]}/readyz`,
      caFile: paths.secrets.apiServerCa,
    }),
    readySeconds: 120,
  },

  "cluster-setup": {
    needs: ["kube-apiserver"],
    args: ({ paths, ports, crdFiles }) => [
      source("../controlPlane/setup.ts"),
      ...["--server", `https://127.0.0.1:${ports["kube-apiserver"]}`, "--pki", paths.secrets.directory],
      ...["--kubeconfig", paths.kubeconfig, "--stamp", join(paths.etcd, "crds.sha256"), ...crdFiles],
    ],
    probe: () => ({ kind: "exit" }),
    readySeconds: 120,
  },

  "kube-controller-manager": {
    tool: "kube-controller-manager",
    needs: ["cluster-setup"],
    args: ({ paths, ports }) =>
      controllerManagerFlags({
        kubeconfig: paths.kubeconfig,
        port: ports["kube-controller-manager"],
        certDir: certDir(paths, "kube-controller-manager"),
        serviceAccountKey: paths.secrets.serviceAccountKey,
      }),
    probe: secureHealth("kube-controller-manager"),
  },

  "kube-scheduler": {
    tool: "kube-scheduler",
    needs: ["cluster-setup"],
    args: ({ paths, ports }) =>
      schedulerFlags({ kubeconfig: paths.kubeconfig, port: ports["kube-scheduler"], certDir: certDir(paths, "kube-scheduler") }),
    probe: secureHealth("kube-scheduler"),
  },

  "argo-rollouts": {
    tool: "argo-rollouts",
    needs: ["cluster-setup"],
    args: ({ paths }) => argoRolloutsFlags(paths.kubeconfig),
    // For analyses that name no Prometheus of their own: the port is another one in every checkout.
    env: ({ ports }) => ({ ARGO_ROLLOUTS_PROMETHEUS_ADDRESS: `http://127.0.0.1:${ports.prometheus}` }),
    probe: () => ({ kind: "log", text: ARGO_ROLLOUTS_READY }),
  },

  prometheus: {
    tool: "prometheus",
    needs: [],
    args: ({ paths, ports }) => [
      ...["--config.file", join(paths.prometheus, "prometheus.yml"), "--storage.tsdb.path", join(paths.prometheus, "data")],
      // The gate tells how a rollout stands through the receiver.
      ...["--web.listen-address", `127.0.0.1:${ports.prometheus}`, "--web.enable-lifecycle", "--web.enable-otlp-receiver"],
    ],
    files: ({ paths, ports }) => ({
      [join(paths.prometheus, "prometheus.yml")]: initialPrometheusConfig({ envoyAdminPort: ports["envoy-admin"] }),
    }),
    probe: ({ ports }) => loopback(ports.prometheus, "/-/ready"),
  },

  node: {
    needs: ["cluster-setup"],
    args: ({ paths, ports, images }) => [
      source("../node/main.ts"),
      ...["--kubeconfig", paths.kubeconfig, "--dir", paths.node, "--images", images, "--health-port", String(ports["node-health"])],
    ],
    probe: ({ ports }) => loopback(ports["node-health"], "/healthz"),
    // Its pods are given their time to finish.
    stopSeconds: 20,
    startsOthers: true,
  },

  mesh: {
    needs: ["cluster-setup"],
    args: ({ paths, ports }) => [
      source("../mesh/main.ts"),
      ...["--kubeconfig", paths.kubeconfig, "--dir", paths.envoy, "--gateway-port", String(ports.gateway)],
      ...["--admin-port", String(ports["envoy-admin"]), "--health-port", String(ports["mesh-health"])],
    ],
    probe: ({ ports }) => loopback(ports["mesh-health"], "/healthz"),
  },

  envoy: {
    tool: "envoy",
    needs: ["mesh"],
    args: ({ paths }) => ["--config-path", join(paths.envoy, "bootstrap.yaml"), "--disable-hot-restart", "--log-level", "warn"],
    probe: ({ ports }) => loopback(ports["envoy-admin"], "/ready"),
  },

  metrics: {
    uses: ["promtool"],
    needs: ["cluster-setup", "prometheus"],
    args: ({ paths, ports }) => [
      source("../metrics/main.ts"),
      ...["--kubeconfig", paths.kubeconfig, "--dir", paths.prometheus, "--prometheus-port", String(ports.prometheus)],
      ...["--envoy-admin-port", String(ports["envoy-admin"]), "--health-port", String(ports["metrics-health"])],
    ],
    probe: ({ ports }) => loopback(ports["metrics-health"], "/healthz"),
  },
};
