/** The only place that talks HTTP: one pooled client per account. */
import { Agent, EnvHttpProxyAgent, request as send, type Dispatcher } from "undici";
import {
  CancelledError,
  ConnectionError,
  messageOf,
  PlatformError,
  type PlatformErrorKind,
  type PlatformErrorText,
  UnreadableAnswerError,
} from "../errors";
import { formatPath } from "../inputs/schema-check";
import type { Redactor } from "../redaction";
import { type RetryPolicy, withRetries } from "./retry";

export interface HttpRequest<Answer> {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** From the `path` tag, with a leading slash. */
  path: string;
  /** Sent as `?key=value`; an undefined value is left out. */
  query?: Record<string, string | undefined>;
  /** Sent as JSON. Members that are undefined are left out; a null is a bug. */
  body?: unknown;
  /** Sent as `application/x-www-form-urlencoded` instead of JSON. */
  form?: Record<string, string>;
  headers?: Record<string, string>;
  /** Turns the answer's JSON (undefined for an empty body) into what the caller wants; throws on what it cannot read. */
  read(json: unknown): Answer;
  /**
   * Whether the request may be sent again after it may have been received. By default GET, PUT and
   * DELETE may, and POST may not.
   */
  repeatable?: boolean;
  /** False for requests that fetch a token. */
  authenticate?: boolean;
  signal: AbortSignal;
}

export interface HttpClient {
  request<Answer>(request: HttpRequest<Answer>): Promise<Answer>;
  /** The platform's address, without a trailing slash. */
  readonly baseUrl: string;
  close(): Promise<void>;
}

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
  userAgent: string;
}

/** Larger than any documented answer; a body beyond it is not read into memory. Bytes. */
const maximumBodySize = 16 * 1024 * 1024;
const connectTimeoutMs = 15_000;
/** Foundry documents requests of up to five minutes for inference; control calls answer in seconds. */
const answerTimeoutMs = 60_000;

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const dispatcher = createDispatcher();

  async function attempt<Answer>(request: HttpRequest<Answer>, refresh: boolean): Promise<Answer> {
    const { status, text, retryAfter } = await exchange(options, dispatcher, request, refresh);
    if (status >= 200 && status < 300) return readAnswer(options, request, status, text);
    throw platformError(options, request, status, text, retryAfter);
  }

  async function authorizedAttempt<Answer>(request: HttpRequest<Answer>): Promise<Answer> {
    try {
      return await attempt(request, false);
    } catch (error) {
      const expired = error instanceof PlatformError && error.status === 401 && request.authenticate !== false;
      if (!expired || !options.canRefresh) throw error;
      return attempt(request, true);
    }
  }

  return {
    baseUrl: options.baseUrl,
    request: (request) => withRetries(options.retry, request, () => authorizedAttempt(request)),
    close: () => dispatcher.close(),
  };
}

function createDispatcher(): Dispatcher {
  const limits: Agent.Options = {
    connect: { timeout: connectTimeoutMs },
    headersTimeout: answerTimeoutMs,
    bodyTimeout: answerTimeoutMs,
    maxResponseSize: maximumBodySize,
    allowH2: false,
  };
  const { HTTP_PROXY, HTTPS_PROXY, NO_PROXY = "", http_proxy, https_proxy, no_proxy = NO_PROXY } = process.env;
  if ([HTTP_PROXY, HTTPS_PROXY, http_proxy, https_proxy].every((value) => value === undefined || value === "")) {
    return new Agent(limits);
  }
  // A simulator on loopback is never behind the company's proxy.
  return new EnvHttpProxyAgent({
    ...limits,
    noProxy: [no_proxy, "localhost", "127.0.0.1", "::1"].filter(Boolean).join(","),
  });
}

interface Exchange {
  status: number;
  text: string;
  retryAfter: string | undefined;
}

async function exchange(
  options: HttpClientOptions,
  dispatcher: Dispatcher,
  request: HttpRequest<unknown>,
  refresh: boolean,
): Promise<Exchange> {
  const authorization = request.authenticate === false ? {} : await options.authorize(refresh);
  const { contentType, body } = encodeBody(request);
  const state = { answered: false };
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
    state.answered = true;
    const text = await response.body.text();
    return { status: response.statusCode, text, retryAfter: firstHeader(response.headers["retry-after"]) };
  } catch (error) {
    throw connectionError(options, request, error, state.answered);
  }
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
    throw new UnreadableAnswerError(
      `${options.title}: ${request.method} ${request.path} answered ${status} with a body that cannot be read: ${unreadableBecause(error)} in "${shown}"`,
      { cause: error },
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
  status: number,
  body: string,
  retryAfter: string | undefined,
): PlatformError {
  // Redacted before a platform cuts it, so that no half of a secret is left.
  const described = options.describeError(status, options.redactor.redact(body), request.method, request.path);
  const text = options.redactor.redact(described.text);
  const facts = [described.code, described.instanceId && `errorInstanceId ${described.instanceId}`].filter(Boolean);
  const advice = described.advice ?? adviceFor(options, status);
  const message =
    `${options.title}: ${request.method} ${request.path} answered ${status}` +
    (text === "" ? "" : `: ${text}`) +
    (facts.length === 0 ? "" : ` (${facts.join(", ")})`) +
    (advice === undefined ? "" : `; ${advice}`);
  return new PlatformError(message, status, described.kind ?? kindOf(status), described.code, text, retryAfter);
}

function adviceFor(options: HttpClientOptions, status: number): string | undefined {
  if (status === 401) {
    return `the credentials came from ${options.credentialOrigin()}; after a rotation, run \`pulumi up\`, or \`pulumi refresh --run-program\` and \`pulumi destroy --run-program\``;
  }
  if (status === 403) return `the credentials came from ${options.credentialOrigin()} and may lack the permission`;
  return undefined;
}

function kindOf(status: number): PlatformErrorKind {
  if (status === 404) return "not-found";
  if (status === 408 || status === 429 || status >= 500) return "transient";
  return "refused";
}

/** Failures of which undici tells that no byte of the request left this machine. */
const unsentCodes = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

function connectionError(
  options: HttpClientOptions,
  request: HttpRequest<unknown>,
  error: unknown,
  answered: boolean,
): Error {
  if (request.signal.aborted)
    return new CancelledError(`${options.title}: ${request.method} ${request.path} was cancelled`);
  const code = (error as { code?: unknown }).code;
  const name = typeof code === "string" ? code : "no code";
  const sent = answered || !unsentCodes.has(name);
  const detail = options.redactor.redact(error instanceof Error ? error.message : String(error));
  const what = answered ? "the answer broke off" : sent ? "no answer arrived" : "could not connect";
  return new ConnectionError(
    `${options.title}: ${request.method} ${options.baseUrl}${request.path}: ${what} (${name}: ${detail})`,
    sent,
    { cause: error },
  );
}

function firstHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
