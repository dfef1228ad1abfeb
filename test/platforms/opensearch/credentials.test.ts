import { resolveSettings } from "../../../provider/connection/settings";
import { opensearch } from "../../../provider/platforms/opensearch";
import { createRedactor } from "../../../provider/redaction";
import type { Account } from "../../../provider/platform";

const implementation = opensearch.load();

function settingsOf(values: Record<string, string>) {
  const sources = { config: (key: string) => values[key], explicit: false, environment: {} };
  return resolveSettings(opensearch.title, opensearch.settings, sources);
}

it("signs in as the user", async () => {
  const settings = settingsOf({ opensearchUsername: "ädmin", opensearchPassword: "päss:word" });
  const redactor = createRedactor(settings.secrets());
  const headers = await implementation.authorization({ settings, redactor } as Account)(false);

  const pair = Buffer.from("ädmin:päss:word").toString("base64");
  expect(headers).toEqual({ authorization: `Basic ${pair}` });
  expect(redactor.redact(`echo ${pair} päss:word`)).toBe("echo [secret] [secret]");
});

it("goes without credentials to a cluster that asks for none", async () => {
  const settings = settingsOf({});
  const headers = await implementation.authorization({ settings, redactor: createRedactor() } as Account)(false);

  expect(() => implementation.requireCredentials(settings)).not.toThrow();
  expect(headers).toEqual({});
});

it.each([
  ["opensearchUsername", "opensearchPassword"],
  ["opensearchPassword", "opensearchUsername"],
])("refuses %s alone", (given, missing) => {
  expect(() => implementation.requireCredentials(settingsOf({ [given]: "secret-value" }))).toThrow(
    new RegExp(`${given} is set \\(by the stack's config inference:${given}\\) and ${missing} is not; set it with`),
  );
});

it("takes the address with or without a scheme", () => {
  expect(implementation.baseUrl(settingsOf({ opensearchUrl: "search.example.com:9200/" }))).toBe(
    "https://search.example.com:9200",
  );
  expect(() => implementation.baseUrl(settingsOf({}))).toThrow(/no opensearchUrl is set.*OPENSEARCH_URL/);
});
