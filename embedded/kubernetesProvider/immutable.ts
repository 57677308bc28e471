// Fields that cannot be changed in place. The API server refuses most of these changes itself; the list is the official
// plugin's, so that a change that replaces an object there replaces it here.
import { at, isArray, isObject, type Json, type JsonObject, type Path, parsePath, textAt } from "./json.ts";
import { kindOf } from "./objects.ts";

/** Settings of the provider that take kinds off the list. */
export interface MutableKinds {
  /** Change ConfigMaps in place. @default false: a new ConfigMap under a new name, so that pods that mount it are restarted */
  readonly configMaps: boolean;
  /** Change Secrets in place. @default false, for the same reason */
  readonly secrets: boolean;
}

const CONTAINER = (
  "args command env image imagePullPolicy lifecycle livenessProbe ports readinessProbe resources securityContext stdin stdinOnce " +
  "terminationMessagePath terminationMessagePolicy tty volumeDevices volumeMounts workingDir"
).split(" ");

const POD_SPEC = (
  "affinity automountServiceAccountToken dnsConfig dnsPolicy enableServiceLinks hostAliases hostIPC hostNetwork hostPID hostname " +
  "imagePullSecrets nodeName nodeSelector overhead preemptionPolicy priority priorityClassName readinessGates restartPolicy " +
  "runtimeClassName schedulerName securityContext serviceAccount serviceAccountName shareProcessNamespace subdomain " +
  "terminationGracePeriodSeconds volumes"
).split(" ");

const VOLUME_SOURCES = (
  "awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker gcePersistentDisk glusterfs hostPath iscsi local " +
  "nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume"
).split(" ");

const spec = (...fields: readonly string[]) => fields.map((field) => `spec.${field}`);

/** By group and kind; `*` stands for any item of a list. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  "apps/DaemonSet": spec("selector"),
  "apps/Deployment": spec("selector"),
  "apps/StatefulSet": spec("podManagementPolicy", "revisionHistoryLimit", "selector", "serviceName", "volumeClaimTemplates"),
  "batch/Job": spec("completions", "parallelism", "selector", "template"),
  "rbac.authorization.k8s.io/ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/RoleBinding": ["roleRef"],
  "storage.k8s.io/StorageClass": ["parameters", "provisioner"],
  "/PersistentVolume": spec(...VOLUME_SOURCES),
  "/PersistentVolumeClaim": spec("accessModes", "selector", "storageClassName", "volumeName"),
  "/Pod": spec(...POD_SPEC, ...CONTAINER.flatMap((field) => [`containers.*.${field}`, `initContainers.*.${field}`])),
  "/ResourceQuota": spec("scopes"),
  "/Service": spec("clusterIP"),
};

/** Another kind or group is another object. Another version of the same group is the same object seen another way. */
const IDENTITY = ["kind", "metadata.name", "metadata.namespace"];

function immutableFields(object: JsonObject, mutable: MutableKinds): readonly string[] {
  const { group, kind } = kindOf(object);
  const frozen = object.immutable === true;
  if (group === "" && kind === "Secret") return frozen || !mutable.secrets ? ["type", "stringData", "data"] : ["type"];
  if (group === "" && kind === "ConfigMap") return frozen || !mutable.configMaps ? ["binaryData", "data"] : [];
  return FIELDS[`${group}/${kind}`] ?? [];
}

/**
 * Whether a change needs a new object.
 *
 * @param object the new inputs, of which the kind decides
 * @param path the place that changes
 * @param value what stands there: the new value, or the old one when it goes
 */
export function needsReplacement(object: JsonObject, path: Path, value: Json | undefined, mutable: MutableKinds): boolean {
  const fields = [...IDENTITY, ...immutableFields(object, mutable)];
  return fields.some((field) => {
    const steps = parsePath(field);
    const shared = Math.min(steps.length, path.length);
    const meets = steps.slice(0, shared).every((step, index) => step === "*" || step === path[index]);
    return meets && (steps.length <= path.length || holds(value, steps.slice(shared)));
  });
}

/** Whether a value has something at a path with wildcards. */
function holds(value: Json | undefined, steps: Path): boolean {
  const [head, ...rest] = steps;
  if (head === undefined) return value !== undefined;
  if (head === "*") return isArray(value) && value.some((item) => holds(item, rest));
  return isObject(value) && holds(at(value, head), rest);
}

/** Whether a version of the API with another group was chosen, which no update can do. */
export function changesGroup(before: JsonObject, after: JsonObject): boolean {
  return textAt(before, "apiVersion") !== "" && kindOf(before).group !== kindOf(after).group;
}
