import type { ObjectRef } from "../kube/index.ts";

/** Something an object asks for that a stand-in does not do, or cannot do. */
export interface Problem {
  readonly object: ObjectRef;
  /** One word in CamelCase that sorts the problem, as events have it. */
  readonly reason: string;
  /** One sentence; where it is about a field it begins with the field's path, e.g. "spec.http[0].fault: ...". */
  readonly message: string;
}

/** Notes one problem of the object at hand: the field's path and what is the matter. */
export type Report = (path: string, message: string) => void;

/** A Report that adds problems of one object and one reason to a list. */
export function reportInto(problems: Problem[], object: ObjectRef, reason: string): Report {
  return (path, message) => void problems.push({ object, reason, message: `${path}: ${message}` });
}
