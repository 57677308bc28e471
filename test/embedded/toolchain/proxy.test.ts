import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { ensure } from "../../../embedded/toolchain/ensure.ts";
import type { Tool } from "../../../embedded/toolchain/tool.ts";
import { serve } from "../../support/server.ts";
import { helloPath, releasedHello, script, sha256 } from "./support/hello.ts";
import { redirectTo, releaseServer, withContent, withStatus } from "./support/releaseServer.ts";
import { leftInCache, machine } from "./support/surroundings.ts";

const hello: Tool = releasedHello(sha256(script));
/** A name that no name server knows: it can only be reached through a proxy. */
const MIRROR = "http://mirror.invalid";

for (const variable of ["HTTP_PROXY", "http_proxy"]) {
  test(`a download goes through the proxy of ${variable}`, async (t) => {
    const proxy = await releaseServer(t, { [`${MIRROR}${helloPath}`]: withContent(script) });
    const here = machine(t, { tools: [hello], mirror: MIRROR, env: { [variable]: proxy.url } });
    assert.equal(readFileSync(await ensure(hello, here), "utf8"), script);
    assert.deepEqual(proxy.asked, [`${MIRROR}${helloPath}`]);
  });
}

test("a server that NO_PROXY names is asked without the proxy", async (t) => {
  const proxy = await releaseServer(t, {});
  const server = await releaseServer(t, { [helloPath]: withContent(script) });
  const env = { HTTP_PROXY: proxy.url, NO_PROXY: "intern.example,127.0.0.1" };
  await ensure(hello, machine(t, { tools: [hello], mirror: server.url, env }));
  assert.deepEqual([proxy.asked, server.asked], [[], [helloPath]]);
});

/** A proxy that is asked for a tunnel refuses it; gives the servers that tunnels were wanted to. */
async function refusingProxy(t: TestContext): Promise<{ url: string; wanted: readonly string[] }> {
  const wanted: string[] = [];
  const { server, url } = await serve(t, (_, response) => response.writeHead(405).end());
  server.on("connect", ({ url = "" }, socket) => {
    wanted.push(url);
    socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
  });
  return { url, wanted };
}

test("for https the proxy of HTTPS_PROXY is asked for a tunnel; when it refuses, that is the reason, and its password stays secret", async (t) => {
  const proxy = await refusingProxy(t);
  const withPassword = proxy.url.replace("http://", "http://user:s3cret@");
  const here = machine(t, { tools: [hello], mirror: "https://mirror.invalid", env: { HTTPS_PROXY: withPassword } });
  await assert.rejects(ensure(hello, here), ({ message }: Error) => {
    assert.match(message, /tunnel to mirror\.invalid:443 via http:\/\/127\.0\.0\.1:\d+\/: HTTP\/1\.1 407 Proxy Authentication Required/);
    assert.doesNotMatch(message, /s3cret/);
    return true;
  });
  assert.deepEqual(proxy.wanted, ["mirror.invalid:443"]);
  assert.deepEqual(leftInCache(here), []);
});

test("a proxy that is not there is the reason", async (t) => {
  const { server, url } = await serve(t, () => {});
  await once(server.close(), "close");
  const here = machine(t, { tools: [hello], mirror: MIRROR, env: { HTTP_PROXY: url } });
  await assert.rejects(ensure(hello, here), new RegExp(`ECONNREFUSED ${new URL(url).host}`));
});

test("a redirect is followed, to another path or another server", async (t) => {
  const other = await releaseServer(t, { "/hello": withContent(script) });
  const server = await releaseServer(t, { [helloPath]: redirectTo("/moved"), "/moved": redirectTo(`${other.url}/hello`) });
  await ensure(hello, machine(t, { tools: [hello], mirror: server.url }));
  assert.deepEqual([server.asked, other.asked], [[helloPath, "/moved"], ["/hello"]]);
});

for (const { what, answer, reason, asked } of [
  { what: "redirects without end are", answer: redirectTo(helloPath), reason: /redirected more than 10 times/, asked: 11 },
  { what: "a redirect to nowhere is", answer: withStatus(302), reason: /the server answered 302 Found/, asked: 1 },
]) {
  test(`${what} refused`, async (t) => {
    const server = await releaseServer(t, { [helloPath]: answer });
    await assert.rejects(ensure(hello, machine(t, { tools: [hello], mirror: server.url })), reason);
    assert.equal(server.asked.length, asked);
  });
}
