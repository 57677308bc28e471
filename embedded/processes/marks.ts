// The environment variables that tell whose a process is. They are inherited, so nothing that a marked process starts can get lost.

/** Id of the platform: in every process of it. */
export const PLATFORM_MARK = "SLUICE_PLATFORM";
/** Name of the part: in what a platform's supervisor starts, and in the supervisor itself. */
export const PART_MARK = "SLUICE_PART";
/** The container's folder: in what the node starts for a pod. */
export const CONTAINER_MARK = "SLUICE_CONTAINER";
