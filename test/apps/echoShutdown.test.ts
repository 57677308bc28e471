import assert from "node:assert/strict";
import { Agent, get } from "node:http";
import { describe, test } from "node:test";
import { startEcho } from "./echoProcess.ts";

/** One request over an agent, for what fetch hides: the connection header and the agent's own connections. */
function request(url: string, agent: Agent): Promise<{ readonly code: number | undefined; readonly connection: string | undefined }> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume().once("end", () => resolve({ code: response.statusCode, connection: response.headers.connection }));
    }).once("error", reject);
  });
}

// Side by side, because each waits for the drain.
describe("leaving", { concurrency: true }, () => {
  test("a service told to leave is no longer ready, goes on answering old and new connections, and closes each", async (t) => {
    const echo = await startEcho(t);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    t.after(() => agent.destroy());
    assert.equal((await request(echo.url, agent)).connection, "keep-alive");
    echo.terminate();
    await echo.logged("draining");
    assert.deepEqual(await request(echo.url, agent), { code: 200, connection: "close" });
    assert.deepEqual(await request(`${echo.url}/ready`, agent), { code: 503, connection: "close" });
    assert.deepEqual(await request(`${echo.url}/health`, agent), { code: 200, connection: "close" });
    assert.equal(await echo.exited, 0);
  });

  test("a request in flight when the service stops listening is finished before it exits", async (t) => {
    const echo = await startEcho(t, { SLOW_RATE: "1", SLOW_MS: "4000" });
    const agent = new Agent({ keepAlive: true });
    t.after(() => agent.destroy());
    const inFlight = request(echo.url, agent);
    await request(`${echo.url}/health`, agent);
    echo.terminate();
    assert.deepEqual(await inFlight, { code: 200, connection: "close" });
    assert.equal(await echo.exited, 0);
    assert.equal(echo.lines.at(-1)?.event, "stopped");
  });

  test("an idle connection does not keep the service from leaving", async (t) => {
    const echo = await startEcho(t);
    const agent = new Agent({ keepAlive: true });
    t.after(() => agent.destroy());
    await request(echo.url, agent);
    const told = performance.now();
    echo.terminate();
    assert.equal(await echo.exited, 0);
    const seconds = (performance.now() - told) / 1000;
    assert.ok(seconds >= 3 && seconds < 5, `left after ${seconds} s`);
  });
});
