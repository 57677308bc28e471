import { basename } from "node:path";
import type { ImageConfig } from "../images/index.ts";
import { expand } from "./expand.ts";
import type { Container } from "./types.ts";

/**
 * The words to run: the container's `command` takes the place of the image's entry point and command, its `args` alone only that of the
 * command. $(NAME) in either is filled in from the environment.
 */
export function commandLine(container: Container, image: ImageConfig, environment: Readonly<Record<string, string>>): string[] {
  const own = [...(container.command ?? []), ...(container.args ?? [])].map((word) => expand(word, environment));
  const words = container.command ? own : [...image.entrypoint, ...(container.args ? own : image.command)];
  const [program = "", ...args] = words;
  // A path to Node inside an image means the Node that runs the project.
  return [program.startsWith("/") && basename(program) === "node" ? "node" : program, ...args];
}
