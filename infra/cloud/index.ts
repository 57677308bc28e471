// All that is on AWS. Loading @pulumi/aws takes a second, so other stacks do not import this folder.

export { createEks } from "./eks.ts";
export { createCloudParts } from "./parts.ts";
