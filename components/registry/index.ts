import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createKey, createRole } from "../aws/index.ts";
import { checkArgs, type GitHubArgs, type RegistryArgs } from "./args.ts";
import { keepNewest } from "./lifecycle.ts";
import { GITHUB_TOKENS, githubTrust, pushRights, repositoryName } from "./rights.ts";

export type { GitHubArgs, RegistryArgs } from "./args.ts";

/** Public registries that are cached: those that ask nobody for a password. */
const UPSTREAMS = { aws: "public.ecr.aws", k8s: "registry.k8s.io", quay: "quay.io" } as const;

/** Images kept of each cached repository. */
const CACHED_IMAGES = 20;

/**
 * A repository for each app, whose tags never change their meaning, and caches of public registries, so that no rollout waits for another's registry.
 * Who may push is GitHub's workflows of one repository, with tokens that last for minutes; there is no password anywhere.
 */
export class Registry extends pulumi.ComponentResource {
  /** What images are called, before ":TAG", by app. */
  readonly repositoryUrls: Readonly<Record<string, pulumi.Output<string>>>;
  /** What workflows push as; undefined where nobody does. */
  readonly pushRoleArn: pulumi.Output<string> | undefined;

  /** @param name also the first part of every repository's name, so that it is unique in account and region */
  constructor(name: string, args: RegistryArgs, options?: pulumi.ComponentResourceOptions) {
    checkArgs(name, args);
    super("sluice:registry:Registry", name, {}, options);
    const { account, apps, keepImages = 100, github } = args;

    const key = createKey(name, { description: `Images of ${name}`, account }, { parent: this });
    const repositories = apps.map((app) => [app, createRepository(name, app, key.arn, keepImages, this)] as const);
    for (const [upstream, url] of Object.entries(UPSTREAMS)) createCache(`${name}-${upstream}`, url, this);
    const trusted = github && !github.isTrusted ? [trustGitHub(`${name}-github`, this)] : [];

    this.repositoryUrls = Object.fromEntries(repositories.map(([app, { repositoryUrl }]) => [app, repositoryUrl]));
    this.pushRoleArn = github && createPushRole(name, args, github, { parent: this, dependsOn: trusted });
    this.registerOutputs({ repositoryUrls: this.repositoryUrls, pushRoleArn: this.pushRoleArn });
  }
}

function createRepository(
  registry: string,
  app: string,
  kmsKey: pulumi.Input<string>,
  keepImages: number,
  parent: pulumi.Resource,
): aws.ecr.Repository {
  const repository = new aws.ecr.Repository(
    `${registry}-${app}`,
    {
      name: repositoryName(registry, app),
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey }],
    },
    { parent },
  );
  new aws.ecr.LifecyclePolicy(`${registry}-${app}`, { repository: repository.name, policy: keepNewest(keepImages) }, { parent });
  return repository;
}

/** What is cached is public, so ECR's own encryption is enough; and it follows its upstream, so its tags may move. */
function createCache(prefix: string, upstreamRegistryUrl: string, parent: pulumi.Resource): void {
  const template = {
    prefix,
    appliedFors: ["PULL_THROUGH_CACHE"],
    imageTagMutability: "MUTABLE",
    lifecyclePolicy: keepNewest(CACHED_IMAGES),
  };
  const made = new aws.ecr.RepositoryCreationTemplate(
    prefix,
    { ...template, encryptionConfigurations: [{ encryptionType: "AES256" }] },
    { parent },
  );
  new aws.ecr.PullThroughCacheRule(prefix, { ecrRepositoryPrefix: prefix, upstreamRegistryUrl }, { parent, dependsOn: [made] });
}

/** AWS knows GitHub's certificates itself, so none is named here. */
function trustGitHub(name: string, parent: pulumi.Resource): aws.iam.OpenIdConnectProvider {
  return new aws.iam.OpenIdConnectProvider(name, { url: `https://${GITHUB_TOKENS}`, clientIdLists: ["sts.amazonaws.com"] }, { parent });
}

function createPushRole(
  name: string,
  args: RegistryArgs,
  github: GitHubArgs,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const description = `Pushes images of ${github.repository} into ${name}`;
  return createRole(`${name}-push`, { description, trust: githubTrust(args.account, github), rights: pushRights(name, args) }, options).arn;
}
