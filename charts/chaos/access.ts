import type { Manifest } from "../manifest.ts";
import { objectLabels } from "../service/names.ts";
import { type ChaosTarget, runName } from "./engine.ts";
import type { FaultName } from "./faults.ts";

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/**
 * Who does one fault to one service: an account of its own. Beside the experiment it may do what Litmus does there (Jobs, pods, results), in the
 * service's namespace it may look, and delete pods if that is the fault. It can neither make pods there nor run commands in them.
 */
export function accessManifests(fault: FaultName, target: ChaosTarget, namespace: string): readonly Manifest[] {
  const name = runName(fault, target);
  const labels = objectLabels({ name: target.service });
  const account: Manifest = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace, labels } };
  const role = (where: string, rules: readonly Rule[]): readonly Manifest[] => [
    { apiVersion: RBAC, kind: "Role", metadata: { name, namespace: where, labels }, rules },
    {
      apiVersion: RBAC,
      kind: "RoleBinding",
      metadata: { name, namespace: where, labels },
      roleRef: { apiGroup: RBAC_GROUP, kind: "Role", name },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    },
  ];
  return [account, ...role(namespace, BESIDE_THE_EXPERIMENT), ...role(target.namespace, inTheService(fault))];
}

const RBAC_GROUP = "rbac.authorization.k8s.io";
const RBAC = `${RBAC_GROUP}/v1`;

const BESIDE_THE_EXPERIMENT: readonly Rule[] = [
  { apiGroups: [""], resources: ["pods"], verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update"] },
  { apiGroups: [""], resources: ["pods/log"], verbs: ["get", "list", "watch"] },
  { apiGroups: [""], resources: ["events"], verbs: ["create", "get", "list", "patch", "update"] },
  { apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list"] },
  { apiGroups: ["batch"], resources: ["jobs"], verbs: ["create", "delete", "deletecollection", "get", "list"] },
  { apiGroups: ["litmuschaos.io"], resources: ["chaosexperiments"], verbs: ["get", "list"] },
  { apiGroups: ["litmuschaos.io"], resources: ["chaosengines"], verbs: ["get", "list", "patch", "update"] },
  { apiGroups: ["litmuschaos.io"], resources: ["chaosresults"], verbs: ["create", "delete", "get", "list", "patch", "update"] },
];

function inTheService(fault: FaultName): readonly Rule[] {
  const look = ["get", "list"];
  return [
    { apiGroups: [""], resources: ["pods"], verbs: fault === "pod-delete" ? [...look, "delete"] : look },
    // Whose pods they are.
    { apiGroups: ["apps"], resources: ["replicasets"], verbs: look },
    { apiGroups: ["argoproj.io"], resources: ["rollouts"], verbs: look },
  ];
}
