import assert from "node:assert/strict";
import { test } from "node:test";
import { delivery, ownerProblems } from "../../../infra/stack/parts/delivery.ts";
import { told as toldOf } from "./told.ts";

const told = (written: unknown) => toldOf(delivery, written);

const shop = { repository: "https://git.example.com/shop.git", path: "deploy", namespace: "shop" };
const argoCd = (more: object) => ({ argoCd: { host: "argocd.example.com", ...more } });

test("Argo Rollouts alone has nothing to be told", () => {
  assert.deepEqual(delivery.parse({}), {});
});

test("an application follows main, and no image, unless that is said", () => {
  assert.deepEqual(delivery.parse(argoCd({ applications: { shop } })).argoCd?.applications, {
    shop: { ...shop, branch: "main", images: {} },
  });
});

test("a repository's password is refused, and not repeated", () => {
  const repository = "https://somebody:hunter2@git.example.com/shop.git";
  const [problem, ...others] = told(argoCd({ applications: { shop: { ...shop, repository } } }));
  assert.match(problem ?? "", /^argoCd\.applications\.shop\.repository: what is written here is not .*without user and password/);
  assert.ok(!problem?.includes("hunter2") && others.length === 0);
});

test("the client's secret itself is refused, and not repeated", () => {
  const sso = { issuer: "https://login.example.com", clientId: "argocd", secret: "s3cr3t-value", admins: ["platform"] };
  const [problem, ...others] = told(argoCd({ sso }));
  assert.match(problem ?? "", /^argoCd\.sso\.secret: .*must not stand in a stack/);
  assert.ok(!problem?.includes("s3cr3t-value") && others.length === 0);
});

const cases: readonly (readonly [string, object, string])[] = [
  [
    "single sign-on that nobody would administer",
    { sso: { issuer: "https://login.example.com", clientId: "argocd", secret: "oidc/secret", admins: [] } },
    "argoCd.sso.admins: empty: give at least one",
  ],
  [
    "a provider that is asked in the clear",
    { sso: { issuer: "http://login.example.com", clientId: "argocd", secret: "oidc/secret", admins: ["platform"] } },
    'argoCd.sso.issuer: "http://login.example.com" is not the https address of an OpenID Connect provider; write for example https://login.example.com',
  ],
  [
    "a folder outside of the repository",
    { applications: { shop: { ...shop, path: "../other" } } },
    'argoCd.applications.shop.path: "../other" is not a folder of the repository; write for example deploy/staging',
  ],
  [
    "an image with a tag",
    { applications: { shop: { ...shop, images: { shop: { repository: "ghcr.io/team/shop:1.0.0", versions: "1.x" } } } } },
    'argoCd.applications.shop.images.shop.repository: "ghcr.io/team/shop:1.0.0" holds a version; put that into tag or digest',
  ],
];
for (const [sentence, written, problem] of cases) {
  test(`${sentence} is refused`, () => assert.deepEqual(told(argoCd(written)), [problem]));
}

test("a tag has one owner: neither a service of the stack nor its image is Argo CD's as well", () => {
  const images = { echo: { repository: "ghcr.io/team/echo", versions: "1.x" } };
  const written = delivery.parse(argoCd({ applications: { echo: shop, shop: { ...shop, images } } }));
  assert.deepEqual(ownerProblems(written, { echo: { image: "ghcr.io/team/echo" } }), [
    {
      path: "platform.delivery.argoCd.applications.echo",
      reason: "services.echo is in this stack already; Argo CD and Pulumi would undo each other's work",
    },
    {
      path: "platform.delivery.argoCd.applications.shop.images.echo.repository",
      reason: '"ghcr.io/team/echo" is the image of services.echo, whose tag stands in this stack; leave it out here',
    },
  ]);
  assert.deepEqual(ownerProblems(written, { mail: { image: "ghcr.io/team/mail" } }), []);
});
