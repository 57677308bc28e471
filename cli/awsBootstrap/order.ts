import { placeProblems, type StatePlace } from "../../infra/bootstrap/place.ts";
import { CommandError } from "../errors.ts";

/** What the command line gave; all of it is needed. */
export type OrderFlags = Partial<StatePlace>;

const EXAMPLES: StatePlace = { account: "111122223333", region: "eu-central-1", name: "example-sluice-state" };
const FLAGS = ["account", "region", "name"] as const;

/** @throws CommandError with all that is missing or wrong */
export function orderOf(flags: OrderFlags): StatePlace {
  // What is missing is told as that, and is not wrong besides.
  const place = { ...EXAMPLES, ...flags };
  const missing = FLAGS.filter((flag) => flags[flag] === undefined);
  const lines = [
    ...missing.map((flag) => `--${flag}: missing; give for example --${flag} ${EXAMPLES[flag]}`),
    ...placeProblems(place).map(({ propertyPath, reason }) => `--${propertyPath}: ${reason}`),
  ];
  if (lines.length > 0) throw new CommandError(["nothing was done:", ...lines].join("\n  "));
  return place;
}
