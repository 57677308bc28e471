// `npm run docs`
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pages } from "./index.ts";

for (const [name, text] of Object.entries(await pages())) {
  writeFileSync(join(import.meta.dirname, name), text);
  console.log(`docs/reference/${name}`);
}
