import assert from "node:assert/strict";
import { test } from "node:test";
import { commandLine } from "../../../embedded/node/commandLine.ts";
import { environmentOf } from "../../../embedded/node/environment.ts";
import { processEnvironment } from "../../../embedded/node/processEnvironment.ts";
import type { Container, Pod } from "../../../embedded/node/types.ts";

const place = { podIP: "127.7.1.0", hostIP: "127.7.0.1", nodeName: "sluice", allocatable: { memory: "4Ti", cpu: "1000" } };
const objects = {
  configMaps: new Map([["settings", { data: { COLOUR: "green", SIZE: "3" } }]]),
  secrets: new Map([["keys", { data: { TOKEN: Buffer.from("s3cret").toString("base64") } }]]),
};

function environment(container: Partial<Container>): Record<string, string> {
  const full = { name: "app", ...container };
  const metadata = { name: "echo-1", namespace: "default", uid: "u1", labels: { app: "echo" }, annotations: { "a/note": "hello" } };
  const pod: Pod = { metadata, spec: { containers: [full], serviceAccountName: "echo" } };
  return environmentOf(full, pod, place, objects);
}

const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });

test("a container learns its pod's own fields", () => {
  const paths = {
    NAME: "metadata.name",
    NAMESPACE: "metadata.namespace",
    UID: "metadata.uid",
    APP: "metadata.labels['app']",
    NOTE: "metadata.annotations['a/note']",
    NONE: "metadata.labels['none']",
    POD_IP: "status.podIP",
    HOST_IP: "status.hostIP",
    NODE: "spec.nodeName",
    ACCOUNT: "spec.serviceAccountName",
  };
  assert.deepEqual(environment({ env: Object.entries(paths).map(([name, path]) => field(name, path)) }), {
    NAME: "echo-1",
    NAMESPACE: "default",
    UID: "u1",
    APP: "echo",
    NOTE: "hello",
    NONE: "",
    POD_IP: "127.7.1.0",
    HOST_IP: "127.7.0.1",
    NODE: "sluice",
    ACCOUNT: "echo",
  });
});

test("limits and requests come in units of their divisor, rounded up, and an unset limit is the node's", () => {
  const resource = (name: string, resource: string, divisor?: string) => ({
    name,
    valueFrom: { resourceFieldRef: { resource, ...(divisor !== undefined && { divisor }) } },
  });
  const env = [
    resource("MEMORY_MI", "limits.memory", "1Mi"),
    resource("CORES", "limits.cpu"),
    resource("MILLICORES", "requests.cpu", "1m"),
    resource("DEFAULT", "requests.memory", "0"),
  ];
  assert.deepEqual(environment({ env, resources: { limits: { memory: "64Mi" }, requests: { cpu: "250m" } } }), {
    MEMORY_MI: "64",
    CORES: "1000",
    MILLICORES: "250",
    DEFAULT: "0",
  });
});

test("values refer to variables defined before them, and env goes before envFrom", () => {
  const env = [
    { name: "A", value: "1" },
    { name: "B", value: "$(A)$(C)" },
    { name: "SIZE", value: "4" },
  ];
  assert.deepEqual(environment({ env, envFrom: [{ prefix: "", configMapRef: { name: "settings" } }] }), {
    COLOUR: "green",
    SIZE: "4",
    A: "1",
    B: "1$(C)",
  });
});

test("keys come from ConfigMaps and, decoded, from Secrets; optional ones may be missing", () => {
  const env = [
    { name: "COLOUR", valueFrom: { configMapKeyRef: { name: "settings", key: "COLOUR" } } },
    { name: "TOKEN", valueFrom: { secretKeyRef: { name: "keys", key: "TOKEN" } } },
    { name: "MAYBE", valueFrom: { secretKeyRef: { name: "keys", key: "OTHER", optional: true } } },
  ];
  const envFrom = [{ prefix: "KEY_", secretRef: { name: "keys" } }, { configMapRef: { name: "none", optional: true } }];
  assert.deepEqual(environment({ env, envFrom }), { COLOUR: "green", TOKEN: "s3cret", KEY_TOKEN: "s3cret" });
});

const refused: [string, Partial<Container>, RegExp][] = [
  ["a missing ConfigMap", { envFrom: [{ configMapRef: { name: "none" } }] }, /configmap "none" not found in namespace "default"/],
  ["a missing Secret", { env: [{ name: "A", valueFrom: { secretKeyRef: { name: "none", key: "A" } } }] }, /secret "none" not found/],
  [
    "a missing key",
    { env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "settings", key: "A" } } }] },
    /couldn't find key A in ConfigMap default\/settings/,
  ],
  ["an unknown field", { env: [field("A", "status.phase")] }, /unsupported fieldPath: status.phase/],
];
for (const [problem, container, message] of refused) {
  test(`${problem} keeps the container from being configured`, () => {
    assert.throws(() => environment(container), message);
  });
}

test("a process has nothing of the node's own environment, and HOST is its pod's address", () => {
  const given = { podName: "echo-1", podIP: "127.7.1.0", home: "/h", container: "/c" };
  const made = processEnvironment({ ...given, image: { HOST: "0.0.0.0", PORT: "80" }, spec: { PORT: "8080" }, platform: "p1" });
  const { PATH = "", ...rest } = made;
  assert.deepEqual(rest, {
    HOME: "/h",
    HOSTNAME: "echo-1",
    HOST: "127.7.1.0",
    PORT: "8080",
    SLUICE_CONTAINER: "/c",
    SLUICE_PLATFORM: "p1",
  });
  assert.ok(process.execPath.startsWith(PATH.split(":")[0] ?? "-"));
});

test("command and args of a pod take the place of the image's as they do in Kubernetes", () => {
  const image = { entrypoint: ["/usr/local/bin/node"], command: ["a.mjs"], env: {}, workingDir: "/app" };
  const words = (container: Partial<Container>) => commandLine({ name: "app", ...container }, image, { PORT: "80" });
  assert.deepEqual(words({}), ["node", "a.mjs"]);
  assert.deepEqual(words({ args: ["b.mjs", "$(PORT)"] }), ["node", "b.mjs", "80"]);
  assert.deepEqual(words({ command: ["sh", "-c"], args: ["echo $$(PORT)"] }), ["sh", "-c", "echo $(PORT)"]);
});
