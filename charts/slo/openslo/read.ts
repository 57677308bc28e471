import { problem, type SloProblem } from "../checks/problem.ts";
import type { Slo } from "../slo.ts";
import { sloProblems } from "../validate.ts";
import { sloFrom } from "./convert.ts";
import { document } from "./document.ts";
import { keyOf, libraryOf } from "./library.ts";
import { explainForm, formProblems, inDocument, type OpenSloProblem, titleOf } from "./problems.ts";

/**
 * The SLOs that OpenSLO v1 documents state (https://github.com/OpenSLO/OpenSLO), or everything that is wrong with them or not supported.
 * An SLO without alertPolicies gets all alerts, as one of ours does; with them, those which its policies state.
 * @param documents parsed YAML, one entry a document
 */
export function readOpenSlo(
  documents: readonly unknown[],
): { readonly slos: readonly Slo[] } | { readonly problems: readonly OpenSloProblem[] } {
  const problems: OpenSloProblem[] = [];
  const tell = (index: number, found: readonly SloProblem[]) => {
    for (const one of found) problems.push({ document: titleOf(documents[index], index), ...one });
  };
  const read = documents.map((written, index) => {
    const result = document.safeParse(written, { error: explainForm });
    tell(index, result.success ? repeated(documents, index) : formProblems(result.error, written));
    return result.data;
  });
  const library = libraryOf(documents, read);
  const stated = read.flatMap((document, index) => {
    if (document?.kind !== "SLO") return [];
    const { slo, problems } = sloFrom(document, library);
    tell(index, problems);
    return slo === undefined ? [] : [{ slo, index }];
  });
  const slos = stated.map(({ slo }) => slo);
  for (const { path, ...rest } of sloProblems(slos)) {
    const [, place = "", field = ""] = /^slos\[(\d+)\]\.(.*)$/.exec(path) ?? [];
    tell(stated[Number(place)]?.index ?? 0, [{ path: inDocument(field), ...rest }]);
  }
  return problems.length > 0 ? { problems } : { slos };
}

function repeated(documents: readonly unknown[], index: number): readonly SloProblem[] {
  const key = keyOf(documents[index]);
  const first = documents.findIndex((other) => keyOf(other) === key);
  return first === index ? [] : [problem("metadata.name", key, `is documents[${first}] already; give one of them another name`)];
}
