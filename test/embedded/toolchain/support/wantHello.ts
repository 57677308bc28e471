// A process that wants hello: BIN CACHE MODULES. Says what it is doing, then "got FILE".
import { ensure } from "../../../../embedded/toolchain/ensure.ts";
import { progressInLines } from "../../../../embedded/toolchain/progress.ts";
import { usualDeadlines } from "../../../../embedded/toolchain/surroundings.ts";
import { builtHello } from "./hello.ts";

const [bin = "", cacheDir = "", modulesDir = ""] = process.argv.slice(2);
const file = await ensure(builtHello, {
  tools: [builtHello],
  cacheDir,
  modulesDir,
  env: { PATH: bin },
  platform: "linux-x64",
  deadlines: usualDeadlines,
  progress: progressInLines(console.log),
  unreachable: new Map(),
});
console.log(`got ${file}`);
