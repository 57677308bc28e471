// Which custom resource definitions there are, where each comes from, and the sha256 of every file.

export interface CrdSet {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  readonly module: string;
  readonly folder: string;
  /** sha256 by file name. */
  readonly files: Readonly<Record<string, string>>;
}

/** Those of the embedded platform. */
export const embeddedCrds: readonly CrdSet[] = [
  {
    name: "argo-rollouts",
    version: "1.9.1",
    repository: "argoproj/argo-rollouts",
    module: "github.com/argoproj/argo-rollouts",
    folder: "manifests/crds",
    files: {
      "analysis-run-crd.yaml": "eb1052e728aeb5e46eb1c1202958585eb48edc5ba25b406b7b41c1049009477d",
      "analysis-template-crd.yaml": "96a871705477bb8876f91630789ce753c8291f0ff5457a8cbc781ff150522369",
      "cluster-analysis-template-crd.yaml": "265283fa1dbf10a6b37c3b1e0ece97fa7fe561ca66da8521ca4b194297b31882",
      "experiment-crd.yaml": "419f87b0f6b1b3bfaf0020d71e2b3fe269e232a344e175d123dadceaa17de7ab",
      "rollout-crd.yaml": "d79c0dab9bb386b1c9329fb69cf0d843fff2152b3f7916839755c1aabc7387f5",
    },
  },
  {
    name: "istio",
    version: "1.30.3",
    repository: "istio/api",
    module: "istio.io/api",
    folder: "kubernetes",
    files: { "customresourcedefinitions.gen.yaml": "dcb43ff6b9af2f629b80b6a82597f5a91db259c757e66cc5353ac007da28351a" },
  },
  {
    name: "prometheus-operator",
    version: "0.93.0",
    repository: "prometheus-operator/prometheus-operator",
    module: "github.com/prometheus-operator/prometheus-operator",
    folder: "example/prometheus-operator-crd",
    files: {
      "monitoring.coreos.com_podmonitors.yaml": "45a93443daa687d3654f7e9631909ff7edcdf3ec09c5e60251b74aa2722aee5d",
      "monitoring.coreos.com_prometheusrules.yaml": "78be98554b9c8506ab2b4f4feb91c5f3a56e536a0a510f3a8e876a459970d56d",
      "monitoring.coreos.com_servicemonitors.yaml": "a99047972c9dd7679ce2050b9968e8a08773492e671b3e17abd476d42aa78a32",
    },
  },
];

/**
 * Definitions of what only a whole platform has. No part of the embedded platform reads them; tests hold our manifests to them. External Secrets'
 * newest module is older than its chart, with the same version of the API.
 */
export const wholePlatformCrds: readonly CrdSet[] = [
  {
    name: "argo-cd",
    version: "3.4.4",
    repository: "argoproj/argo-cd",
    module: "github.com/argoproj/argo-cd/v3",
    folder: "manifests/crds",
    files: {
      "application-crd.yaml": "fa8a0c7f8127f85bbbf57467e7c659ec7d47e7d162cc76c1b07482ebf2b98f49",
      "appproject-crd.yaml": "7b99337686905b444864c84b1305938a7bfbca9b5f4e2c5d5d2de4acae16ceb3",
    },
  },
  {
    name: "cert-manager",
    version: "1.21.1",
    repository: "cert-manager/cert-manager",
    module: "github.com/cert-manager/cert-manager",
    folder: "deploy/crds",
    files: {
      "cert-manager.io_certificates.yaml": "7ad91029c00ec959d54215b19d3b1a9b7e0247eaa60f987151c2b70d8661f8af",
      "cert-manager.io_clusterissuers.yaml": "30008001b78aafb8e110af61359561104b5fafc3a4dc6ac0013245d0ee3fe4ca",
    },
  },
  {
    name: "external-secrets",
    version: "1.3.2",
    repository: "external-secrets/external-secrets",
    module: "github.com/external-secrets/external-secrets",
    folder: "config/crds/bases",
    files: { "external-secrets.io_clustersecretstores.yaml": "5f2b3425b831546b3d051ece29caf1eb1010d961d7a00640e0c0a6aceac5ffef" },
  },
  {
    name: "gateway-api",
    version: "1.5.1",
    repository: "kubernetes-sigs/gateway-api",
    module: "sigs.k8s.io/gateway-api",
    folder: "config/crd/standard",
    files: {
      "gateway.networking.k8s.io_gateways.yaml": "7416e8300eb4d8c0a71a23445609075bbacbe8bc80104584b019cfe1ebe77c31",
      "gateway.networking.k8s.io_httproutes.yaml": "682203b109baecb18d38073a578f7bc2c17d22fe9b0c27bf030850abe014c370",
      "gateway.networking.k8s.io_referencegrants.yaml": "a8902c486eed0b7339f5bb8a476ccaba0918eb038048402bdc01cbb69b0fbb51",
    },
  },
  {
    name: "prometheus-operator-alertmanager",
    version: "0.93.0",
    repository: "prometheus-operator/prometheus-operator",
    module: "github.com/prometheus-operator/prometheus-operator",
    folder: "example/prometheus-operator-crd",
    files: { "monitoring.coreos.com_alertmanagerconfigs.yaml": "fed47c462483a47a4d1912bf8a7a3767618644cfdee86dc73d7624c55d6a8b9d" },
  },
];
