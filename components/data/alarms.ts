import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { deadLettersOf } from "./access.ts";

/** What somebody must be told of a flow. AWS knows these numbers, not Prometheus. */
interface Alarm {
  /** Behind the flow's name. */
  readonly name: string;
  /** What it means, and where to begin. */
  readonly description: string;
  readonly namespace: "AWS/SQS" | "AWS/Lambda";
  readonly metric: string;
  readonly of: Readonly<Record<string, string>>;
  readonly statistic: "Maximum" | "Sum";
  /** It goes off above this. */
  readonly above: number;
  /** Minutes in a row, each above it. */
  readonly minutes: number;
}

/** @param slowSeconds age of the oldest message from which the flow is too slow */
export function alarmsOf(name: string, slowSeconds: number): readonly Alarm[] {
  const worker = { namespace: "AWS/Lambda", statistic: "Sum", of: { FunctionName: name }, above: 0 } as const;
  const queue = (QueueName: string) => ({ namespace: "AWS/SQS", statistic: "Maximum", of: { QueueName } }) as const;
  return [
    {
      ...queue(deadLettersOf(name)),
      name: "dead-letters",
      metric: "ApproximateNumberOfMessagesVisible",
      above: 0,
      minutes: 1,
      description: `Messages of ${name} could not be worked off and were set aside. Why: the worker's log. When that is mended: redrive them.`,
    },
    {
      ...queue(name),
      name: "age",
      metric: "ApproximateAgeOfOldestMessage",
      above: slowSeconds,
      minutes: 5,
      description: `Messages of ${name} wait longer than ${slowSeconds} s: more come in than are worked off, or the worker fails.`,
    },
    {
      ...worker,
      name: "errors",
      metric: "Errors",
      minutes: 1,
      description: `The worker of ${name} ended in an error or ran out of time. Its batch is delivered again.`,
    },
    {
      ...worker,
      name: "throttles",
      metric: "Throttles",
      minutes: 5,
      description: `The worker of ${name} is not let run: the account has no more concurrency. Messages wait.`,
    },
  ];
}

export function createAlarms(
  name: string,
  slowSeconds: number,
  topicArn: pulumi.Input<string> | undefined,
  parent: pulumi.Resource,
): readonly aws.cloudwatch.MetricAlarm[] {
  const actions = topicArn === undefined ? {} : { alarmActions: [topicArn], okActions: [topicArn] };
  return alarmsOf(name, slowSeconds).map(
    (alarm) =>
      new aws.cloudwatch.MetricAlarm(
        `${name}-${alarm.name}`,
        {
          ...actions,
          name: `${name}-${alarm.name}`,
          alarmDescription: alarm.description,
          namespace: alarm.namespace,
          metricName: alarm.metric,
          dimensions: alarm.of,
          statistic: alarm.statistic,
          comparisonOperator: "GreaterThanThreshold",
          threshold: alarm.above,
          period: 60,
          evaluationPeriods: alarm.minutes,
          // A queue that nobody uses says nothing, and that is no trouble.
          treatMissingData: "notBreaching",
        },
        { parent },
      ),
  );
}
