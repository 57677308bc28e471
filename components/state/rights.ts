import { type Policy, policyOf } from "../aws/index.ts";
import { keyAlias, type StatePlace } from "./place.ts";

/** What Pulumi does with a bucket (lists, reads, writes, deletes its lock files) and with the key of states and of their secrets. */
export function stateRights({ name, account, region }: StatePlace): Policy {
  return policyOf(
    { Sid: "List", Effect: "Allow", Action: ["s3:ListBucket"], Resource: [`arn:aws:s3:::${name}`] },
    { Sid: "States", Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource: [`arn:aws:s3:::${name}/*`] },
    {
      Sid: "Key",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:DescribeKey"],
      Resource: [`arn:aws:kms:${region}:${account}:key/*`],
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": keyAlias(name) } },
    },
  );
}

/** Whoever of the account has `sts:AssumeRole` on it among their own rights; nobody else. */
export function accountTrust(account: string): Policy {
  return policyOf({ Sid: "Account", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: ["sts:AssumeRole"] });
}

/** Nobody, whatever their rights, speaks to the bucket so that others could listen. */
export function bucketPolicy(name: string): Policy {
  const everything = {
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:*"],
    Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
  } as const;
  return policyOf(
    { Sid: "EncryptedOnly", ...everything, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    { Sid: "NoOldTls", ...everything, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
  );
}
