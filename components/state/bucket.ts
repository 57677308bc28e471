import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { bucketPolicy } from "./rights.ts";

export interface StateBucketArgs {
  readonly keyArn: pulumi.Input<string>;
  /** How long what was written over or deleted can be brought back, in days. */
  readonly keepDays: number;
}

/** A bucket that nobody outside the account reads, that speaks TLS alone, encrypts with one key and forgets nothing for a while. */
export function createStateBucket(
  name: string,
  { keyArn, keepDays }: StateBucketArgs,
  options: pulumi.CustomResourceOptions,
): aws.s3.Bucket {
  // No object lock: Pulumi writes over its states and deletes its locks.
  const bucket = new aws.s3.Bucket(name, { bucket: name, objectLockEnabled: false }, options);
  const of = { bucket: bucket.bucket };
  new aws.s3.BucketOwnershipControls(name, { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } }, options);
  const isPrivate = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
  const block = new aws.s3.BucketPublicAccessBlock(name, { ...of, ...isPrivate }, options);
  // S3 changes one thing of a bucket's access at a time, and refuses a second meanwhile.
  new aws.s3.BucketPolicy(name, { ...of, policy: JSON.stringify(bucketPolicy(name)) }, { ...options, dependsOn: [block] });
  new aws.s3.BucketServerSideEncryptionConfiguration(name, { ...of, rules: encryption(keyArn) }, options);
  const versioning = new aws.s3.BucketVersioning(name, { ...of, versioningConfiguration: { status: "Enabled" } }, options);
  new aws.s3.BucketLifecycleConfiguration(name, { ...of, rules: lifecycle(keepDays) }, { ...options, dependsOn: [versioning] });
  return bucket;
}

/** With a key of the bucket's own, made of ours: else each lock file would be a request to KMS. */
function encryption(kmsMasterKeyId: pulumi.Input<string>) {
  return [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId }, bucketKeyEnabled: true }];
}

function lifecycle(noncurrentDays: number) {
  return [
    {
      id: "old-versions",
      status: "Enabled",
      filter: {},
      noncurrentVersionExpiration: { noncurrentDays },
      // A lock that was given back leaves a mark that hides nothing any more.
      expiration: { expiredObjectDeleteMarker: true },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    },
  ];
}
