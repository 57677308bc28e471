import assert from "node:assert/strict";
import { test } from "node:test";
import { promqlProblem } from "../../charts/slo/index.ts";
import { allBoards, panelsOf, queriesOf } from "./support/boards.ts";
import { known, listed, lists, MEASURED } from "./support/knownMetrics.ts";
import { asAsked, groupingsOf, selectorsOf } from "./support/promql.ts";

/** Labels that Prometheus or its operator put on what is scraped, and one that a query makes itself. */
const OF_TARGETS = ["job", "instance", "service"];

for (const board of allBoards) {
  const queries = queriesOf(board);

  test(`${board.name}: every query is PromQL`, () => {
    assert.ok(queries.length >= 10, `only ${queries.length} queries were found`);
    for (const { where, expr } of queries) assert.equal(promqlProblem(asAsked(expr)), undefined, where);
  });

  test(`${board.name}: every metric that is asked for exists`, () => {
    for (const { where, expr } of queries)
      for (const { metric } of selectorsOf(expr)) assert.ok(known.has(metric), `${where} asks for "${metric}", which is on no list`);
  });

  test(`${board.name}: every metric has the labels that are asked of it`, () => {
    for (const { where, expr } of queries)
      for (const { metric, labels } of selectorsOf(expr))
        for (const label of labels)
          assert.ok(known.get(metric)?.has(label) || OF_TARGETS.includes(label), `${where} asks for ${metric}{${label}}`);
  });

  test(`${board.name}: sums and joins are made by labels that the query's metrics have`, () => {
    for (const { where, expr } of queries) {
      const labels = new Set([...OF_TARGETS, ...selectorsOf(expr).flatMap(({ metric }) => [...(known.get(metric) ?? [])])]);
      for (const label of groupingsOf(expr)) assert.ok(labels.has(label), `${where} groups by "${label}"`);
    }
  });

  test(`${board.name}: a series' name is made of labels that the query leaves`, () => {
    for (const { title, targets } of panelsOf(board))
      for (const { expr, legendFormat = "" } of targets) {
        const labels = new Set([...groupingsOf(expr), ...selectorsOf(expr).flatMap(({ metric }) => [...(known.get(metric) ?? [])])]);
        for (const [, label = ""] of legendFormat.matchAll(/{{(.*?)}}/g)) assert.ok(labels.has(label), `${title}: {{${label}}}`);
      }
  });
}

test("lists kept by hand have only metrics that a board asks for", () => {
  const asked = new Set(
    allBoards.flatMap((board) => queriesOf(board).flatMap(({ expr }) => selectorsOf(expr).map(({ metric }) => metric))),
  );
  for (const file of lists.filter((name) => name !== MEASURED))
    for (const metric of listed(file).keys()) assert.ok(asked.has(metric), `${file}: no board asks for ${metric}`);
});

test("what the gate judges by is on the list that a running platform made", () => {
  const measured = listed(MEASURED);
  for (const metric of ["istio_requests_total", "istio_request_duration_milliseconds_bucket"])
    assert.ok(measured.get(metric)?.has("destination_service_name"), metric);
});
