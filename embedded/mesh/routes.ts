import type { Report } from "../standIn/index.ts";
import { directResponse, forward, type Mirrored, REDIRECT_CODES, redirect, type Weighted } from "./action.ts";
import { type Catalogue, findDestination } from "./catalogue.ts";
import type { JsonObject } from "./json.ts";
import { matchFaults, routeMatch, unknownConditions } from "./match.ts";
import type { HttpRoute, VirtualServiceSpec } from "./virtualService.ts";

export interface Routes {
  /** Envoy's routes, first match wins. */
  readonly routes: readonly JsonObject[];
  readonly mirrors: readonly Mirrored[];
}

/** What a VirtualService's routes are read against. */
export interface Surroundings {
  /** Namespace of the VirtualService: short host names are looked for in it. */
  readonly namespace: string;
  readonly catalogue: Catalogue;
  readonly report: Report;
}

/** A VirtualService's routes in its order. A route that cannot be done is reported and left out. */
export function routesOf(spec: VirtualServiceSpec, surroundings: Surroundings): Routes {
  const routes: JsonObject[] = [];
  const mirrors: Mirrored[] = [];
  for (const [index, route] of (spec.http ?? []).entries()) {
    const path = `spec.http[${index}]`;
    const copies = mirrorsOf(route, path, surroundings);
    const action = actionOf(route, copies, path, surroundings);
    if (action === undefined) continue;
    routes.push(...matchesOf(route, path, surroundings).map((match) => ({ match, ...action })));
    mirrors.push(...copies);
  }
  if (routes.length === 0) surroundings.report("spec.http", "no route can be served; requests to its hosts get 404");
  return { routes, mirrors };
}

/** One Envoy match for each alternative; an alternative with something in it that cannot be judged never matches. */
function matchesOf(route: HttpRoute, path: string, { report }: Surroundings): readonly JsonObject[] {
  if (route.match === undefined || route.match.length === 0) return [routeMatch()];
  return route.match.flatMap((match, index) => {
    const place = `${path}.match[${index}]`;
    const unknown = unknownConditions(match);
    for (const key of unknown) report(`${place}.${key}`, "the embedded mesh cannot judge this condition, so the match takes no request");
    const faults = matchFaults(match);
    for (const [field, fault] of faults) report(`${place}.${field}`, `${fault}; the match takes no request`);
    return unknown.length + faults.length === 0 ? [routeMatch(match)] : [];
  });
}

function actionOf(route: HttpRoute, copies: readonly Mirrored[], path: string, surroundings: Surroundings): JsonObject | undefined {
  if (route.redirect !== undefined) {
    if (REDIRECT_CODES[route.redirect.redirectCode ?? 301] !== undefined) return redirect(route.redirect);
    surroundings.report(
      `${path}.redirect.redirectCode`,
      `${route.redirect.redirectCode} is none of ${Object.keys(REDIRECT_CODES).join(", ")}; the route is left out`,
    );
    return undefined;
  }
  if (route.directResponse !== undefined) return directResponse(route.directResponse);
  const targets = targetsOf(route, path, surroundings);
  return targets.length === 0 ? undefined : forward(targets, route, copies);
}

/** Destinations that get a share. A single destination gets everything, whatever its weight says. */
function targetsOf(route: HttpRoute, path: string, { namespace, catalogue, report }: Surroundings): readonly Weighted[] {
  const all = (route.route ?? []).map(({ destination, weight = 0 }, index) => ({
    destination: findDestination(catalogue, destination, namespace, `${path}.route[${index}].destination`, report),
    weight,
  }));
  if (all.length === 0) report(`${path}.route`, "there is nowhere to send requests to; the route is left out");
  if (all.length <= 1) return all;
  const weighted = all.filter(({ weight }) => weight > 0);
  if (weighted.length === 0) report(`${path}.route`, "the weights add up to 0; the route is left out");
  return weighted;
}

function mirrorsOf(route: HttpRoute, path: string, { namespace, catalogue, report }: Surroundings): readonly Mirrored[] {
  const single = route.mirror === undefined ? [] : [{ ref: route.mirror, percentage: route.mirrorPercentage, place: `${path}.mirror` }];
  const several = (route.mirrors ?? []).map(({ destination, percentage }, index) => ({
    ref: destination,
    percentage,
    place: `${path}.mirrors[${index}].destination`,
  }));
  return [...single, ...several].map(({ ref, percentage, place }) => ({
    destination: findDestination(catalogue, ref, namespace, place, report),
    percentage: percentage === undefined ? 100 : (percentage.value ?? 0),
  }));
}
