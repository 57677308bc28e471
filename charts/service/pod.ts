import { ApiObject, App, Chart, Duration, JsonPatch, Size } from "cdk8s";
import {
  Capability,
  type ContainerProps,
  Cpu,
  EnvFieldPaths,
  EnvValue,
  ImagePullPolicy,
  Pod,
  Probe,
  RestartPolicy,
  SeccompProfileType,
} from "cdk8s-plus-28";
import { PORT_NAME, podLabels, selectorLabels, TEMPLATE_ANNOTATION } from "./names.ts";
import type { ServiceProps } from "./props.ts";

/** The pod template of a Rollout, as plain data. */
export interface PodTemplate {
  readonly metadata: { readonly labels: Readonly<Record<string, string>>; readonly annotations: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Environment variables that the chart sets itself, so that a service must not. */
export const reservedEnv = ["VERSION", "PORT", "HOST", "POD_IP"] as const;

/** After a pod is told to end, proxies need a moment to hear of it; until then it goes on taking requests. */
const DRAIN_SECONDS = 5;

/** From the wish to end a pod to its SIGKILL: the drain, and 25 s for requests that are still running. */
const GRACE_SECONDS = 30;

/** cdk8s-plus writes the pod; what its classes have no word for is patched in. */
export function podTemplate(props: ServiceProps): PodTemplate {
  const scratch = new Chart(new App(), props.name);
  const pod = new Pod(scratch, "pod", {
    restartPolicy: RestartPolicy.ALWAYS,
    automountServiceAccountToken: false,
    terminationGracePeriod: Duration.seconds(GRACE_SECONDS),
    securityContext: { ensureNonRoot: true },
    containers: [container(props)],
  });
  const { spec } = ApiObject.of(pod).toJson();
  // No label: a label's value is too short for a digest, and labels end up on every series.
  const metadata = { labels: podLabels(props), annotations: { [TEMPLATE_ANNOTATION]: props.template ?? "" } };
  return { metadata, spec: JsonPatch.apply(spec, ...beyondCdk8sPlus(props)) };
}

function beyondCdk8sPlus(props: ServiceProps): readonly JsonPatch[] {
  return [
    JsonPatch.add("/serviceAccountName", props.name),
    JsonPatch.add("/topologySpreadConstraints", spreadOver(["kubernetes.io/hostname", "topology.kubernetes.io/zone"], props)),
    // `sleep` is the kubelet's own (Kubernetes 1.30 and later) and needs no shell in the image.
    ...secretVariables(props).map((variable) => JsonPatch.add("/containers/0/env/-", variable)),
    JsonPatch.add("/containers/0/lifecycle", { preStop: { sleep: { seconds: DRAIN_SECONDS } } }),
    // A crash that wrote no termination message is then told by its last log lines, in the pod's status, where the gate reads them.
    JsonPatch.add("/containers/0/terminationMessagePolicy", "FallbackToLogsOnError"),
  ];
}

function container(props: ServiceProps): ContainerProps {
  const probe = { port: props.port, timeoutSeconds: Duration.seconds(2) };
  return {
    name: props.name,
    image: props.image,
    // A version is pulled once: tags do not move (the stack refuses `latest`), and images loaded into kind are in no registry.
    imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
    ports: [{ name: PORT_NAME, number: props.port }],
    envVariables: environment(props),
    resources: {
      cpu: { request: Cpu.millis(props.resources.cpuMillis) },
      memory: { request: Size.mebibytes(props.resources.memoryMebibytes), limit: Size.mebibytes(props.resources.memoryMebibytes) },
    },
    // A minute to start, looked at every second, so that a fast start is a fast rollout. Then three seconds without /ready take traffic
    // away, while only half a minute without /health restarts the process: a busy process must not be killed for being busy.
    startup: Probe.fromHttpGet("/health", { ...probe, periodSeconds: Duration.seconds(1), failureThreshold: 60 }),
    readiness: Probe.fromHttpGet("/ready", { ...probe, periodSeconds: Duration.seconds(1), failureThreshold: 3 }),
    liveness: Probe.fromHttpGet("/health", { ...probe, periodSeconds: Duration.seconds(10), failureThreshold: 3 }),
    securityContext: {
      ensureNonRoot: true,
      privileged: false,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: [Capability.ALL] },
      seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
    },
  };
}

/** The process listens on its pod's own address and not on all of them: a node may hold many pods and, embedded, shares one network. */
function environment(props: ServiceProps): Record<string, EnvValue> {
  const podIp = EnvValue.fromFieldRef(EnvFieldPaths.POD_IP);
  const own = Object.entries(props.env).map(([name, value]) => [name, EnvValue.fromValue(value)] as const);
  return {
    VERSION: EnvValue.fromValue(props.version),
    PORT: EnvValue.fromValue(String(props.port)),
    HOST: podIp,
    POD_IP: podIp,
    ...Object.fromEntries(own),
  };
}

function secretVariables({ secrets }: ServiceProps): readonly object[] {
  return Object.entries(secrets).map(([name, secretKeyRef]) => ({ name, valueFrom: { secretKeyRef } }));
}

/** Each revision is spread by itself. Soft: on a single node the pods still start. */
function spreadOver(topologyKeys: readonly string[], props: ServiceProps): readonly unknown[] {
  return topologyKeys.map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: selectorLabels(props) },
    matchLabelKeys: ["rollouts-pod-template-hash"],
  }));
}
