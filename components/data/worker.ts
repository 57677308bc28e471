import { dirname } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { buildSync } from "esbuild";
import { createLogGroup, createRole, serviceTrust } from "../aws/index.ts";
import { logGroupOf, workerRights } from "./access.ts";
import type { EventFlowArgs } from "./args.ts";

/** The function, which takes batches of messages from `queue` as they come. */
export function createWorker(name: string, args: EventFlowArgs, queue: aws.sqs.Queue, table: aws.dynamodb.Table, parent: pulumi.Resource) {
  const { account, region, logDays: retentionDays } = args;
  const own = `${name}-worker`;
  const logs = createLogGroup(own, { logGroup: logGroupOf(name), account, region, retentionDays }, { parent });
  const role = createRole(
    own,
    { description: `Works off the queue ${name}`, trust: serviceTrust("lambda.amazonaws.com"), rights: workerRights(name, args) },
    { parent },
  );
  const worker = new aws.lambda.Function(
    own,
    {
      name,
      description: `Works off the queue ${name}`,
      role: role.arn,
      runtime: aws.lambda.Runtime.NodeJS24dX,
      architectures: ["arm64"],
      handler: "worker.handler",
      code: new pulumi.asset.AssetArchive({ "worker.mjs": new pulumi.asset.StringAsset(bundled(args.entry)) }),
      timeout: args.timeoutSeconds,
      memorySize: 256,
      environment: { variables: { TABLE: table.name } },
      loggingConfig: { logFormat: "JSON", applicationLogLevel: "INFO", systemLogLevel: "WARN", logGroup: logs.name },
    },
    { parent, dependsOn: [...role.grants] },
  );
  new aws.lambda.EventSourceMapping(
    own,
    {
      eventSourceArn: queue.arn,
      functionName: worker.arn,
      batchSize: 10,
      // Without it one bad message has its whole batch delivered again.
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: args.parallel },
    },
    { parent },
  );
  return worker;
}

/** One file of all that `entry` imports, always the same text for the same sources: else every preview would show a change. */
function bundled(entry: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    external: ["@aws-sdk/*"],
    write: false,
    // The text names each file, as seen from here.
    absWorkingDir: dirname(entry),
    logLevel: "silent",
  });
  return outputFiles.map(({ text }) => text).join("");
}
