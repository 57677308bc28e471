import { type ServiceObjective, sloOfService, sloProblems } from "../../charts/slo/index.ts";
import type { Problem } from "./problems.ts";

/**
 * What is wrong with the objectives of all services together, such as two that would make rules of one name.
 * @param bucketsMs of the mesh's latency histogram
 */
export function objectiveProblems(
  services: Readonly<Record<string, readonly ServiceObjective[]>>,
  bucketsMs: readonly number[],
): readonly Problem[] {
  const placed = Object.entries(services).flatMap(([service, objectives]) =>
    objectives.map((objective, index) => {
      const known = objective.kind === "latency" ? { ...objective, bucketsMs } : objective;
      return { path: `services.${service}.slo[${index}]`, slo: sloOfService(service, "default", known) };
    }),
  );
  return sloProblems(placed.map(({ slo }) => slo)).map(({ path, reason }) => {
    const [, index, rest] = /^slos\[(\d+)\](.*)$/.exec(path) ?? [];
    return { path: `${placed[Number(index)]?.path}${rest}`, reason };
  });
}
