import { ApiObject, type Chart, JsonPatch } from "cdk8s";
import { Pods, Service } from "cdk8s-plus-28";
import { DESTINATION_RULE, type DestinationRuleSpec, VIRTUAL_SERVICE, type VirtualServiceSpec } from "../crds/index.ts";
import { CANARY_PODS, objectLabels, PORT_NAME, ROUTE, SERVICE_PORT, SIDE_LABEL, type Side, selectorLabels, serviceName } from "./names.ts";
import type { ServiceProps } from "./props.ts";

/** The three Services: all pods under the service's own name, and one for each side of a rollout. */
export function services(chart: Chart, props: ServiceProps): void {
  service(chart, props, "all");
  for (const side of ["stable", "canary"] as const) {
    // Argo Rollouts alone writes this selector (the revision's pod hash is enough). A selector is one field to the API server, so that
    // naming it here as well would be a conflict at every update.
    service(chart, props, side).addJsonPatch(JsonPatch.remove("/spec/selector"));
  }
}

function service(chart: Chart, props: ServiceProps, side: Side): ApiObject {
  const object = ApiObject.of(
    new Service(chart, `service-${side}`, {
      metadata: { name: serviceName(props.name, side), labels: { ...objectLabels(props), [SIDE_LABEL]: side } },
      ports: [{ name: PORT_NAME, port: SERVICE_PORT, targetPort: props.port }],
      selector: Pods.select(chart, `pods-${side}`, { labels: { ...selectorLabels(props) } }),
    }),
  );
  // An empty list, which cdk8s-plus always writes and the API server never keeps, would be a diff for ever.
  object.addJsonPatch(JsonPatch.remove("/spec/externalIPs"));
  return object;
}

/**
 * Where requests go. The weights are those of a service at rest: from the first rollout on Argo Rollouts alone writes them. Where it is
 * blue-green they stay, for the Services are switched; then the gate has a route for copies here, while it judges.
 */
export function virtualService(chart: Chart, props: ServiceProps): void {
  const spec: VirtualServiceSpec = {
    hosts: [props.name, `${props.name}.${props.namespace}.svc.cluster.local`, ...props.hosts],
    gateways: ["mesh", ...props.gateways],
    http: [
      {
        name: ROUTE,
        route: [
          { destination: { host: serviceName(props.name, "stable") }, weight: 100 },
          { destination: { host: serviceName(props.name, "canary") }, weight: 0 },
        ],
        // Only what surely never reached the process is tried again, so that a pod that goes away costs nobody a request. Answers are
        // never retried: a bad version must be seen to be bad.
        retries: { attempts: 2, retryOn: "connect-failure,refused-stream,reset-before-request" },
      },
    ],
  };
  new ApiObject(chart, "virtual-service", { ...VIRTUAL_SERVICE, metadata: { name: props.name }, spec });
}

/** How connections to each side are made, the same for both, so that the two are comparable. */
export function destinationRules(chart: Chart, props: ServiceProps): void {
  for (const side of ["stable", "canary"] as const) {
    const name = serviceName(props.name, side);
    new ApiObject(chart, `destination-rule-${side}`, {
      ...DESTINATION_RULE,
      metadata: { name },
      spec: { ...destinationRuleSpec(name), ...(props.blueGreen && side === "canary" && COPIES) },
    });
  }
}

/** The pods that the gate has requests copied to. At rest there are none: the canary's Service then stands for stable's pods, which would work twice. */
const COPIES = { subsets: [{ name: "canary", labels: CANARY_PODS }] };

// There is no outlier detection: it would take a bad canary's pods out of sight, and with them the evidence.
function destinationRuleSpec(host: string): DestinationRuleSpec {
  return {
    host,
    trafficPolicy: {
      loadBalancer: { simple: "LEAST_REQUEST" },
      // Below the 5 s after which many servers (Node's among them) close an idle connection: who closes first must be the proxy, or a
      // request meets a closing connection.
      connectionPool: { http: { idleTimeout: "4s" } },
    },
  };
}
