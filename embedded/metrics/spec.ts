// What is read of a monitor's spec. A field that is not named here is reported and left out.
import { z } from "zod";

export const labelSelector = z.strictObject({
  matchLabels: z.record(z.string(), z.string()).optional(),
  matchExpressions: z
    .array(
      z.strictObject({
        key: z.string(),
        operator: z.enum(["In", "NotIn", "Exists", "DoesNotExist"]),
        values: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});

const relabeling = z.strictObject({
  sourceLabels: z.array(z.string()).optional(),
  separator: z.string().optional(),
  targetLabel: z.string().optional(),
  regex: z.string().optional(),
  modulus: z.number().optional(),
  replacement: z.string().optional(),
  action: z.string().optional(),
});

const endpoint = z.strictObject({
  port: z.string().optional(),
  targetPort: z.union([z.string(), z.number()]).optional(),
  // Pods serve plain HTTP here; a certificate would have nowhere to come from.
  scheme: z.enum(["http", "HTTP"]).optional(),
  // Finished pods have no address to ask.
  filterRunning: z.literal(true).optional(),
  interval: z.string().optional(),
  scrapeTimeout: z.string().optional(),
  path: z.string().optional(),
  params: z.record(z.string(), z.array(z.string())).optional(),
  honorLabels: z.boolean().optional(),
  honorTimestamps: z.boolean().optional(),
  trackTimestampsStaleness: z.boolean().optional(),
  followRedirects: z.boolean().optional(),
  enableHttp2: z.boolean().optional(),
  relabelings: z.array(relabeling).optional(),
  metricRelabelings: z.array(relabeling).optional(),
});

const common = {
  selector: labelSelector,
  // Two ways for an operator to ask the API server for the same pods.
  selectorMechanism: z.string().optional(),
  namespaceSelector: z.strictObject({ any: z.boolean().optional(), matchNames: z.array(z.string()).optional() }).optional(),
  jobLabel: z.string().optional(),
  podTargetLabels: z.array(z.string()).optional(),
  sampleLimit: z.number().optional(),
  targetLimit: z.number().optional(),
  labelLimit: z.number().optional(),
  labelNameLengthLimit: z.number().optional(),
  labelValueLengthLimit: z.number().optional(),
  keepDroppedTargets: z.number().optional(),
  bodySizeLimit: z.string().optional(),
  scrapeProtocols: z.array(z.string()).optional(),
  fallbackScrapeProtocol: z.string().optional(),
};

export const serviceMonitorSpec = z.strictObject({ ...common, targetLabels: z.array(z.string()).optional(), endpoints: z.array(endpoint) });

const podEndpoint = endpoint.extend({ portNumber: z.number().optional() });
export const podMonitorSpec = z.strictObject({ ...common, podMetricsEndpoints: z.array(podEndpoint).default([]) });

export type LabelSelector = z.infer<typeof labelSelector>;
export type Relabeling = z.infer<typeof relabeling>;
export type ServiceMonitorSpec = z.infer<typeof serviceMonitorSpec>;
export type PodMonitorSpec = z.infer<typeof podMonitorSpec>;
export type MonitorSpec = ServiceMonitorSpec | PodMonitorSpec;
export type Endpoint = z.infer<typeof podEndpoint>;
