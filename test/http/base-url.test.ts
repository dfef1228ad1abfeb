import fc from "fast-check";
import { ConfigurationError } from "../../provider/errors";
import { isLoopback, normalizeBaseUrl } from "../../provider/http/base-url";

const source = "the stack's config inference:opensearchUrl";

test.each([
  ["api.deepinfra.com", "https://api.deepinfra.com"],
  ["https://api.deepinfra.com", "https://api.deepinfra.com"],
  ["https://api.deepinfra.com/", "https://api.deepinfra.com"],
  ["https://api.deepinfra.com///", "https://api.deepinfra.com"],
  ["HTTPS://API.DeepInfra.com", "https://api.deepinfra.com"],
  ["search.example.com:9200", "https://search.example.com:9200"],
  ["https://gateway.example.com/opensearch/", "https://gateway.example.com/opensearch"],
  ["https://example.com:443", "https://example.com"],
  ["localhost:9200", "https://localhost:9200"],
])("%s is %s", (given, expected) => {
  expect(normalizeBaseUrl(given, source)).toBe(expected);
});

test.each(["http://localhost:8080", "http://127.0.0.1:8080", "http://127.8.9.10", "http://[::1]:8080"])(
  "%s may be plain http, since it stays on this machine",
  (given) => {
    expect(normalizeBaseUrl(`${given}/`, source)).toBe(given);
  },
);

test.each([
  "http://api.deepinfra.com",
  "http://localhost.example.com",
  "http://127.0.0.1.example.com",
  "http://10.0.0.1:9200",
  "http://[2001:db8::1]",
  "http://0.0.0.0:9200",
])("%s must not be plain http", (given) => {
  expect(() => normalizeBaseUrl(given, source)).toThrow(/inference:opensearchUrl: ".*" needs https:\/\//);
});

test.each(["ftp://example.com", "ws://example.com", "file:///etc/passwd"])("%s is not spoken", (given) => {
  expect(() => normalizeBaseUrl(given, source)).toThrow(ConfigurationError);
});

test.each([
  "https://user:hunter22@example.com",
  "user:hunter22@example.com",
  "ftp://user:hunter22@example.com",
  "https://user:hunter22@exa mple.com",
  "https://user:hunter22@@:x",
  "https://example.com/?token=hunter22",
  "https://example.com/#hunter22",
])("%s is refused without showing what may be a password", (given) => {
  const refusal = errorOf(() => normalizeBaseUrl(given, source));

  expect(refusal).toBeInstanceOf(ConfigurationError);
  expect(refusal?.message).toContain(source);
  expect(refusal?.message).not.toContain("hunter22");
});

test.each(["https://", "https://exa mple.com", "https://[::1", "https://example.com:99999"])(
  "%s is no address, and the error says where it came from",
  (given) => {
    expect(() => normalizeBaseUrl(given, source)).toThrow(`${source}: `);
  },
);

test("what is normal stays as it is", () => {
  fc.assert(
    fc.property(fc.webUrl({ validSchemes: ["https"] }), (url) => {
      const once = normalizeBaseUrl(url, source);

      expect(normalizeBaseUrl(once, source)).toBe(once);
      expect(once.endsWith("/")).toBe(false);
    }),
  );
});

test.each([
  ["127.0.0.1", true],
  ["[::1]", true],
  ["localhost", true],
  ["localhost.example.com", false],
  ["127.0.0.1.example.com", false],
  ["10.0.0.1", false],
])("%s is on this machine: %s", (hostname, expected) => {
  expect(isLoopback(hostname)).toBe(expected);
});

function errorOf(run: () => unknown): Error | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
