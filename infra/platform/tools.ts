import { resolve } from "node:path";
import { Chaos } from "../../components/chaos/index.ts";
import { Ci } from "../../components/ci/index.ts";
import { ClusterCost } from "../../components/cost/index.ts";
import { Load, type LoadTarget } from "../../components/load/index.ts";
import type { Part } from "../../components/part.ts";
import { PROJECT } from "../project.ts";
import type { Services } from "../services.ts";
import versions from "../versions.json" with { type: "json" };
import { after, type Context, type Dependency } from "./context.ts";
import { INGRESS } from "./ingress.ts";
import { NAMESPACES } from "./namespaces.ts";
import { addressesFor } from "./observability.ts";

const { charts, images } = versions;
const SCRIPTS = resolve(PROJECT, "apps/load");

/** What is about services and the cluster as they are, and so comes last: chaos, load, builds, costs. By name. */
export function createTools(context: Context, services: Services, ...dependsOn: readonly Dependency[]): Readonly<Record<string, Part>> {
  const { chaos, load, ci, cost } = context.stack.platform;
  const options = after(context, ...dependsOn);
  return {
    ...(chaos && { chaos: new Chaos("chaos", chaosArgs(context, chaos), options) }),
    ...(load && { load: new Load("load", loadArgs(context, load, services), options) }),
    ...(ci && { ci: new Ci("jenkins", ciArgs(ci), options) }),
    ...(cost && { opencost: new ClusterCost("opencost", costArgs(context, cost), options) }),
  };
}

type Parts = Context["stack"]["platform"];

function chaosArgs({ stack, preset }: Context, { services, faults }: NonNullable<Parts["chaos"]>) {
  const targets = services.map((service) => ({ service, namespace: NAMESPACES.services, objectives: objectivesOf(stack, service) }));
  const place = { chart: charts["litmus-core"], namespace: NAMESPACES.chaos, image: images["litmus-go-runner"] };
  return { ...place, prometheusUrl: addressesFor(preset).prometheus, faults, targets };
}

function loadArgs({ stack, ground }: Context, { smoke, runs }: NonNullable<Parts["load"]>, services: Services) {
  const plain = stack.platform.ingress?.tls === "none";
  const targetOf = (service: string): LoadTarget => ({
    service,
    // As users come. A laptop's names lead nowhere in a pod, so there it is the gateway that is asked, by the service's public name.
    ...(plain
      ? { url: `http://${INGRESS}.${NAMESPACES.ingress}`, host: ground.cluster.hostOf(service) }
      : { url: ground.cluster.urlOf(service) }),
    objectives: objectivesOf(stack, service),
  });
  const place = { chart: charts["k6-operator"], namespace: NAMESPACES.load, scripts: SCRIPTS };
  return {
    ...place,
    images: { k6: images.k6, starter: images["k6-starter"] },
    smoke: Object.entries(services.byName).flatMap(([name, { image }]) =>
      smoke.includes(name) ? [{ target: targetOf(name), image }] : [],
    ),
    runs: runs.map(({ service, profile, rate, run }) => ({ target: targetOf(service), profile, rate, number: run })),
  };
}

function ciArgs({ adminSecret, url, agents, storage }: NonNullable<Parts["ci"]>) {
  const place = { chart: charts.jenkins, namespace: NAMESPACES.ci, agentImage: images["ci-agent"] };
  return { ...place, adminSecret, url, agents, storageGibibytes: storage };
}

function costArgs({ preset, ground }: Context, { nodes }: NonNullable<Parts["cost"]>) {
  const { hostname, port } = new URL(addressesFor(preset).prometheus);
  const [service = "", namespace = ""] = hostname.split(".");
  const place = { chart: charts.opencost, namespace: NAMESPACES.observability, clusterName: ground.cluster.name };
  return { ...place, prometheus: { service, namespace, port: Number(port) }, monthlyUsd: nodes };
}

function objectivesOf({ services }: Context["stack"], service: string) {
  return services[service]?.judgement?.slo ?? [];
}
