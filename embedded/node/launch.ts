import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../errors.ts";
import { type ImageStore, needsNoProcess, parseReference } from "../images/index.ts";
import type { KubeClient } from "../kube/index.ts";
import { commandLine } from "./commandLine.ts";
import { ConfigProblem, environmentOf } from "./environment.ts";
import type { Place } from "./fields.ts";
import { containerFolder, logFile, volumeFolder } from "./folders.ts";
import { type ContainerProcess, startProcess } from "./process.ts";
import { processEnvironment } from "./processEnvironment.ts";
import { readSources } from "./resources.ts";
import type { Container, Pod } from "./types.ts";

/** What it takes to start containers on this node. */
export interface Launcher {
  readonly client: KubeClient;
  readonly images: ImageStore;
  /** The node's folder. */
  readonly dir: string;
  /** Id of the platform the processes belong to, if it has one. */
  readonly platform?: string;
}

/** How an attempt to start a container went. */
export type Launched =
  | { readonly kind: "running"; readonly imageID: string; readonly process: ContainerProcess }
  /** Nothing has to run for this image. */
  | { readonly kind: "idle"; readonly imageID: string }
  | { readonly kind: "no image"; readonly message: string }
  | { readonly kind: "config problem"; readonly message: string }
  /** The program itself could not be started. */
  | { readonly kind: "failed"; readonly imageID: string; readonly message: string };

/**
 * Starts one container of a pod.
 * @param restart how often it has been started before: the number of the run's log.
 * @throws ApiError when the API server cannot be asked for a ConfigMap or Secret.
 */
export async function launch(launcher: Launcher, pod: Pod, container: Container, place: Place, restart: number): Promise<Launched> {
  const reference = container.image ?? "";
  if (needsNoProcess(reference)) return { kind: "idle", imageID: reference };
  const { namespace = "default", name: podName = "" } = pod.metadata ?? {};
  const image = await findImage(launcher.images, reference);
  if (typeof image === "string") return { kind: "no image", message: image };
  const imageID = `${image.repository}@${image.digest}`;
  const folder = containerFolder(launcher.dir, pod, container.name);
  const home = join(folder, "home");
  const [mount] = container.volumeMounts ?? []; // the only one let through is an emptyDir at /tmp
  const tmp = mount && volumeFolder(launcher.dir, pod, mount.name);
  try {
    const spec = environmentOf(container, pod, place, await readSources(launcher.client, container, namespace));
    const environment = processEnvironment({
      podName,
      podIP: place.podIP,
      home,
      ...(tmp !== undefined && { tmp }),
      image: image.env,
      spec,
      container: folder,
      ...(launcher.platform !== undefined && { platform: launcher.platform }),
    });
    for (const needed of [home, tmp ?? home]) await mkdir(needed, { recursive: true });
    await rm(logFile(folder, restart - 2), { force: true }); // like a kubelet: the present run's log and the one before
    const words = commandLine(container, image, { ...image.env, ...spec });
    const process = await startProcess({ words, environment, workingDir: image.files, logFile: logFile(folder, restart) });
    return { kind: "running", imageID, process };
  } catch (error) {
    if (error instanceof ConfigProblem) return { kind: "config problem", message: error.message };
    if (error instanceof Error && "syscall" in error && String(error.syscall).startsWith("spawn"))
      return { kind: "failed", imageID, message: error.message };
    throw error;
  }
}

/** The image, or why there is none. */
async function findImage(images: ImageStore, reference: string) {
  try {
    const { repository, tag, digest } = parseReference(reference);
    const found = await images.find(parseReference(reference));
    if (found !== undefined) return found;
    const tags = (await images.list()).filter((image) => image.repository === repository).map((image) => image.tag);
    const wanted = digest === undefined ? `${repository}:${tag}` : `${repository}@${digest}`;
    const known = tags.length > 0 ? `${repository} has ${tags.join(", ")}` : "`sluice image build` puts one there";
    return `${wanted}: not found in the local image store (${known})`;
  } catch (error) {
    return messageOf(error);
  }
}
