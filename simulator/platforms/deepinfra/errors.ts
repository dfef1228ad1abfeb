/** The shapes of the platform's errors. */
import type { BodyProblem } from "../../body-check";
import type { DeepinfraOptions } from "./options";

/** `DeepError`, the documented one. */
export function deepError(status: number, message: string): Response {
  return Response.json({ error: message }, { status });
}

/** As the OpenAI-style routes answer. */
export function openaiError(status: number, message: string): Response {
  return Response.json({ error: { message, type: "invalid_request_error", param: null, code: null } }, { status });
}

export function authenticationError(options: DeepinfraOptions): Response {
  if (options.authError === "401-error") return deepError(401, "Unauthorised");
  if (options.authError === "401-openai") return openaiError(401, "Not authenticated");
  return Response.json({ detail: { error: "Not authenticated" } }, { status: 403 });
}

/** A 422 in one of the two documented shapes; both can come from the same route. */
export function validationError(problems: BodyProblem[], options: DeepinfraOptions): Response {
  if (options.validationError === "error") {
    return deepError(422, problems.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "));
  }
  const detail = problems.map(({ path, message }) => ({ loc: ["body", ...path], msg: message, type: "value_error" }));
  return Response.json({ detail }, { status: 422 });
}
