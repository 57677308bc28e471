// Copies of the users' requests, for a revision that has none of its own: a route of the VirtualService that is there while somebody judges.
import { z } from "zod";
import type { Conducting } from "./conducting.ts";
import { COPIED_METHODS } from "./queries.ts";
import { titleOf } from "./report.ts";

const route = z.looseObject({ name: z.string().optional() });
const virtualService = z.object({ metadata: z.object({ resourceVersion: z.string() }), spec: z.object({ http: z.array(route).min(1) }) });

/** A route of a VirtualService, of which only the name matters here. */
type Route = z.infer<typeof route>;

/** Where copies go, and of which part of the requests that may be copied. */
export interface Copies {
  /** The Service. */
  readonly host: string;
  /** Those of its pods that are no others' at the same time: a Service of the canary is stable's when there is no canary. */
  readonly subset: string;
  /** Of the requests, in (0, 100]. */
  readonly percent: number;
}

/** What to patch a VirtualService with so that it makes these copies, or none; undefined where it does so already. */
export function copiesPatch(object: unknown, copies: Copies | undefined): unknown {
  const { metadata, spec } = virtualService.parse(object);
  const http = withCopies(spec.http, copies);
  return JSON.stringify(http) === JSON.stringify(spec.http) ? undefined : { metadata, spec: { http } };
}

const NAME = "copied";

/** The first route, once more before itself: for the methods that may be copied, to the same destinations, with the copies. */
function withCopies(http: readonly Route[], copies: Copies | undefined): readonly Route[] {
  const own = http.filter(({ name }) => name !== NAME);
  if (copies === undefined) return own;
  const match = COPIED_METHODS.map((method) => ({ method: { exact: method } }));
  const { percent, ...mirror } = copies;
  return [{ ...own[0], name: NAME, match, mirror, mirrorPercentage: { value: percent } }, ...own];
}

/** Has requests copied to the canary from now on. */
export async function startCopies(conducting: Conducting): Promise<void> {
  const { inputs, say } = conducting;
  const [percent = 100] = inputs.steps;
  say(`${titleOf(inputs)}  copying ${percent}% of all ${COPIED_METHODS.join(" and ")} requests to the canary; users get stable's answers`);
  await setCopies(conducting, { host: `${inputs.rollout}-canary`, subset: "canary", percent });
}

/** Has no requests copied any more. Does nothing where none are. */
export function stopCopies(conducting: Conducting): Promise<void> {
  return setCopies(conducting, undefined);
}

async function setCopies({ ask }: Conducting, copies: Copies | undefined): Promise<void> {
  while ((await ask((cluster) => cluster.copy(copies))) === "conflict");
}
