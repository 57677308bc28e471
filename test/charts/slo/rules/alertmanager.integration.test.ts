// What a real Alertmanager makes of our configuration, and of the alerts that our rules would fire.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { promisify } from "node:util";
import { alertmanagerConfig, type RuleOptions, type SeverityRoutes, sloRules } from "../../../../charts/slo/rules/index.ts";
import type { Labels } from "../../../../charts/slo/rules/ruleGroup.ts";
import type { Slo } from "../../../../charts/slo/slo.ts";
import { ensureTool } from "../../../../embedded/toolchain/index.ts";
import { eventually } from "../../../support/eventually.ts";
import { temporaryFolder } from "../../../support/folder.ts";
import { serve } from "../../../support/server.ts";
import { type Alertmanager, type SeenAlert, startAlertmanager } from "./alertmanagerServer.ts";
import { jobs } from "./traffic.ts";

const secret = (name: string) => ({ name, key: "url" });
const everyKind: SeverityRoutes = {
  page: [
    { kind: "pagerDuty", secret: secret("pagerduty") },
    { kind: "slack", channel: "#incidents", secret: secret("slack") },
  ],
  ticket: [
    { kind: "teams", secret: secret("teams") },
    { kind: "webhook", secret: secret("tickets") },
  ],
};
const webhooks: SeverityRoutes = {
  page: [{ kind: "webhook", secret: secret("page") }],
  ticket: [{ kind: "webhook", secret: secret("ticket") }],
};
const inTime: Slo = { ...jobs, name: "in-time", grouping: ["queue"] };
const slos = [jobs, inTime];

test("amtool takes the configuration, and routes by it", async (t) => {
  const file = join(await temporaryFolder(t), "alertmanager.yml");
  await writeFile(file, JSON.stringify(alertmanagerConfig(everyKind, slos)));
  assert.match(await amtool("check-config", file), /SUCCESS[\s\S]*2 receivers/);
  for (const { severity = "", ...labels } of alertsOf(slos)) {
    const matchers = Object.entries({ severity, ...labels }).map(([name, value]) => `${name}=${value}`);
    assert.equal((await amtool("config", "routes", "test", `--config.file=${file}`, ...matchers)).trim(), severity);
  }
  assert.equal((await amtool("config", "routes", "test", `--config.file=${file}`, "alertname=Other")).trim(), "ticket");
});

test("of all burns of an SLO only the fastest is told; its budget and other SLOs are told of all the same", async (t) => {
  const alertmanager = await started(t);
  const ofJobs = alertsOf([jobs]);
  const [, , quick, slow] = alertsOf([inTime]);
  assert.ok(quick && slow);
  const ofInTime = [
    { ...quick, queue: "mail" },
    { ...slow, queue: "mail" },
    { ...slow, queue: "print" },
  ];
  await tells(
    alertmanager,
    [...ofJobs, ...ofInTime],
    [
      "done SloBudgetSpent to ticket",
      "done page-quick to page",
      "in-time ticket-quick mail to ticket",
      "in-time ticket-slow print to ticket",
    ],
  );
});

test("of Sloth's alerts the page silences the ticket", async (t) => {
  const alertmanager = await started(t);
  const alerts = alertsOf([jobs], { form: "sloth" });
  assert.equal(alerts.length, 2);
  await tells(alertmanager, alerts, ["done SloBurnRate to page"]);
});

test("a page reaches its receiver, by the URL in the secret's file", async (t) => {
  const bodies: string[] = [];
  const receiver = await serve(t, async (request, response) => {
    bodies.push((await request.toArray()).join(""));
    response.end();
  });
  const alertmanager = await started(t, `${receiver.url}/page`);
  const [page] = alertsOf([jobs]);
  assert.ok(page);
  await alertmanager.fire([page]);
  const body = await eventually("the notice", async () => bodies[0]);
  assert.partialDeepStrictEqual(JSON.parse(body), { status: "firing", receiver: "page", groupLabels: { service: "jobs", slo: "done" } });
});

async function started(t: TestContext, pageUrl = "http://127.0.0.1:9/nowhere") {
  const folder = await temporaryFolder(t);
  const secrets = { [join(folder, "page", "url")]: pageUrl, [join(folder, "ticket", "url")]: "http://127.0.0.1:9/nowhere" };
  return startAlertmanager(t, folder, alertmanagerConfig(webhooks, slos, folder), secrets);
}

/** The labels of each alert that the rules can fire, fastest first. */
function alertsOf(of: readonly Slo[], options: RuleOptions = {}): readonly Labels[] {
  return sloRules(of, options).flatMap(({ rules }) =>
    rules.flatMap((rule) => ("alert" in rule ? [{ alertname: rule.alert, ...rule.labels }] : [])),
  );
}

/** Of these alerts, once it has dealt with all of them, it tells of no others than the told. */
async function tells(alertmanager: Alertmanager, alerts: readonly Labels[], told: readonly string[]): Promise<void> {
  await alertmanager.fire(alerts);
  await eventually("what is told", async () => {
    const seen = await alertmanager.seen();
    assert.equal(seen.length, alerts.length);
    assert.deepEqual(toldOf(seen), told);
    return true;
  });
}

/** What nobody silenced, and who is told. */
function toldOf(alerts: readonly SeenAlert[]): readonly string[] {
  return alerts
    .filter(({ status }) => status.state !== "suppressed")
    .map(({ labels, receivers }) => {
      const { slo, burn_tier, alertname, queue } = labels;
      return [slo, burn_tier ?? alertname, ...(queue === undefined ? [] : [queue]), "to", ...receivers.map(({ name }) => name)].join(" ");
    })
    .sort();
}

async function amtool(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(await ensureTool("amtool"), args);
  return stdout;
}
