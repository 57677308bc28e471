import assert from "node:assert/strict";
import { test } from "node:test";
import { KubeConfig } from "@kubernetes/client-node";
import { eksKubeconfig } from "../../../components/cluster/eks/kubeconfig.ts";

const arn = "arn:aws:eks:eu-central-1:111122223333:cluster/staging";
const text = eksKubeconfig({ name: "staging", region: "eu-central-1", arn, endpoint: "https://staging.eks.example", authority: "Q0E=" });
const config = new KubeConfig();
config.loadFromString(text);

test("Kubernetes' own client reads the kubeconfig and finds one cluster in it", () => {
  assert.equal(config.getCurrentContext(), arn);
  assert.equal(config.getCurrentCluster()?.server, "https://staging.eks.example");
  assert.equal(config.getClusters().length, 1);
});

test("it holds no credentials: they are asked for when it is used, for this cluster", () => {
  const user = config.getCurrentUser();
  assert.equal(user?.token, undefined);
  assert.equal(user?.exec?.command, "aws");
  assert.deepEqual(user?.exec?.args, [
    ...["eks", "get-token", "--cluster-name", "staging"],
    ...["--region", "eu-central-1", "--output", "json"],
  ]);
});
