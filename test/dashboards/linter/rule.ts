import { promqlProblem } from "../../../charts/slo/index.ts";
import { type Board, type Panel, panelsOf, type Target, type Variable } from "../support/boards.ts";
import { asAsked } from "../support/promql.ts";

/** A rule of Grafana's dashboard-linter: what a board does against it, each with its place. */
export type Rule = (board: Board) => readonly string[];

/** The panels that the linter looks at; it leaves out bars, timelines and others. */
const LOOKED_AT = ["stat", "singlestat", "graph", "table", "timeseries", "gauge"];

/** A rule about each panel. @param check tells what is wrong with it */
export function panelRule(check: (panel: Panel) => string | undefined, types: readonly string[] = LOOKED_AT): Rule {
  return (board) =>
    panelsOf(board)
      .filter(({ type }) => types.includes(type))
      .flatMap((panel) => located(panel.title, check(panel)));
}

/** A rule about each query of Prometheus that is PromQL; that it is, is a rule of its own. */
export function queryRule(check: (target: Target) => string | undefined): Rule {
  return (board) =>
    panelsOf(board).flatMap(({ title, targets }) =>
      targets
        .filter(({ datasource, expr }) => datasource.type === "prometheus" && promqlProblem(asAsked(expr)) === undefined)
        .flatMap((target) => located(`${title} ${target.refId}`, check(target))),
    );
}

/** A rule about each variable whose values are asked for. */
export function variableRule(check: (variable: Variable) => string | undefined): Rule {
  return ({ templating }) =>
    templating.list.filter(({ type }) => type === "query").flatMap((variable) => located(`$${variable.name}`, check(variable)));
}

function located(place: string, problem: string | undefined): readonly string[] {
  return problem === undefined ? [] : [`${place}: ${problem}`];
}
