import * as pulumi from "@pulumi/pulumi";
import type { Alert } from "../../charts/alerts/index.ts";
import { type ChartSource, type HelmValues, helmRelease } from "../helm.ts";
import type { Part } from "../part.ts";
import { resources } from "../pods.ts";
import { type ArgProblem, refuse } from "../refuse.ts";
import { agentTemplate, BUILD } from "./agent.ts";
import { jenkinsAlerts } from "./alerts.ts";

export interface CiArgs {
  readonly chart: ChartSource;
  /** Of the controller and of all agents. */
  readonly namespace: string;
  /**
   * Name of a secret, in the namespace, with the administrator's name and password under `jenkins-admin-user` and `jenkins-admin-password`. There is no
   * other user, and none can sign up.
   */
  readonly adminSecret: string;
  /** Where people find it, for the links it writes. Left out, they lead to its Service, which only pods can open. */
  readonly url?: string | undefined;
  /** What steps run in, by tag or digest. It needs `sleep`, and must do without root. */
  readonly agentImage: string;
  /** Agents at the same time. More builds wait. */
  readonly agents: number;
  /** Room for jobs and their logs, in GiB. */
  readonly storageGibibytes: number;
  /** Left out, the cluster's default. */
  readonly storageClass?: string | undefined;
  /** Laid over our values of the chart. */
  readonly values?: HelmValues | undefined;
}

/** Jenkins, configured as code: what is changed by hand is as it was after the next start. It builds nothing itself: each build has a pod of its own. */
export class Ci extends pulumi.ComponentResource implements Part {
  readonly alerts: readonly Alert[];
  readonly boards = [] as const;
  /** Label of the agents, as pipelines name it: `agent { label 'build' }`. */
  readonly agentLabel = BUILD;

  constructor(name: string, args: CiArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:ci:Ci", name, {}, options);
    refuse(`ci "${name}"`, problemsOf(args));
    const { chart: source, namespace, values: overrides } = args;
    // The first start fetches some hundred plugins.
    const release = { source, namespace, values: jenkinsValues(name, args), overrides, timeoutSeconds: 1200 };
    helmRelease(name, release, { parent: this });
    this.alerts = jenkinsAlerts(name, namespace);
    this.registerOutputs({});
  }
}

/** For metrics: https://plugins.jenkins.io/prometheus/ */
const PROMETHEUS_PLUGIN = "prometheus:852.v317db_5d17a_b_0";

/** Jenkins' image has this user. */
const USER = 1000;

const CONTAINER_SECURITY = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } };

function jenkinsValues(name: string, { adminSecret, url, agentImage, agents, storageGibibytes, storageClass }: CiArgs): HelmValues {
  return {
    fullnameOverride: name,
    controller: {
      ...(url !== undefined && { jenkinsUrl: url }),
      admin: { createSecret: false, existingSecret: adminSecret },
      // What builds here can read everything Jenkins knows, its passwords too.
      numExecutors: 0,
      JCasC: { defaultConfig: true, overwriteConfiguration: true, securityRealm: SECURITY_REALM, authorizationStrategy: AUTHORIZATION },
      additionalPlugins: [PROMETHEUS_PLUGIN],
      prometheus: { enabled: true },
      resources: resources("200m", "1Gi", "2Gi"),
      podSecurityContextOverride: { runAsNonRoot: true, runAsUser: USER, fsGroup: USER, seccompProfile: { type: "RuntimeDefault" } },
      containerSecurityContext: { runAsUser: USER, runAsGroup: USER, ...CONTAINER_SECURITY },
      sidecars: {
        configAutoReload: {
          resources: resources("10m", "64Mi", "128Mi"),
          containerSecurityContext: CONTAINER_SECURITY,
        },
      },
    },
    agent: {
      containerCap: agents,
      podRetention: "Never",
      restrictedPssSecurityContext: true,
      // Our template is the only one.
      disableDefaultAgent: true,
      podTemplates: { [BUILD]: agentTemplate(`${name}-agent`, agentImage) },
    },
    // Agents have no rights in the cluster.
    serviceAccountAgent: { create: true, name: `${name}-agent`, automountServiceAccountToken: false },
    persistence: { size: `${storageGibibytes}Gi`, ...(storageClass !== undefined && { storageClass }) },
  };
}

/** Both names are of files that the chart mounts from the secret. */
const SECURITY_REALM = `local:
  allowsSignup: false
  enableCaptcha: false
  users:
  - id: "\${chart-admin-username}"
    password: "\${chart-admin-password}"
`;

const AUTHORIZATION = `loggedInUsersCanDoAnything:
  allowAnonymousRead: false
`;

function problemsOf({ adminSecret, agentImage, agents, storageGibibytes }: CiArgs): readonly (ArgProblem | false)[] {
  const count = (propertyPath: string, value: number) =>
    !(Number.isInteger(value) && value >= 1) && { propertyPath, reason: `${value} is not a whole number of at least 1` };
  return [
    !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(adminSecret) && {
      propertyPath: "adminSecret",
      reason: `${adminSecret || "nothing"} is not the name of a secret; it is made beforehand, by External Secrets for example`,
    },
    !/[@:][^/]+$/.test(agentImage) && { propertyPath: "agentImage", reason: `${agentImage} has no tag; write for example node:24.21.0` },
    count("agents", agents),
    count("storageGibibytes", storageGibibytes),
  ];
}
