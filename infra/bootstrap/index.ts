// A program of its own, since it comes before all others: it makes what they keep their states in, and then keeps its own there.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { StateBackend } from "../../components/state/index.ts";

const config = new pulumi.Config();
const [account, region] = [config.require("account"), config.require("region")];
const tags = { project: "sluice", environment: "all", part: "state" };

// In no other account, whatever the shell's credentials are for.
const provider = new aws.Provider("aws", { region, allowedAccountIds: [account], defaultTags: { tags } });

export const { backendUrl, secretsProvider, roleArn } = new StateBackend(pulumi.getStack(), { account, region }, { providers: [provider] });
