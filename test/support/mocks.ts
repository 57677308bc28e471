import * as pulumi from "@pulumi/pulumi";

/** A resource as a program asked for it. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: pulumi.Inputs;
  /** Inputs whose values the engine would keep encrypted. */
  readonly secrets: readonly string[];
  /** What it belongs to, as "type name"; undefined for what stands at the top. */
  readonly parent: string | undefined;
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
  /** Whether it stays in the cloud when Pulumi forgets it. */
  readonly retainOnDelete: boolean;
  /** The provider it was given, as the name of that provider; undefined for the default one and for components. */
  readonly provider: string | undefined;
  /** How many URNs and names it was known under before. */
  readonly aliases: number;
  /** A resource of a provider, and not a component. */
  readonly custom: boolean;
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
  /** What functions of providers answer, such as which zones there are. @default nothing */
  readonly answerOf?: (args: pulumi.runtime.MockCallArgs) => pulumi.Inputs;
  /** Config of the program, by full key: "sluice:cluster". Mappings as JSON. */
  readonly config?: Readonly<Record<string, string>>;
  /** Name of the stack. @default "test" */
  readonly stack?: string;
}

/** Runs a piece of program without an engine and tells which resources it asked for. */
export async function recordResources(program: () => unknown, options: RecordOptions = {}): Promise<Recording> {
  const { preview = false, outputsOf = () => ({}), answerOf = () => ({}), config = {}, stack = "test" } = options;
  const all: Recorded[] = [];
  let request: RegisterRequest | undefined;
  const newResource = (args: pulumi.runtime.MockResourceArgs) => {
    all.push({ type: args.type, name: args.name, ...plainInputs(args.inputs), ...bondsOf(request) });
    return { id: `${args.name}-id`, state: { ...args.inputs, ...outputsOf(args) } };
  };
  pulumi.runtime.setAllConfig({ ...config });
  await pulumi.runtime.setMocks({ newResource, call: answerOf }, "sluice", stack, preview);
  beforeEachResource((registering) => {
    request = registering;
  });
  await program();
  await pulumi.runtime.disconnect();
  return { all, one: (type, name) => only(all, type, name).inputs };
}

/** What is read of the request that asks for a resource. */
interface RegisterRequest {
  getParent(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getProvider(): string;
  getAliasesList(): readonly unknown[];
  getAliasurnsList(): readonly string[];
  getCustom(): boolean;
}

/** Mocks are told neither of a resource's parent nor of its guards. The request, which the mocked engine hands to them at once, knows both. */
function beforeEachResource(see: (request: RegisterRequest) => void): void {
  const monitor = pulumi.runtime.getMonitor();
  if (monitor === undefined) throw new Error("there is no mocked engine");
  const register = monitor.registerResource;
  Object.defineProperty(monitor, "registerResource", {
    value: (request: RegisterRequest, ...rest: unknown[]) => {
      see(request);
      return Reflect.apply(register, monitor, [request, ...rest]);
    },
  });
}

function bondsOf(request: RegisterRequest | undefined) {
  // Each part of a URN stands behind "::"; a type behind those of its parents and "$".
  const [, , types = "", parent] = request?.getParent().split("::") ?? [];
  const provider = request?.getProvider().split("::")[3];
  return {
    parent: parent === undefined ? undefined : `${types.split("$").at(-1)} ${parent}`,
    protect: request?.getProtect() ?? false,
    retainOnDelete: request?.getRetainondelete() ?? false,
    provider: provider === "" ? undefined : provider,
    aliases: (request?.getAliasesList().length ?? 0) + (request?.getAliasurnsList().length ?? 0),
    custom: request?.getCustom() ?? false,
  };
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
