import assert from "node:assert/strict";
import { test } from "node:test";
import { type Exclusion, exclusions } from "./linter/exclusions.ts";
import { rules } from "./linter/rules.ts";
import { allBoards, type Board } from "./support/boards.ts";

for (const [name, rule] of Object.entries(rules))
  test(`${name}: no board does against it without a reason`, () => {
    for (const board of allBoards) assert.deepEqual(rule(board).filter(notExcluded(name, board.name)), [], board.name);
  });

test("every exclusion is still needed, and says why", () => {
  for (const exclusion of exclusions) {
    assert.ok(exclusion.reason.length > 40, exclusion.rule);
    const boards = allBoards.filter(({ name }) => exclusion.board === undefined || exclusion.board === name);
    const complaints = boards.flatMap((board) => rules[exclusion.rule]?.(board) ?? []);
    for (const place of exclusion.places ?? [""])
      assert.ok(
        complaints.some((complaint) => complaint.startsWith(place)),
        `${exclusion.rule} ${place}`,
      );
  }
});

function notExcluded(rule: string, board: string) {
  const holds = (exclusion: Exclusion) => exclusion.rule === rule && (exclusion.board ?? board) === board;
  return (complaint: string) => !exclusions.filter(holds).some(({ places = [""] }) => places.some((place) => complaint.startsWith(place)));
}

const datasource = { type: "prometheus", uid: "$datasource" };

/** A board without a fault but those that every board of ours has on purpose. */
function sound(): Board {
  return {
    uid: "sound",
    title: "Sound",
    editable: false,
    panels: [
      {
        type: "timeseries",
        title: "Requests",
        description: "Requests a second.",
        datasource,
        gridPos: { x: 0, y: 0, w: 24, h: 8 },
        targets: [target('rate(requests_total{job=~"$service",instance=~"$service"}[$__rate_interval])')],
        fieldConfig: { defaults: { unit: "reqps" }, overrides: [] },
      },
    ],
    templating: {
      list: [
        { type: "datasource", name: "datasource", label: "Data source" },
        ...["job", "instance"].map((name) => ({
          type: "query",
          name,
          query: `label_values(up, ${name})`,
          datasource,
          multi: true,
          allValue: ".+",
          refresh: 2,
        })),
      ],
    },
    annotations: { list: [] },
  };
}

function target(expr: string, type = "prometheus") {
  return { refId: "A", expr, datasource: { type, uid: "$datasource" } };
}

test("a board without a fault is told so by every rule", () => {
  for (const [name, rule] of Object.entries(rules)) assert.deepEqual(rule(sound()), [], name);
});

/** For each rule a board that does against it, and against no other. */
const faults: Readonly<Record<string, (board: Board) => void>> = {
  "template-datasource-rule": ({ templating }) => void Object.assign(templating.list[0] ?? {}, { name: "prom" }),
  "template-job-rule": ({ templating }) => void Object.assign(templating.list[1] ?? {}, { multi: false }),
  "template-instance-rule": ({ templating }) => void templating.list.pop(),
  "template-label-promql-rule": ({ templating }) => void Object.assign(templating.list[1] ?? {}, { query: "label_values(up{, job)" }),
  "template-on-time-change-reload-rule": ({ templating }) => void Object.assign(templating.list[1] ?? {}, { refresh: 1 }),
  "panel-datasource-rule": ({ panels }) => void Object.assign(panels[0] ?? {}, { datasource: { type: "prometheus", uid: "main" } }),
  "panel-title-description-rule": ({ panels }) => void Object.assign(panels[0] ?? {}, { description: "" }),
  "panel-units-rule": ({ panels }) => void Object.assign(panels[0]?.fieldConfig?.defaults ?? {}, { unit: "requests" }),
  "panel-no-targets-rule": ({ panels }) => void Object.assign(panels[0] ?? {}, { targets: [] }),
  "target-promql-rule": ({ panels }) => void Object.assign(panels[0] ?? {}, { targets: [target("rate(up[1m)")] }),
  "target-rate-interval-rule": asking('rate(requests_total{job="a",instance="b"}[5m])'),
  "target-job-rule": asking('up{instance=~"$service"}'),
  "target-instance-rule": asking('up{job=~"$service"}'),
  "target-counter-agg-rule": asking('sum(requests_total{job="a",instance="b"})'),
  "uneditable-dashboard": (board) => void Object.assign(board, { editable: true }),
};

function asking(expr: string) {
  return ({ panels }: Board) => void Object.assign(panels[0] ?? {}, { targets: [target(expr)] });
}

for (const [name, spoil] of Object.entries(faults))
  test(`${name}: a board that does against it is told so, and by no other rule`, () => {
    const board = sound();
    spoil(board);
    assert.deepEqual(
      Object.keys(rules).filter((rule) => (rules[rule]?.(board) ?? []).length > 0),
      [name],
    );
  });

test("target-logql-rule, target-logql-auto-rule: a query of logs has to be looked at", () => {
  const board = sound();
  Object.assign(board.panels[0] ?? {}, { targets: [target("up", "loki")] });
  for (const name of ["target-logql-rule", "target-logql-auto-rule"]) assert.equal(rules[name]?.(board).length, 1, name);
});

test("there are seventeen rules", () => {
  assert.equal(Object.keys(rules).length, 17);
});
