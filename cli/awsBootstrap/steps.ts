import { join } from "node:path";
import { type StatePlace, stateUrls } from "../../infra/bootstrap/place.ts";

/** One command of the bootstrap. */
export interface Step {
  /** What it is for, in a few words. */
  readonly what: string;
  readonly program: "aws" | "pulumi";
  readonly args: readonly string[];
  /** Where Pulumi's state is meanwhile; nothing for `aws`. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Steps {
  /** Whose credentials these are: prints the account. */
  readonly account: Step;
  /** Whether the bucket is there. */
  readonly bucket: Step;
  /** Whether the bucket holds the state already: prints it. */
  readonly moved: Step;
  /** Makes the bucket and the key, with the state on this machine. */
  readonly make: readonly Step[];
  /** Takes the state into the bucket. */
  readonly move: readonly Step[];
  /** Brings a backend up to date whose state is in its own bucket. */
  readonly update: readonly Step[];
}

/**
 * All that `sluice bootstrap aws` runs. Each may be run again.
 * @param local folder of this machine where the state is, as files, until there is a bucket for it
 */
export function stepsOf(place: StatePlace, local: string): Steps {
  const { account, region, name } = place;
  const { backendUrl, secretsProvider } = stateUrls(place);
  const exported = join(local, `${name}.json`);
  // While it is on this machine the state holds no secret, so its passphrase need not be one.
  const here = { PULUMI_BACKEND_URL: `file://${local}`, PULUMI_CONFIG_PASSPHRASE: "bootstrap" };
  const there = { PULUMI_BACKEND_URL: backendUrl };
  const pulumi = (environment: Readonly<Record<string, string>>) => (what: string, args: readonly string[]) =>
    ({ what, program: "pulumi", args: [...args, "--non-interactive"], environment }) as const;
  const aws = (what: string, args: readonly string[]) =>
    ({ what, program: "aws", args: [...args, "--region", region], environment: {} }) as const;
  const onHere = pulumi(here);
  const onThere = pulumi(there);
  const set = (key: string, value: string) => ["config", "set", `sluice-state:${key}`, value, "--stack", name];
  return {
    account: aws("whose credentials these are", ["sts", "get-caller-identity", "--query", "Account", "--output", "text"]),
    bucket: aws("whether the bucket is there", ["s3api", "head-bucket", "--bucket", name, "--expected-bucket-owner", account]),
    moved: onThere("whether the bucket holds its own state", ["stack", "export", "--stack", name]),
    make: [
      onHere("a stack with its state on this machine", ["stack", "select", name, "--create", "--secrets-provider", "passphrase"]),
      onHere("its account", set("account", account)),
      onHere("its region", set("region", region)),
      onHere("bucket, key and role", ["up", "--yes", "--stack", name]),
    ],
    move: [
      onHere("the new key for what is encrypted", ["stack", "change-secrets-provider", secretsProvider, "--stack", name]),
      onHere("the state out of this machine", ["stack", "export", "--stack", name, "--file", exported]),
      onThere("a stack in the bucket", ["stack", "select", name, "--create", "--secrets-provider", secretsProvider]),
      onThere("the state into the bucket", ["stack", "import", "--stack", name, "--file", exported]),
      onThere("nothing was lost on the way", ["preview", "--expect-no-changes", "--stack", name]),
    ],
    update: [onThere("bucket, key and role", ["up", "--yes", "--stack", name])],
  };
}
