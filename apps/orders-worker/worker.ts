// The sample of an event flow: orders come in as messages of a queue and are kept in a table. Runs in AWS Lambda.
import { tableStore } from "./store.ts";
import { type Batch, type Outcome, work } from "./work.ts";

const { TABLE } = process.env;
if (TABLE === undefined) throw new Error("TABLE is not set: it names the table that orders are kept in");
const store = tableStore(TABLE);

export function handler(batch: Batch): Promise<Outcome> {
  // Lambda makes a line of JSON of it, with the time, the level and the request.
  return work(batch, store, (level, event, fields) => console[level]({ event, ...fields }));
}
