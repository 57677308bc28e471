import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { OrderStore } from "./work.ts";

/** Orders in a DynamoDB table whose key is `id`. */
export function tableStore(table: string): OrderStore {
  const client = new DynamoDBClient({});
  return {
    async keep({ id, item, quantity }) {
      const Item = { id: { S: id }, item: { S: item }, quantity: { N: String(quantity) } };
      try {
        await client.send(new PutItemCommand({ TableName: table, Item, ConditionExpression: "attribute_not_exists(id)" }));
        return "kept";
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return "known";
        throw error;
      }
    },
  };
}
