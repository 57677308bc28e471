import { z } from "zod";
import { Duration } from "./duration.ts";

const StringMatch = z.strictObject({ exact: z.string().optional(), prefix: z.string().optional(), regex: z.string().optional() });

const DestinationRef = z.strictObject({
  host: z.string(),
  subset: z.string().optional(),
  port: z.strictObject({ number: z.number() }).optional(),
});

/** Loose, because a condition that is not understood must not be left out: the match would take more than was asked for. */
const Match = z.looseObject({
  uri: StringMatch.optional(),
  ignoreUriCase: z.boolean().optional(),
  scheme: StringMatch.optional(),
  method: StringMatch.optional(),
  authority: StringMatch.optional(),
  headers: z.record(z.string(), StringMatch).optional(),
  withoutHeaders: z.record(z.string(), StringMatch).optional(),
  queryParams: z.record(z.string(), StringMatch).optional(),
});

const Redirect = z.strictObject({
  uri: z.string().optional(),
  authority: z.string().optional(),
  port: z.number().optional(),
  scheme: z.string().optional(),
  redirectCode: z.number().optional(),
});

const Percent = z.strictObject({ value: z.number().min(0).max(100).optional() });

const HttpRoute = z.strictObject({
  name: z.string().optional(),
  match: z.array(Match).optional(),
  route: z.array(z.strictObject({ destination: DestinationRef, weight: z.number().int().min(0).optional() })).optional(),
  redirect: Redirect.optional(),
  directResponse: z
    .strictObject({ status: z.number().int().min(200).max(599), body: z.strictObject({ string: z.string().optional() }).optional() })
    .optional(),
  rewrite: z.strictObject({ uri: z.string().optional(), authority: z.string().optional() }).optional(),
  timeout: Duration.optional(),
  retries: z
    .strictObject({ attempts: z.number().int().min(0).optional(), perTryTimeout: Duration.optional(), retryOn: z.string().optional() })
    .optional(),
  mirror: DestinationRef.optional(),
  mirrorPercentage: Percent.optional(),
  mirrors: z.array(z.strictObject({ destination: DestinationRef, percentage: Percent.optional() })).optional(),
});

/**
 * The part of Istio's VirtualService that the embedded mesh does. What is not here is reported on the object. Fields
 * that mean nothing to one gateway that sees everything are taken and not used: gateways, exportTo, a route's name.
 */
export const VirtualServiceSpec = z.strictObject({
  hosts: z.array(z.string()).min(1),
  gateways: z.array(z.string()).optional(),
  exportTo: z.array(z.string()).optional(),
  http: z.array(HttpRoute).optional(),
});

export type StringMatch = z.infer<typeof StringMatch>;
export type Match = z.infer<typeof Match>;
export type HttpRoute = z.infer<typeof HttpRoute>;
export type DestinationRef = z.infer<typeof DestinationRef>;
export type VirtualServiceSpec = z.infer<typeof VirtualServiceSpec>;
