import assert from "node:assert/strict";
import { test } from "node:test";
import { createRequester } from "../../cli/load/request.ts";
import { serve } from "../support/server.ts";

test("a request whose time is up before it can be sent is not sent, and counts as one without an answer", async (t) => {
  let asked = 0;
  const { url, server } = await serve(t, (_request, response) => response.end());
  server.on("connection", () => asked++);
  const requester = createRequester({ origin: url, path: "/", host: "echo.localhost", timeoutMs: 60_000 });
  t.after(() => requester.close());
  const late = await requester.send(performance.now() - 60_001);
  assert.ok("error" in late && late.error === "timeout");
  assert.equal(asked, 0);
  const inTime = await requester.send(performance.now());
  assert.ok("status" in inTime && inTime.status === 200);
  assert.equal(asked, 1);
});
