// The provider's own inputs: what of them is understood, what is refused.
import type { MutableKinds } from "./immutable.ts";
import { isObject, type Json, type JsonObject, same } from "./json.ts";
import { activeCluster, type ClusterChoice, isContents } from "./kubeconfig.ts";
import { isSecret, isUnknown, plainObject, secret } from "./propertyValues.ts";

export interface Settings extends ClusterChoice {
  /** Namespace of objects that name none. "" leaves it to the kubeconfig's context, and that to "default". */
  readonly namespace: string;
  readonly mutable: MutableKinds;
  /** Take over fields of other managers in every update, not only where an annotation says so. */
  readonly patchForce: boolean;
}

/** Switches that an environment variable sets where the program does not, as with the official plugin. */
const SWITCHES = {
  enablePatchForce: "PULUMI_K8S_ENABLE_PATCH_FORCE",
  enableConfigMapMutable: "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE",
  enableSecretMutable: "PULUMI_K8S_ENABLE_SECRET_MUTABLE",
} as const;

/** Inputs that change what the official plugin does and that the stand-in does not know. */
const REFUSED: Readonly<Record<string, string>> = {
  renderYamlToDirectory: "rendering to files",
  alwaysRender: "rendering to files",
  upsertExistingObjects: "adopting existing objects on create",
  deleteUnreachable: "dropping objects of an unreachable cluster",
  skipUpdateUnreachable: "skipping objects of an unreachable cluster",
};

/** @param variable reads one input of the provider as text, "" when it is not set */
export function settingsOf(variable: (name: string) => string): Settings {
  const isOn = (name: keyof typeof SWITCHES) => (variable(name) || process.env[SWITCHES[name]]) === "true";
  return {
    kubeconfig: variable("kubeconfig"),
    context: variable("context"),
    cluster: variable("cluster"),
    namespace: variable("namespace"),
    mutable: { configMaps: isOn("enableConfigMapMutable"), secrets: isOn("enableSecretMutable") },
    patchForce: isOn("enablePatchForce"),
  };
}

export interface Failure {
  readonly property: string;
  readonly reason: string;
}

/** What is wrong with the provider's inputs. Values that are not known yet pass. */
export function checkSettings(inputs: JsonObject): readonly Failure[] {
  const plain = plainObject(inputs);
  const isTrue = (value: Json | undefined) => value === true || value === "true";
  const refused = Object.entries(REFUSED)
    .filter(([property]) => plain[property] !== undefined && !["", "false", false, null].some((off) => plain[property] === off))
    .map(([property, what]) => ({ property, reason: `${what} needs the official Kubernetes plugin` }));
  const sideApply = plain.enableServerSideApply;
  const clientSide = sideApply !== undefined && sideApply !== null && !isUnknown(sideApply) && !isTrue(sideApply);
  if (!clientSide) return refused;
  return [...refused, { property: "enableServerSideApply", reason: "the stand-in knows server-side apply only; leave it on" }];
}

/** The provider's inputs for the state: a kubeconfig given by its contents is a secret, whatever the program says. */
export function withSecretKubeconfig(inputs: JsonObject): JsonObject {
  const { kubeconfig } = inputs;
  const isOpen = isObject(kubeconfig) ? !isSecret(kubeconfig) : typeof kubeconfig === "string" && isContents(kubeconfig);
  return isOpen && kubeconfig !== undefined ? { ...inputs, kubeconfig: secret(kubeconfig) } : inputs;
}

export interface SettingsDiff {
  readonly changed: readonly string[];
  /** Properties that lead to another cluster: all objects of the provider must be made anew there. */
  readonly replaces: readonly string[];
}

const CLUSTER_INPUTS = ["kubeconfig", "context", "cluster"];

/**
 * Compares the provider's inputs. A kubeconfig that leads to another server means another cluster, unless
 * `clusterIdentifier` says that it is the same one under a new address.
 */
export function diffSettings(oldInputs: JsonObject, newInputs: JsonObject): SettingsDiff {
  const [before, after] = [plainObject(oldInputs), plainObject(newInputs)];
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !same(before[key], after[key]));
  const [oldId, newId] = [before.clusterIdentifier, after.clusterIdentifier];
  if (newId !== undefined && same(oldId, newId)) return { changed, replaces: [] };
  if (oldId !== undefined && newId !== undefined) return { changed, replaces: ["clusterIdentifier"] };
  const unknown = CLUSTER_INPUTS.filter((key) => isUnknown(after[key]));
  if (unknown.length > 0) return { changed, replaces: unknown };
  const [oldCluster, newCluster] = [activeCluster(choiceOf(before)), activeCluster(choiceOf(after))];
  const moved = oldCluster !== undefined && newCluster !== undefined && !same(oldCluster, newCluster);
  return { changed, replaces: moved ? changed.filter((key) => CLUSTER_INPUTS.includes(key)) : [] };
}

function choiceOf(inputs: JsonObject): ClusterChoice {
  const text = (value: Json | undefined) => (typeof value === "string" ? value : isObject(value) ? JSON.stringify(value) : "");
  return { kubeconfig: text(inputs.kubeconfig), context: text(inputs.context), cluster: text(inputs.cluster) };
}
