import { Command, InvalidArgumentError } from "commander";
import { buildImage, openImageStore } from "../../embedded/images/index.ts";
import { paths } from "../paths.ts";

interface BuildFlags {
  readonly tag: string;
  readonly repository?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly force?: true;
  readonly images: string;
}

/** `sluice image build | list`: the local image store of the embedded platform. */
export function imageCommand(): Command {
  const build = new Command("build")
    .description("build an app's image into the local store: its build script makes dist/, its Dockerfile says how to run it")
    .argument("<app>", "the app's folder, e.g. apps/echo")
    .requiredOption("--tag <tag>", "the image's tag, e.g. 1.1.0")
    .option("--repository <name>", "the image's repository (default: localhost/<folder>)")
    .option("--env <name=value>", "set an environment variable in the image, on top of the Dockerfile's; may be repeated", addVariable, {})
    .option("--force", "let the tag move when it already names other content")
    .option("--images <dir>", "the store's folder", paths.images)
    .action(async (app: string, { images, ...options }: BuildFlags) => {
      const image = await buildImage(openImageStore(images), { app, ...options });
      console.log(`${image.repository}:${image.tag}@${image.digest}`);
    });

  const list = new Command("list")
    .description("list the images in the local store")
    .option("--images <dir>", "the store's folder", paths.images)
    .action(async ({ images }: { readonly images: string }) => {
      for (const { repository, tag, digest } of await openImageStore(images).list()) console.log(`${repository}:${tag}@${digest}`);
    });

  return new Command("image").description("the local image store of the embedded platform").addCommand(build).addCommand(list);
}

function addVariable(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError(`"${text}" is not NAME=VALUE.`);
  return { ...before, [name]: value };
}
