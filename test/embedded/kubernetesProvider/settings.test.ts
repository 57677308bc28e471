import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { connectionOf } from "../../../embedded/kubernetesProvider/kubeconfig.ts";
import { isSecret, secret, UNKNOWN } from "../../../embedded/kubernetesProvider/propertyValues.ts";
import { checkSettings, diffSettings, settingsOf, withSecretKubeconfig } from "../../../embedded/kubernetesProvider/settings.ts";
import { temporaryFolder } from "../../support/folder.ts";

const kubeconfig = (server: string, user = "{ token: sesame }") => `
current-context: here
contexts: [{ name: here, context: { cluster: c, user: u, namespace: shop } }]
clusters: [{ name: c, cluster: { server: "${server}", certificate-authority-data: ${btoa("CA")} } }]
users: [{ name: u, user: ${user} }]
`;
const choose = (text: string, context = "") => connectionOf({ kubeconfig: text, context, cluster: "" });

test("a kubeconfig is read from its contents or from its path", async (t) => {
  const directory = await temporaryFolder(t);
  const file = join(directory, "config");
  await writeFile(file, kubeconfig("https://127.0.0.1:6443"));
  for (const source of [kubeconfig("https://127.0.0.1:6443"), file]) {
    const { server, namespace, token, ca } = choose(source);
    assert.deepEqual([server.href, namespace, token, ca?.toString()], ["https://127.0.0.1:6443/", "shop", "sesame", "CA"]);
  }
});

test("what is missing in a kubeconfig is named, and no secret of it", () => {
  assert.throws(() => choose("/nowhere/config"), /the kubeconfig cannot be read: ENOENT.*\/nowhere\/config/);
  assert.throws(() => choose("{}\n"), { message: 'kubeconfig: no entry "" under contexts' });
  assert.throws(() => choose(kubeconfig("https://a"), "there"), { message: 'kubeconfig: no entry "there" under contexts' });
  assert.throws(() => choose(kubeconfig("not a url")), /cluster "c" has no valid server URL/);
  assert.throws(
    () => choose(kubeconfig("https://a", "{ exec: { command: aws } }")),
    /user "u" signs in by "exec", which needs the official plugin/,
  );
});

test("settings come from the provider's inputs", () => {
  const given: Record<string, string> = { namespace: "shop", enableConfigMapMutable: "true", kubeconfig: "k" };
  const settings = settingsOf((name) => given[name] ?? "");
  assert.deepEqual([settings.namespace, settings.mutable, settings.patchForce], ["shop", { configMaps: true, secrets: false }, false]);
});

test("what the stand-in does not do is refused by property; unknown and switched-off values pass", () => {
  const failures = checkSettings({ renderYamlToDirectory: "out", enableServerSideApply: "false", deleteUnreachable: "false" });
  assert.deepEqual(
    failures.map(({ property }) => property),
    ["renderYamlToDirectory", "enableServerSideApply"],
  );
  assert.deepEqual(checkSettings({ kubeconfig: UNKNOWN, enableServerSideApply: UNKNOWN, namespace: "x" }), []);
});

test("a kubeconfig given by its contents is a secret in state, a path is not", () => {
  assert.ok(isSecret(withSecretKubeconfig({ kubeconfig: kubeconfig("https://a") }).kubeconfig));
  assert.equal(withSecretKubeconfig({ kubeconfig: "~/.kube/config" }).kubeconfig, "~/.kube/config");
  const already = secret(kubeconfig("https://a"));
  assert.deepEqual(withSecretKubeconfig({ kubeconfig: already }).kubeconfig, already);
});

const before = { kubeconfig: kubeconfig("https://a") };

test("new credentials for the same cluster replace nothing; another cluster replaces everything", () => {
  assert.deepEqual(diffSettings(before, { kubeconfig: kubeconfig("https://a", "{ token: other }") }), {
    changed: ["kubeconfig"],
    replaces: [],
  });
  assert.deepEqual(diffSettings(before, { kubeconfig: kubeconfig("https://b") }).replaces, ["kubeconfig"]);
  assert.deepEqual(diffSettings(before, { kubeconfig: UNKNOWN }).replaces, ["kubeconfig"]);
  assert.deepEqual(diffSettings(before, { kubeconfig: secret(kubeconfig("https://a")) }), { changed: [], replaces: [] });
});

test("clusterIdentifier says whether it is the same cluster, whatever its address", () => {
  const moved = { kubeconfig: kubeconfig("https://b"), clusterIdentifier: "one" };
  assert.deepEqual(diffSettings({ ...before, clusterIdentifier: "one" }, moved).replaces, []);
  assert.deepEqual(diffSettings({ ...before, clusterIdentifier: "two" }, moved).replaces, ["clusterIdentifier"]);
});
