import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { linesOf, marksOf, type Question } from "../../../cli/board/ask.ts";
import { expand } from "../../../cli/board/expand.ts";
import { type Panel, readBoard } from "../../../cli/board/model.ts";
import { Prometheus, seconds } from "../../../cli/board/prometheus.ts";
import { scrapeIntervals } from "../../../cli/board/scrapes.ts";
import { boards } from "../../../dashboards/index.ts";
import { type Answer, fakePrometheus } from "./prometheus.ts";

const time = { start: 1000, end: 1600 };

async function question(t: TestContext, answer: (query: string) => readonly Answer[]) {
  const { url, queries } = await fakePrometheus(t, answer);
  const prometheus = new Prometheus(url);
  const asked: Question = { prometheus, time, values: { service: "echo" }, scrapeIntervals: scrapeIntervals(prometheus, time) };
  return { asked, queries: () => queries.map((parameters) => parameters.get("query") ?? "") };
}

function panel(expr: string, legendFormat = "{{pod}}"): Panel {
  const found = readBoard(boards()[0]?.json ?? "").panels.find(({ type }) => type === "timeseries");
  assert.ok(found?.type === "timeseries");
  return { ...found, gridPos: { x: 0, y: 0, w: 12, h: 8 }, targets: [{ refId: "A", expr, legendFormat }] };
}

/** Answers the question how often a metric is scraped. */
const samplesAMinute = (count: number): Answer => ({ labels: {}, value: () => count });

test("a rate is taken over four scrapes of the metric, however often it is scraped", async (t) => {
  for (const [aMinute, over] of [
    [60, "4s"],
    [12, "20s"],
    [2, "120s"],
  ] as const) {
    const { asked, queries } = await question(t, (query) => (query.startsWith("max(") ? [samplesAMinute(aMinute)] : []));
    await linesOf(panel('rate(requests_total{service="$service"}[$__rate_interval])'), asked);
    assert.equal(queries().at(-1), `rate(requests_total{service="echo"}[${over}])`);
  }
});

test("the slowest of a query's metrics decides, and each is asked for once", async (t) => {
  const { asked, queries } = await question(t, (query) =>
    query.startsWith("max(") ? [samplesAMinute(query.includes("mesh_total") ? 60 : 6)] : [],
  );
  const both = panel("rate(mesh_total[$__rate_interval]) / rate(pods_total[$__rate_interval])");
  await linesOf(both, asked);
  await linesOf(both, asked);
  assert.equal(queries().at(-1), "rate(mesh_total[40s]) / rate(pods_total[40s])");
  assert.equal(queries().filter((query) => query.startsWith("max(")).length, 2);
});

test("the range is the picture's", async (t) => {
  const { asked, queries } = await question(t, () => []);
  await linesOf(panel("increase(requests_total[$__range])"), asked);
  assert.equal(queries().at(-1), "increase(requests_total[600s])");
});

test("a line has the name that the board gives it, and only values that are numbers", async (t) => {
  const { asked } = await question(t, () => [{ labels: { pod: "echo-1" }, value: (second) => (second % 2 === 0 ? second : "NaN") }]);
  const [line] = await linesOf(panel("up", "pod {{pod}}"), asked);
  assert.equal(line?.name, "pod echo-1");
  assert.ok((line?.points.length ?? 0) > 100 && line?.points.every(([at, value]) => value === at / 1000 && value % 2 === 0));
});

test("a mark stands where a series begins, and where it begins again after a long gap, but not at a flicker", async (t) => {
  const there = (second: number) => second < 1100 || (second > 1104 && second < 1200) || second > 1500;
  const { asked } = await question(t, (query) =>
    query.startsWith("max(") ? [samplesAMinute(60)] : [{ labels: { version: "1.1.0" }, value: (second) => (there(second) ? 1 : "NaN") }],
  );
  const marks = await marksOf({ name: "Promoted", expr: "up", iconColor: "green", titleFormat: "{{version}} promoted" }, asked);
  assert.deepEqual(
    marks.map(({ text, time: at }) => [text, Math.round(at / 10_000) * 10]),
    [
      ["1.1.0 promoted", 1000],
      ["1.1.0 promoted", 1500],
    ],
  );
});

test("variables are put in, and label_replace's $1 is left alone", () => {
  const values = { service: "echo", __range: "1h" };
  assert.equal(expand('x{a="$service-canary",b="$service"}[$__range] $1', values), 'x{a="echo-canary",b="echo"}[1h] $1');
  assert.throws(() => expand("x[$__interval]", values), /\$__interval has no value in the query/);
});

test("durations are read as Prometheus and Grafana write them", () => {
  assert.deepEqual(["90s", "15m", "1h30m", "7d", "500ms"].map(seconds), [90, 900, 5400, 604_800, 0.5]);
  for (const text of ["", "5", "m", "1 h", "-5m"]) assert.throws(() => seconds(text), /is no duration/);
});
