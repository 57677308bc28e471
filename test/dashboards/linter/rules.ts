// The 17 rules of Grafana's dashboard-linter (github.com/grafana/dashboard-linter, lint/rules.go), by its names for them. The program
// itself cannot be had on every machine.
import { promqlProblem } from "../../../charts/slo/index.ts";
import { type Board, panelsOf, type Variable } from "../support/boards.ts";
import { asAsked, selectorsOf } from "../support/promql.ts";
import { panelRule, queryRule, type Rule, variableRule } from "./rule.ts";
import { UNITS } from "./units.ts";

const DATASOURCE = "$datasource";

export const rules: Readonly<Record<string, Rule>> = {
  "template-datasource-rule": ({ templating }) => {
    const [first, ...others] = templating.list.filter(({ type }) => type === "datasource");
    if (first === undefined) return ["there is no variable for the datasource"];
    return [
      ...(first.name === "datasource" && first.label === "Data source" ? [] : [`$${first.name} "${first.label}" is not the datasource`]),
      ...others.map(({ name }) => `$${name}: of several datasources each must be named after its type`),
    ];
  },

  "template-job-rule": (board) => requiredVariable(board, "job"),
  "template-instance-rule": (board) => requiredVariable(board, "instance"),

  "template-label-promql-rule": variableRule(({ query = "" }) => {
    const [, selector] = /^label_values\((?:(.*), )?\w+\)$/.exec(query) ?? [];
    return selector === undefined ? `${query} is no label_values(selector, label)` : promqlProblem(asAsked(selector));
  }),

  "template-on-time-change-reload-rule": variableRule(({ refresh }) => (refresh === 2 ? undefined : `refresh is ${refresh}, not 2`)),

  "panel-datasource-rule": panelRule(
    ({ datasource }) => (datasource?.uid === DATASOURCE ? undefined : `asks ${datasource?.uid}, not the chosen datasource`),
    ["timeseries", "table"],
  ),

  "panel-title-description-rule": panelRule(({ title, description }) =>
    title === "" || description === "" ? "has no title or no description" : undefined,
  ),

  "panel-units-rule": panelRule(({ fieldConfig }) => {
    if (fieldConfig?.defaults.mappings !== undefined) return undefined;
    const overridden = fieldConfig?.overrides.flatMap(({ properties }) => properties).findLast(({ id }) => id === "unit");
    const unit = overridden?.value ?? fieldConfig?.defaults.unit;
    return typeof unit === "string" && UNITS.has(unit) ? undefined : `"${unit}" is no unit`;
  }),

  "panel-no-targets-rule": panelRule(({ targets }) => (targets.length === 0 ? "asks nothing" : undefined)),

  // There is no query to Loki: logs are linked to. A first one has to be looked at by both rules.
  "target-logql-rule": noLoki,
  "target-logql-auto-rule": noLoki,

  "target-promql-rule": (board) =>
    panelsOf(board).flatMap(({ title, targets }) =>
      targets.flatMap(({ refId, expr }) => {
        const problem = promqlProblem(asAsked(expr));
        return problem === undefined ? [] : [`${title} ${refId}: ${problem}`];
      }),
    ),

  "target-rate-interval-rule": queryRule(({ expr }) => {
    const rates = selectorsOf(expr).filter(({ calledBy = "" }) => ["rate", "irate"].includes(calledBy));
    const wrong = rates.find(({ range }) => range !== "$__rate_interval");
    return wrong && `the rate of ${wrong.metric} is over ${wrong.range}`;
  }),

  "target-job-rule": queryRule(({ expr }) => missingLabel(expr, "job")),
  "target-instance-rule": queryRule(({ expr }) => missingLabel(expr, "instance")),

  "target-counter-agg-rule": queryRule(({ expr }) => {
    const counters = selectorsOf(expr).filter(({ metric }) => metric.endsWith("_total"));
    const bare = counters.find(({ calledBy = "" }) => !["rate", "irate", "increase"].includes(calledBy));
    return bare && `${bare.metric} is a counter`;
  }),

  "uneditable-dashboard": ({ editable }) => (editable ? ["can be edited"] : []),
};

function requiredVariable({ templating }: Board, name: string): readonly string[] {
  const variable = templating.list.find((candidate) => candidate.name === name);
  if (variable === undefined) return [`there is no $${name}`];
  return isAllOrSome(variable) ? [] : [`$${name} is not a query for any number of values with .+ for all of them`];
}

function isAllOrSome({ type, multi, allValue, datasource }: Variable): boolean {
  return type === "query" && multi === true && allValue === ".+" && datasource?.uid === DATASOURCE;
}

function missingLabel(expr: string, label: string): string | undefined {
  const without = selectorsOf(expr).find(({ labels }) => !labels.includes(label));
  return without && `${without.metric} is asked for without ${label}=~"$${label}"`;
}

function noLoki(board: Board): readonly string[] {
  return panelsOf(board).flatMap(({ title, targets }) => (targets.some(({ datasource }) => datasource.type === "loki") ? [title] : []));
}
