/**
 * The task between the API server's start and that of its users: writes the kubeconfig (the API server has made its certificate
 * by now) and applies the CRDs. `setup.ts --server URL --pki DIR --kubeconfig FILE --stamp FILE CRD-FILE...`
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { clientFor, renderKubeconfig } from "../kube/index.ts";
import { writeWhole } from "../wholeFile.ts";
import { applyCrds } from "./crds.ts";
import { readToken, secretFilesIn } from "./secrets.ts";

const text = { type: "string" } as const;
const { values, positionals } = parseArgs({ options: { server: text, pki: text, kubeconfig: text, stamp: text }, allowPositionals: true });
const { server, pki, kubeconfig, stamp } = values;
if (!server || !pki || !kubeconfig || !stamp) {
  console.error("setup: --server, --pki, --kubeconfig and --stamp are needed");
  process.exit(2);
}

const secrets = secretFilesIn(pki);
const credentials = { server, ca: await readFile(secrets.apiServerCa, "utf8"), token: await readToken(secrets) };
writeWhole(kubeconfig, renderKubeconfig(credentials));

const client = await clientFor(kubeconfig);
const applied = await applyCrds(client, positionals, stamp);
client.close();
console.log(JSON.stringify({ message: "the cluster is set up", crdsApplied: applied }));
