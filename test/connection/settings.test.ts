import fc from "fast-check";
import { resolveSettings, type Setting, type Settings, type SettingSources } from "../../provider/connection/settings";
import { ConfigurationError } from "../../provider/errors";

const settings: Setting[] = [
  { key: "acmeApiKey", environment: ["ACME_API_KEY", "ACME_TOKEN"], secret: true, description: "the key" },
  {
    key: "acmeUrl",
    environment: ["ACME_URL"],
    secret: false,
    default: "https://acme.test",
    description: "the address",
  },
  { key: "acmePassword", environment: ["ACME_PASSWORD"], secret: true, description: "the password" },
];

interface Given {
  config?: Record<string, string>;
  explicit?: boolean;
  environment?: SettingSources["environment"];
}

function resolve({ config = {}, explicit = false, environment = {} }: Given): Settings {
  return resolveSettings("Acme", settings, { config: (key) => config[key], explicit, environment });
}

describe("where a value comes from", () => {
  test("the config of the stack goes before the environment", () => {
    const found = resolve({ config: { acmeApiKey: "of-stack" }, environment: { ACME_API_KEY: "of-shell" } });

    expect(found.find("acmeApiKey")).toEqual({
      value: "of-stack",
      layer: "config",
      origin: "the stack's config inference:acmeApiKey",
    });
  });

  test("an explicit provider is told from the config of the stack", () => {
    const found = resolve({
      config: { acmeApiKey: "of-provider" },
      explicit: true,
      environment: { ACME_API_KEY: "x" },
    });

    expect(found.find("acmeApiKey")).toEqual({
      value: "of-provider",
      layer: "provider",
      origin: "the input acmeApiKey of the resource's explicit Provider",
    });
  });

  test("what an explicit provider leaves out comes from the environment", () => {
    const found = resolve({ explicit: true, environment: { ACME_API_KEY: "of-shell" } });

    expect(found.find("acmeApiKey")).toEqual({
      value: "of-shell",
      layer: "environment",
      origin: "the environment variable ACME_API_KEY",
    });
  });

  test("the first variable that is set wins", () => {
    expect(resolve({ environment: { ACME_API_KEY: "first", ACME_TOKEN: "second" } }).get("acmeApiKey")).toBe("first");
    expect(resolve({ environment: { ACME_TOKEN: "second" } }).find("acmeApiKey")).toMatchObject({
      value: "second",
      origin: "the environment variable ACME_TOKEN",
    });
  });

  test("a default comes last", () => {
    expect(resolve({}).find("acmeUrl")).toMatchObject({ value: "https://acme.test", layer: "default" });
    expect(resolve({ environment: { ACME_URL: "https://eu.acme.test" } }).get("acmeUrl")).toBe("https://eu.acme.test");
  });

  test("any combination of layers gives the highest that holds something", () => {
    const value = fc.constantFrom(undefined, "", "  ", "x", " padded ");
    fc.assert(
      fc.property(value, value, value, (config, first, second) => {
        const found = resolve({
          config: config === undefined ? {} : { acmeApiKey: config },
          environment: { ACME_API_KEY: first, ACME_TOKEN: second },
        });

        const expected = [config, first, second].map((given) => given?.trim()).find((given) => given);
        expect(found.get("acmeApiKey")).toBe(expected);
      }),
    );
  });
});

describe("empty values", () => {
  test.each(["", " ", "\n"])("%j counts as not set", (empty) => {
    const found = resolve({ config: { acmeApiKey: empty }, environment: { ACME_API_KEY: empty, ACME_TOKEN: "token" } });

    expect(found.get("acmeApiKey")).toBe("token");
  });

  test("the line's end that a shell leaves at a key is cut off", () => {
    expect(resolve({ environment: { ACME_API_KEY: "key-1\n" } }).get("acmeApiKey")).toBe("key-1");
  });
});

describe("what is missing", () => {
  test("is asked for by the command and by every variable", () => {
    const missing = (): string => resolve({}).require("acmeApiKey");

    expect(missing).toThrow(ConfigurationError);
    expect(missing).toThrow(
      "Acme: no acmeApiKey is set; set it with `pulumi config set --secret inference:acmeApiKey …` or the environment variable ACME_API_KEY or ACME_TOKEN",
    );
  });

  test("is not asked for as a secret where it is none", () => {
    expect(resolve({}).names("acmeUrl")).toBe(
      "`pulumi config set inference:acmeUrl …` or the environment variable ACME_URL",
    );
  });

  test("is undefined where it may be missing", () => {
    expect([resolve({}).get("acmeApiKey"), resolve({}).find("acmeApiKey")]).toEqual([undefined, undefined]);
  });
});

test("the secrets are the values in use of all settings that are secret, and no others", () => {
  const found = resolve({
    config: { acmeApiKey: "key-1", acmeUrl: "https://eu.acme.test" },
    environment: { ACME_API_KEY: "not-in-use", ACME_PASSWORD: "password-1" },
  });

  expect(found.secrets()).toEqual(["key-1", "password-1"]);
});

test("a setting that the platform does not have is a bug, not a missing value", () => {
  expect(() => resolve({}).get("acmeKey")).toThrow("Acme has no setting acmeKey");
});
