import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createKey, onBehalfOf, type Policy, policyOf, type Statement } from "../aws/index.ts";
import { type ArgProblem, refuse } from "../refuse.ts";
import { createBudget } from "./budget.ts";

export interface AccountCostArgs {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** Who is written to. At least one: a budget that tells nobody holds nothing back. */
  readonly emails: readonly string[];
  /** Dollars a month, each a budget of its own, so that one hears of the smaller before the larger. */
  readonly budgetsUsd: readonly number[];
  /** Dollars by which a service may cost more than it used to before somebody is told. */
  readonly anomalyUsd: number;
  /** The account's monitor of services, where it has one: AWS has made it in most accounts since 2023, and allows no second one. Left out, it is made. */
  readonly monitorArn?: string | undefined;
}

/** The bill of the whole AWS account: budgets that are told by e-mail and on a topic, and services that suddenly cost more than they used to. */
export class AccountCost extends pulumi.ComponentResource {
  /** SNS topic of all that is told about budgets. Only AWS Budgets, for this account, can write to it. */
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: AccountCostArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:cost:AccountCost", name, {}, options);
    refuse(`account cost "${name}"`, problemsOf(args));
    const { account, emails, budgetsUsd } = args;

    const { topic, policy } = createTopic(name, args, this);
    for (const dollars of budgetsUsd)
      createBudget(name, { account, dollars, emails, topicArn: topic.arn }, { parent: this, dependsOn: [policy] });
    createAnomalyDetection(name, args, this);

    this.topicArn = topic.arn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

function createTopic(name: string, { account, region }: AccountCostArgs, parent: pulumi.Resource) {
  const own = `${name}-budgets`;
  const key = createKey(own, { description: "What is told about budgets", account, users: [keyUse(account)] }, { parent });
  const topic = new aws.sns.Topic(own, { name: own, kmsMasterKeyId: key.arn }, { parent });
  const text = JSON.stringify(topicPolicy(own, account, region));
  return { topic, policy: new aws.sns.TopicPolicy(own, { arn: topic.arn, policy: text }, { parent }) };
}

const BUDGETS = { Service: "budgets.amazonaws.com" } as const;

function ofAccount(account: string): NonNullable<Statement["Condition"]> {
  return { ...onBehalfOf(account), ArnLike: { "aws:SourceArn": `arn:aws:budgets::${account}:*` } };
}

function topicPolicy(topic: string, account: string, region: string): Policy {
  const Resource = [`arn:aws:sns:${region}:${account}:${topic}`];
  const Action = ["sns:Publish"];
  return policyOf(
    { Sid: "Budgets", Effect: "Allow", Principal: BUDGETS, Action, Resource, Condition: ofAccount(account) },
    { Sid: "EncryptedOnly", Effect: "Deny", Principal: "*", Action, Resource, Condition: { Bool: { "aws:SecureTransport": "false" } } },
  );
}

function keyUse(account: string): Statement {
  const Action = ["kms:GenerateDataKey*", "kms:Decrypt"];
  return { Sid: "Budgets", Effect: "Allow", Principal: BUDGETS, Action, Resource: ["*"], Condition: ofAccount(account) };
}

/** By e-mail once a day: what AWS tells at once goes to a topic only, which would have to be open to one more service. */
function createAnomalyDetection(name: string, { emails, anomalyUsd, monitorArn }: AccountCostArgs, parent: pulumi.Resource): void {
  const own = `${name}-anomalies`;
  const services = { name: own, monitorType: "DIMENSIONAL", monitorDimension: "SERVICE" };
  const monitor = monitorArn ?? new aws.costexplorer.AnomalyMonitor(own, services, { parent }).arn;
  const dimension = { key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE", matchOptions: ["GREATER_THAN_OR_EQUAL"], values: [String(anomalyUsd)] };
  new aws.costexplorer.AnomalySubscription(
    own,
    {
      name: own,
      frequency: "DAILY",
      monitorArnLists: [monitor],
      subscribers: emails.map((address) => ({ type: "EMAIL", address })),
      thresholdExpression: { dimension },
    },
    { parent },
  );
}

function problemsOf({ account, emails, budgetsUsd, anomalyUsd }: AccountCostArgs): readonly (ArgProblem | false)[] {
  const positive = (value: number) => Number.isFinite(value) && value > 0;
  return [
    !/^\d{12}$/.test(account) && { propertyPath: "account", reason: `${account} is not an account; write its twelve digits` },
    emails.length === 0 && { propertyPath: "emails", reason: "none: give at least one address, or nobody hears of a budget" },
    // AWS' own limit for one notification.
    emails.length > 10 && { propertyPath: "emails", reason: `${emails.length} are more than the 10 that a budget writes to` },
    ...budgetsUsd.map((value, index) => !positive(value) && { propertyPath: `budgetsUsd[${index}]`, reason: `${value} is not above 0` }),
    new Set(budgetsUsd).size < budgetsUsd.length && { propertyPath: "budgetsUsd", reason: `${budgetsUsd.join(", ")}: two are the same` },
    !positive(anomalyUsd) && { propertyPath: "anomalyUsd", reason: `${anomalyUsd} is not above 0` },
  ];
}
