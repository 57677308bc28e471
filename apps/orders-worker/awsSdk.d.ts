// Lambda's Node runtime brings the AWS SDK along, so it is no dependency of ours. This is as much of it as is used here.
declare module "@aws-sdk/client-dynamodb" {
  export type AttributeValue = { readonly S: string } | { readonly N: string };

  export class DynamoDBClient {
    constructor(config: Readonly<Record<string, never>>);
    send(command: PutItemCommand): Promise<unknown>;
  }

  export class PutItemCommand {
    constructor(input: {
      readonly TableName: string;
      readonly Item: Readonly<Record<string, AttributeValue>>;
      readonly ConditionExpression: string;
    });
  }

  export class ConditionalCheckFailedException extends Error {}
}
