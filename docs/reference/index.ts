import { writtenStack } from "../../infra/stack/decode.ts";
import { commands, commandsPage } from "./commands.ts";
import { stackPage } from "./stack.ts";

/** The pages of this folder that are made from code, by file name. `npm run docs` writes them; a test finds those that are out of date. */
export async function pages(): Promise<Readonly<Record<string, string>>> {
  return { "stack.md": stackPage(writtenStack), "commands.md": commandsPage(await commands()) };
}
