import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createKey, createRole } from "../aws/index.ts";
import { refuse } from "../refuse.ts";
import { createStateBucket } from "./bucket.ts";
import { keyAlias, placeProblems, stateUrls } from "./place.ts";
import { accountTrust, stateRights } from "./rights.ts";

export interface StateBackendArgs {
  /** Twelve digits. */
  readonly account: string;
  /** "eu-central-1" */
  readonly region: string;
  /** How long a state that was written over or deleted can be brought back, in days. At least 30. @default 365 */
  readonly keepDays?: number;
}

/**
 * Where Pulumi keeps states, and the key that encrypts them and the secrets in them. Pulumi's own lock files keep two updates of a stack apart
 * (docs/parts/state.md), so there is no table of locks. Neither destroying nor forgetting it deletes anything.
 */
export class StateBackend extends pulumi.ComponentResource {
  /** For `pulumi login`. */
  readonly backendUrl: string;
  /** For `pulumi stack init --secrets-provider`. */
  readonly secretsProvider: string;
  /** Reads and writes states and their secrets, and nothing else. Who of the account may take it, their own rights say. */
  readonly roleArn: pulumi.Output<string>;

  /** @param name also the bucket's, so that it is unique in all of AWS */
  constructor(name: string, args: StateBackendArgs, options?: pulumi.ComponentResourceOptions) {
    const { account, region, keepDays = 365 } = args;
    const place = { name, account, region };
    const isShort = !(Number.isInteger(keepDays) && keepDays >= 30);
    const daysProblem = isShort && { propertyPath: "keepDays", reason: `${keepDays} is not a whole number of at least 30` };
    refuse(`state backend "${name}"`, [...placeProblems(place), daysProblem]);
    super("sluice:state:StateBackend", name, {}, options);

    const kept = { parent: this, protect: true, retainOnDelete: true };
    const key = createKey(name, { description: `States in ${name}, and the secrets in them`, account }, kept);
    const alias = new aws.kms.Alias(name, { name: keyAlias(name), targetKeyId: key.id }, kept);
    createStateBucket(name, { keyArn: key.arn, keepDays }, kept);
    const role = { description: `Pulumi's states in ${name}`, trust: accountTrust(account), rights: stateRights(place) };

    const { backendUrl, secretsProvider } = stateUrls(place);
    this.backendUrl = backendUrl;
    this.secretsProvider = secretsProvider;
    this.roleArn = createRole(name, role, { parent: this, dependsOn: [alias] }).arn;
    this.registerOutputs({ backendUrl, secretsProvider, roleArn: this.roleArn });
  }
}
