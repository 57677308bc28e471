// Pods of a service, by the names that a ReplicaSet gives them: service, hash of the pod template, five random characters.
export const PODS = 'namespace="$namespace",pod=~"$service-($revision)-[a-z0-9]{5}"';

/** Every revision. A hash has no dash in it, so "echo" does not take the pods of "echo-worker" for its own. */
export const ANY_REVISION = "[a-z0-9]+";

/** The containers of the pods; without a container's name it is the pod's own group of processes, which would count twice. */
export const CONTAINERS = `${PODS},container!="",container!="POD"`;

export const REVISIONS = 'label_values(up{namespace="$namespace",service="$service"}, rollouts_pod_template_hash)';
