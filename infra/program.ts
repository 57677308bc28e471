import { createGround } from "./ground.ts";
import { createPlatform } from "./platform/index.ts";
import { presets } from "./presets.ts";
import { createServices } from "./services.ts";
import { readStack } from "./stack.ts";

/** Everything a stack describes, in the order in which it comes to be. What is wrong with the stack is told before the first resource. */
export async function program() {
  const stack = readStack();
  const preset = presets[stack.environment];
  const ground = await createGround(stack, preset);
  const platform = createPlatform(stack, preset, ground);
  const services = createServices(stack, ground, platform);
  platform.finish(services);
  const cloud = ground.cloud && (await import("./cloud/index.ts")).createCloudParts(stack, preset, ground.cloud);
  return { services: services.outputs, cloud };
}
