import assert from "node:assert/strict";
import { test } from "node:test";
import { dryRun, nextSteps, orderOf } from "../../../cli/awsBootstrap/index.ts";

const flags = { account: "111122223333", region: "eu-central-1", name: "acme-state" };

test("an order is what was given", () => assert.deepEqual(orderOf(flags), flags));

test("all that is missing or wrong is told at once, by its option", () => {
  assert.throws(
    () => orderOf({ account: "12", region: "Frankfurt" }),
    /^CommandError: nothing was done:\n {2}--name: missing; .*\n {2}--account: "12" .*\n {2}--region: "Frankfurt" .*$/,
  );
});

test("nothing given is three times missing", () => {
  assert.throws(
    () => orderOf({}),
    (error) => error instanceof Error && error.message.match(/missing/g)?.length === 3,
  );
});

test("a dry run is every command as a shell takes it", () => {
  const text = dryRun(flags, "/checkout/infra/bootstrap", "/state folder");
  assert.match(text, /^nothing is done; it would be, in \/checkout\/infra\/bootstrap:/);
  assert.match(text, /^ {2}aws sts get-caller-identity --query Account --output text --region eu-central-1$/m);
  assert.match(
    text,
    /^ {2}PULUMI_BACKEND_URL='file:\/\/\/state folder' PULUMI_CONFIG_PASSPHRASE=bootstrap pulumi up --yes --stack acme-state --non-interactive$/m,
  );
  assert.match(text, /^ {2}PULUMI_BACKEND_URL='s3:\/\/acme-state\?region=eu-central-1' pulumi stack import /m);
});

test("at the end it says how to log in and how to encrypt", () => {
  assert.match(nextSteps(flags), /^ {2}pulumi login 's3:\/\/acme-state\?region=eu-central-1'$/m);
  assert.match(nextSteps(flags), /--secrets-provider 'awskms:\/\/alias\/acme-state\?region=eu-central-1'$/m);
});
