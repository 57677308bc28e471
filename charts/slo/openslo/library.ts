import type { CounterSli } from "../slo.ts";
import type { BurnCondition, Policy } from "./alerting.ts";
import { type Document, isMapping } from "./document.ts";

/** What documents refer to each other by: kind and name. */
export interface Library {
  /** Whether there is such a document, readable or not. */
  has(kind: string, name: string): boolean;
  indicator(name: string): CounterSli | undefined;
  policy(name: string): Policy | undefined;
  condition(name: string): BurnCondition | undefined;
}

/**
 * @param written all documents as they are
 * @param read what could be read of them
 */
export function libraryOf(written: readonly unknown[], read: readonly (Document | undefined)[]): Library {
  const names = new Set(written.map(keyOf));
  const byKey = new Map(read.map((document) => [keyOf(document), document]));
  const find = (kind: Document["kind"], name: string) => byKey.get(`${kind} ${name}`);
  return {
    has: (kind, name) => names.has(`${kind} ${name}`),
    indicator: (name) => {
      const found = find("SLI", name);
      return found?.kind === "SLI" ? found.spec : undefined;
    },
    policy: (name) => {
      const found = find("AlertPolicy", name);
      return found?.kind === "AlertPolicy" ? found.spec : undefined;
    },
    condition: (name) => {
      const found = find("AlertCondition", name);
      return found?.kind === "AlertCondition" ? found.spec : undefined;
    },
  };
}

/** Unique among all documents. Undefined where a document has no kind or no name. */
export function keyOf(document: unknown): string | undefined {
  const { kind, metadata } = isMapping(document) ? document : {};
  const name = isMapping(metadata) ? metadata.name : undefined;
  return typeof kind === "string" && typeof name === "string" ? `${kind} ${name}` : undefined;
}
