import { type ArgProblem, refuse } from "../refuse.ts";

export interface RegistryArgs {
  /** Twelve digits. */
  readonly account: string;
  /** "eu-central-1" */
  readonly region: string;
  /** A repository each, called NAME/APP. */
  readonly apps: readonly string[];
  /** Images kept of each app; the oldest go first, also one that still runs somewhere and could then not be pulled again. At least 10. @default 100 */
  readonly keepImages?: number;
  /** Who may push. Left out, nobody gets a role for it. */
  readonly github?: GitHubArgs | undefined;
}

export interface GitHubArgs {
  /**
   * The repository as GitHub's tokens name it: "octo/shop", or with the numbers of owner and repository, "octo@123/shop@456". Repositories made or renamed
   * since 15 July 2026 have them, older ones where somebody switched that on; the numbers are in `gh api repos/octo/shop` (id, owner.id).
   */
  readonly repository: string;
  /** Branches whose workflows may push. A job that names an environment comes as that, whatever its branch. */
  readonly branches: readonly string[];
  /** Environments of the repository whose jobs may push. */
  readonly environments: readonly string[];
  /** Whether the account trusts GitHub's tokens already, which can be said only once in an account. @default false */
  readonly isTrusted?: boolean;
}

/** @throws InputPropertiesError with all that is wrong with the args */
export function checkArgs(name: string, { account, apps, keepImages = 100, github }: RegistryArgs): void {
  refuse(`registry "${name}"`, [
    // Names of caches are the registry's and "-quay", and at most 30 characters.
    !/^[a-z][a-z0-9-]{0,22}[a-z0-9]$/.test(name) && {
      propertyPath: "name",
      reason: `"${name}" is not a registry's name: 2 to 24 lower-case letters, digits and dashes, first a letter, last no dash`,
    },
    !/^\d{12}$/.test(account) && { propertyPath: "account", reason: `${account} is not an account; write its twelve digits` },
    !(Number.isInteger(keepImages) && keepImages >= 10) && {
      propertyPath: "keepImages",
      reason: `${keepImages} is not a whole number of at least 10`,
    },
    ...apps.map((app, index) => appProblem(app, index, apps)),
    ...(github === undefined ? [] : githubProblems(github)),
  ]);
}

function appProblem(app: string, index: number, apps: readonly string[]): ArgProblem | false {
  const propertyPath = `apps[${index}]`;
  if (!/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(app))
    return { propertyPath, reason: `"${app}" is not the name of an image; write for example echo` };
  return apps.indexOf(app) < index && { propertyPath, reason: `${app} is there already` };
}

const REPOSITORY = /^[\w.-]+\/[\w.-]+$|^[\w.-]+@\d+\/[\w.-]+@\d+$/;

function githubProblems({ repository, branches, environments }: GitHubArgs): readonly (ArgProblem | false)[] {
  const names = [
    ...branches.map((name, index) => ["branches", index, name] as const),
    ...environments.map((name, index) => ["environments", index, name] as const),
  ];
  return [
    !REPOSITORY.test(repository) && {
      propertyPath: "github.repository",
      reason: `"${repository}" is not a repository; write for example octo/shop, or octo@123/shop@456`,
    },
    names.length === 0 && { propertyPath: "github.branches", reason: "empty, and so is environments: name at least one that may push" },
    // A colon would end the name within the token's subject; a star looks like a pattern and would be none.
    ...names.map(
      ([list, index, name]) =>
        !/^[^\s:*?]+$/.test(name) && {
          propertyPath: `github.${list}[${index}]`,
          reason: `"${name}" is not a name: no spaces, colons, * or ?`,
        },
    ),
  ];
}
