import { type Policy, policyOf } from "../aws/index.ts";
import type { GitHubArgs, RegistryArgs } from "./args.ts";

/** Who issues GitHub's tokens. */
export const GITHUB_TOKENS = "token.actions.githubusercontent.com";

export function repositoryName(registry: string, app: string): string {
  return `${registry}/${app}`;
}

/** What it takes to push an image, as AWS lists it (AmazonECR/latest/userguide/image-push-iam.html), into these repositories alone. */
export function pushRights(registry: string, { account, region, apps }: RegistryArgs): Policy {
  const repositories = apps.map((app) => `arn:aws:ecr:${region}:${account}:repository/${repositoryName(registry, app)}`);
  return policyOf(
    {
      Sid: "Push",
      Effect: "Allow",
      Action: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      Resource: repositories,
    },
    // It is about no resource: the token says who is there and gives no right of its own.
    { Sid: "LogIn", Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
  );
}

/** Only workflows of this repository, and of them those on a stated branch or in a stated environment. Each is compared as a whole: nothing is a pattern. */
export function githubTrust(account: string, { repository, branches, environments }: GitHubArgs): Policy {
  const subjects = [
    ...branches.map((branch) => `repo:${repository}:ref:refs/heads/${branch}`),
    ...environments.map((environment) => `repo:${repository}:environment:${environment}`),
  ];
  return policyOf({
    Sid: "GitHub",
    Effect: "Allow",
    Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${GITHUB_TOKENS}` },
    Action: ["sts:AssumeRoleWithWebIdentity"],
    Condition: { StringEquals: { [`${GITHUB_TOKENS}:aud`]: "sts.amazonaws.com", [`${GITHUB_TOKENS}:sub`]: subjects } },
  });
}
