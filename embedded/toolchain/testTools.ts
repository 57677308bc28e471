// Programs that the platform does without: tests and benchmarks run them.
import type { Tool } from "./tool.ts";

const goNames = { "linux-x64": "amd64", "linux-arm64": "arm64" } as const;

/** The newest version whose module holds what its web pages are made of, so that it can be built. */
function alertmanager<Name extends string>(name: Name, usualMinutes: number): Tool<Name> {
  const version = "0.31.1";
  const releases = "https://github.com/prometheus/alertmanager/releases/download/v{version}";
  return {
    name,
    version,
    asks: { args: ["--version"], answer: /version (\S+)/ },
    release: {
      url: `${releases}/alertmanager-{version}.linux-{arch}.tar.gz`,
      arch: goNames,
      member: `alertmanager-{version}.linux-{arch}/${name}`,
      sums: { published: `${releases}/sha256sums.txt` },
    },
    goBuild: {
      module: "alertmanager",
      package: `github.com/prometheus/alertmanager/cmd/${name}`,
      ldflags: `-X github.com/prometheus/common/version.Version=${version}`,
      usualMinutes,
    },
  };
}

export const testTools = [
  alertmanager("alertmanager", 2),
  alertmanager("amtool", 1),
  {
    name: "sloth",
    version: "0.16.0",
    asks: { args: ["version"], answer: /v(\d\S*)/ },
    release: {
      url: "https://github.com/slok/sloth/releases/download/v{version}/sloth-linux-{arch}",
      arch: goNames,
      sums: {
        pinned: {
          "linux-x64": "1cecaa50853abbb3669a928612b523df8174d258ea6f2a3c8f048e5fc5af90b2",
          "linux-arm64": "7b570c465df3cc997e744dfcfcea83c3559bba6b12f4d6165994925419cbb41c",
        },
      },
    },
    goBuild: {
      module: "sloth",
      package: "github.com/slok/sloth/cmd/sloth",
      ldflags: "-X github.com/slok/sloth/internal/info.Version=v0.16.0",
      usualMinutes: 3,
    },
  },
] as const satisfies readonly Tool[];
