import { TEST_RUN, type TestPod, type TestRunSpec } from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";
import { objectLabels } from "../service/names.ts";
import { type LoadTarget, scriptEnvironment } from "./environment.ts";
import { POD_SECURITY, SCRIPTS, TMP } from "./pod.ts";

/** How much and how long: the scripts of apps/load that are run on purpose. */
export const PROFILES = ["load", "stress"] as const;

export type Profile = (typeof PROFILES)[number];

/** One run that was asked for. */
export interface LoadRun {
  readonly target: LoadTarget;
  readonly profile: Profile;
  /** Requests a second. `stress` goes on to four times as many. */
  readonly rate: number;
  /** Which one it is. A run runs once: another number is another run. */
  readonly number: number;
}

export interface TestImages {
  readonly k6: string;
  /** Of the operator's version. Its own default is whatever is newest. */
  readonly starter: string;
}

/** Requests a second that one runner sends with ease. */
const RATE_OF_A_RUNNER = 500;

export function testRun({ target, profile, rate, number }: LoadRun, namespace: string, images: TestImages): Manifest {
  const most = profile === "stress" ? 4 * rate : rate;
  const env = Object.entries(scriptEnvironment(target, rate)).map(([name, value]) => ({ name, value }));
  const spec: TestRunSpec = {
    parallelism: Math.ceil(most / RATE_OF_A_RUNNER),
    script: { configMap: { name: SCRIPTS, file: `${profile}.ts` } },
    runner: { ...pod(images.k6, { requests: { cpu: "500m", memory: "256Mi" }, limits: { memory: "1Gi" } }), ...TMP, env },
    starter: { ...pod(images.starter, { requests: { cpu: "20m", memory: "16Mi" }, limits: { memory: "64Mi" } }) },
  };
  const name = `${target.service}-${profile}-${number}`;
  return { ...TEST_RUN, metadata: { name, namespace, labels: objectLabels({ name: target.service }) }, spec };
}

function pod(image: string, resources: object): TestPod {
  const security = { securityContext: POD_SECURITY.pod, containerSecurityContext: POD_SECURITY.container };
  return { image, automountServiceAccountToken: "false", resources, ...security };
}
