import * as pulumi from "@pulumi/pulumi";

const count = Number(process.env.BARE_RESOURCES);
for (let index = 1; index <= count; index++) new pulumi.ComponentResource("bare:index:Resource", `resource-${index}`);
