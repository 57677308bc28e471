import type * as k8s from "@pulumi/kubernetes";
import * as kx from "@pulumi/kubernetesx";
import * as pulumi from "@pulumi/pulumi";
import { type LoadTarget, POD_SECURITY, SCRIPTS, scriptEnvironment, TMP } from "../../charts/load/index.ts";
import { objectLabels } from "../../charts/service/names.ts";
import { resources } from "../pods.ts";

// The one file that knows @pulumi/kubernetesx, which nobody maintains any more: docs/decisions/packages.md.

export interface SmokeJobArgs {
  readonly target: LoadTarget;
  /** What runs now. */
  readonly image: pulumi.Input<string>;
  readonly namespace: string;
  /** Image of k6. */
  readonly k6: string;
}

/** The script takes half a minute; the rest is for pulling its image. */
const DEADLINE_SECONDS = 300;

/**
 * Asks a service whether it answers, as soon as `image` is known to run, and has Pulumi wait for the answer. A Job cannot be changed, so another image makes
 * another one in its place.
 */
export function createSmokeJob(
  name: string,
  { target, image, namespace, k6 }: SmokeJobArgs,
  options: pulumi.CustomResourceOptions,
): k8s.batch.v1.Job {
  const pod = new kx.PodBuilder({
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    securityContext: POD_SECURITY.pod,
    volumes: TMP.volumes,
    containers: [
      {
        // Without a name kubernetesx takes the image's, and labels the pod with it.
        name: "smoke",
        image: k6,
        args: ["run", "--quiet", "--tag", pulumi.interpolate`image=${image}`, "/scripts/smoke.ts"],
        env: scriptEnvironment(target, 1),
        resources: resources("100m", "128Mi", "512Mi"),
        securityContext: POD_SECURITY.container,
        volumeMounts: [...TMP.volumeMounts, { volume: { name: "scripts", configMap: { name: SCRIPTS } }, destPath: "/scripts" }],
      },
    ],
  });
  // A test that failed is made anew by the next `up`, and not only waited for again.
  const annotations = { "pulumi.com/replaceUnready": "true" };
  const metadata = { name: `${target.service}-smoke`, namespace, labels: objectLabels({ name: target.service }), annotations };
  return new kx.Job(name, { metadata, spec: pod.asJobSpec({ backoffLimit: 0, activeDeadlineSeconds: DEADLINE_SECONDS }) }, options);
}
