import { isMapping } from "../../written.ts";
import type { CounterSli } from "../slo.ts";
import type { BurnCondition, Policy } from "./alerting.ts";
import type { Document } from "./document.ts";

/** What documents refer to by name. */
export interface Library {
  /** Kind and name of every document, readable or not: "SLI errors". */
  readonly keys: ReadonlySet<string>;
  readonly indicators: ReadonlyMap<string | undefined, CounterSli>;
  readonly policies: ReadonlyMap<string | undefined, Policy>;
  readonly conditions: ReadonlyMap<string | undefined, BurnCondition>;
}

/**
 * @param written all documents as they are
 * @param read what could be read of them
 */
export function libraryOf(written: readonly unknown[], read: readonly (Document | undefined)[]): Library {
  return {
    keys: new Set(written.flatMap((document) => keyOf(document) ?? [])),
    indicators: new Map(read.flatMap((document) => (document?.kind === "SLI" ? [[document.metadata.name, document.spec]] : []))),
    policies: new Map(read.flatMap((document) => (document?.kind === "AlertPolicy" ? [[document.metadata.name, document.spec]] : []))),
    conditions: new Map(read.flatMap((document) => (document?.kind === "AlertCondition" ? [[document.metadata.name, document.spec]] : []))),
  };
}

/** Unique among all documents. Undefined where a document has no kind or no name. */
export function keyOf(document: unknown): string | undefined {
  const { kind, metadata } = isMapping(document) ? document : {};
  const name = isMapping(metadata) ? metadata.name : undefined;
  return typeof kind === "string" && typeof name === "string" ? `${kind} ${name}` : undefined;
}
