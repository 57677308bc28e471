import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Where a stack says it lives. */
export interface StatedAccount {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** On everything that can be tagged. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Whose credentials these are. */
export interface Caller {
  readonly accountId: string;
  readonly arn: string;
}

/**
 * The provider for everything of a stack on AWS: of the stated region, with the mandatory tags. It refuses other accounts itself, too, for when the
 * program does not run, as in `pulumi destroy`.
 *
 * @throws RunError before the first resource, if the credentials are of another account or AWS does not take them
 */
export async function statedProvider(name: string, { account, region, tags }: StatedAccount): Promise<aws.Provider> {
  // One that takes any account: the refusal of the other does not say what the stack wants.
  const caller = await callerOf(new aws.Provider(`${name}-caller`, { region }));
  const problem = accountProblem({ account, region }, caller);
  if (problem !== undefined) throw new pulumi.RunError(problem);
  return new aws.Provider(name, { region, allowedAccountIds: [account], defaultTags: { tags } });
}

/** Why the caller must not go on; undefined where all is well. */
export function accountProblem({ account, region }: Omit<StatedAccount, "tags">, caller: Caller | Error): string | undefined {
  const stack = `this stack lives in AWS account ${account}, ${region}`;
  if (caller instanceof Error) {
    return `${stack}, and AWS does not take the credentials at hand (${caller.message}): nothing was changed. See aws sts get-caller-identity`;
  }
  if (caller.accountId === account) return undefined;
  return `${stack}, and the credentials at hand are of account ${caller.accountId} (${caller.arn}): nothing was changed. Take others, or another stack`;
}

async function callerOf(provider: aws.Provider): Promise<Caller | Error> {
  try {
    return await aws.getCallerIdentity({}, { provider });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
