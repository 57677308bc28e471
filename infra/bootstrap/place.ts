// For who makes the backend and who looks for it, without AWS.
export { placeProblems, type StatePlace, type StateUrls, stateUrls } from "../../components/state/place.ts";
