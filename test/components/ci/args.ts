import type { CiArgs } from "../../../components/ci/index.ts";
import versions from "../../../infra/versions.json" with { type: "json" };

export const args: CiArgs = {
  chart: versions.charts.jenkins,
  namespace: "cicd",
  adminSecret: "jenkins-admin",
  agentImage: versions.images["ci-agent"],
  agents: 10,
  storageGibibytes: 20,
};
