/** `transformJson`, and the older way to the same. */
import type { World } from "../../platform";
import { type Deployment, standingOf } from "./deployment";
import { bare, foundryError } from "./errors";
import type { FoundryOptions } from "./options";

type Inputs = Record<string, unknown>;

/** The outputs: one prediction for each row of the first input, or the answer that refuses. */
export function infer(world: World<FoundryOptions>, deployment: Deployment, inputs: Inputs): Inputs | Response {
  const { isReady, state } = standingOf(deployment, world.now(), world.options());
  const isScaledToZero = state === "ACTIVE" && !isReady;
  // Documented for the older route: 503 while it is starved or starts.
  if (!isReady && !isScaledToZero) return bare(503);
  const [rows] = Object.values(inputs);
  if (rows === undefined) {
    return foundryError("INVALID_ARGUMENT", "InferenceInvalidInput", {
      liveDeploymentRid: deployment.rid,
      errorType: { type: "requiredValueMissing", fieldName: "input_df" },
    });
  }
  // A request brings back a replica that was scaled away.
  if (isScaledToZero) deployment.runningReplicas = 1;
  const count = Array.isArray(rows) ? rows.length : 1;
  return { output_df: Array.from({ length: count }, () => ({ prediction: 1.5 })) };
}
