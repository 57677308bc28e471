import { join } from "node:path";
import type { LoadArgs, LoadTarget } from "../../../components/load/index.ts";
import versions from "../../../infra/versions.json" with { type: "json" };

export const echo: LoadTarget = {
  service: "echo",
  url: "http://gateway.istio-ingress/",
  host: "echo.example",
  objectives: [{ kind: "availability", limit: 0.02 }],
};

export const args: LoadArgs = {
  chart: versions.charts["k6-operator"],
  namespace: "load",
  images: { k6: "docker.io/grafana/k6:2.2.0", starter: "ghcr.io/grafana/k6-operator:starter-v1.6.0" },
  scripts: join(import.meta.dirname, "../../../apps/load"),
  smoke: [{ target: echo, image: "localhost/echo:1.0.0" }],
  runs: [],
};
