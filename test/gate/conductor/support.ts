// Short ways to roll something out in the simulated world.
import { conduct, type GateRecord, GateRefusal } from "../../../gate/index.ts";
import { type Conductor, type World, type WorldOptions, world } from "./world.ts";

/** A service under steady traffic to which a new template was just applied. */
export async function rolling(options: WorldOptions = {}): Promise<World> {
  const w = world(options);
  await w.sleep(20);
  w.apply("new");
  return w;
}

export interface Conducted {
  readonly record: GateRecord;
  readonly refusal?: GateRefusal;
  readonly said: readonly string[];
  /** From the call to the answer. */
  readonly seconds: number;
}

/** Conducts to the end, whatever the verdict. */
export async function conducted(
  w: World,
  conductor: Conductor = w.conductor(),
  previous?: GateRecord,
  inputs = w.inputs,
): Promise<Conducted> {
  const began = w.seconds();
  const done = (record: GateRecord) => ({ record, said: conductor.said, seconds: w.seconds() - began });
  try {
    return done(await conduct(inputs, previous, conductor.edges));
  } catch (error) {
    if (!(error instanceof GateRefusal)) throw error;
    return { ...done(error.record), refusal: error };
  }
}
