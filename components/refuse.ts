import * as pulumi from "@pulumi/pulumi";

/** One arg that a component cannot do with: where it stands ("github.repository") and the reason, with value, rule and remedy. */
export interface ArgProblem {
  readonly propertyPath: string;
  readonly reason: string;
}

/**
 * Nothing where all args are right.
 * @param component for people: 'registry "apps"'
 * @throws pulumi.InputPropertiesError with all problems at once
 */
export function refuse(component: string, problems: readonly (ArgProblem | false)[]): void {
  const errors = problems.filter((problem) => problem !== false);
  if (errors.length > 0) throw new pulumi.InputPropertiesError({ message: `${component} is refused`, errors });
}
