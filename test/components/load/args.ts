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
  images: { k6: versions.images.k6, starter: versions.images["k6-starter"] },
  scripts: join(import.meta.dirname, "../../../apps/load"),
  smoke: [{ target: echo, image: "localhost/echo:1.0.0" }],
  runs: [],
};
