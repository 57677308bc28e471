import { generateKeyPairSync, randomBytes, X509Certificate } from "node:crypto";
import { chmod, glob, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Where the secrets of a platform lie; the folder is 0700, every file in it 0600. */
export interface SecretFiles {
  readonly directory: string;
  /** The API server writes its certificate and key here, self-signed. */
  readonly apiServerCerts: string;
  readonly apiServerCa: string;
  /** One line of the form token,user,uid,"group". */
  readonly tokens: string;
  readonly serviceAccountKey: string;
}

export function secretFilesIn(directory: string): SecretFiles {
  const apiServerCerts = join(directory, "apiserver");
  return {
    directory,
    apiServerCerts,
    apiServerCa: join(apiServerCerts, "apiserver.crt"),
    tokens: join(directory, "tokens.csv"),
    serviceAccountKey: join(directory, "service-account.key"),
  };
}

/** A certificate that runs out sooner than this is taken away, and its part makes a new one, for a year. */
const RENEW_DAYS = 60;

/** Makes what is missing, once per install: kept over restarts, so that kubeconfigs stay valid. */
export async function ensureSecrets(files: SecretFiles): Promise<void> {
  await mkdir(files.directory, { recursive: true, mode: 0o700 });
  await chmod(files.directory, 0o700);
  await writeOnce(files.tokens, () => `${randomBytes(32).toString("hex")},sluice,sluice,"system:masters"\n`);
  await writeOnce(files.serviceAccountKey, () =>
    generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  );
  for await (const certificate of glob(join(files.directory, "*", "*.crt"))) {
    if (await runsOut(certificate)) await rm(dirname(certificate), { recursive: true });
  }
}

/** The bearer token of the platform's administrator. */
export async function readToken(files: SecretFiles): Promise<string> {
  const [token = ""] = (await readFile(files.tokens, "utf8")).split(",");
  return token;
}

async function writeOnce(file: string, content: () => string): Promise<void> {
  const text = await readFile(file, "utf8").catch(() => "");
  if (text === "") await writeFile(file, content(), { mode: 0o600 });
}

async function runsOut(certificate: string): Promise<boolean> {
  const { validTo } = new X509Certificate(await readFile(certificate));
  return Date.parse(validTo) - Date.now() < RENEW_DAYS * 86_400_000;
}
