import { type StatePlace, stateUrls } from "../../infra/bootstrap/place.ts";
import { type Step, stepsOf } from "./steps.ts";

/** What `--dry-run` prints: every command as a shell would take it, with what it is for. */
export function dryRun(place: StatePlace, project: string, local: string): string {
  const { account, bucket, moved, make, move, update } = stepsOf(place, local);
  return [
    `nothing is done; it would be, in ${project}:`,
    section("first", [account, bucket, moved]),
    section("where there is no bucket yet", [...make, ...move]),
    section("where the bucket holds its own state already, only", update),
    `then ${local} would be removed`,
  ].join("\n\n");
}

function section(title: string, steps: readonly Step[]): string {
  return [`${title}:`, ...steps.map((step) => `  # ${step.what}\n  ${commandLine(step)}`)].join("\n");
}

/** As one would type it. */
export function commandLine({ program, args, environment }: Step): string {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${word(value)}`);
  return [...variables, program, ...args.map(word)].join(" ");
}

function word(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** How to go on, once it is there. */
export function nextSteps(place: StatePlace): string {
  const { backendUrl, secretsProvider } = stateUrls(place);
  return [
    "in every shell that works with these states:",
    `  pulumi login ${word(backendUrl)}`,
    "for each new stack:",
    `  pulumi stack init STACK --secrets-provider ${word(secretsProvider)}`,
    "and to be committed, for the next sluice bootstrap aws:",
    `  infra/bootstrap/Pulumi.${place.name}.yaml`,
  ].join("\n");
}
