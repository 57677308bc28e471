import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { GATEWAY_NODE_PORTS, kindConfig, nodeImage } from "../../../../components/cluster/kind/config.ts";
import versions from "../../../../infra/versions.json" with { type: "json" };

const config = (nodes: number) => parse(kindConfig({ nodes, image: "kindest/node:v1.34.11", ports: { http: 8080, https: 8443 } }));

test("the first node is the control plane, all others are workers, and all are of one image", () => {
  const nodes: readonly { readonly role: string; readonly image: string }[] = config(3).nodes;
  assert.deepEqual(
    nodes.map(({ role, image }) => `${role} ${image}`),
    ["control-plane kindest/node:v1.34.11", "worker kindest/node:v1.34.11", "worker kindest/node:v1.34.11"],
  );
  assert.equal(config(1).nodes.length, 1);
});

test("this machine's ports lead to the gateway's on a node, from the loopback address alone", () => {
  const { http, https } = GATEWAY_NODE_PORTS;
  assert.deepEqual(config(2).nodes[0].extraPortMappings, [
    { containerPort: http, hostPort: 8080, listenAddress: "127.0.0.1", protocol: "TCP" },
    { containerPort: https, hostPort: 8443, listenAddress: "127.0.0.1", protocol: "TCP" },
  ]);
  assert.equal(config(2).nodes[1].extraPortMappings, undefined);
});

test("the API server listens on the loopback address alone", () => {
  assert.equal(config(1).networking.apiServerAddress, "127.0.0.1");
});

test("containerd looks for registries where their hosts.toml will be", () => {
  assert.match(config(1).containerdConfigPatches[0], /config_path = "\/etc\/containerd\/certs\.d"/);
});

const images = { "1.35.8": "node:1.35.8@sha256:b", "1.34.11": "node:1.34.11@sha256:a" };
for (const [kubernetes, image] of [
  ["1.34", "node:1.34.11@sha256:a"],
  ["1.35.8", "node:1.35.8@sha256:b"],
  ["1.34.1", "kindest/node:v1.34.1"],
  ["1.3", "kindest/node:v1.3"],
] as const) {
  test(`Kubernetes ${kubernetes} runs on ${image}`, () => assert.equal(nodeImage(kubernetes, images), image));
}

test("every node image is named by the version it is of and by digest", () => {
  for (const [version, image] of Object.entries(versions.kind.nodes))
    assert.match(image, new RegExp(`^kindest/node:v${version.replaceAll(".", "\\.")}@sha256:[0-9a-f]{64}$`));
});
