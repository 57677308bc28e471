// What a state backend is called and where it is, of its name, account and region alone; so whoever only has to find it need not load AWS.
import type { ArgProblem } from "../refuse.ts";

export interface StatePlace {
  /** Of the bucket, unique in all of AWS. */
  readonly name: string;
  /** Twelve digits. */
  readonly account: string;
  /** "eu-central-1" */
  readonly region: string;
}

export interface StateUrls {
  /** For `pulumi login`. */
  readonly backendUrl: string;
  /** For `pulumi stack init --secrets-provider`. */
  readonly secretsProvider: string;
}

/** With the region in both, so that they mean the same in every shell. */
export function stateUrls({ name, region }: Omit<StatePlace, "account">): StateUrls {
  return { backendUrl: `s3://${name}?region=${region}`, secretsProvider: `awskms://${keyAlias(name)}?region=${region}` };
}

export function keyAlias(name: string): string {
  return `alias/${name}`;
}

/** What is wrong with a place. */
export function placeProblems({ name, account, region }: StatePlace): readonly ArgProblem[] {
  return [
    // S3's rules, without dots, which certificates of buckets do not cover, and without the beginnings and endings that AWS keeps for itself.
    (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name) ||
      /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$/.test(name)) && {
      propertyPath: "name",
      reason: `"${name}" is not a bucket's name: 3 to 63 lower-case letters, digits and dashes, such as example-sluice-state`,
    },
    !/^\d{12}$/.test(account) && { propertyPath: "account", reason: `"${account}" is not an account; write its twelve digits` },
    !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region) && {
      propertyPath: "region",
      reason: `"${region}" is not a region; write for example eu-central-1`,
    },
  ].filter((problem) => problem !== false);
}
