/** What is known about a request when no answer, or half of one, has come back. */
import { CancelledError, ConfigurationError, ConnectionError, messageOf, UnreadableAnswerError } from "../errors";
import { maximumBodySize } from "./dispatcher";

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
  const { title, method, baseUrl, path, signal, answered, error } = failed;
  if (signal.aborted) return new CancelledError(`${title}: ${method} ${path} was cancelled`, true);
  const code = codeOf(error);
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") {
    const mebibytes = maximumBodySize / 1024 / 1024;
    return new UnreadableAnswerError(`${title}: ${method} ${path} answered with more than ${mebibytes} MiB`);
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
  return /CERT|^UNABLE_TO_|^INVALID_CA$|^HOSTNAME_MISMATCH$/.test(code)
    ? "the server's certificate is not trusted; give the file of its CA in the environment variable NODE_EXTRA_CA_CERTS"
    : undefined;
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
