/** The only place that talks HTTP: one pooled client per account. */
import { request as send } from "undici";
import type { Dispatcher } from "undici";
import {
  CancelledError,
  ConnectionError,
  isTransient,
  messageOf,
  PlatformError,
  UnreadableAnswerError,
} from "../errors";
import type { PlatformErrorKind, PlatformErrorText } from "../errors";
import { formatPath } from "../inputs/path-text";
import type { Redactor } from "../redaction";
import { readBody } from "./answer-body";
import { connectionError } from "./connection-error";
import { createDispatcher } from "./dispatcher";
import { redirectAdvice } from "./redirect";
import type { HttpClient, HttpRequest } from "./request";
import { withLinger } from "./linger";
import { createPace } from "./pace";
import { retryAfterMs, withRetries } from "./retry";
import type { RetryPolicy } from "./retry";

export interface HttpClientOptions {
  /** The platform's name in errors: `DeepInfra`. */
  title: string;
  baseUrl: string;
  /** Headers that authenticate. `refresh` is true after a 401. */
  authorize(refresh: boolean): Promise<Record<string, string>>;
  /** Whether a 401 can be cured by `authorize(true)`. */
  canRefresh: boolean;
  describeError(status: number, body: string, method: string, path: string): PlatformErrorText;
  /** Where the credentials came from, for errors 401 and 403. */
  credentialOrigin(): string;
  redactor: Redactor;
  retry: RetryPolicy;
  /** The most that leave in a second, retries included. */
  requestsPerSecond: number;
  userAgent: string;
}

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const dispatcher = createDispatcher(options.baseUrl);
  const pace = createPace(options.requestsPerSecond);

  async function exchangePaced(request: HttpRequest<unknown>, refresh: boolean): Promise<Exchange> {
    const authorization = await authorizationFor(options, request, refresh);
    await pace.turn(request.signal);
    if (request.signal.aborted) {
      throw new CancelledError(`${options.title}: ${request.method} ${request.path} was cancelled before it was sent`);
    }
    if (request.outlivesCancel !== true) return exchange(options, dispatcher, request, authorization);
    return withLinger(request.signal, (signal) => exchange(options, dispatcher, { ...request, signal }, authorization));
  }

  async function attempt<Answer>(request: HttpRequest<Answer>): Promise<Answer> {
    let exchanged = await exchangePaced(request, false);
    if (exchanged.status === 401 && options.canRefresh && request.authenticate !== false) {
      exchanged = await exchangePaced(request, true);
    }
    const { status, text } = exchanged;
    if (status >= 200 && status < 300) return readAnswer(options, request, status, text);
    const error = platformError(options, request, exchanged);
    // What one deployment is told holds for all of the account.
    if (status === 429 || status === 503)
      pace.hold(Math.min(retryAfterMs(error) ?? 0, options.retry.longestRetryAfterMs));
    throw error;
  }

  return {
    baseUrl: options.baseUrl,
    // A token is fetched within a request that is itself retried; retries within retries would add up.
    request: (request) =>
      request.authenticate === false ? attempt(request) : withRetries(options.retry, request, () => attempt(request)),
    close: () => dispatcher.close(),
  };
}

interface Exchange {
  status: number;
  text: string;
  retryAfter: string | undefined;
  location: string | undefined;
}

async function exchange(
  options: HttpClientOptions,
  dispatcher: Dispatcher,
  request: HttpRequest<unknown>,
  authorization: Record<string, string>,
): Promise<Exchange> {
  const { contentType, body } = encodeBody(request);
  let answered = false;
  try {
    const response = await send(options.baseUrl + request.path + encodeQuery(request.query), {
      dispatcher,
      method: request.method,
      headers: {
        accept: "application/json",
        "user-agent": options.userAgent,
        ...contentType,
        ...authorization,
        ...request.headers,
      },
      ...(body === undefined ? {} : { body }),
      signal: request.signal,
    });
    answered = true;
    const [retryAfter, location] = ["retry-after", "location"].map((name) => firstHeader(response.headers[name]));
    return { status: response.statusCode, text: await readBody(response), retryAfter, location };
  } catch (error) {
    const failure = connectionError({ ...request, ...options, answered, error });
    failure.message = options.redactor.redact(failure.message);
    throw failure;
  }
}

async function authorizationFor(
  options: HttpClientOptions,
  request: HttpRequest<unknown>,
  refresh: boolean,
): Promise<Record<string, string>> {
  if (request.authenticate === false) return {};
  try {
    return await abortable(options.authorize(refresh), request.signal);
  } catch (error) {
    // Whatever became of the request for a token, this one has not left.
    if (isTransient(error)) throw new ConnectionError(messageOf(error), false, { cause: error });
    throw error;
  }
}

/** Ends with the signal: a slow token endpoint must not hold up a cancel. */
function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new CancelledError("cancelled before the request was sent"));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

function encodeBody(request: HttpRequest<unknown>): { contentType: Record<string, string>; body: string | undefined } {
  if (request.form !== undefined) {
    const contentType = { "content-type": "application/x-www-form-urlencoded" };
    return { contentType, body: new URLSearchParams(request.form).toString() };
  }
  if (request.body === undefined) return { contentType: {}, body: undefined };
  return { contentType: { "content-type": "application/json" }, body: JSON.stringify(request.body) };
}

function encodeQuery(query: Record<string, string | undefined> = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
}

function readAnswer<Answer>(
  options: HttpClientOptions,
  request: HttpRequest<Answer>,
  status: number,
  text: string,
): Answer {
  try {
    return request.read(text.trim() === "" ? undefined : JSON.parse(text));
  } catch (error) {
    // Redacted before it is cut, so that no half of a secret is left.
    const shown = options.redactor.redact(text).replace(/\s+/g, " ").slice(0, 200);
    const because = options.redactor.redact(unreadableBecause(error));
    // Without the cause: the parser's message quotes the body.
    throw new UnreadableAnswerError(
      `${options.title}: ${request.method} ${request.path} answered ${status} with a body that cannot be read: ${because} in "${shown}"`,
    );
  }
}

/** Schemas tell by issues, the JSON parser by a message. */
function unreadableBecause(error: unknown): string {
  const issue = (error as { issues?: { path: PropertyKey[]; message: string }[] }).issues?.[0];
  if (issue !== undefined) return `${formatPath(issue.path) || "the body"}: ${issue.message}`;
  return error instanceof SyntaxError ? "it is not JSON" : messageOf(error);
}

function platformError(
  options: HttpClientOptions,
  request: HttpRequest<unknown>,
  { status, text: body, retryAfter, location }: Exchange,
): PlatformError {
  const { redactor } = options;
  // Redacted before a platform cuts it, so that no half of a secret is left; as a value, since a word
  // that is masked for safety alone may be a name in the platform's JSON.
  const described = options.describeError(status, redactor.redactValue(body), request.method, request.path);
  const text = redactor.redact(described.text);
  const facts = [described.code, described.instanceId && `errorInstanceId ${described.instanceId}`].filter(Boolean);
  const redirect = redirectAdvice(status, location && redactor.redact(location), options.baseUrl + request.path);
  const advice = [described.advice, redirect, adviceFor(options, status)].filter(Boolean).join("; ");
  const message =
    `${options.title}: ${request.method} ${request.path} answered ${status}` +
    (text === "" ? "" : `: ${text}`) +
    (facts.length === 0 ? "" : ` (${facts.join(", ")})`) +
    (advice === "" ? "" : `; ${advice}`);
  const shown = redactor.redact(message);
  const kind = described.kind ?? kindOf(status);
  return new PlatformError(shown, status, kind, described.code, text, retryAfter, advice !== "");
}

/** A wrong key is answered with 401, or with 403, as on DeepInfra (measured). */
function adviceFor(options: HttpClientOptions, status: number): string | undefined {
  if (status !== 401 && status !== 403) return undefined;
  const doubt = status === 403 ? " and may lack the permission" : "";
  return `the credentials came from ${options.credentialOrigin()}${doubt}; after a rotation, run \`pulumi up\`, or \`pulumi refresh --run-program\` and \`pulumi destroy --run-program\``;
}

function kindOf(status: number): PlatformErrorKind {
  if (status === 404) return "not-found";
  if (status === 408 || status === 429 || status >= 500) return "transient";
  return "refused";
}

function firstHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
