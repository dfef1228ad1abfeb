/** The shapes of the platform's errors. */

interface Cause {
  type: string;
  reason: string;
  [detail: string]: unknown;
}

const modelIndex = ".plugins-ml-model";

/** The common envelope. `cause` is the root, when the error only passes it on. */
export function errorEnvelope(status: number, error: Cause, cause?: Cause): unknown {
  const causedBy = cause === undefined ? {} : { caused_by: cause };
  return { error: { root_cause: [cause ?? error], ...error, ...causedBy }, status };
}

/** An error of ML Commons itself. */
export function statusError(status: number, reason: string): Response {
  return Response.json(errorEnvelope(status, { type: "status_exception", reason }), { status });
}

export function argumentError(reason: string): Response {
  return Response.json(errorEnvelope(400, { type: "illegal_argument_exception", reason }), { status: 400 });
}

export function parsingError(reason: string, column: number): Response {
  const error = { type: "parsing_exception", reason, line: 1, col: column };
  return Response.json(errorEnvelope(400, error), { status: 400 });
}

/** A body that is no JSON. */
export function jsonError(type: string, reason: string, column: number): Response {
  const where = `at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: 1, column: ${column}]`;
  return Response.json(errorEnvelope(400, { type, reason: `${reason}\n ${where}` }), { status: 400 });
}

/** Measured for a null where a text belongs. */
export function nullError(column: number): Response {
  const reason = `Can't get text on a VALUE_NULL at 1:${column}`;
  return Response.json(errorEnvelope(500, { type: "illegal_state_exception", reason }), { status: 500 });
}

/** The security plugin answers without JSON. */
export function unauthorized(): Response {
  return new Response("Unauthorized", { status: 401, headers: { "content-type": "text/plain; charset=UTF-8" } });
}

export function forbidden(action: string, user: string): Response {
  const reason = `no permissions for [${action}] and User [name=${user}, backend_roles=[], requestedTenant=null]`;
  return Response.json(errorEnvelope(403, { type: "security_exception", reason }), { status: 403 });
}

/** `error` is a text, and there is no status. */
export function noHandler(uri: string, method: string): Response {
  return Response.json({ error: `no handler found for uri [${uri}] and method [${method}]` }, { status: 400 });
}

export function wrongMethod(uri: string, method: string, allowed: readonly string[]): Response {
  const error = `Incorrect HTTP method for uri [${uri}] and method [${method}], allowed: [${allowed.join(", ")}]`;
  return Response.json({ error, status: 405 }, { status: 405 });
}

/** Deploying a model before any model was registered. */
export function noModelIndex(): Response {
  const cause = {
    type: "index_not_found_exception",
    reason: `no such index [${modelIndex}]`,
    index: modelIndex,
    "resource.id": modelIndex,
    "resource.type": "index_expression",
    index_uuid: "_na_",
  };
  return passedOn(500, `Failed to get data object from index ${modelIndex}`, cause);
}

/** Shards that recover after a restart: the document exists and cannot be read. */
export function shardNotReady(index: string, id: string, early: boolean): Response {
  // Both types were measured; the text of the second is OpenSearch's own, and was not captured.
  const cause = early
    ? {
        type: "no_shard_available_action_exception",
        reason: `No shard available for [get [${index}][${id}]: routing [null]]`,
      }
    : {
        type: "illegal_index_shard_state_exception",
        reason: "CurrentState[RECOVERING] operations only allowed when shard state is one of [POST_RECOVERY, STARTED]",
      };
  return passedOn(500, `Failed to get data object from index ${index}`, cause);
}

export function versionConflict(modelId: string, sequenceNumber: number): Response {
  const cause = {
    type: "version_conflict_engine_exception",
    reason: `[${modelId}]: version conflict, required seqNo [${sequenceNumber}], primary term [1]. current document has seqNo [${sequenceNumber + 1}] and primary term [1]`,
    index: modelIndex,
    shard: "0",
    index_uuid: "B7WyeQ7wTaqUbyPsoSx42Q",
  };
  return passedOn(409, `Document version conflict updating ${modelId} in index ${modelIndex}`, cause);
}

function passedOn(status: number, reason: string, cause: Cause): Response {
  return Response.json(errorEnvelope(status, { type: "status_exception", reason }, cause), { status });
}
