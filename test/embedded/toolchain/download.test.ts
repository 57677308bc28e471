import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { originOf } from "../../../embedded/toolchain/cache.ts";
import { ensure } from "../../../embedded/toolchain/ensure.ts";
import type { Deadlines } from "../../../embedded/toolchain/surroundings.ts";
import type { Tool } from "../../../embedded/toolchain/tool.ts";
import { hello, helloPath, releasedHello, script, sha256, tarball } from "./support/hello.ts";
import { type Answer, cutOff, releaseServer, silent, stalled, withContent, withStatus } from "./support/releaseServer.ts";
import { borrow, leftInCache, machine } from "./support/surroundings.ts";

const good = releasedHello(sha256(script));
const big = Buffer.alloc(100_000, "x");

test("a release with the pinned sum comes from the mirror, is executable and says where it came from", async (t) => {
  const server = await releaseServer(t, { [helloPath]: withContent(script) });
  const here = machine(t, { tools: [good], mirror: `${server.url}/` });
  const file = await ensure(good, here);
  assert.equal(execFileSync(file, { encoding: "utf8" }), "hello version 1.2.3\n");
  assert.deepEqual(originOf(file), { way: "downloaded", from: `${server.url}${helloPath}`, checksum: "pinned checksum" });
  assert.deepEqual([...leftInCache(here)].sort(), ["tools/hello/1.2.3/hello", "tools/hello/1.2.3/origin.json"]);
});

test("a tool in the cache is not asked for again", async (t) => {
  const server = await releaseServer(t, { [helloPath]: withContent(script) });
  const here = machine(t, { tools: [good], mirror: server.url });
  assert.equal(await ensure(good, here), await ensure(good, here));
  assert.deepEqual(server.asked, [helloPath]);
});

const refused: readonly { what: string; answer: Answer; reason: RegExp; deadlines?: Partial<Deadlines> }[] = [
  {
    what: "a file with the wrong sum",
    answer: withContent("something else"),
    reason: /wrong checksum: sha256 [0-9a-f]{64}, expected [0-9a-f]{64}/,
  },
  { what: "a file cut off half-way", answer: cutOff(big), reason: /cut off before its end/ },
  { what: "a 404", answer: withStatus(404), reason: /the server answered 404 Not Found/ },
  { what: "a server error", answer: withStatus(503), reason: /the server answered 503/ },
  { what: "a server that never answers", answer: silent, deadlines: { answer: 0.3 }, reason: /no answer within 0.3 s/ },
  {
    what: "a server that falls silent half-way",
    answer: stalled(big),
    deadlines: { silence: 0.3 },
    reason: /silent for 0.3 s after 10 bytes/,
  },
];

for (const { what, answer, reason, deadlines } of refused) {
  test(`${what} is refused and nothing is left behind`, async (t) => {
    const server = await releaseServer(t, { [helloPath]: answer });
    const here = machine(t, { tools: [good], mirror: server.url, ...(deadlines ? { deadlines } : {}) });
    await assert.rejects(ensure(good, here), reason);
    assert.deepEqual(leftInCache(here), []);
  });
}

test("a server that did not answer is not asked again in the same run", async (t) => {
  const server = await releaseServer(t, { [helloPath]: silent });
  const here = machine(t, { tools: [good], mirror: server.url, deadlines: { answer: 0.3 } });
  await assert.rejects(ensure(good, here), /no answer within 0.3 s/);
  await assert.rejects(ensure(good, here), /not asked again: no answer within 0.3 s/);
  assert.equal(server.asked.length, 1);
});

test("one archive is downloaded once for all the tools in it", async (t) => {
  const archive = tarball({ "tools-1.2.3/hello": script, "tools-1.2.3/goodbye": script, "tools-1.2.3/README": "not a tool" });
  const bundled = (name: string): Tool => ({
    ...hello,
    name,
    release: {
      url: "https://releases.example/tools-{version}.tar.gz",
      arch: { "linux-x64": "amd64", "linux-arm64": "arm64" },
      member: `tools-{version}/${name}`,
      sums: { pinned: { "linux-x64": sha256(archive), "linux-arm64": sha256(archive) } },
    },
  });
  const tools = [bundled("hello"), bundled("goodbye")];
  const server = await releaseServer(t, { "/releases.example/tools-1.2.3.tar.gz": withContent(archive) });
  const here = machine(t, { tools, mirror: server.url });
  for (const program of ["tar", "gzip"]) borrow(here, program);
  for (const tool of tools) assert.equal(execFileSync(await ensure(tool, here), { encoding: "utf8" }), "hello version 1.2.3\n");
  assert.equal(server.asked.length, 1);
});

function listed(list: string): { tool: Tool; answers: Parameters<typeof releaseServer>[1] } {
  const { release } = good;
  assert(release);
  const tool = { ...good, release: { ...release, sums: { published: "https://releases.example/v{version}/sums.txt" } } };
  return { tool, answers: { [helloPath]: withContent(script), "/releases.example/v1.2.3/sums.txt": withContent(list) } };
}

test("without a pinned sum the release's own list of sums decides, and the tool's origin says so", async (t) => {
  const { tool, answers } = listed(`${sha256("other")}  other\n${sha256(script)}  hello-amd64\n`);
  const server = await releaseServer(t, answers);
  assert.equal(originOf(await ensure(tool, machine(t, { tools: [tool], mirror: server.url })))?.checksum, "published checksum");
});

test("a file that the release's list gives another sum is refused", async (t) => {
  const { tool, answers } = listed(`${sha256("other")}  hello-amd64\n`);
  const server = await releaseServer(t, answers);
  const here = machine(t, { tools: [tool], mirror: server.url });
  await assert.rejects(ensure(tool, here), /wrong checksum/);
  assert.deepEqual(leftInCache(here), []);
});

test("a file that the release's list does not name is refused", async (t) => {
  const { tool, answers } = listed(`${sha256(script)}  hello-arm64\n${sha256("other")}  other\n`);
  const server = await releaseServer(t, answers);
  await assert.rejects(ensure(tool, machine(t, { tools: [tool], mirror: server.url })), /sums\.txt has no sha256 for hello-amd64/);
});

test("a platform without releases is told so", async (t) => {
  const here = { ...machine(t, { tools: [good] }), platform: "darwin-arm64" };
  await assert.rejects(ensure(good, here), /there is no release for darwin-arm64/);
});

test("a mirror that is no URL is said to be none", async (t) => {
  await assert.rejects(ensure(good, machine(t, { tools: [good], mirror: "mirror" })), {
    message: "SLUICE_TOOLS_MIRROR is not a URL: mirror",
  });
});
