import assert from "node:assert/strict";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import type { EksClusterArgs } from "../../../components/cluster/eks/index.ts";
import { valueProblems } from "../../infra/helm/problems.ts";
import { managed, recorded } from "./eksArgs.ts";

const staging = await recorded();
const auto = await recorded({ nodes: { mode: "auto" } });
const CLUSTER = "aws:eks/cluster:Cluster";
const RELEASE = "kubernetes:helm.sh/v3:Release";

test("every child belongs to the cluster and is named after it", () => {
  for (const { all } of [staging, auto]) {
    const [, ...children] = all;
    for (const { name, parent } of children) {
      assert.equal(parent, "sluice:cluster:EksCluster main");
      assert.match(name, /^main(-|$)/);
    }
  }
});

test("without stated addresses the API is reached from within the network alone", () => {
  const { endpointPublicAccess, endpointPrivateAccess, publicAccessCidrs } = staging.one(CLUSTER, "main").vpcConfig;
  assert.deepEqual([endpointPublicAccess, endpointPrivateAccess, publicAccessCidrs], [false, true, undefined]);
});

test("with stated addresses the API is reached from these, too", async () => {
  const { vpcConfig } = (await recorded({ endpointCidrs: ["203.0.113.0/24"] })).one(CLUSTER, "main");
  assert.deepEqual([vpcConfig.endpointPublicAccess, vpcConfig.publicAccessCidrs], [true, ["203.0.113.0/24"]]);
});

test("only those named get in: no rights for who made the cluster, none by a ConfigMap", () => {
  assert.deepEqual(staging.one(CLUSTER, "main").accessConfig, {
    authenticationMode: "API",
    bootstrapClusterCreatorAdminPermissions: false,
  });
  const entries = staging.ofType("aws:eks/accessEntry:AccessEntry").map(({ inputs }) => inputs.principalArn);
  assert.deepEqual(entries, ["arn:aws:iam::111122223333:role/deploy"]);
});

test("viewers look and do no more", async () => {
  const viewers = ["arn:aws:iam::111122223333:role/support"];
  const rights = (await recorded({ viewers })).one("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "main-role/support");
  assert.equal(rights.policyArn, "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy");
});

test("secrets are encrypted by a key of the cluster's own, and all it does is on record, encrypted, too", () => {
  const { encryptionConfig, enabledClusterLogTypes } = staging.one(CLUSTER, "main");
  assert.deepEqual(encryptionConfig, { provider: { keyArn: "arn:aws:aws:kms/key:Key/main-secrets" }, resources: ["secrets"] });
  assert.deepEqual(enabledClusterLogTypes, ["api", "audit", "authenticator", "controllerManager", "scheduler"]);
  const logs = staging.one("aws:cloudwatch/logGroup:LogGroup", "main-logs");
  assert.deepEqual([logs.name, logs.retentionInDays, logs.kmsKeyId], ["/aws/eks/staging/cluster", 14, "arn:aws:aws:kms/key:Key/main-logs"]);
});

test("a cluster that keeps data is protected, by Pulumi and by AWS, and volumes stay", async () => {
  const facts = ({ all, one }: typeof staging) => [
    ...all.filter(({ protect }) => protect).map(({ name }) => name),
    one(CLUSTER, "main").deletionProtection,
    one("kubernetes:storage.k8s.io/v1:StorageClass", "main-gp3").reclaimPolicy,
  ];
  assert.deepEqual(facts(await recorded({ keepsData: true })), ["main-secrets", "main", true, "Retain"]);
  assert.deepEqual(facts(staging), [false, "Delete"]);
});

test("no machine tells a pod its credentials, and every disk is encrypted", () => {
  const template = staging.one("aws:ec2/launchTemplate:LaunchTemplate", "main-nodes");
  assert.deepEqual(template.metadataOptions, { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 });
  for (const { ebs } of template.blockDeviceMappings) assert.equal(ebs.encrypted, "true");
  for (const { tags } of template.tagSpecifications) assert.equal(tags.owner, "platform");
});

test("a node has the rights to join and to pull, and no others", () => {
  const rights = staging
    .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    .filter(({ name }) => name.startsWith("main-nodes-"))
    .map(({ inputs }) => inputs.policyArn.split("/").at(-1));
  assert.deepEqual(rights.sort(), ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy"]);
  assert.deepEqual(
    staging.ofType("aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name.startsWith("main-nodes")),
    [],
  );
});

test("groups of nodes are of one zone each, of the stated machines, and as large as the autoscaler makes them", () => {
  const groups = staging.ofType("aws:eks/nodeGroup:NodeGroup");
  assert.equal(groups.length, 3);
  for (const { inputs } of groups) {
    assert.equal(inputs.subnetIds.length, 1);
    assert.equal(inputs.amiType, "AL2023_ARM_64_STANDARD");
    assert.deepEqual(inputs.scalingConfig, { minSize: 1, maxSize: 3, desiredSize: 1 });
    assert.deepEqual(inputs.launchTemplate, { id: "main-nodes-id", version: "7" });
  }
});

test("amd64 machines get an image for amd64", async () => {
  const { ofType } = await recorded({ nodes: { ...managed, architecture: "amd64", instanceTypes: ["m7i.large"] } });
  const images = ofType("aws:eks/nodeGroup:NodeGroup").map(({ inputs }) => inputs.amiType);
  assert.deepEqual(images, Array(3).fill("AL2023_x86_64_STANDARD"));
});

test("every add-on has an exact version, and NetworkPolicies count", () => {
  const addons = staging.ofType("aws:eks/addon:Addon").map(({ inputs }) => inputs);
  assert.deepEqual(addons.map(({ addonName }) => addonName).sort(), [
    "aws-ebs-csi-driver",
    "coredns",
    "eks-pod-identity-agent",
    "kube-proxy",
    "vpc-cni",
  ]);
  for (const { addonVersion } of addons) assert.match(addonVersion, /^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
  assert.equal(staging.one("aws:eks/addon:Addon", "main-vpc-cni").configurationValues, '{"enableNetworkPolicy":"true"}');
});

test("volumes are encrypted and say whose they are", () => {
  const { parameters, provisioner } = staging.one("kubernetes:storage.k8s.io/v1:StorageClass", "main-gp3");
  assert.equal(provisioner, "ebs.csi.aws.com");
  assert.deepEqual(parameters, {
    type: "gp3",
    encrypted: "true",
    tagSpecification_1: "project=shop",
    tagSpecification_2: "environment=staging",
    tagSpecification_3: "owner=platform",
  });
});

test("in Auto Mode EKS brings nodes, add-ons, load balancers and their scaling, and we do not bring them twice", () => {
  const { computeConfig, storageConfig, kubernetesNetworkConfig } = auto.one(CLUSTER, "main");
  assert.deepEqual(
    [computeConfig.enabled, storageConfig.blockStorage.enabled, kubernetesNetworkConfig.elasticLoadBalancing.enabled],
    [true, true, true],
  );
  for (const type of ["aws:eks/nodeGroup:NodeGroup", "aws:eks/addon:Addon", "aws:ec2/launchTemplate:LaunchTemplate"]) {
    assert.deepEqual(auto.ofType(type), [], type);
  }
  assert.deepEqual(
    auto.ofType(RELEASE).map(({ name }) => name),
    ["main-metrics-server"],
  );
  assert.equal(auto.one("kubernetes:storage.k8s.io/v1:StorageClass", "main-gp3").provisioner, "ebs.csi.eks.amazonaws.com");
});

test("load balancers are made by the controller that is there", () => {
  const classes = [staging, auto].map(({ cluster }) => {
    const { loadBalancer } = cluster.offers;
    return loadBalancer?.type === "LoadBalancer" && loadBalancer.className;
  });
  assert.deepEqual(classes, ["service.k8s.aws/nlb", "eks.amazonaws.com/nlb"]);
});

test("services are at names below the domain", () => {
  assert.equal(staging.cluster.urlOf("echo"), "https://echo.apps.example.org");
});

test("what is on the cluster goes through the cluster's own provider, whose kubeconfig is a secret", () => {
  const onCluster = staging.all.filter(({ type }) => type.startsWith("kubernetes:"));
  assert.deepEqual([...new Set(onCluster.map(({ provider }) => provider))], ["main"]);
  const provider = staging.all.find(({ type }) => type === "pulumi:providers:kubernetes");
  assert.deepEqual(provider?.secrets, ["kubeconfig"]);
});

test("every value is one of the chart's", () => {
  const releases = staging.ofType(RELEASE).map(({ inputs: { chart, version, values } }) => ({ chart, version, values }));
  assert.equal(releases.length, 3);
  assert.deepEqual(releases.flatMap(valueProblems), []);
});

test("a user's values are laid over ours, by chart", async () => {
  const { one } = await recorded({ values: { "metrics-server": { replicas: 5 } } });
  assert.equal(one(RELEASE, "main-metrics-server").values.replicas, 5);
  assert.equal(one(RELEASE, "main-cluster-autoscaler").values.replicaCount, 2);
});

const refused: readonly (readonly [string, Partial<EksClusterArgs>, RegExp])[] = [
  ["an API for the world", { endpointCidrs: ["0.0.0.0/0"] }, /^endpointCidrs\[0\]: 0\.0\.0\.0\/0 opens the cluster's API to the world/],
  ["an API for the world in halves", { endpointCidrs: ["0.0.0.0/1"] }, /^endpointCidrs\[0\]: 0\.0\.0\.0\/1 opens/],
  ["an address that is none", { endpointCidrs: ["office"] }, /^endpointCidrs\[0\]: office is not a block of addresses/],
  ["a cluster that nobody can enter", { admins: [] }, /^admins: empty/],
  ["somebody of another account", { admins: ["arn:aws:iam::444455556666:role/x"] }, /^admins\[0\]: .* of account 111122223333/],
  ["the account as a whole", { viewers: ["arn:aws:iam::111122223333:root"] }, /^viewers\[0\]: /],
  ["a single zone", { subnets: [{ zone: "eu-central-1a", id: "subnet-a" }] }, /^subnets: 1 given/],
  ["a name that AWS does not take", { clusterName: "my cluster" }, /^clusterName: my cluster is not a name/],
  ["more nodes at least than at most", { nodes: { ...managed, minimum: 9, maximum: 3 } }, /^nodes: from 9 to 3 nodes/],
  ["nothing but spot machines", { nodes: { ...managed, spotShare: 1 } }, /^nodes\.spotShare: 1 is not from 0 to 0\.9/],
  ["no machines", { nodes: { ...managed, instanceTypes: [] } }, /^nodes\.instanceTypes: empty/],
];
for (const [sentence, changed, reason] of refused) {
  test(`refused: ${sentence}`, () =>
    assert.rejects(recorded(changed), (error) => {
      assert.ok(pulumi.InputPropertiesError.isInstance(error));
      assert.equal(error.errors.length, 1);
      assert.match(error.errors.map((one) => `${one.propertyPath}: ${one.reason}`).join(), reason);
      return true;
    }));
}

test("all that is wrong is told at once", () =>
  assert.rejects(
    recorded({ admins: [], endpointCidrs: ["0.0.0.0/0"], nodes: { ...managed, spotShare: 2 } }),
    (error) => pulumi.InputPropertiesError.isInstance(error) && error.errors.length === 3,
  ));
