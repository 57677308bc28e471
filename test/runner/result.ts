// What running one thing (a test file, the type check, the linter) came to.

export interface Failure {
  /** The test's name, or that of the check. */
  readonly test: string;
  /** The error in full, as a developer wants to read it. */
  readonly text: string;
}

export interface Result {
  /** The test file, or the name of the check. */
  readonly name: string;
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
  readonly seconds: number;
}

/** One line for one result, as it comes in. */
export function resultLine({ name, passed, skipped, failures, seconds }: Result): string {
  const counts = [`${passed} passed`];
  if (failures.length > 0) counts.push(`${failures.length} failed`);
  if (skipped > 0) counts.push(`${skipped} skipped`);
  return `${failures.length > 0 ? "FAIL" : "ok  "}  ${name}  ${counts.join(", ")}  ${seconds.toFixed(1)} s`;
}

/** Every failure in full, then the closing line `N passed, N failed`. */
export function summary(results: readonly Result[]): string {
  const failures = results.flatMap(({ name, failures }) =>
    failures.map((failure) => `\nFAIL  ${name} › ${failure.test}\n${indented(failure.text)}`),
  );
  const skipped = total(results, (result) => result.skipped);
  const skippedLine = skipped > 0 ? [`${skipped} skipped`] : [];
  const closing = `${total(results, (result) => result.passed)} passed, ${total(results, (result) => result.failures.length)} failed`;
  return [...failures, "", ...skippedLine, closing].join("\n");
}

function total(results: readonly Result[], count: (result: Result) => number): number {
  return results.reduce((sum, result) => sum + count(result), 0);
}

function indented(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, "    ");
}
