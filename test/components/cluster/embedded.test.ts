import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { type Cluster, embeddedCluster } from "../../../components/cluster/index.ts";
import { recordResources } from "../../support/mocks.ts";

const running = { id: "0123456789ab", prometheusUrl: "http://127.0.0.1:9090", gatewayUrl: "http://127.0.0.1:8080", supervisorPid: 1 };

test("a platform that is up is found by the state it wrote", async (t) => {
  const stateDir = stateDirOf(t);
  writeFileSync(join(stateDir, "kubeconfig"), "kind: Config");
  writeFileSync(join(stateDir, "platform.json"), JSON.stringify({ ...running, kubeconfig: join(stateDir, "kubeconfig") }));
  const clusters: Cluster[] = [];
  const { all } = await recordResources(() => clusters.push(embeddedCluster({ stateDir })));
  assert.equal(clusters[0]?.urlOf("echo"), "http://echo.localhost:8080");
  assert.deepEqual(clusters[0]?.prometheus, { url: "http://127.0.0.1:9090" });
  assert.deepEqual(clusters[0]?.offers, {
    loadBalancer: undefined,
    storageClass: undefined,
    metricsServer: false,
    workloadIdentity: false,
  });
  const [provider] = all;
  assert.equal(provider?.inputs.kubeconfig, "kind: Config");
  assert.deepEqual(provider?.secrets, ["kubeconfig"]);
});

test("without a platform the error says how to start one", (t) => {
  assert.throws(() => embeddedCluster({ stateDir: stateDirOf(t) }), isRunError(/run npx sluice local up/));
});

test("a state that cannot be read is told with what is wrong in it", (t) => {
  const stateDir = stateDirOf(t);
  writeFileSync(join(stateDir, "platform.json"), JSON.stringify({ ...running, gatewayUrl: "nowhere" }));
  assert.throws(() => embeddedCluster({ stateDir }), isRunError(/sluice local reset\n(.|\n)*gatewayUrl/));
});

/** Pulumi prints a RunError without a stack trace. */
function isRunError(message: RegExp): (error: unknown) => boolean {
  return (error) => pulumi.RunError.isInstance(error) && message.test(error.message);
}

function stateDirOf(t: TestContext): string {
  const stateDir = mkdtempSync(join(tmpdir(), "sluice-state-"));
  t.after(() => rmSync(stateDir, { recursive: true }));
  return stateDir;
}
