/** Command lines of the control plane. Every address is a loopback one or a Unix socket; no secret is an argument. */

export interface EtcdArgs {
  readonly dataDir: string;
  readonly socket: string;
  readonly peerSocket: string;
  /** False leaves out fsync: quicker, and the data may be lost when the machine stops. For tests. */
  readonly durable: boolean;
}

/** etcd behind Unix sockets, so that only this user can reach it, without a certificate. */
export function etcdFlags({ dataDir, socket, peerSocket, durable }: EtcdArgs): string[] {
  // etcd refuses a socket as an advertised URL. There is one member, so nobody ever dials these.
  const client = "http://localhost:2379";
  const peer = "http://localhost:2380";
  return [
    ...["--name", "sluice", "--data-dir", dataDir, "--logger", "zap", "--log-level", "warn"],
    ...["--listen-client-urls", `unix://${socket}`, "--advertise-client-urls", client],
    ...["--listen-peer-urls", `unix://${peerSocket}`, "--initial-advertise-peer-urls", peer, "--initial-cluster", `sluice=${peer}`],
    ...(durable ? [] : ["--unsafe-no-fsync"]),
  ];
}

export interface ApiServerArgs {
  readonly etcdSocket: string;
  readonly port: number;
  readonly certDir: string;
  readonly tokenFile: string;
  readonly serviceAccountKey: string;
}

export function apiServerFlags({ etcdSocket, port, certDir, tokenFile, serviceAccountKey }: ApiServerArgs): string[] {
  return [
    ...["--etcd-servers", `unix://${etcdSocket}`],
    ...["--bind-address", "127.0.0.1", "--secure-port", String(port), "--cert-dir", certDir],
    ...["--token-auth-file", tokenFile, "--authorization-mode", "RBAC"],
    ...["--service-account-issuer", "https://kubernetes.default.svc"],
    ...["--service-account-key-file", serviceAccountKey, "--service-account-signing-key-file", serviceAccountKey],
    // No pod here speaks to the API server, so none needs a service account's token.
    ...["--disable-admission-plugins", "ServiceAccount"],
    ...["--service-cluster-ip-range", "10.96.0.0/16"],
    // Its own endpoint would be a loopback address, which validation refuses.
    ...["--endpoint-reconciler-type", "none"],
  ];
}

/** Pods have loopback addresses, which the endpoint kinds refuse; the mesh finds pods through the Service's selector. */
const SWITCHED_OFF = ["endpoints-controller", "endpointslice-controller", "endpointslice-mirroring-controller"];

export interface ControllerArgs {
  readonly kubeconfig: string;
  readonly port: number;
  readonly certDir: string;
  readonly serviceAccountKey: string;
}

export function controllerManagerFlags({ kubeconfig, port, certDir, serviceAccountKey }: ControllerArgs): string[] {
  return [
    ...["--kubeconfig", kubeconfig, "--leader-elect=false", "--service-account-private-key-file", serviceAccountKey],
    ...["--bind-address", "127.0.0.1", "--secure-port", String(port), "--cert-dir", certDir],
    ...["--controllers", ["*", ...SWITCHED_OFF.map((name) => `-${name}`)].join(",")],
    // The default of 20 requests/s makes a stack of hundreds of services wait for the client, not for the machine.
    ...["--kube-api-qps", "200", "--kube-api-burst", "400"],
  ];
}

export function schedulerFlags({ kubeconfig, port, certDir }: Omit<ControllerArgs, "serviceAccountKey">): string[] {
  return [
    ...["--kubeconfig", kubeconfig, "--leader-elect=false"],
    ...["--bind-address", "127.0.0.1", "--secure-port", String(port), "--cert-dir", certDir],
    ...["--kube-api-qps", "200", "--kube-api-burst", "400"],
  ];
}

/**
 * Argo Rollouts listens for health and metrics on every address of the machine: 0.0.0.0 is a constant in its source, and its flags set the
 * ports only. Ports that cannot be bound keep it from listening at all (it logs that and goes on). So there are no metrics of it here:
 * docs/decisions/gate-telemetry.md.
 */
export function argoRolloutsFlags(kubeconfig: string): string[] {
  return [
    ...["--kubeconfig", kubeconfig, "--leader-elect=false", "--qps", "200", "--burst", "400"],
    ...["--healthzPort=-1", "--metricsPort=-1"],
  ];
}

/** What Argo Rollouts logs when its caches are synced and its workers run. */
export const ARGO_ROLLOUTS_READY = "Started controller";
