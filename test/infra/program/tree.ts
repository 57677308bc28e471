// The resources of a stack as a text that a reviewer can read: who belongs to whom, and what nobody may delete.
import type { Recorded } from "../../support/mocks.ts";

/** One line a resource, below the one it belongs to, in the order of names. */
export function treeOf(resources: readonly Recorded[]): string {
  const byParent = Map.groupBy(resources, ({ parent }) => parent ?? "");
  const below = (parent: string, depth: number): readonly string[] =>
    [...(byParent.get(parent) ?? [])]
      .sort((a, b) => compare(keyOf(a), keyOf(b)))
      .flatMap((resource) => [`${"  ".repeat(depth)}${lineOf(resource)}`, ...below(keyOf(resource), depth + 1)]);
  return `${below("", 0).join("\n")}\n`;
}

/** As `Recorded.parent` names a resource. */
function keyOf({ type, name }: Recorded): string {
  return `${type} ${name}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function lineOf(resource: Recorded): string {
  const marks = [resource.protect && "protected", resource.retainOnDelete && "kept when deleted", releaseOf(resource)].filter(Boolean);
  return [keyOf(resource), ...marks.map((mark) => `(${mark})`)].join(" ");
}

function releaseOf({ type, inputs }: Recorded): string | undefined {
  return type === "kubernetes:helm.sh/v3:Release" ? `${String(inputs.chart).split("/").at(-1)} ${inputs.version}` : undefined;
}

/** What holds data, or cannot be made anew without an outage. */
const STATEFUL =
  /^(?:aws:(?:dynamodb|ecr|eks\/cluster|kms\/key:|rds|s3|sqs|ec2\/vpc:|ec2\/subnet)|command:local:Command|kubernetes:core\/v1:(?:Namespace|PersistentVolumeClaim)|kubernetes:helm\.sh\/v3:Release)/;

/** Stateful resources that the tree `before` has and `now` has not. One of another name is another resource: the old one would be deleted. */
export function lost(before: string, now: string): readonly string[] {
  const has = new Set(namesIn(now));
  return namesIn(before).filter((name) => STATEFUL.test(name) && !has.has(name));
}

function namesIn(tree: string): readonly string[] {
  return tree.split("\n").map((line) => line.trim().split(" (")[0] ?? "");
}
