/** What is known about a request when no answer, or half of one, has come back. */
import { CancelledError, ConfigurationError, ConnectionError, messageOf, UnreadableAnswerError } from "../errors";
import { maximumBodySize } from "./dispatcher";

/** A body that is longer than what is read into memory. */
export const tooLarge = `more than ${maximumBodySize / 1024 / 1024} MiB`;

export function isTooLarge(error: unknown): boolean {
  return codeOf(error) === "UND_ERR_RES_EXCEEDED_MAX_SIZE";
}

export interface FailedExchange {
  /** The platform's name in errors: `DeepInfra`. */
  title: string;
  method: string;
  baseUrl: string;
  path: string;
  signal: AbortSignal;
  /** Whether the head of an answer had come. */
  answered: boolean;
  /** What undici, or a socket, threw. */
  error: unknown;
}

/** The failure in our terms; its text may still hold secrets. */
export function connectionError(failed: FailedExchange): Error {
  const { title, method, baseUrl, path, signal, answered } = failed;
  const error = withoutWrapper(failed.error);
  if (signal.aborted) return new CancelledError(`${title}: ${method} ${path} was cancelled`, true);
  const code = codeOf(error);
  if (isTooLarge(error)) {
    return new UnreadableAnswerError(`${title}: ${method} ${path} answered with ${tooLarge}`);
  }
  const tls = tlsAdvice(code);
  if (tls !== undefined) {
    return new ConfigurationError(`${title}: ${method} ${baseUrl}${path}: ${tls} (${code}: ${messageOf(error)})`);
  }
  const sent = answered || !neverLeft(error);
  const what = answered ? "the answer broke off" : sent ? "no answer arrived" : "could not connect";
  return new ConnectionError(`${title}: ${method} ${baseUrl}${path}: ${what} (${code}: ${messageOf(error)})`, sent, {
    cause: error,
  });
}

/** Nothing is sent before both sides have agreed on TLS, and time changes none of these. */
function tlsAdvice(code: string): string | undefined {
  if (code === "ERR_SSL_WRONG_VERSION_NUMBER") {
    return "the server does not speak https; check the address, and write http:// for a server on this machine";
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID" || code === "HOSTNAME_MISMATCH") {
    return "the server's certificate is for another host; check the address";
  }
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
    return "the server's certificate is out of date; have it renewed, or check the clock of this machine";
  }
  // `ERR_SSL_…` is what the server complains of.
  return /^(?!ERR_SSL_).*CERT|^UNABLE_TO_|^INVALID_CA$/.test(code)
    ? "the server's certificate is not trusted; give the file of its CA in the environment variable NODE_EXTRA_CA_CERTS"
    : undefined;
}

/** undici wraps what went wrong with the certificate of a host behind a proxy. */
function withoutWrapper(error: unknown): unknown {
  return codeOf(error) === "UND_ERR_PRX_TLS" ? (error as Error).cause : error;
}

/** Whether no byte of the request left this machine: only the steps before a connection stands can say so. */
function neverLeft(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(neverLeft);
  const { syscall } = error as NodeJS.ErrnoException;
  return syscall === "connect" || syscall === "getaddrinfo" || codeOf(error) === "UND_ERR_CONNECT_TIMEOUT";
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : "no code";
}
