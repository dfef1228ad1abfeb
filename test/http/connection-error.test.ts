import { errors } from "undici";
import { ConfigurationError, type ConnectionError } from "../../provider/errors";
import { connectionError } from "../../provider/http/connection-error";

function classify(error: unknown, answered = false): Error {
  const { signal } = new AbortController();
  return connectionError({
    title: "Acme",
    method: "POST",
    baseUrl: "https://acme.test",
    path: "/x",
    signal,
    answered,
    error,
  });
}

/** As Node makes them: the same code may come from connecting, and from a connection that stood. */
function systemError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
}

test.each([
  ["no connection in time", new errors.ConnectTimeoutError()],
  ["a refused connection", systemError("ECONNREFUSED", "connect")],
  ["a host that is out of reach", systemError("EHOSTUNREACH", "connect")],
  ["a connection that was not answered", systemError("ETIMEDOUT", "connect")],
  ["a name that does not resolve", systemError("ENOTFOUND", "getaddrinfo")],
  [
    "refusals by all addresses",
    new AggregateError([systemError("ECONNREFUSED", "connect"), systemError("ENETUNREACH", "connect")]),
  ],
])("%s: nothing was sent", (_name, error) => {
  expect((classify(error) as ConnectionError).sent).toBe(false);
});

test.each([
  ["no head of an answer in time", new errors.HeadersTimeoutError()],
  ["a socket that closed", new errors.SocketError("other side closed")],
  ["a host that went out of reach later", systemError("EHOSTUNREACH", "read")],
  ["a reset", systemError("ECONNRESET", "read")],
  ["a broken pipe", systemError("EPIPE", "write")],
  ["something that nobody knows", "a text"],
])("%s: it may have been carried out", (_name, error) => {
  expect((classify(error) as ConnectionError).sent).toBe(true);
});

test("a body that stops in the middle is told from no answer", () => {
  const error = classify(new errors.BodyTimeoutError(), true);

  expect(error).toMatchObject({ sent: true });
  expect(error.message).toContain("the answer broke off");
});

test.each([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "CERT_HAS_EXPIRED",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
])("%s is for the user to solve, not for time", (code) => {
  expect(classify(Object.assign(new Error("untrusted"), { code }))).toBeInstanceOf(ConfigurationError);
});
