import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { EventFlow } from "../../../components/data/index.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { recordResources } from "../../support/mocks.ts";

const entry = join(import.meta.dirname, "../../../apps/orders-worker/worker.ts");

/** The AWS SDK as Lambda has it, for one table in memory. */
const SDK = `
export class ConditionalCheckFailedException extends Error {}
export class PutItemCommand { constructor(input) { this.input = input; } }
const items = new Map();
export class DynamoDBClient {
  async send({ input: { TableName, Item, ConditionExpression } }) {
    const key = TableName + "/" + Item.id.S;
    if (ConditionExpression === "attribute_not_exists(id)" && items.has(key)) throw new ConditionalCheckFailedException("known");
    items.set(key, Item);
  }
}`;

async function bundle(): Promise<string> {
  const args = {
    account: "111122223333",
    region: "eu-central-1",
    entry,
    keepsData: false,
    logDays: 1,
    timeoutSeconds: 10,
    deliveries: 5,
    parallel: 5,
    slowSeconds: 300,
  };
  const { code } = (await recordResources(() => new EventFlow("orders", args))).one("aws:lambda/function:Function", "orders-worker");
  const { "worker.mjs": file, ...others } = await code.assets;
  assert.deepEqual(others, {});
  return file.text;
}

/** What Lambda would do: the file beside the SDK, imported, with the table's name in the environment. */
async function loaded(t: TestContext, text: string) {
  const folder = await temporaryFolder(t);
  const sdk = join(folder, "node_modules/@aws-sdk/client-dynamodb");
  await mkdir(sdk, { recursive: true });
  await writeFile(join(sdk, "package.json"), JSON.stringify({ name: "@aws-sdk/client-dynamodb", type: "module", exports: "./index.js" }));
  await writeFile(join(sdk, "index.js"), SDK);
  await writeFile(join(folder, "worker.mjs"), text);
  process.env.TABLE = "orders";
  return import(join(folder, "worker.mjs"));
}

test("what Lambda is given keeps an order once and asks for a broken message again", async (t) => {
  t.mock.method(console, "info", () => {});
  const errors = t.mock.method(console, "error", () => {});
  const { handler } = await loaded(t, await bundle());
  const body = JSON.stringify({ id: "o-1", item: "tea", quantity: 1 });
  const Records = [
    { messageId: "m-1", body },
    { messageId: "m-2", body },
    { messageId: "m-3", body: "tea" },
  ];
  assert.deepEqual(await handler({ Records }), { batchItemFailures: [{ itemIdentifier: "m-3" }] });
  assert.deepEqual(errors.mock.calls[0]?.arguments, [{ event: "not kept", messageId: "m-3", problem: "is no JSON object" }]);
});

test("the same sources give the same text, which names no path of whoever bundles", async () => {
  const text = await bundle();
  assert.equal(await bundle(), text);
  assert.equal(text.includes(process.cwd()), false);
});
