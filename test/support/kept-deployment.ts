/** A deployment that was accepted and did not become ready, as a create must keep it. */
import { InitializationError } from "../../provider/errors";
import type { CreateResult } from "../../provider/lifecycle/create";
import type { Properties } from "../../provider/resources/resource-kind";

export async function initializationErrorOf(created: Promise<CreateResult>): Promise<InitializationError> {
  const error = await created.then(
    () => new Error("it was created"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InitializationError)) throw error;
  return error;
}

/** What must be true of every deployment that was accepted and did not become ready. */
export function expectKept(error: InitializationError, inputs: Properties): void {
  expect(error.id).toBe("acme/d1");
  expect(error.properties).toMatchObject({ ...inputs, platform: "acme", deploymentId: "d1", __awaiting: true });
  expect(error.reasons.length).toBeGreaterThan(0);
  expect(error.reasons.join("; ")).toContain("Acme deployment d1");
  expect(error.message).toBe(error.reasons.join("; "));
}
