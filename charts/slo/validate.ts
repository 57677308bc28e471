import { type Problems, problem, type SloProblem } from "./checks/problem.ts";
import { problemsOf } from "./checks/slo.ts";
import { sloId } from "./rules/names.ts";
import type { Slo } from "./slo.ts";

/** Everything that is wrong with these SLOs, alone and together, in their order. Rules are made only of SLOs without problems. */
export function sloProblems(slos: readonly Slo[]): readonly SloProblem[] {
  return slos.flatMap((slo, index) => [...problemsOf(`slos[${index}]`, slo), ...clashes(slos, index)]);
}

/** Rules are told apart by "<service>-<name>", which "a-b" and "c" make as well as "a" and "b-c". */
function* clashes(slos: readonly Slo[], index: number): Problems {
  const slo = slos[index];
  const earlier = slo && slos.slice(0, index).find((other) => sloId(other) === sloId(slo));
  if (slo === undefined || earlier === undefined) return;
  const path = `slos[${index}].name`;
  if (earlier.service === slo.service)
    yield problem(path, slo.name, `is taken by another SLO of ${slo.service}; give each a name of its own`);
  else
    yield problem(
      path,
      slo.name,
      `makes the rules ${sloId(slo)}, as ${earlier.name} of ${earlier.service} does; give one of them another name`,
    );
}
