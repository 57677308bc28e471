// What holds for all pods, because all of them are in clusters that never change.

/** How a pod is chosen: Istio's default. */
export const LOAD_BALANCING = "LEAST_REQUEST";

/**
 * After this time an unused connection to a pod is closed. Below the 5 s after which Node's server closes one, perhaps just as a
 * request is sent on it.
 */
export const IDLE_SECONDS = 4;
