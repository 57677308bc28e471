import assert from "node:assert/strict";
import { test } from "node:test";
import type { AppProjectSpec, ImageUpdaterSpec } from "../../../charts/crds/index.ts";
import {
  type ApplicationProps,
  applicationManifest,
  DELIVERED,
  imageUpdaterManifest,
  projectManifest,
} from "../../../charts/delivery/index.ts";
import type { Manifest } from "../../../charts/manifest.ts";
import { goldenCases } from "../golden.ts";

const shop: ApplicationProps = {
  name: "shop",
  repository: "https://git.example.com/shop.git",
  path: "deploy",
  branch: "main",
  namespace: "shop",
};

/** What a chart wrote, as the custom kind it is. */
function specOf<T>({ spec }: Manifest, known: (spec: unknown) => spec is T): T {
  assert.ok(known(spec));
  return spec;
}
const isProject = (spec: unknown): spec is AppProjectSpec => typeof spec === "object" && spec !== null && "sourceRepos" in spec;
const isUpdater = (spec: unknown): spec is ImageUpdaterSpec => typeof spec === "object" && spec !== null && "applicationRefs" in spec;

test("an application is kept as Git says, but for what Argo Rollouts writes", () => {
  assert.deepEqual(applicationManifest(shop, "platform", "argocd"), {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "shop", namespace: "argocd" },
    spec: {
      project: "platform",
      source: { repoURL: "https://git.example.com/shop.git", path: "deploy", targetRevision: "main" },
      destination: { server: "https://kubernetes.default.svc", namespace: "shop" },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ["RespectIgnoreDifferences=true"],
        retry: { limit: 5, backoff: { duration: "10s", factor: 2, maxDuration: "5m" } },
      },
      ignoreDifferences: [
        { group: "networking.istio.io", kind: "VirtualService", jqPathExpressions: [".spec.http[].route[].weight"] },
        { group: "", kind: "Service", jqPathExpressions: ['.spec.selector."rollouts-pod-template-hash"'] },
      ],
    },
  });
});

test("a project allows the repositories and namespaces of its applications, each once, and no other", () => {
  const applications = [shop, { ...shop, name: "shop-admin", path: "admin" }, { ...shop, name: "mail", namespace: "mail" }];
  const { sourceRepos, destinations, clusterResourceWhitelist } = specOf(projectManifest("platform", "argocd", applications), isProject);
  assert.deepEqual(sourceRepos, ["https://git.example.com/shop.git"]);
  assert.deepEqual(
    destinations.map(({ namespace }) => namespace),
    ["shop", "mail"],
  );
  assert.deepEqual(clusterResourceWhitelist, []);
});

test("everything a service is made of may come from Git", () => {
  const manifests = goldenCases().flatMap(({ actual }) => actual);
  const kinds = manifests.map(({ apiVersion, kind }) => `${apiVersion.includes("/") ? apiVersion.split("/")[0] : ""}/${kind}`);
  const known = new Set(DELIVERED.map(({ group, kind }) => `${group}/${kind}`));
  assert.ok(kinds.length > 0);
  assert.deepEqual(
    kinds.filter((kind) => !known.has(kind)),
    [],
  );
});

test("no secret and no right may come from Git", () => {
  const { namespaceResourceWhitelist } = specOf(projectManifest("platform", "argocd", [shop]), isProject);
  const kinds = namespaceResourceWhitelist.map(({ kind }) => kind);
  for (const kind of ["Secret", "Role", "RoleBinding", "*"]) assert.ok(!kinds.includes(kind), kind);
});

test("new versions of an image are committed to the branch that the application follows", () => {
  const images = { echo: { repository: "ghcr.io/team/echo", versions: "1.x" } };
  const [updater, ...others] = imageUpdaterManifest({ ...shop, images }, "argocd");
  assert.ok(updater && others.length === 0);
  assert.deepEqual(specOf(updater, isUpdater), {
    commonUpdateSettings: { updateStrategy: "semver" },
    writeBackConfig: { method: "git", gitConfig: { branch: "main", writeBackTarget: "kustomization" } },
    applicationRefs: [{ namePattern: "shop", images: [{ alias: "echo", imageName: "ghcr.io/team/echo:1.x" }] }],
  });
});

test("an application that follows no image has no updater", () => {
  assert.deepEqual(imageUpdaterManifest(shop, "argocd"), []);
});
