import type { Container, Pod, Probe } from "./types.ts";

/**
 * Everything a pod asks for that a plain process cannot be given, as sentences; empty when there is nothing. A pod with such wishes is
 * not run at all: half a pod would seem to work here and fail on a cluster.
 */
export function unsupported({ spec }: Pod): string[] {
  const init = spec?.initContainers ?? [];
  const mounted = [...init, ...(spec?.containers ?? [])];
  return [
    ...(spec?.hostNetwork ? ["hostNetwork: a pod here has an address of its own"] : []),
    ...init.filter(({ restartPolicy }) => restartPolicy === "Always").map(({ name }) => `init container ${name}: sidecars are not run`),
    ...mounted.flatMap((container) => ofContainer(container, volumesThatWork(spec))),
  ];
}

function volumesThatWork(spec: Pod["spec"]): ReadonlySet<string> {
  return new Set((spec?.volumes ?? []).filter(({ emptyDir }) => emptyDir !== undefined).map(({ name }) => name));
}

function ofContainer(container: Container, emptyDirs: ReadonlySet<string>): string[] {
  const { name, volumeMounts = [], livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
  const probes: [string, Probe | undefined][] = [
    ["liveness", livenessProbe],
    ["readiness", readinessProbe],
    ["startup", startupProbe],
  ];
  return [
    ...volumeMounts
      .filter((mount) => !emptyDirs.has(mount.name) || mount.mountPath !== "/tmp")
      .map(
        (mount) => `volume ${mount.name} at ${mount.mountPath}: only an emptyDir at /tmp can be mounted (the process finds it in TMPDIR)`,
      ),
    ...probes
      .filter(([, probe]) => probe && !probe.httpGet && !probe.tcpSocket)
      .map(([kind]) => `${kind} probe: only httpGet and tcpSocket are done`),
    ...(lifecycle?.postStart ? ["lifecycle.postStart: not done"] : []),
    ...(lifecycle?.preStop && !lifecycle.preStop.httpGet && !lifecycle.preStop.sleep
      ? ["lifecycle.preStop: only httpGet and sleep are done"]
      : []),
    ...(container.volumeDevices?.length ? ["volumeDevices: there are no block devices"] : []),
    ...(container.workingDir ? ["workingDir: the command starts in the image's files"] : []),
  ].map((reason) => `container ${name}: ${reason}`);
}
