// Pods on a real control plane, run by the embedded node. One platform for all, and the tests at the same time: most of each is waiting.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { defineResource, isRecord, nodes, pods } from "../../../embedded/kube/index.ts";
import type { Pod } from "../../../embedded/node/types.ts";
import { eventually } from "../../support/eventually.ts";
import { APP, ask, condition, firstContainer, type NodeTest, nodeTest } from "./support.ts";

const deployments = defineResource("apps/v1", "Deployment", "deployments");
const events = defineResource<{ metadata?: { name?: string }; reason?: string; message?: string; involvedObject?: { name?: string } }>(
  "v1",
  "Event",
  "events",
);
const http = (path: string) => ({ httpGet: { path, port: "http" }, periodSeconds: 1 });
const ports = [{ name: "http", containerPort: 8080 }];
const cli = fileURLToPath(new URL("../../../cli/main.ts", import.meta.url));

const isReady = (pod: Pod) => condition(pod, "Ready") === "True" && pod;
const waits = (reason: string) => (pod: Pod) => firstContainer(pod)?.state?.waiting?.reason === reason && pod;
const restarted = (pod: Pod) => (firstContainer(pod)?.restartCount ?? 0) > 0 && firstContainer(pod)?.state?.running !== undefined && pod;

const sentences: Readonly<Record<string, (node: NodeTest, t: TestContext) => Promise<void>>> = {
  "the node is of its control plane's version": async ({ client }) => {
    const server = await client.request("GET", "/version");
    const [node] = await client.list(nodes);
    assert.equal(node?.status?.nodeInfo?.kubeletVersion, isRecord(server) && server.gitVersion);
  },

  "two replicas with the same port run side by side and their Deployment becomes available": async ({ client }) => {
    const labels = { app: "web" };
    const template = { metadata: { labels }, spec: { containers: [{ name: "app", image: APP, ports, readinessProbe: http("/ready") }] } };
    const spec = { replicas: 2, selector: { matchLabels: labels }, template };
    await client.create(deployments, Object.assign({ metadata: { name: "web", namespace: "default" } }, { spec }));
    const both = await eventually("both replicas are ready", async () => {
      const ready = (await client.list(pods, { namespace: "default", labelSelector: "app=web" })).filter(isReady);
      return ready.length === 2 ? ready : undefined;
    });
    for (const pod of both) assert.equal((await ask(pod, "/ready")).status, 200);
    assert.notEqual(both[0]?.status?.podIP, both[1]?.status?.podIP);
  },

  "a process gets its pod's fields, its image's environment and nothing of the node's": async ({ create, until }) => {
    const env = [
      { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
      { name: "NOTE", value: "$(POD_IP)!" },
    ];
    await create("fields", { env, readinessProbe: http("/ready"), ports });
    const pod = await until("fields", "is ready", isReady);
    const seen: unknown = await (await ask(pod, "/env")).json();
    assert.ok(seen !== null && typeof seen === "object");
    const { PATH: _, HOME: __, SLUICE_CONTAINER: ___, SLUICE_PLATFORM: ____, ...rest } = Object.fromEntries(Object.entries(seen));
    const address = pod.status?.podIP;
    assert.deepEqual(rest, { HOSTNAME: "fields", HOST: address, PORT: "8080", FROM_IMAGE: "yes", POD_IP: address, NOTE: `${address}!` });
  },

  "an image that is not in the store is ErrImagePull, then ImagePullBackOff, with an event": async ({ create, until, client }) => {
    await create("unknown", { image: "localhost/app:9.9.9" });
    await until("unknown", "has ErrImagePull", waits("ErrImagePull"));
    const pod = await until("unknown", "has ImagePullBackOff", waits("ImagePullBackOff"));
    assert.match(
      firstContainer(pod)?.state?.waiting?.message ?? "",
      /localhost\/app:9.9.9: not found in the local image store \(localhost\/app has 1.0.0\)/,
    );
    assert.equal(pod.status?.phase, "Pending");
    await eventually("there is an event", async () => {
      const ofPod = (await client.list(events, { namespace: "default" })).filter((event) => event.involvedObject?.name === "unknown");
      return (
        ofPod.some(({ reason, message }) => reason === "Failed" && message?.startsWith('Failed to pull image "localhost/app:9.9.9"')) ||
        undefined
      );
    });
  },

  "a pod that asks for a missing ConfigMap waits and starts once it is there": async ({ create, until, client }) => {
    await create("config", { envFrom: [{ configMapRef: { name: "late" } }] });
    const pod = await until("config", "cannot be configured", waits("CreateContainerConfigError"));
    assert.match(firstContainer(pod)?.state?.waiting?.message ?? "", /configmap "late" not found/);
    const configMaps = defineResource("v1", "ConfigMap", "configmaps");
    await client.create(configMaps, Object.assign({ metadata: { name: "late", namespace: "default" } }, { data: { LATE: "1" } }));
    await until("config", "runs", isReady);
  },

  "what a process cannot be given is refused with the reason": async ({ create, until }) => {
    await create("exec", { livenessProbe: { exec: { command: ["true"] } } });
    const pod = await until("exec", "is refused", waits("CreateContainerConfigError"));
    assert.match(firstContainer(pod)?.state?.waiting?.message ?? "", /liveness probe: only httpGet and tcpSocket are done/);
  },

  "a pod whose readiness probe fails runs but is not ready, and is not restarted": async ({ create, until }) => {
    await create("unready", { ports, readinessProbe: { ...http("/ready"), failureThreshold: 2 } });
    const pod = await until("unready", "is ready", isReady);
    await ask(pod, "/break?path=/ready");
    const broken = await until("unready", "is not ready", (now) => condition(now, "Ready") === "False" && now);
    assert.equal(broken.status?.phase, "Running");
    assert.equal(firstContainer(broken)?.restartCount, 0);
  },

  "a pod whose liveness probe fails is restarted": async ({ create, until }) => {
    await create("dead", { ports, readinessProbe: http("/ready"), livenessProbe: { ...http("/alive"), failureThreshold: 2 } });
    await ask(await until("dead", "runs", isReady), "/break?path=/alive");
    const pod = await until("dead", "was restarted", restarted);
    assert.equal(firstContainer(pod)?.lastState?.terminated?.exitCode, 0);
  },

  "readiness waits for the startup probe, and a startup probe that gives up restarts the container": async ({ create, until }) => {
    const startupProbe = { ...http("/started"), failureThreshold: 2 };
    await create("started", { ports, startupProbe, readinessProbe: http("/ready") });
    await until("started", "is ready", isReady);
    await create("stuck", { ports: [{ name: "http", containerPort: 9 }], startupProbe, readinessProbe: http("/ready") });
    const pod = await until("stuck", "was restarted", restarted);
    assert.equal(condition(pod, "Ready"), "False");
  },

  "a crash loop waits longer each time, and its last log lines are in its status and in its log": async ({ create, until, state }) => {
    await create("crash", { env: [{ name: "EXIT_CODE", value: "3" }], terminationMessagePolicy: "FallbackToLogsOnError" });
    const pod = await until(
      "crash",
      "is in its back-off",
      (now) => waits("CrashLoopBackOff")(now) && firstContainer(now)?.restartCount === 1 && now,
    );
    assert.match(firstContainer(pod)?.state?.waiting?.message ?? "", /back-off 10s restarting failed container=app pod=crash_default/);
    assert.equal(firstContainer(pod)?.lastState?.terminated?.exitCode, 3);
    assert.equal(firstContainer(pod)?.lastState?.terminated?.message, "starting\ncannot go on, exit code 3");
    const log = await promisify(execFile)(process.execPath, [cli, "logs", "crash", "--previous", "--state-dir", state.stateDir]);
    assert.equal(log.stdout, "starting\ncannot go on, exit code 3\n");
  },

  "a program that is not there is a StartError": async ({ create, until }) => {
    await create("absent", { command: ["no-such-program"] });
    const pod = await until("absent", "is in its back-off", waits("CrashLoopBackOff"));
    assert.equal(firstContainer(pod)?.lastState?.terminated?.reason, "StartError");
  },

  "init containers run first and a pod that is done has succeeded": async ({ create, until }) => {
    const initContainers = [{ name: "first", image: APP, command: ["sh", "-c", "exit 0"] }];
    await create("job", { command: ["sh", "-c", "exit 0"] }, { initContainers, restartPolicy: "Never" });
    const pod = await until("job", "is done", (now) => now.status?.phase === "Succeeded" && now);
    assert.equal(pod.status?.initContainerStatuses?.[0]?.state?.terminated?.reason, "Completed");
  },

  "a pod that is deleted is not ready at once and gets its grace": async ({ create, until, gone, client }) => {
    await create("graceful", { ports, readinessProbe: http("/ready"), env: [{ name: "STOP_MS", value: "1500" }] });
    const pod = await until("graceful", "runs", isReady);
    await client.delete(pods, "graceful", "default");
    await until("graceful", "is not ready", (now) => condition(now, "Ready") === "False");
    assert.equal((await ask(pod, "/last-request")).status, 200);
    await gone("graceful");
  },

  "a process that ignores SIGTERM is killed after the grace, and its pod is gone": async ({ create, until, gone, client }) => {
    await create(
      "stubborn",
      { ports, readinessProbe: http("/ready"), env: [{ name: "IGNORE_SIGTERM", value: "1" }] },
      { terminationGracePeriodSeconds: 1 },
    );
    const pod = await until("stubborn", "runs", isReady);
    await client.delete(pods, "stubborn", "default");
    await gone("stubborn");
    await assert.rejects(ask(pod, "/ready"));
  },

  "a pod that is deleted without grace is killed at once": async ({ create, until, gone, client }) => {
    await create("forced", { env: [{ name: "IGNORE_SIGTERM", value: "1" }] });
    const pod = await until("forced", "runs", isReady);
    await client.delete(pods, "forced", "default", { gracePeriodSeconds: 0 });
    await gone("forced");
    await eventually("nobody answers", async () =>
      ask(pod, "/ready").then(
        () => undefined,
        () => true,
      ),
    );
  },

  "an image that needs no process is ready at once, probes or not": async ({ create, until, client, gone }) => {
    await create("pause", { image: "registry.k8s.io/pause:3.10", livenessProbe: { httpGet: { path: "/", port: 8080 } } });
    const pod = await until("pause", "is ready", isReady);
    assert.equal(firstContainer(pod)?.state?.running !== undefined, true);
    await client.delete(pods, "pause", "default");
    await gone("pause");
  },
};

test("pods on the embedded node", { concurrency: true }, async (t) => {
  const node = await nodeTest(t);
  await Promise.all(Object.entries(sentences).map(([sentence, check]) => t.test(sentence, (inner) => check(node, inner))));
});
