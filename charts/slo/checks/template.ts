// Texts of alerts, which Prometheus fills in as Go's templates: https://prometheus.io/docs/prometheus/latest/configuration/template_reference/

/** Prometheus' functions, and those of Go's templates that have a use here. */
const FUNCTIONS: readonly string[] = [
  ...["args", "externalURL", "first", "graphLink", "humanize", "humanize1024", "humanizeDuration", "humanizePercentage"],
  ...["humanizeTimestamp", "label", "match", "now", "parseDuration", "pathPrefix", "query", "reReplaceAll", "safeHtml", "sortByLabel"],
  ...["stripDomain", "stripPort", "strvalue", "tableLink", "title", "tmpl", "toDuration", "toLower", "toTime", "toUpper", "urlQueryEscape"],
  ...["value", "index", "len", "print", "printf", "println", "slice", "urlquery"],
];

/** A string, a variable, a field, a number, a word, or a sign. */
const TOKEN = /\s*("(?:[^"\\\n]|\\.)*"|`[^`]*`|\$\w*(?:\.\w+)*|\.(?:\w+(?:\.\w+)*)?|-?\d[\w.]*|\w+|\||\S)/gy;
const VARIABLE = /^\$(?:value|externalURL|(?:labels|externalLabels)(?:\.\w+)?)$/;
const OPERAND = /^["`.\d-]/;

/**
 * Why Prometheus could not fill in a text, as it stands behind that text; undefined where it can. Values and functions are understood, such as
 * `{{ $value | humanizePercentage }}`; templates can do more (if, range, variables of their own), which no text of an alert needs, and which is refused.
 */
export function templateProblem(text: string): string | undefined {
  let rest = text;
  for (let at = rest.indexOf("{{"); at >= 0; at = rest.indexOf("{{")) {
    const [whole, action] = /^\{\{(?:-\s)?((?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|(?!\}\})[^"`])*?)(?:\s-)?\}\}/.exec(rest.slice(at)) ?? [];
    if (whole === undefined || action === undefined)
      return 'opens a template with {{ that is not closed; close it with }}, or write {{ "{{" }}';
    const problem = actionProblem(action);
    if (problem !== undefined)
      return `has the template ${whole}, ${problem}; write for example {{ $value | humanize }} or {{ $labels.code }}`;
    rest = rest.slice(at + whole.length);
  }
  return undefined;
}

function actionProblem(action: string): string | undefined {
  const tokens = [...action.matchAll(TOKEN)].map(([, token = ""]) => token);
  return split(tokens)
    .map(commandProblem)
    .find((problem) => problem !== undefined);
}

/** The commands between `|`. */
function split(tokens: readonly string[]): readonly (readonly string[])[] {
  const bar = tokens.indexOf("|");
  return bar < 0 ? [tokens] : [tokens.slice(0, bar), ...split(tokens.slice(bar + 1))];
}

function commandProblem(command: readonly string[]): string | undefined {
  const [first, ...others] = command;
  if (first === undefined) return "which says nothing";
  const unknown = command.find((token) => !FUNCTIONS.includes(token) && !VARIABLE.test(token) && !OPERAND.test(token));
  if (unknown !== undefined) return `in which ${unknown} is nothing that is known here`;
  return FUNCTIONS.includes(first) || others.length === 0 ? undefined : `in which ${first} is no function and has arguments`;
}
