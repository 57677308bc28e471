import assert from "node:assert/strict";
import { test } from "node:test";
import { originOf } from "../../../embedded/toolchain/cache.ts";
import { ensure } from "../../../embedded/toolchain/ensure.ts";
import type { Tool } from "../../../embedded/toolchain/tool.ts";
import { hello, script, sha256, tarball } from "./support/hello.ts";
import { type Answer, releaseServer, withContent } from "./support/releaseServer.ts";
import { borrow, leftInCache, machine } from "./support/surroundings.ts";

const REPOSITORY = "/registry.example/v2/team/hello";
const other = tarball({ "etc/os-release": "NAME=base\n" });
const layer = tarball({ "bin/hello": script });
const manifest = JSON.stringify({ layers: [{ digest: digestOf(other) }, { digest: digestOf(layer) }, { digest: digestOf(other) }] });
const forArm = JSON.stringify({ layers: [{ digest: digestOf(other) }] });
const index = JSON.stringify({
  manifests: [
    { digest: digestOf(forArm), platform: { os: "linux", architecture: "arm64" } },
    { digest: digestOf(manifest), platform: { os: "linux", architecture: "amd64" } },
  ],
});
const parts = [manifest, forArm, index].map((text) => [`${REPOSITORY}/manifests/${digestOf(text)}`, withContent(text)] as const);
const blobs = [other, layer].map((blob) => [`${REPOSITORY}/blobs/${digestOf(blob)}`, withContent(blob)] as const);
const registry = Object.fromEntries([...parts, ...blobs]);

function digestOf(content: string | Uint8Array): string {
  return `sha256:${sha256(content)}`;
}

function inImage(digest: string, member = "bin/hello"): Tool {
  const arch = { "linux-x64": "amd64", "linux-arm64": "arm64" };
  return { ...hello, image: { url: "https://registry.example/v2/team/hello", arch, digest, member } };
}

async function ensured(t: Parameters<typeof machine>[0], tool: Tool, answers: Readonly<Record<string, Answer>>, platform = "linux-x64") {
  const server = await releaseServer(t, answers);
  const here = { ...machine(t, { tools: [tool], mirror: server.url }), platform };
  for (const program of ["tar", "gzip"]) borrow(here, program);
  return { server, here, file: ensure(tool, here) };
}

for (const [what, digest] of [
  ["an image", digestOf(manifest)],
  ["an index, from which this platform's image is taken", digestOf(index)],
] as const) {
  test(`a program comes out of the last layer that holds it, of ${what}`, async (t) => {
    const { server, here, file } = await ensured(t, inImage(digest), registry);
    const from = `${server.url}${REPOSITORY}/manifests/${digest}`;
    assert.deepEqual(originOf(await file), { way: "downloaded", from, checksum: "pinned checksum" });
    assert.deepEqual([...leftInCache(here)].sort(), ["tools/hello/1.2.3/hello", "tools/hello/1.2.3/origin.json"]);
  });
}

const refused = [
  {
    what: "a manifest that is not what its digest says",
    answers: { ...registry, [`${REPOSITORY}/manifests/${digestOf(index)}`]: withContent(manifest) },
    reason: /manifests\/sha256:\S+ has the wrong checksum/,
  },
  {
    what: "a layer that is not what its digest says",
    answers: { ...registry, [`${REPOSITORY}/blobs/${digestOf(layer)}`]: withContent(other) },
    reason: /blobs\/sha256:\S+ has the wrong checksum/,
  },
  { what: "an image without the program", platform: "linux-arm64", reason: /no layer of \S+ at \S+ has bin\/hello/ },
  { what: "a platform without an image", platform: "darwin-arm64", reason: /there is no image for darwin-arm64/ },
];

for (const { what, answers = registry, platform, reason } of refused) {
  test(`${what} is refused and nothing is left behind`, async (t) => {
    const { here, file } = await ensured(t, inImage(digestOf(index)), answers, platform);
    await assert.rejects(file, reason);
    assert.deepEqual(leftInCache(here), []);
  });
}
