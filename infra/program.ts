import { createGround, type Ground } from "./ground.ts";
import type { Platform } from "./platform/index.ts";
import { type Preset, presets } from "./presets.ts";
import { createServices } from "./services.ts";
import { readStack, type Stack } from "./stack.ts";

/** Everything a stack describes, in the order in which it comes to be. What is wrong with the stack is told before the first resource. */
export async function program() {
  const stack = readStack();
  const preset = presets[stack.environment];
  const ground = await createGround(stack, preset);
  const platform = await platformOf(stack, preset, ground);
  const services = createServices(stack, ground, platform);
  platform.finish(services);
  const cloud = ground.cloud && (await import("./cloud/index.ts")).createCloudParts(stack, preset, ground.cloud);
  return { services: services.outputs, cloud };
}

/** Where the platform is somebody else's, or the embedded one. */
const NO_PLATFORM: Platform = { namespace: "default", gateways: [], grafanaUrl: undefined, ready: [], finish: () => undefined };

/** Loading all the parts takes a third of a second, which a stack that names none should not wait. */
async function platformOf(stack: Stack, preset: Preset, ground: Ground): Promise<Platform> {
  if (Object.keys(stack.platform).length === 0) return NO_PLATFORM;
  return (await import("./platform/index.ts")).createPlatform(stack, preset, ground);
}
