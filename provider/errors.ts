/**
 * Every failure that a user sees. One sentence: what, where, and what to do next; with the
 * platform's own text and ids, and never a secret.
 */

/** A failure with a message meant for the user. Anything else that is thrown is a bug of ours. */
export class ProviderError extends Error {
  override readonly name: string = "ProviderError";
}

/** The provider's configuration is missing or unusable; nothing was sent. */
export class ConfigurationError extends ProviderError {
  override readonly name = "ConfigurationError";
}

/** What a platform's error body says, in our terms. */
export interface PlatformErrorText {
  /** The platform's text, cut to a length that fits a terminal. */
  text: string;
  /** The platform's own code for the error, where it has one: `LiveDeploymentNotFound`. */
  code?: string;
  /** The platform's id of this occurrence, which its support asks for. */
  instanceId?: string;
  /** Overrides what the status code says, for platforms whose codes mislead. */
  kind?: PlatformErrorKind;
  /** What the user can do about it. */
  advice?: string;
}

/**
 * - `not-found`: the thing is not there.
 * - `transient`: worth another try.
 * - `refused`: the platform understood and will not.
 */
export type PlatformErrorKind = "not-found" | "transient" | "refused";

/** The platform answered, and the answer is an error. */
export class PlatformError extends ProviderError {
  override readonly name = "PlatformError";

  constructor(
    message: string,
    readonly status: number,
    readonly kind: PlatformErrorKind,
    readonly code: string | undefined,
    readonly text: string,
    /** The header `Retry-After`, verbatim. */
    readonly retryAfter: string | undefined,
    /** Whether the message says what the user can do about it. */
    readonly isAdvised = false,
  ) {
    super(message);
  }

  /** The credentials are wrong, expired, or not allowed to do this. */
  get isAuthentication(): boolean {
    return this.status === 401 || this.status === 403;
  }
}

/** No answer arrived. `sent` tells whether the platform may have received the request. */
export class ConnectionError extends ProviderError {
  override readonly name = "ConnectionError";

  constructor(
    message: string,
    readonly sent: boolean,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** An answer with a success status that is not what the platform documents. */
export class UnreadableAnswerError extends ProviderError {
  override readonly name = "UnreadableAnswerError";
}

/** The user cancelled, or the engine is gone. `sent` tells whether a platform may have received a request. */
export class CancelledError extends ProviderError {
  override readonly name = "CancelledError";

  constructor(
    message: string,
    readonly sent = false,
  ) {
    super(message);
  }
}

/**
 * The platform may have made something, and nothing is to be seen of it, as after an answer that was
 * lost. Asking again is safe only after another look.
 */
export class UnclearError extends ProviderError {
  override readonly name = "UnclearError";
}

/**
 * The platform has the deployment, and it is not what the program asked for. Carries what a host
 * needs to keep the resource in state, so that nothing that costs money is lost.
 */
export class InitializationError extends ProviderError {
  override readonly name = "InitializationError";

  constructor(
    message: string,
    readonly id: string,
    readonly properties: Record<string, unknown>,
    readonly reasons: string[],
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** Whether a request that failed so may nevertheless have been carried out by the platform. */
export function mayHaveBeenAccepted(error: unknown): boolean {
  if (error instanceof ConnectionError || error instanceof CancelledError) return error.sent;
  if (error instanceof UnreadableAnswerError) return true;
  if (error instanceof PlatformError) return error.kind === "transient" && error.status >= 500;
  return false;
}

/** Whether a request that failed so may succeed later. */
export function isTransient(error: unknown): boolean {
  if (error instanceof ConnectionError) return true;
  return error instanceof PlatformError && error.kind === "transient";
}

/** Whether the platform says that the thing is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof PlatformError && error.kind === "not-found";
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
