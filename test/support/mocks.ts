import * as pulumi from "@pulumi/pulumi";

/** A resource as a program asked for it. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: pulumi.Inputs;
  /** Inputs whose values the engine would keep encrypted. */
  readonly secrets: readonly string[];
}

export interface Recording {
  readonly all: readonly Recorded[];
  /** The inputs of the only resource of this type and name. */
  one(type: string, name: string): pulumi.Inputs;
}

export interface RecordOptions {
  /** Record a preview: outputs nobody knows before `up` are unknown. */
  readonly preview?: boolean;
  /** Outputs that the engine would give a resource beside its inputs. */
  readonly outputsOf?: (args: pulumi.runtime.MockResourceArgs) => pulumi.Inputs;
}

/** Runs a piece of program without an engine and tells which resources it asked for. */
export async function recordResources(program: () => unknown, options: RecordOptions = {}): Promise<Recording> {
  const { preview = false, outputsOf = () => ({}) } = options;
  const all: Recorded[] = [];
  const newResource = (args: pulumi.runtime.MockResourceArgs) => {
    all.push({ type: args.type, name: args.name, ...plainInputs(args.inputs) });
    return { id: `${args.name}-id`, state: { ...args.inputs, ...outputsOf(args) } };
  };
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "sluice", "test", preview);
  program();
  await pulumi.runtime.disconnect();
  return { all, one: (type, name) => only(all, type, name).inputs };
}

/** The value of an output; settled once the program that made it has run. */
export function settled<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

function plainInputs(inputs: pulumi.Inputs): Pick<Recorded, "inputs" | "secrets"> {
  const secrets = Object.keys(inputs).filter((key) => pulumi.runtime.isRpcSecret(inputs[key]));
  const plain = Object.entries(inputs).map(([key, value]) => [key, pulumi.runtime.unwrapRpcSecret(value)] as const);
  return { inputs: Object.fromEntries(plain), secrets };
}

function only(all: readonly Recorded[], type: string, name: string): Recorded {
  const [found, ...others] = all.filter((resource) => resource.type === type && resource.name === name);
  if (found !== undefined && others.length === 0) return found;
  const there = all.map((resource) => `${resource.type} ${resource.name}`).join("\n  ");
  throw new Error(`${others.length === 0 ? "no" : "more than one"} ${type} ${name}; there are:\n  ${there}`);
}
