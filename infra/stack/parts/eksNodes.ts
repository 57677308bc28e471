import { z } from "zod";
import { evenWhenBroken, isMapping } from "../../../charts/written.ts";
import { field, matching } from "../field.ts";
import { whole } from "../units.ts";

const mode = field<"managed" | "auto">({
  what: "managed or auto",
  example: "managed",
  parse: (input) => (input === "managed" || input === "auto" ? input : undefined),
});

const architecture = field<"arm64" | "amd64">({
  what: "arm64 or amd64",
  example: "arm64",
  parse: (input) => (input === "arm64" || input === "amd64" ? input : undefined),
  explain: (input) => (input === "x86_64" ? "is called amd64 here" : undefined),
});

const machine = field({
  what: "a type of machine",
  example: "m7g.large",
  parse: matching(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/),
});

const spot = field({
  what: "a percentage from 0% to 90%",
  example: "50%",
  parse: (input) => {
    const percent = typeof input === "string" ? Number(/^(\d{1,2})%$/.exec(input)?.[1] ?? Number.NaN) : Number.NaN;
    return percent <= 90 ? percent / 100 : undefined;
  },
  explain: (input) => (typeof input === "number" ? `has no unit; write "${input}%"` : undefined),
});

const disk = field({
  what: "a size in Gi of at least 20Gi",
  example: "50Gi",
  parse: (input) => {
    const gibibytes = typeof input === "string" ? Number(/^(\d+)Gi$/.exec(input)?.[1] ?? Number.NaN) : Number.NaN;
    return gibibytes >= 20 ? gibibytes : undefined;
  },
});

/** The letter behind a family's number says it: m7g, c7gn, t4g. */
function isArm(type: string): boolean {
  return /^[a-z]+\d+g[a-z]*\./.test(type);
}

/** What an EKS cluster runs on. */
export const nodes = z
  .strictObject({
    mode: mode
      .default("managed")
      .describe(
        "`managed`: groups of the machines that are said here. `auto`: AWS chooses and renews them, on amd64, for about 12 % more.",
      ),
    architecture: architecture.optional().describe("Of machines and so of images; arm64 if not said, which costs less."),
    types: z
      .array(machine)
      .min(1)
      .optional()
      .describe("Machines of one size, the best one first. If not said, three with 2 cores and 8 GiB."),
    min: whole(1).optional().describe("Fewest nodes over all zones; 3 if not said."),
    max: whole(1).optional().describe("Most nodes over all zones; 9 if not said. What they cost at most follows from it."),
    spot: spot
      .optional()
      .describe("How many of them may be spot machines, which cost less and are taken back at two minutes' notice; none if not said."),
    disk: disk.optional().describe("A node's disk, for images and for what pods write beside volumes; 50Gi if not said."),
  })
  .superRefine((value, context) => {
    if (!isMapping(value)) return;
    const issue = (key: string, message: string) => context.addIssue({ code: "custom", path: [key], message });
    const { mode, architecture = "arm64", types, min = 3, max = 9 } = value;
    if (mode === "auto") {
      for (const key of Object.keys(value))
        if (key !== "mode" && value[key] !== undefined) issue(key, "given, but in mode auto AWS decides; leave it out");
      return;
    }
    if (typeof min === "number" && typeof max === "number" && max < min) issue("max", `${max} is below min (${min})`);
    const strangers = Array.isArray(types)
      ? types.filter((type) => typeof type === "string" && isArm(type) !== (architecture === "arm64"))
      : [];
    if (strangers.length > 0) issue("types", `not ${architecture}: ${strangers.join(", ")}`);
  }, evenWhenBroken);

export type WrittenNodes = z.output<typeof nodes>;
