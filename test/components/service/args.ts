import * as pulumi from "@pulumi/pulumi";
import type { ServiceArgs } from "../../../components/service/index.ts";
import { echo } from "../../support/echo.ts";

/** A service as small as it can be. */
export const args = {
  ...echo,
  judgement: {
    strategy: "canary",
    steps: [10, 25, 50],
    minStepSeconds: 15,
    deadlineSeconds: 600,
    lookSeconds: 5,
    onDeadline: "rollback",
    alpha: 0.01,
    beta: 0.05,
    retry: 0,
    slo: [{ name: "availability", objective: 99.5, window: { days: 30 }, limit: 0.02, tolerance: 1.5, kind: "availability" }],
  },
  cluster: {
    kubeconfig: pulumi.secret("kind: Config"),
    prometheus: { url: "http://127.0.0.1:9090" },
    hostOf: (service) => `${service}.localhost`,
    urlOf: (service) => `http://${service}.localhost:8080`,
  },
} as const satisfies ServiceArgs;
