import assert from "node:assert/strict";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as scripts from "../../../../components/cluster/kind/scripts.ts";
import { machine } from "./machine.ts";

const names = { KIND_VERSION: "0.33.0", CLUSTER: "dev", REGISTRY: "dev-registry", REGISTRY_PORT: "5001", REGISTRY_IMAGE: "registry:3.1.2" };
const marked = { ...names, MARK: "0123456789abcdef" };
const connection = { ...names, REGISTRY_CONFIG: "/etc/containerd/certs.d" };
const image = { IMAGE: "localhost:5001/echo:1.0.0", DOCKERFILE: "apps/echo/Dockerfile", SOURCES: "aaaa" };
const changing = /^(docker <(start|run|rm|build|push|network)>|kind <(create|delete)>)/;

test("a machine without docker and kind is told both, and where to get them", async (t) => {
  const { code, stderr } = (await machine(t, [])).run(scripts.startRegistry, names);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^not on the PATH, .*:\n {2}docker: https:\/\/docs\.docker\.com\S+\n {2}kind: https:.* go install sigs\.k8s\.io\/kind@v0\.33\.0\n$/,
  );
});

test("a machine without kind is told kind alone", async (t) => {
  const { code, stderr } = (await machine(t, ["docker"])).run(scripts.createCluster, marked);
  assert.deepEqual([code, /docker:/.test(stderr), /\n {2}kind: /.test(stderr)], [1, false, true]);
});

test("building an image needs no kind", async (t) => {
  const { stderr } = (await machine(t, [])).run(scripts.buildImage, image);
  assert.deepEqual([/docker:/.test(stderr), /kind:/.test(stderr)], [true, false]);
});

test("a Docker that does not answer is told before anything is changed", async (t) => {
  const it = await machine(t);
  it.fail("info");
  const { code, stderr, calls } = it.run(scripts.createCluster, marked, "config");
  assert.match(stderr, /its engine does not answer/);
  assert.deepEqual([code, calls], [1, ["docker <info>"]]);
});

test("the registry listens on the loopback address alone, and starting it twice changes nothing", async (t) => {
  const it = await machine(t);
  const first = it.run(scripts.startRegistry, names);
  assert.deepEqual([first.code, it.has("containers/dev-registry")], [0, "dev 5001 registry:3.1.2"]);
  assert.match(first.calls.at(-1) ?? "", /^docker <run> .*<--publish> <127\.0\.0\.1:5001:5000> .*<registry:3\.1\.2>$/);
  const second = it.run(scripts.startRegistry, names);
  assert.deepEqual([second.code, second.calls.filter((call) => changing.test(call))], [0, ["docker <start> <dev-registry>"]]);
});

test("a registry that could not be started leaves no container behind", async (t) => {
  const it = await machine(t);
  it.fail("run");
  const { code, stderr } = it.run(scripts.startRegistry, names);
  assert.deepEqual([code, it.has("containers/dev-registry")], [1, undefined]);
  assert.match(stderr, /run fails/);
});

test("a container of somebody else with the registry's name is neither taken nor removed", async (t) => {
  const it = await machine(t);
  writeFileSync(join(it.folder, "containers/dev-registry"), "something else");
  const started = it.run(scripts.startRegistry, names);
  assert.equal(started.code, 1);
  assert.match(started.stderr, /there is a container dev-registry already.*docker rm --force dev-registry/);
  const removed = it.run(scripts.removeRegistry, names);
  assert.deepEqual([removed.code, it.has("containers/dev-registry")], [0, "something else"]);
});

test("removing the registry takes its images along, and can be done twice", async (t) => {
  const it = await machine(t);
  it.run(scripts.startRegistry, names);
  const { calls } = it.run(scripts.removeRegistry, names);
  assert.equal(calls.at(-1), "docker <rm> <--force> <--volumes> <dev-registry>");
  assert.equal(it.run(scripts.removeRegistry, names).code, 0);
});

test("a cluster is made of the config on stdin, with a kubeconfig that is thrown away, and marked when it is whole", async (t) => {
  const it = await machine(t);
  const { code, calls } = it.run(scripts.createCluster, marked, "kind: Cluster\n");
  assert.deepEqual([code, it.has("clusters/dev"), it.has("marks/dev-control-plane")], [0, "kind: Cluster\n", "0123456789abcdef"]);
  const [, kubeconfig = ""] = /<create> .*<--kubeconfig> <([^>]+)>/.exec(calls.join("\n")) ?? [];
  assert.notEqual(kubeconfig, "");
  assert.equal(existsSync(kubeconfig), false);
});

test("making the same cluster again does nothing", async (t) => {
  const it = await machine(t);
  it.run(scripts.createCluster, marked, "config");
  const { code, calls } = it.run(scripts.createCluster, marked, "config");
  assert.deepEqual([code, calls.filter((call) => changing.test(call))], [0, []]);
});

test("a cluster of that name that was made otherwise, by hand or only half is not touched", async (t) => {
  const it = await machine(t);
  it.run(scripts.createCluster, marked, "config");
  for (const mark of ["fedcba9876543210", undefined]) {
    if (mark === undefined) rmSync(join(it.folder, "marks/dev-control-plane"));
    else writeFileSync(join(it.folder, "marks/dev-control-plane"), mark);
    const { code, stderr, calls } = it.run(scripts.createCluster, marked, "config");
    assert.deepEqual([code, calls.filter((call) => changing.test(call))], [1, []]);
    assert.match(stderr, /there is a kind cluster dev already.*kind delete cluster --name dev/);
  }
});

test("a cluster whose name only begins like ours is another one", async (t) => {
  const it = await machine(t);
  writeFileSync(join(it.folder, "clusters/dev-2"), "");
  assert.equal(it.run(scripts.createCluster, marked, "config").code, 0);
  assert.equal(it.has("clusters/dev"), "config");
});

test("a cluster that kind could not make is not marked, and the command fails", async (t) => {
  const it = await machine(t);
  it.fail("create");
  const { code, stderr } = it.run(scripts.createCluster, marked, "config");
  assert.deepEqual([code, it.has("marks/dev-control-plane")], [1, undefined]);
  assert.match(stderr, /create fails/);
});

test("deleting the cluster leaves the user's kubeconfig alone, and can be done twice", async (t) => {
  const it = await machine(t);
  it.run(scripts.createCluster, marked, "config");
  for (const _ of [1, 2]) {
    const { code, calls } = it.run(scripts.deleteCluster, names);
    assert.deepEqual([code, it.has("clusters/dev")], [0, undefined]);
    assert.match(calls.at(-1) ?? "", /^kind <delete> <cluster> <--name> <dev> <--kubeconfig> </);
  }
});

test("the kubeconfig is all that is printed", async (t) => {
  assert.equal((await machine(t)).run(scripts.readKubeconfig, names).stdout, "kubeconfig of dev\n");
});

test("every node is told where localhost:5001 is, and the registry is on their network; twice does no harm", async (t) => {
  const it = await machine(t);
  it.run(scripts.startRegistry, names);
  it.run(scripts.createCluster, marked, "config");
  const connects = [1, 2]
    .map(() => it.run(scripts.connectRegistry, connection))
    .map(({ code, calls }) => {
      assert.equal(code, 0);
      return calls.filter((call) => call.startsWith("docker <network>"));
    });
  for (const node of ["dev-control-plane", "dev-worker"])
    assert.equal(it.has(`nodes/${node}/hosts.toml`), '[host."http://dev-registry:5000"]\n');
  assert.deepEqual(connects, [["docker <network> <connect> <kind> <dev-registry>"], []]);
});

test("a registry cannot be connected to a cluster that is gone", async (t) => {
  const it = await machine(t);
  it.run(scripts.startRegistry, names);
  const { code, stderr } = it.run(scripts.connectRegistry, connection);
  assert.equal(code, 1);
  assert.match(stderr, /the kind cluster dev is gone/);
});

test("an image is built and pushed once; the same sources are not built again", async (t) => {
  const it = await machine(t);
  const first = it.run(scripts.buildImage, image);
  assert.deepEqual(
    first.calls.filter((call) => changing.test(call)),
    [
      "docker <build> <--file> <apps/echo/Dockerfile> <--label> <sluice.sources=aaaa> <--tag> <localhost:5001/echo:1.0.0> <.>",
      "docker <push> <localhost:5001/echo:1.0.0>",
    ],
  );
  const second = it.run(scripts.buildImage, image);
  assert.deepEqual([second.code, second.calls.filter((call) => changing.test(call))], [0, []]);
});

test("other sources under the same tag are refused", async (t) => {
  const it = await machine(t);
  it.run(scripts.buildImage, image);
  const { code, stderr, calls } = it.run(scripts.buildImage, { ...image, SOURCES: "bbbb" });
  assert.deepEqual([code, calls.filter((call) => changing.test(call))], [1, []]);
  assert.match(stderr, /localhost:5001\/echo:1\.0\.0 is there already and was built of other sources\. .* the next tag/);
});

for (const step of ["build", "push"]) {
  test(`an image whose ${step} fails is not there, and the command fails`, async (t) => {
    const it = await machine(t);
    it.fail(step);
    const { code } = it.run(scripts.buildImage, image);
    assert.deepEqual([code, it.has("registry/localhost_5001_echo_1.0.0")], [1, undefined]);
  });
}

test("no value is ever read as a command", async (t) => {
  const it = await machine(t);
  const evil = "a b; touch evil $(touch evil) `touch evil` '\"* \\";
  const everything = {
    ...marked,
    ...connection,
    ...image,
    CLUSTER: evil,
    REGISTRY_IMAGE: evil,
    IMAGE: evil,
    DOCKERFILE: evil,
    SOURCES: evil,
  };
  for (const script of Object.values(scripts)) it.run(script, everything, evil);
  assert.equal(it.has("evil"), undefined);
  const calls = it.has("calls") ?? "";
  assert.ok(calls.includes(`docker <push> <${evil}>`), calls);
  assert.ok(calls.includes(`kind <create> <cluster> <--name> <${evil}>`), calls);
});
