import { z } from "zod";
import { reservedEnv } from "../../charts/service/index.ts";
import { evenWhenBroken, isMapping } from "../../charts/written.ts";
import { field } from "./field.ts";
import { secretKey } from "./secretKey.ts";

const text = field({
  what: "a text",
  example: '"1"',
  parse: (input) => (typeof input === "string" ? input : undefined),
  explain: (input) => (typeof input === "number" || typeof input === "boolean" ? `is not a text; quote it: "${input}"` : undefined),
});

/** Names that people give to secrets: DB_PASSWORD, githubToken. */
const LIKE_A_SECRET = /(?:passw(?:or)?d|secret|token|credentials?|(?:api|private|access)_?key)$/i;

/** Values that are secrets whatever they are called: keys of AWS, GitHub, Slack and Stripe, private keys, addresses with a password. */
const SECRET_VALUE =
  /^(?:AKIA|ASIA)[0-9A-Z]{16}$|^gh[pousr]_\w{20}|^xox[abposr]-|^sk_live_|-----BEGIN [A-Z ]*PRIVATE KEY|^\w+:\/\/[^\s/:@]+:[^\s/@]+@/;

/** Variables of the process in plain text. A value that looks like a secret is refused, and not repeated: problems are printed where many can read. */
export const env = z.record(z.string(), text).superRefine((variables, context) => {
  if (!isMapping(variables)) return;
  for (const [name, value] of Object.entries(variables)) {
    const message = nameProblem(name) ?? secretProblem(name, value);
    if (message !== undefined) context.addIssue({ code: "custom", path: [name], message });
  }
}, evenWhenBroken);

/** Variables of the process out of Kubernetes secrets. */
export const secrets = z.record(z.string(), secretKey).superRefine((variables, context) => {
  if (!isMapping(variables)) return;
  for (const name of Object.keys(variables)) {
    const message = nameProblem(name);
    if (message !== undefined) context.addIssue({ code: "custom", path: [name], message });
  }
}, evenWhenBroken);

function nameProblem(name: string): string | undefined {
  if (reservedEnv.some((reserved) => reserved === name)) return "set by Sluice itself; use another name";
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return undefined;
  return "not the name of an environment variable: letters, digits and _, first no digit";
}

function secretProblem(name: string, value: unknown): string | undefined {
  const looks = LIKE_A_SECRET.test(name) ? "is named like a secret" : undefined;
  const shape = typeof value === "string" && SECRET_VALUE.test(value) ? "holds what looks like a secret" : undefined;
  const reason = shape ?? looks;
  return (
    reason &&
    `${reason}, and env is plain text for all who can read the stack or the pod; put it into a Kubernetes secret and give that under secrets`
  );
}
