/** How to run an image: what a Dockerfile says beside the files. */
export interface ImageConfig {
  /** ENTRYPOINT: the program and its fixed arguments. May be empty. */
  readonly entrypoint: readonly string[];
  /** CMD: arguments of the entry point, or the whole command when there is none. A pod's `args` take its place. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Folder inside the image where the command starts. The image's files are what an image build would have copied there. */
  readonly workingDir: string;
}

/** An image in the store, as one tag or digest names it. */
export interface StoredImage extends ImageConfig {
  readonly repository: string;
  readonly tag: string;
  /** "sha256:..." over the files and the configuration: the same content has the same digest, wherever and whenever it was built. */
  readonly digest: string;
}

/** A stored image and where its files are. */
export interface LocatedImage extends StoredImage {
  /** Absolute path of the folder with the image's files: stands for the image's working directory. */
  readonly files: string;
}
