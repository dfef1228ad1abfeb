/** The platform's error envelope, and the errors that this API declares. */
import { randomUUID } from "node:crypto";

const statuses = {
  INVALID_ARGUMENT: 400,
  UNAUTHORIZED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  UNSUPPORTED_MEDIA_TYPE: 415,
} as const;

export type ErrorCode = keyof typeof statuses;

export function foundryError(code: ErrorCode, name: string, parameters: Record<string, unknown> = {}): Response {
  return Response.json(envelope(code, name, parameters), { status: statuses[code] });
}

/** A value or a body that no declared error fits (inferred: none is declared, and the general one is documented). */
export function invalidArgument(details: string, where: "Conjure" | "Default" = "Default"): Response {
  return foundryError("INVALID_ARGUMENT", `${where}:InvalidArgument`, { details });
}

export function deploymentNotFound(rid: string): Response {
  return foundryError("NOT_FOUND", "LiveDeploymentNotFound", { liveDeploymentRid: rid });
}

export function modelNotFound(rid: string): Response {
  return foundryError("NOT_FOUND", "ModelNotFound", { modelRid: rid });
}

/** These come without a body (documented): 404 then means that there is no such API. */
export function bare(status: 404 | 405 | 503): Response {
  return new Response(null, { status });
}

const bareStatuses = [404, 405, 414, 429, 431, 503];

/** For injected faults. */
export function faultBody(status: number, message: string): unknown {
  if (bareStatuses.includes(status)) return "";
  const code = Object.entries(statuses).find(([, known]) => known === status)?.[0] ?? "INTERNAL";
  const name =
    status === 401 ? "Default:Unauthorized" : status === 403 ? "Default:PermissionDenied" : "Default:Internal";
  return { ...envelope(code, name, {}), errorDescription: message };
}

function envelope(errorCode: string, errorName: string, parameters: Record<string, unknown>) {
  return { errorCode, errorName, errorInstanceId: randomUUID(), parameters };
}
