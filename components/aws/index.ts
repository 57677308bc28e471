// What rooms on AWS are made of: roles with their rights, keys, log groups. Whatever is imported from here loads @pulumi/aws, which takes a second; types
// do not.
export {
  createRole,
  type GrantedRole,
  onBehalfOf,
  type Policy,
  policyOf,
  type RoleArgs,
  type Statement,
  serviceTrust,
} from "./iam.ts";
export { createKey, type KeyArgs, keyPolicy } from "./kms.ts";
export { createLogGroup, type LogGroupArgs, retentionFor } from "./logs.ts";
