// Looks as the gate told them while it conducted.
import { lookLine } from "../../../gate/conductor/report.ts";
import { decide, type GateRecord } from "../../../gate/index.ts";

/** Every look in what a `pulumi up` printed: its number, and all that was said of it. */
export function looksIn(output: string): ReadonlyMap<number, string> {
  const lines = output.matchAll(/step \d+\/\d+ \d+% +look (\d+) .*/g);
  return new Map([...lines].map(([line, number]) => [Number(number), oneSpaced(line)]));
}

/** What is said of a record's look number `n`, judged anew from the record's evidence. */
export function retold({ evidence: { plan, looks } }: GateRecord, n: number): string {
  const seen = looks.slice(0, n);
  return oneSpaced(lookLine(plan, seen, decide(plan, seen)));
}

function oneSpaced(line: string): string {
  return line.trim().replaceAll(/ +/g, " ");
}
