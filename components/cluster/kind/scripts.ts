// What is run on this machine, for /bin/sh. Names and numbers come in as environment variables and never as text of a script, so that there is
// nothing to quote. Each can be run again after it was cut short anywhere.

const WHERE_FROM = {
  docker: "docker: https://docs.docker.com/engine/install",
  kind: "kind: https://kind.sigs.k8s.io/docs/user/quick-start/#installation or: go install sigs.k8s.io/kind@v$KIND_VERSION",
} as const;

/** How a script begins: what it needs is there, or all that is missing is told at once. */
function needing(...tools: readonly (keyof typeof WHERE_FROM)[]): string {
  return `set -eu
missing=""
${tools.map((tool) => `command -v ${tool} >/dev/null 2>&1 || missing="$missing\n  ${WHERE_FROM[tool]}"`).join("\n")}
if [ -n "$missing" ]; then
  echo "not on the PATH, and needed for a kind cluster; get what is missing and run it again:$missing" >&2
  exit 1
fi
if ! docker info >/dev/null 2>&1; then
  echo "docker is there, but its engine does not answer (docker info says why): start it and run it again" >&2
  exit 1
fi
`;
}

/** KIND_VERSION, CLUSTER, REGISTRY, REGISTRY_IMAGE, REGISTRY_PORT: the registry's container, on this machine's loopback address. */
export const startRegistry = `${needing("docker", "kind")}
wanted="$CLUSTER $REGISTRY_PORT $REGISTRY_IMAGE"
if docker container inspect "$REGISTRY" >/dev/null 2>&1; then
  if [ "$(docker container inspect --format '{{index .Config.Labels "sluice.registry"}}' "$REGISTRY")" != "$wanted" ]; then
    echo "there is a container $REGISTRY already that is not this cluster's registry: remove it (docker rm --force $REGISTRY), or name the cluster otherwise" >&2
    exit 1
  fi
  docker start "$REGISTRY" >/dev/null
elif ! docker run --detach --restart always --network bridge --publish "127.0.0.1:$REGISTRY_PORT:5000" \\
  --name "$REGISTRY" --label "sluice.registry=$wanted" "$REGISTRY_IMAGE" >/dev/null; then
  docker rm --force --volumes "$REGISTRY" >/dev/null 2>&1 || true
  exit 1
fi
`;

/** The same: removes it with all its images, and no container that is not it. */
export const removeRegistry = `${needing("docker", "kind")}
if docker container inspect "$REGISTRY" >/dev/null 2>&1 &&
  [ "$(docker container inspect --format '{{index .Config.Labels "sluice.registry"}}' "$REGISTRY")" = "$CLUSTER $REGISTRY_PORT $REGISTRY_IMAGE" ]; then
  docker rm --force --volumes "$REGISTRY" >/dev/null
fi
`;

/**
 * KIND_VERSION, CLUSTER, MARK (digest of its config), and kind's config on stdin. The cluster gets the mark when it is whole; one that is there already
 * is this one only if it carries it. The user's own kubeconfig, and with it the context of their kubectl, stays as it is.
 */
export const createCluster = `${needing("docker", "kind")}
node="$CLUSTER-control-plane"
if kind get clusters | grep -Fqx -- "$CLUSTER"; then
  mark=$(docker exec "$node" kubectl --kubeconfig /etc/kubernetes/admin.conf get node "$node" \\
    --output 'jsonpath={.metadata.labels.sluice-config}' 2>/dev/null || true)
  if [ "$mark" != "$MARK" ]; then
    echo "there is a kind cluster $CLUSTER already that was not made of this stack, or only half: remove it (kind delete cluster --name $CLUSTER), or name the stack's cluster otherwise" >&2
    exit 1
  fi
else
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  kind create cluster --name "$CLUSTER" --kubeconfig "$scratch/kubeconfig" --wait 5m --config -
  docker exec "$node" kubectl --kubeconfig /etc/kubernetes/admin.conf label node "$node" "sluice-config=$MARK" >/dev/null
fi
`;

/** KIND_VERSION, CLUSTER */
export const deleteCluster = `${needing("docker", "kind")}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
kind delete cluster --name "$CLUSTER" --kubeconfig "$scratch/kubeconfig"
`;

/** KIND_VERSION, CLUSTER: prints it, so its output must not be logged. */
export const readKubeconfig = `${needing("docker", "kind")}
kind get kubeconfig --name "$CLUSTER"
`;

/**
 * KIND_VERSION, CLUSTER, REGISTRY, REGISTRY_PORT, REGISTRY_CONFIG: as kind.sigs.k8s.io/docs/user/local-registry has it. In a node localhost is the node,
 * so containerd is told that localhost:PORT is the registry's container, which it finds on kind's network.
 */
export const connectRegistry = `${needing("docker", "kind")}
nodes=$(kind get nodes --name "$CLUSTER")
if [ -z "$nodes" ]; then
  echo "the kind cluster $CLUSTER is gone: pulumi destroy forgets what was on it, then pulumi up makes it anew" >&2
  exit 1
fi
folder="$REGISTRY_CONFIG/localhost:$REGISTRY_PORT"
for node in $nodes; do
  docker exec "$node" mkdir -p "$folder"
  printf '[host."http://%s:5000"]\\n' "$REGISTRY" | docker exec --interactive "$node" cp /dev/stdin "$folder/hosts.toml"
done
if [ "$(docker container inspect --format '{{json .NetworkSettings.Networks.kind}}' "$REGISTRY")" = null ]; then
  docker network connect kind "$REGISTRY"
fi
`;

/**
 * IMAGE, DOCKERFILE, SOURCES (digest of what goes into it), in the folder that is built from. A tag keeps its meaning: the same sources are not
 * built again, and others need another tag.
 */
export const buildImage = `${needing("docker")}
if docker pull --quiet "$IMAGE" >/dev/null 2>&1; then
  if [ "$(docker image inspect --format '{{index .Config.Labels "sluice.sources"}}' "$IMAGE")" = "$SOURCES" ]; then exit 0; fi
  echo "$IMAGE is there already and was built of other sources. A tag that changes its meaning is a rollout nobody sees: give the stack the next tag" >&2
  exit 1
fi
docker build --file "$DOCKERFILE" --label "sluice.sources=$SOURCES" --tag "$IMAGE" .
docker push "$IMAGE"
`;
