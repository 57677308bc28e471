// What the demo tells while it runs.
import type { Outcome } from "./outcome.ts";
import { type Release, SERVICE } from "./releases.ts";

/** Says things with the seconds since the demo began. */
export function narrator(write: (line: string) => void = console.log) {
  const began = performance.now();
  const step = (line: string) => write(`[${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s] ${line}`);
  const detail = (line: string) => write(`          ${line}`);
  return {
    step,
    detail,
    release({ tag, what }: Release) {
      write("");
      step(`${SERVICE} ${tag}: ${what}`);
      detail(`$ pulumi config set --path sluice:services.${SERVICE}.tag ${tag} && pulumi up`);
    },
    verdict({ release, record }: Outcome) {
      step(`${release.tag} ${record.verdict}: ${record.reason}`);
    },
    result(table: string, unexpected: readonly string[]) {
      write(`\n${table}\n`);
      step(unexpected.length === 0 ? "every verdict was the expected one" : `NOT as expected:\n  ${unexpected.join("\n  ")}`);
    },
    next: (text: string) => write(`\n${text}\n`),
  };
}
