import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

export interface BudgetArgs {
  readonly account: string;
  /** A month. */
  readonly dollars: number;
  readonly emails: readonly string[];
  readonly topicArn: pulumi.Input<string>;
}

/** When one is told: early, too late, and when AWS expects it to be too late. In percent of the budget. */
const NOTICES = [
  { notificationType: "ACTUAL", threshold: 80 },
  { notificationType: "ACTUAL", threshold: 100 },
  { notificationType: "FORECASTED", threshold: 100 },
] as const;

/** What the whole account may cost in a month. AWS counts it some times a day, and stops nothing. */
export function createBudget(
  name: string,
  { account, dollars, emails, topicArn }: BudgetArgs,
  options: pulumi.CustomResourceOptions,
): aws.budgets.Budget {
  const own = `${name}-${dollars}-usd`;
  const notifications = NOTICES.map((notice) => ({
    ...notice,
    comparisonOperator: "GREATER_THAN",
    thresholdType: "PERCENTAGE",
    subscriberEmailAddresses: [...emails],
    subscriberSnsTopicArns: [topicArn],
  }));
  const limit = { limitAmount: String(dollars), limitUnit: "USD", timeUnit: "MONTHLY" };
  return new aws.budgets.Budget(own, { name: own, accountId: account, budgetType: "COST", ...limit, notifications }, options);
}
