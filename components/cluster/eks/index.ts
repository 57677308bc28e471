// A cluster on AWS. Whatever is imported from here loads @pulumi/aws, which takes a second.
export { accountProblem, type Caller, type StatedAccount, statedProvider } from "./account.ts";
export type { Addon, AddonVersions, AutoNodes, ClusterChart, EksClusterArgs, ManagedNodes, NodesArgs } from "./args.ts";
export { EksCluster } from "./eksCluster.ts";
export { createPodIdentity, type Identity, type PodIdentityArgs, type PodIdentityOptions } from "./podIdentity.ts";
