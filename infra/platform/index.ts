import type { Part } from "../../components/part.ts";
import type { Ground } from "../ground.ts";
import type { Preset } from "../presets.ts";
import type { ForServices, Services } from "../services.ts";
import type { Stack } from "../stack.ts";
import type { Context } from "./context.ts";
import { createDelivery } from "./delivery.ts";
import { createIngress } from "./ingress.ts";
import { createIssuer } from "./issuer.ts";
import { createMesh } from "./mesh.ts";
import { createNamespaces, NAMESPACES } from "./namespaces.ts";
import { createObservability } from "./observability.ts";
import { createSecurity } from "./security.ts";
import { createTools } from "./tools.ts";
import { createWatch } from "./watch.ts";

export interface Platform extends ForServices {
  /** What comes after the services, because it is about them. */
  finish(services: Services): void;
}

/** The parts that a stack names, each after what it needs. */
export function createPlatform(stack: Stack, preset: Preset, ground: Ground): Platform {
  const context: Context = { stack, preset, ground };

  const spaces = createNamespaces(context);
  const observability = createObservability(context, spaces);
  // What follows brings monitors along, whose kinds come with the observability.
  const watched = observability ?? spaces;
  const mesh = createMesh(context, watched);
  // cert-manager looks for the kinds of the Gateway API when it starts, and they come with the mesh.
  const security = createSecurity(context, mesh ?? watched);
  const ingress = createIngress(context, mesh, ...Object.values(security));
  createIssuer(context, ingress, ...Object.values(security));
  const delivery = createDelivery(context, watched, mesh);

  const parts = { ...ground.parts, ...named({ observability, mesh, ingress }), ...security, ...delivery.parts };
  return {
    namespace: NAMESPACES.services,
    gateways: ingress !== undefined && "gateway" in ingress ? [ingress.gateway] : [],
    grafanaUrl: stack.platform.observability?.grafana.url,
    ready: [watched, mesh, ingress, delivery.rollouts].filter((resource) => resource !== undefined),
    finish(services) {
      const tools = createTools(context, services, ingress ?? watched);
      if (observability !== undefined) createWatch(context, { ...parts, ...tools }, observability);
    },
  };
}

function named(parts: Readonly<Record<string, Part | undefined>>): Readonly<Record<string, Part>> {
  return Object.fromEntries(Object.entries(parts).flatMap(([name, part]) => (part === undefined ? [] : [[name, part]])));
}
