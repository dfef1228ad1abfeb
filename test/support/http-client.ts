/** A client with nothing special about it, for tests that change one thing. */
import { createHttpClient, type HttpClient, type HttpClientOptions } from "../../provider/http/client";
import { createRedactor } from "../../provider/redaction";

export const apiKey = "key-0123456789";

export function clientOf(baseUrl: string, more: Partial<HttpClientOptions> = {}): HttpClient {
  return createHttpClient({
    title: "Acme",
    baseUrl,
    authorize: () => Promise.resolve({ authorization: `Bearer ${apiKey}` }),
    canRefresh: false,
    describeError: (_status, body) => ({ text: body }),
    credentialOrigin: () => "the environment variable ACME_API_KEY",
    redactor: createRedactor([apiKey]),
    retry: { retries: 0, firstWaitMs: 1, longestWaitMs: 4, longestRetryAfterMs: 120_000 },
    userAgent: "pulumi-inference/test",
    ...more,
  });
}
