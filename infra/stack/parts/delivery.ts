import { z } from "zod";
import { field, matching } from "../field.ts";
import { repository as image } from "../image.ts";
import type { Problem } from "../problems.ts";
import { confidential, secretKey } from "../secretKey.ts";

const text = (what: string, example: string, form: RegExp) => field({ what, example, parse: matching(form) });

const host = text("a host name", "argocd.example.com", /^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
const issuer = text("the https address of an OpenID Connect provider", "https://login.example.com", /^https:\/\/[^\s@]+$/);
const clientId = text("the id of a client", "argocd", /^\S+$/);
const group = text("the name of a group", "platform", /^[^\s,][^,\n]*$/);
const folder = text("a folder of the repository", "deploy/staging", /^(?!\/)(?!.*\.\.)\S+$/);
const branch = text("a branch", "main", /^(?!-)[^\s~^:?*[\\]+$/);
const namespace = text("a namespace", "apps", /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
const versions = text("a range of semantic versions", "1.x", /^[\^~<>=]*\d+(\.(\d+|x))*$/);

const repository = confidential(
  {
    what: "the https address of a Git repository",
    example: "https://git.example.com/team/deploy.git",
    parse: matching(/^https:\/\/[^\s@]+\/[^\s@]+$/),
  },
  "without user and password: those go into a repository secret of Argo CD; write for example https://git.example.com/team/deploy.git",
);

const followed = z.strictObject({
  repository: image.describe("The image, as the kustomization names it."),
  versions: versions.describe("Which versions are wanted."),
});

const application = z.strictObject({
  repository: repository.describe("Where its manifests are."),
  path: folder.describe("Folder of manifests, or of a kustomization over them."),
  branch: branch.default("main").describe("What is in the cluster is what stands on it."),
  namespace: namespace.describe("Where its objects go; nowhere else."),
  images: z
    .record(z.string(), followed)
    .default({})
    .describe(
      "Images whose new versions are committed to the branch, by a name for each. Needs a kustomization. Left out, whoever commits bumps a tag.",
    ),
});

const sso = z.strictObject({
  issuer: issuer.describe("Who knows who somebody is."),
  clientId: clientId.describe("As the provider calls Argo CD."),
  secret: secretKey.describe("Holds the client's secret, in Argo CD's namespace, with the label `app.kubernetes.io/part-of: argocd`."),
  admins: z.array(group).min(1).describe("Groups that may do everything."),
  readers: z.array(group).default([]).describe("Groups that may look. Whoever is in no group sees nothing."),
});

const argoCd = z.strictObject({
  host: host.describe("The name people reach it under, by https."),
  sso: sso.optional().describe("Who may log in. With it the local administrator is gone; without it there is only that one."),
  applications: z.record(z.string(), application).default({}).describe("By name: what is kept in the cluster as a repository says."),
});

/** How versions get in. Argo Rollouts comes with it. */
export const delivery = z.strictObject({
  argoCd: argoCd
    .optional()
    .describe("Argo CD, for services that are not in this stack: `docs/decisions/delivery.md`. Left out, there is none."),
});

export type WrittenDelivery = z.output<typeof delivery>;

/**
 * What two would own. A tag has one owner: this stack for its services, a repository for an application.
 * @param services of the stack, with their images
 */
export function ownerProblems(
  { argoCd }: WrittenDelivery,
  services: Readonly<Record<string, { readonly image: string }>>,
): readonly Problem[] {
  return Object.entries(argoCd?.applications ?? {}).flatMap(([name, { images }]) => {
    const path = `platform.delivery.argoCd.applications.${name}`;
    const same =
      name in services
        ? [{ path, reason: `services.${name} is in this stack already; Argo CD and Pulumi would undo each other's work` }]
        : [];
    return [
      ...same,
      ...Object.entries(images).flatMap(([alias, { repository }]) =>
        imageProblem(`${path}.images.${alias}.repository`, repository, services),
      ),
    ];
  });
}

function imageProblem(
  path: string,
  repository: string,
  services: Readonly<Record<string, { readonly image: string }>>,
): readonly Problem[] {
  const owner = Object.entries(services).find(([, { image }]) => image === repository)?.[0];
  if (owner === undefined) return [];
  return [{ path, reason: `"${repository}" is the image of services.${owner}, whose tag stands in this stack; leave it out here` }];
}
