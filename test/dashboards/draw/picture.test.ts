import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { picture, rangeOf, svgOf } from "../../../cli/board/index.ts";
import { readBoard } from "../../../cli/board/model.ts";
import { BOARD_NAMES, boards } from "../../../dashboards/index.ts";
import { serve } from "../../support/server.ts";
import { type Answer, fakePrometheus } from "./prometheus.ts";

const time = { start: 1_800_000_000, end: 1_800_000_600 };

function json(name: string): string {
  return boards().find((board) => board.name === name)?.json ?? "";
}

async function drawn(t: TestContext, name: string, answer: (query: string) => readonly Answer[], variables = {}) {
  const { url } = await fakePrometheus(t, answer);
  return svgOf({ json: json(name), prometheus: url, time, variables });
}

const labels = { destination_service_name: "echo-canary", pod: "echo-1", sloth_service: "echo", sloth_slo: "latency", phase: "Paused" };

for (const name of BOARD_NAMES) {
  test(`${name}: every panel is drawn, with data and without`, async (t) => {
    for (const answer of [() => [{ labels, value: (second: number) => Math.sin(second / 60) + 1 }], () => []]) {
      const svg = await drawn(t, name, answer);
      for (const { title } of readBoard(json(name)).panels) assert.ok(svg.includes(`>${title}</text>`), title);
      assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
    }
  });
}

test("a panel without data says so", async (t) => {
  assert.match(await drawn(t, "release", () => []), />no data<\/text>/);
});

test("a number is shown in its unit and in the colour of its threshold, a state by its name", async (t) => {
  const svg = await drawn(t, "release", (query) => [{ labels, value: () => (query.includes("rollout_info{") ? 2 : 0.03) }]);
  assert.match(svg, />waits for the gate<\/text>/);
  // Budget left: 3 % is orange.
  assert.match(svg, /fill="#ff9830"[^>]*>3 %<\/text>/);
});

test("a row of a table is made of the answers to all its queries", async (t) => {
  const svg = await drawn(t, "slo", (query) => [{ labels, value: () => (query.includes("slo:objective:ratio{") ? 0.995 : 0.5) }]);
  for (const cell of ["Service", "Budget left", "echo", "latency", "99.5 %", "50 %"]) assert.ok(svg.includes(`>${cell}</text>`), cell);
});

test("canary and stable have the colours that the board gives them", async (t) => {
  const svg = await drawn(t, "release", () => [{ labels, value: () => 1 }]);
  assert.match(svg, /stroke="#ff9830"/);
});

test("a variable that is given is put into the queries, and the others are what Grafana would begin with", async (t) => {
  const { url, queries } = await fakePrometheus(t, () => []);
  await svgOf({ json: json("release"), prometheus: url, time, variables: { service: "shop" } });
  const asked = queries.map((parameters) => parameters.get("query") ?? "").join("\n");
  assert.match(asked, /destination_service_name="shop-canary"/);
  // "unknown" is no namespace, and the reporter has a value of its own.
  assert.match(asked, /reporter="source",destination_service_namespace="echo"/);
});

test("a variable that the board does not have is refused, and so is one that has no value", async (t) => {
  const options = { json: json("release"), time, variables: {} };
  const { url } = await fakePrometheus(
    t,
    () => [],
    () => [],
  );
  await assert.rejects(
    picture({ ...options, prometheus: url, variables: { pod: "x" } }),
    /has no variable "pod"; it has datasource, reporter/,
  );
  await assert.rejects(picture({ ...options, prometheus: url }), /no value for \$namespace .*--var namespace=VALUE/s);
});

test("a Prometheus that refuses, or is not there, is told with its reason", async (t) => {
  const { url } = await serve(t, (_request, response) => void response.writeHead(422).end('{"error":"query timed out"}'));
  const options = { json: json("release"), time, variables: {} };
  await assert.rejects(
    picture({ ...options, prometheus: url }),
    /refused label\/destination_service_namespace\/values .*: query timed out/,
  );
  await assert.rejects(picture({ ...options, prometheus: "http://127.0.0.1:9" }), /127\.0\.0\.1:9 cannot be reached/);
});

test("a picture is a PNG of the page's size", async (t) => {
  const { url } = await fakePrometheus(t, () => []);
  const png = Buffer.from(await picture({ json: json("cost"), prometheus: url, time, variables: {} }));
  assert.equal(png.subarray(1, 4).toString(), "PNG");
  assert.equal(png.readUInt32BE(16), 1600);
});

test("a board shows as much time as in Grafana, unless it is told otherwise", () => {
  assert.deepEqual(rangeOf(json("release"), 10_000), { start: 6400, end: 10_000 });
  assert.deepEqual(rangeOf(json("release"), 10_000, "15m"), { start: 9100, end: 10_000 });
});
