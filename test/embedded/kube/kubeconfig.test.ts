import assert from "node:assert/strict";
import { test } from "node:test";
import { parseKubeconfig, renderKubeconfig } from "../../../embedded/kube/index.ts";

const credentials = {
  server: "https://127.0.0.1:26443",
  ca: "-----BEGIN CERTIFICATE-----\nxyz\n-----END CERTIFICATE-----\n",
  token: "t0ken",
};

test("a rendered kubeconfig reads back as the same credentials", () => {
  assert.deepEqual(parseKubeconfig(renderKubeconfig(credentials), "kubeconfig"), credentials);
});

test("the server's certificate is always checked", () => {
  assert.doesNotMatch(renderKubeconfig(credentials), /insecure/);
});

test("a kubeconfig that runs a command to log in is refused, naming the file and what is missing", () => {
  const text = renderKubeconfig(credentials).replace("token: t0ken", "exec: { command: aws }");
  assert.throws(() => parseKubeconfig(text, "/tmp/kubeconfig"), /\/tmp\/kubeconfig: not a kubeconfig of the embedded platform.*token/s);
});

test("a context that names a missing user is refused", () => {
  const text = renderKubeconfig(credentials).replace("user: sluice", "user: somebody");
  assert.throws(() => parseKubeconfig(text, "kubeconfig"), /context "sluice" names a cluster or user that is not there/);
});
