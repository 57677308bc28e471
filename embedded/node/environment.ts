import { expand } from "./expand.ts";
import { fieldOf, type Place, resourceOf } from "./fields.ts";
import type { ConfigMap, Container, Pod, Secret } from "./types.ts";

/** The ConfigMaps and Secrets of the pod's namespace that exist, by name. */
export interface Objects {
  readonly configMaps: ReadonlyMap<string, ConfigMap>;
  readonly secrets: ReadonlyMap<string, Secret>;
}

/** What keeps a container from being configured, in a kubelet's words. */
export class ConfigProblem extends Error {}

type Variable = NonNullable<Container["env"]>[number];
type ValueSource = NonNullable<Variable["valueFrom"]>;
type EnvSource = NonNullable<Container["envFrom"]>[number];

/** The names of the ConfigMaps and Secrets a container takes its environment from. */
export function sourcesOf({ env = [], envFrom = [] }: Container): { readonly configMaps: Set<string>; readonly secrets: Set<string> } {
  const configMaps = [...env.map(({ valueFrom }) => valueFrom?.configMapKeyRef), ...envFrom.map(({ configMapRef }) => configMapRef)];
  const secrets = [...env.map(({ valueFrom }) => valueFrom?.secretKeyRef), ...envFrom.map(({ secretRef }) => secretRef)];
  const names = (refs: readonly ({ name?: string } | undefined)[]) => new Set(refs.flatMap((ref) => ref?.name ?? []));
  return { configMaps: names(configMaps), secrets: names(secrets) };
}

/**
 * The environment a container's spec asks for: `envFrom` first, then `env`, in which $(NAME) stands for a variable defined before.
 * @throws ConfigProblem when a ConfigMap, Secret or key is missing that is not optional.
 */
export function environmentOf(container: Container, pod: Pod, place: Place, objects: Objects): Record<string, string> {
  const result: Record<string, string> = {};
  for (const source of container.envFrom ?? []) Object.assign(result, bulk(source, pod, objects));
  for (const { name, value, valueFrom } of container.env ?? []) {
    const found = valueFrom === undefined ? expand(value ?? "", result) : sourceValue(valueFrom, { container, pod, place, objects });
    if (found !== undefined) result[name] = found;
  }
  return result;
}

function bulk({ prefix = "", configMapRef, secretRef }: EnvSource, pod: Pod, objects: Objects): Record<string, string> {
  const ref = configMapRef ?? secretRef;
  const data = configMapRef ? configData(objects, configMapRef.name) : secretData(objects, secretRef?.name);
  if (data === undefined && !ref?.optional) throw missing(configMapRef ? "configmap" : "secret", pod, ref?.name);
  return Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [prefix + key, value]));
}

interface Context {
  readonly container: Container;
  readonly pod: Pod;
  readonly place: Place;
  readonly objects: Objects;
}

/** The value, or undefined for an optional one that is not there. */
function sourceValue({ fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef }: ValueSource, context: Context): string | undefined {
  const { container, pod, place, objects } = context;
  if (fieldRef) return fieldOf(pod, place, fieldRef.fieldPath) ?? refuse(`unsupported fieldPath: ${fieldRef.fieldPath}`);
  if (resourceFieldRef) {
    const named = resourceFieldRef.containerName ?? container.name;
    const owner = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])].find(({ name }) => name === named);
    return resourceOf(owner ?? refuse(`container ${named} not found`), place, resourceFieldRef.resource, resourceFieldRef.divisor);
  }
  if (configMapKeyRef) return keyed("ConfigMap", configData(objects, configMapKeyRef.name), configMapKeyRef, pod);
  if (secretKeyRef) return keyed("Secret", secretData(objects, secretKeyRef.name), secretKeyRef, pod);
  return refuse("a value source that the embedded node does not know");
}

interface KeyRef {
  readonly name?: string;
  readonly key: string;
  readonly optional?: boolean;
}

function keyed(kind: "ConfigMap" | "Secret", data: Record<string, string> | undefined, { name, key, optional }: KeyRef, pod: Pod) {
  const value = data?.[key];
  if (value !== undefined || optional) return value;
  if (data === undefined) throw missing(kind.toLowerCase(), pod, name);
  return refuse(`couldn't find key ${key} in ${kind} ${pod.metadata?.namespace}/${name}`);
}

function configData({ configMaps }: Objects, name = ""): Record<string, string> | undefined {
  return configMaps.has(name) ? (configMaps.get(name)?.data ?? {}) : undefined;
}

function secretData({ secrets }: Objects, name = ""): Record<string, string> | undefined {
  if (!secrets.has(name)) return undefined;
  const encoded = Object.entries(secrets.get(name)?.data ?? {});
  return Object.fromEntries(encoded.map(([key, value]) => [key, Buffer.from(value, "base64").toString()]));
}

function missing(kind: string, pod: Pod, name = ""): ConfigProblem {
  return new ConfigProblem(`${kind} "${name}" not found in namespace "${pod.metadata?.namespace}"`);
}

function refuse(message: string): never {
  throw new ConfigProblem(message);
}
