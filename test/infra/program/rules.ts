// What must be true of every resource of every stack, whatever the component.
import type { Recorded } from "../../support/mocks.ts";

export interface Rule {
  readonly sentence: string;
  /** Why a resource breaks it; undefined where it does not, or is none of those it is about. */
  broken(resource: Recorded): string | undefined;
}

const WORLD = new Set(["0.0.0.0/0", "::/0"]);

/** Inputs by which a resource says that it is encrypted with a key of ours. */
const ENCRYPTION: Readonly<Record<string, (inputs: Recorded["inputs"]) => unknown>> = {
  "aws:cloudwatch/logGroup:LogGroup": ({ kmsKeyId }) => kmsKeyId,
  "aws:dynamodb/table:Table": ({ serverSideEncryption }) => serverSideEncryption?.enabled,
  "aws:ecr/repository:Repository": ({ encryptionConfigurations }) => encryptionConfigurations?.[0]?.kmsKey,
  "aws:eks/cluster:Cluster": ({ encryptionConfig }) => encryptionConfig?.provider?.keyArn,
  "aws:sns/topic:Topic": ({ kmsMasterKeyId }) => kmsMasterKeyId,
  "aws:sqs/queue:Queue": ({ kmsMasterKeyId, sqsManagedSseEnabled }) => kmsMasterKeyId ?? sqsManagedSseEnabled,
};

export const RULES: readonly Rule[] = [
  {
    sentence: "every resource of a provider belongs to a component, or is a provider",
    broken: ({ type, custom, parent }) =>
      custom && parent === undefined && !type.startsWith("pulumi:providers:") ? "stands alone" : undefined,
  },
  {
    sentence: "everything on AWS goes through the provider that knows the account and the tags",
    broken: ({ type, custom, provider }) =>
      custom && type.startsWith("aws:") && provider !== "aws" ? `goes through ${provider}` : undefined,
  },
  {
    sentence: "everything on Kubernetes goes through the stack's own cluster, and never through whatever kubectl points to",
    broken: ({ type, custom, provider }) =>
      custom && type.startsWith("kubernetes:") && provider === undefined ? "goes to the current context" : undefined,
  },
  {
    sentence: "no firewall lets the world in",
    broken: ({ type, inputs }) =>
      /securityGroup/i.test(type) && !/egress/i.test(type) && JSON.stringify(inputs.ingress ?? inputs).match(/0\.0\.0\.0\/0|::\/0/)
        ? "lets the world in"
        : undefined,
  },
  {
    sentence: "no cluster's API is open to the world",
    broken: ({ type, inputs }) => {
      const { endpointPublicAccess, publicAccessCidrs = [] } = inputs.vpcConfig ?? {};
      if (type !== "aws:eks/cluster:Cluster" || endpointPublicAccess === false) return undefined;
      return publicAccessCidrs.length === 0 || publicAccessCidrs.some((cidr: string) => WORLD.has(cidr))
        ? "is open to the world"
        : undefined;
    },
  },
  {
    sentence: "what holds data is encrypted",
    broken: ({ type, inputs }) => {
      const read = ENCRYPTION[type];
      return read !== undefined && !read(inputs) ? "is not encrypted with a key of ours" : undefined;
    },
  },
  {
    sentence: "an image's tag stays what it was",
    broken: ({ type, inputs }) =>
      type === "aws:ecr/repository:Repository" && inputs.imageTagMutability !== "IMMUTABLE" ? "can be pushed over" : undefined,
  },
  {
    sentence: "nobody has every right to everything",
    // In the policy of a key "*" is that key, and the policy of an endpoint gives no rights: it says who may come that way.
    broken: ({ type, inputs }) => (/^aws:(?:kms\/key:Key|ec2\/vpcEndpoint:VpcEndpoint)$/.test(type) ? undefined : wildcardOf(inputs)),
  },
  {
    sentence: "no secret is an input in plain text",
    broken: ({ inputs, secrets }) =>
      Object.keys(inputs).find((key) => /kubeconfig|password|secretString|stringData/i.test(key) && !secrets.includes(key) && inputs[key]),
  },
];

/** The first statement in any policy among the inputs that allows every action on everything. */
function wildcardOf(inputs: unknown): string | undefined {
  for (const statement of statementsIn(inputs)) {
    const actions = [statement.Action].flat();
    const resources = [statement.Resource].flat();
    const every = actions.some((action) => action === "*" || String(action).endsWith(":*")) && resources.includes("*");
    if (statement.Effect === "Allow" && every) return JSON.stringify(statement);
  }
  return undefined;
}

type Statement = Readonly<Record<string, unknown>>;

function statementsIn(value: unknown): readonly Statement[] {
  if (typeof value === "string") return value.includes('"Statement"') ? statementsIn(JSON.parse(value)) : [];
  if (Array.isArray(value)) return value.flatMap(statementsIn);
  if (typeof value !== "object" || value === null) return [];
  if ("Statement" in value && Array.isArray(value.Statement)) return value.Statement;
  return Object.values(value).flatMap(statementsIn);
}
