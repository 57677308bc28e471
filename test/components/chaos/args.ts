import type { ChaosArgs } from "../../../components/chaos/index.ts";
import versions from "../../../infra/versions.json" with { type: "json" };

export const args: ChaosArgs = {
  chart: versions.charts["litmus-core"],
  namespace: "chaos",
  image: versions.images["litmus-go-runner"],
  prometheusUrl: "http://prometheus.observability:9090",
  faults: ["pod-delete", "pod-cpu-hog", "pod-network-latency"],
  targets: [
    {
      service: "echo",
      namespace: "apps",
      objectives: [
        {
          name: "availability",
          kind: "availability",
          objective: 99.5,
          window: { days: 30 },
          limit: 0.02,
          minEvents: 0,
          alerting: { page: true, ticket: true, absent: false },
        },
      ],
    },
  ],
};
