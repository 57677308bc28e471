import assert from "node:assert/strict";
import { test } from "node:test";
import type * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { ArgoCd, type ArgoCdArgs, ImageUpdater, Rollouts, type RolloutsArgs } from "../../../components/delivery/index.ts";
import versions from "../../../infra/versions.json" with { type: "json" };
import { recordResources } from "../../support/mocks.ts";
import { argoCdArgs, namespace, rolloutsArgs } from "./args.ts";

async function valuesOf(name: string, program: () => pulumi.ComponentResource) {
  return (await recordResources(program)).one("kubernetes:helm.sh/v3:Release", name).values;
}
const rollouts = (changed: Partial<RolloutsArgs> = {}) =>
  valuesOf("rollouts", () => new Rollouts("rollouts", { ...rolloutsArgs, ...changed }));
const argoCd = (changed: Partial<ArgoCdArgs> = {}) => valuesOf("argocd", () => new ArgoCd("argocd", { ...argoCdArgs, ...changed }));

test("the controller of rollouts is the version that gates are tested with, whatever the chart comes with", async () => {
  assert.equal((await rollouts()).controller.image.tag, `v${versions["argo-rollouts"]}`);
});

test("a Rollout's series have the Rollout's namespace", async () => {
  const { metrics } = (await rollouts()).controller;
  assert.equal(metrics.enabled, true);
  assert.deepEqual(metrics.serviceMonitor, { enabled: true, relabelings: [{ action: "labeldrop", regex: "namespace" }] });
});

test("analyses ask the Prometheus that they are told of", async () => {
  assert.deepEqual((await rollouts()).controller.extraEnv, [
    { name: "ARGO_ROLLOUTS_PROMETHEUS_ADDRESS", value: "http://observability-prometheus.observability:9090" },
  ]);
});

test("Argo Rollouts has rights on Istio's objects and on those of no other mesh", async () => {
  const { providers } = (await rollouts()).providerRBAC;
  assert.deepEqual(
    Object.keys(providers).filter((provider) => providers[provider]),
    ["istio"],
  );
});

for (const [replicas, pdb] of [[2, { enabled: true, maxUnavailable: 1 }] as const, [1, { enabled: false }] as const]) {
  test(`of ${replicas} ${replicas === 1 ? "copy, which must not keep a node from being drained," : "copies"} the budget is ${JSON.stringify(pdb)}`, async () => {
    assert.deepEqual((await rollouts({ replicas })).controller.pdb, pdb);
    const { server, repoServer } = await argoCd({ replicas });
    assert.deepEqual([server.pdb, repoServer.pdb], [pdb, pdb]);
  });
}

test("with single sign-on there is no local administrator, and the client's secret is named and not given", async () => {
  const { cm } = (await argoCd()).configs;
  assert.equal(cm["admin.enabled"], false);
  assert.deepEqual(parse(cm["oidc.config"]), {
    name: "SSO",
    issuer: "https://login.example.com",
    clientID: "argocd",
    clientSecret: "$argocd-oidc:client-secret",
    requestedScopes: ["openid", "profile", "email", "groups"],
  });
});

test("without it the administrator is the only one who can log in", async () => {
  const { cm, rbac } = (await argoCd({ sso: undefined })).configs;
  assert.equal(cm["admin.enabled"], true);
  assert.equal(cm["oidc.config"], undefined);
  assert.equal(rbac["policy.csv"], "");
});

test("who is in no group may do nothing", async () => {
  const { rbac } = (await argoCd()).configs;
  assert.equal(rbac["policy.default"], "");
  assert.deepEqual(rbac["policy.csv"].split("\n"), ["g, platform, role:admin", "g, developers, role:readonly"]);
});

test("Argo CD speaks TLS itself: nothing makes its server an insecure one", async () => {
  const values = await argoCd();
  assert.equal(values.configs.params?.["server.insecure"], undefined);
  assert.equal(values.server.extraArgs, undefined);
});

test("Argo CD has no right on everything, and none at all on secrets and rights", async () => {
  const { controller, server } = await argoCd();
  for (const { enabled, rules } of [controller.clusterRoleRules, server.clusterRoleRules]) {
    assert.equal(enabled, true);
    for (const { apiGroups, resources, verbs } of rules) {
      for (const all of [apiGroups, resources, verbs]) assert.ok(!all.includes("*"));
      assert.ok(!resources.includes("secrets") && !apiGroups.includes("rbac.authorization.k8s.io"));
    }
  }
});

test("nobody changes a live object through Argo CD's server", async () => {
  const verbs = (await argoCd()).server.clusterRoleRules.rules.flatMap((rule: { verbs: string[] }) => rule.verbs);
  assert.deepEqual([...new Set(verbs)].sort(), ["get", "list"]);
});

test("what Argo CD watches is what it has rights for", async () => {
  const { configs, controller } = await argoCd();
  const watched = parse(configs.cm["resource.inclusions"]).flatMap(({ apiGroups, kinds }: { apiGroups: string[]; kinds: string[] }) =>
    kinds.map(() => apiGroups[0]),
  );
  const allowed = controller.clusterRoleRules.rules
    .filter(({ verbs }: { verbs: string[] }) => verbs.includes("watch"))
    .flatMap(({ apiGroups, resources }: { apiGroups: string[]; resources: string[] }) => resources.map(() => apiGroups[0]));
  assert.deepEqual(watched.sort(), allowed.sort());
});

test("every part of Argo CD that counts something is scraped", async () => {
  const values = await argoCd();
  for (const part of ["controller", "server", "repoServer"]) assert.equal(values[part].metrics.serviceMonitor.enabled, true, part);
});

test("one pod writes new versions of images: two would commit the same one twice", async () => {
  const chart = versions.charts["argocd-image-updater"];
  const values = await valuesOf("image-updater", () => new ImageUpdater("image-updater", { chart, namespace }));
  assert.equal(values.replicaCount, undefined);
});

test("a user's values win over ours", async () => {
  const values = await rollouts({ values: { controller: { replicas: 5 } } });
  assert.equal(values.controller.replicas, 5);
  assert.equal(values.controller.image.tag, `v${versions["argo-rollouts"]}`);
});
