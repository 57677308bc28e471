import { LONGEST_SECONDS } from "../promql/durations.ts";
import type { Alerting, Slo, SloWindow, TimeSlices } from "../slo.ts";
import { groupingProblems, labelNameProblems, ruleLabelProblems } from "./labels.ts";
import { objectiveProblems } from "./numbers.ts";
import { type Problems, problem } from "./problem.ts";
import { sliProblems } from "./sli.ts";
import { templateProblem } from "./template.ts";

const NAME = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const A_NAME =
  "is not a name: lower-case letters, digits and dashes, first a letter, last no dash, at most 63 characters; write for example";
const DAY = 86_400;
const MOST_DAYS = Math.floor(LONGEST_SECONDS / DAY);

/** Everything that is wrong with one SLO alone. @param path where it stands: "slos[0]" */
export function* problemsOf(path: string, slo: Slo): Problems {
  const { name, service, objective, window, sli, slices, alerting, grouping = [], minEvents = 0, labels = {} } = slo;
  if (!NAME.test(name)) yield problem(`${path}.name`, name, `${A_NAME} availability`);
  if (!NAME.test(service)) yield problem(`${path}.service`, service, `${A_NAME} echo`);
  yield* objectiveProblems(`${path}.objective`, objective);
  yield* windowProblems(`${path}.window`, window);
  yield* sliProblems(`${path}.sli`, sli);
  if (slices !== undefined) yield* sliceProblems(`${path}.slices`, slices);
  if (alerting !== undefined) yield* alertingProblems(`${path}.alerting`, alerting);
  yield* groupingProblems(`${path}.grouping`, grouping, { ...labels, ...alerting?.labels });
  if (!(minEvents >= 0 && Number.isFinite(minEvents)))
    yield problem(`${path}.minEvents`, minEvents, "is not a number of events; write 0 or more");
  yield* ruleLabelProblems(`${path}.labels`, labels);
  // The alert on missing data has them, too.
  yield* textProblems(`${path}.labels`, labels);
}

function* windowProblems(path: string, window: SloWindow): Problems {
  if ("days" in window && "calendar" in window) yield problem(path, window, "is two windows; give days or calendar");
  if (!("days" in window) || (Number.isInteger(window.days) && window.days >= 1 && window.days <= MOST_DAYS)) return;
  if (window.days > MOST_DAYS) {
    yield problem(`${path}.days`, window.days, `is more than Prometheus can look back, ${MOST_DAYS} days; write for example 30`);
    return;
  }
  const why = window.days > 0 && window.days < 1 ? ", and the burn rates that alerts are made of are meant for windows of days" : "";
  yield problem(`${path}.days`, window.days, `is not a whole number of days of at least 1${why}; write for example 30`);
}

function* sliceProblems(path: string, { seconds, objective }: TimeSlices): Problems {
  if (!(seconds >= 60 && DAY % seconds === 0))
    yield problem(
      `${path}.seconds`,
      seconds,
      `does not divide a day into whole slices of at least 60 seconds; take for example 60, 300 or 3600`,
    );
  yield* objectiveProblems(`${path}.objective`, objective);
}

function* alertingProblems(path: string, alerting: Alerting): Problems {
  for (const key of ["runbook", "dashboard"] as const) {
    const link = alerting[key];
    if (link !== undefined && !/^https?:\/\/\S+$/.test(link))
      yield problem(
        `${path}.${key}`,
        link,
        "is not a link that a person can open from an alert; write for example https://runbooks.example/echo",
      );
  }
  yield* ruleLabelProblems(`${path}.labels`, alerting.labels ?? {});
  for (const name of Object.keys(alerting.annotations ?? {})) yield* labelNameProblems(`${path}.annotations.${name}`, name);
  const { runbook = "", dashboard = "", labels = {}, annotations = {} } = alerting;
  yield* textProblems(path, { runbook, dashboard });
  yield* textProblems(`${path}.labels`, labels);
  yield* textProblems(`${path}.annotations`, annotations);
}

/** Prometheus fills in every text of an alert, and refuses the whole file where it cannot read one. */
function* textProblems(path: string, texts: Readonly<Record<string, string>>): Problems {
  for (const [name, text] of Object.entries(texts)) {
    const reason = templateProblem(text);
    if (reason !== undefined) yield problem(`${path}.${name}`, text, reason);
  }
}
