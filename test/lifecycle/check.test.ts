import fc from "fast-check";
import { unknownValue } from "../../provider/inputs/unknown";
import { check } from "../../provider/lifecycle/check";
import { kindOfOnePlatform } from "../../provider/resources/resource-kind";
import { createFakeCall } from "../support/fake-call";
import { createFakePlatform, fakeInputKeys } from "../support/fake-platform";

const good = { name: "n", weights: "m" };

function failures(inputs: Record<string, unknown>, config?: Record<string, string>): string[] {
  const { kind, connections } = createFakeCall(config === undefined ? {} : { config });
  return check(kind, inputs, connections, true).failures;
}

function failuresAtTopLevel(inputs: Record<string, unknown>): string[] {
  const platform = createFakePlatform();
  const { connections } = createFakeCall({ platform });
  return check(kindOfOnePlatform("LiveDeployment", platform, fakeInputKeys), inputs, connections, true).failures;
}

test("inputs that are right pass, and nothing is asked of the platform", () => {
  const { kind, connections, platform } = createFakeCall();

  const checked = check(
    kind,
    { acme: good, waitForReady: false, adopt: "d1", onCreateFailure: "remove" },
    connections,
    true,
  );

  expect(checked).toEqual({ failures: [], warnings: [], notes: [] });
  expect(platform.asked).toEqual([]);
});

describe("the block of a platform", () => {
  test("must be given", () => {
    expect(failures({})).toEqual(["exactly one of `acme`, `zenith` is required, got none"]);
  });

  test("must be the only one", () => {
    expect(failures({ acme: good, zenith: good })).toEqual([
      "exactly one of `acme`, `zenith` is allowed, got `acme` and `zenith`",
    ]);
  });

  test.each([["a text"], [7], [["a"]], [null]])("must not be %j", (block) => {
    expect(failures({ acme: block })).toEqual(["acme: must be an object"]);
  });

  test("has its failures told with the block's name in front", () => {
    expect(failures({ acme: { name: "n", scale: { min: 9 } } })).toEqual([
      "acme.weights: is required",
      "acme.scale.min: must be a whole number between 0 and 8, got 9",
    ]);
  });

  test("is beside nothing that is not known", () => {
    expect(failures({ acme: good, waitForRead: true, replicas: 3 })).toEqual([
      'waitForRead: is not a known property (did you mean "waitForReady"?)',
      "replicas: is not a known property; known: acme, zenith, waitForReady, adopt, onCreateFailure, maxUsdPerHour",
    ]);
  });

  test("may be beside what the hosts add", () => {
    expect(failures({ acme: good, __provider: "exports…", __timeouts: { create: 60 } })).toEqual([]);
  });
});

describe("a resource of one platform", () => {
  test("has its inputs at the top", () => {
    expect(failuresAtTopLevel({ ...good, waitForReady: true })).toEqual([]);
    expect(failuresAtTopLevel({ ...good, scale: { max: 0 }, wieghts: "x" })).toEqual([
      'wieghts: is not a known property (did you mean "weights"?)',
      "scale.max: must be a whole number between 1 and 8, got 0",
    ]);
  });

  test("is refused without any input", () => {
    expect(failuresAtTopLevel({})).toEqual(["name: is required", "weights: is required"]);
    expect(failuresAtTopLevel({ waitForReady: false })).toHaveLength(2);
  });
});

test.each([
  [{ waitForReady: "yes" }, "waitForReady: must be true or false"],
  [{ waitForReady: null }, "waitForReady: must be true or false"],
  [{ adopt: "" }, "adopt: must be the id of an existing deployment"],
  [{ adopt: 7 }, "adopt: must be the id of an existing deployment"],
  [{ onCreateFailure: "delete" }, 'onCreateFailure: must be "keep" or "remove"'],
])("%j: %s", (inputs, expected) => {
  expect(failures({ acme: good, ...inputs })).toEqual([expected]);
});

test("values that are not known yet pass", () => {
  expect(failures({ acme: unknownValue })).toEqual([]);
  expect(failures({ acme: { name: unknownValue, weights: "m", scale: unknownValue, nodes: [unknownValue] } })).toEqual(
    [],
  );
  expect(
    failures({ acme: good, waitForReady: unknownValue, adopt: unknownValue, onCreateFailure: unknownValue }),
  ).toEqual([]);
  expect(failuresAtTopLevel({ name: unknownValue, weights: unknownValue, enabled: unknownValue })).toEqual([]);
});

describe("credentials", () => {
  test("that are missing are asked for by key and variable, before anything is sent", () => {
    expect(failures({ acme: good }, {})).toEqual([
      "Acme: no acmeApiKey is set; set it with `pulumi config set --secret inference:acmeApiKey …` or the environment variable ACME_API_KEY",
    ]);
  });

  test("are asked for only where they are used", () => {
    expect(failures({ acme: good }, { acmeApiKey: "k" })).toEqual([]);
    expect(failures({ zenith: good }, { acmeApiKey: "k" })[0]).toContain("zenithApiKey");
  });

  test("that cannot be used are refused, too", () => {
    expect(failures({ acme: good }, { acmeApiKey: "k", acmeUrl: "ftp://acme.test" })).toEqual([
      "acmeUrl must be an https:// address",
    ]);
  });
});

test("everything that is wrong is told at once", () => {
  const told = failures({ acme: { weights: 7, size: "L" }, waitForReady: "no", extra: 1 }, {});

  expect(told.map((failure) => failure.split(/[: ]/)[0])).toEqual([
    "extra",
    "waitForReady",
    "acme.name",
    "acme.weights",
    "acme.size",
    "Acme",
  ]);
});

test("a warning stops nothing", () => {
  const { kind, connections } = createFakeCall();

  expect(check(kind, { acme: { ...good, memory: "1TiB" } }, connections, true)).toMatchObject({
    failures: [],
    warnings: ["acme.memory: is a lot"],
  });
});

test("the value of a text is in no failure, wherever it is put", () => {
  const places: ((secret: string) => Record<string, unknown>)[] = [
    (secret) => ({ acme: secret }),
    (secret) => ({ acme: { ...good, token: { secret } } }),
    (secret) => ({ acme: { ...good, token: [secret] } }),
    (secret) => ({ acme: { ...good, scale: { min: secret } } }),
    (secret) => ({ acme: { ...good, enabled: secret } }),
    (secret) => ({ acme: { ...good, environment: secret } }),
    (secret) => ({ acme: { ...good, environment: { KEY: [secret] } } }),
    (secret) => ({ acme: good, waitForReady: secret }),
    (secret) => ({ acme: good, onCreateFailure: secret }),
    (secret) => ({ acme: good, adopt: [secret] }),
    (secret) => ({ acme: good, tokn: secret }),
  ];
  fc.assert(
    fc.property(fc.uuid(), fc.constantFrom(...places), (secret, place) => {
      const told = failures(place(secret));

      expect(told.length).toBeGreaterThan(0);
      expect(told.join("\n")).not.toContain(secret);
    }),
  );
});

test("whatever is given, the answer is a list of failures", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("acme", "zenith", "adopt", "x"), fc.anything()), (inputs) => {
      expect(Array.isArray(failures(inputs))).toBe(true);
    }),
  );
});

describe("what has to be known of a platform", () => {
  const platform = createFakePlatform("acme", { beforeCreate: "Acme: ask first", leavesBehind: "the model stays" });
  const notes = (inputs: Record<string, unknown>, isNew: boolean): string[] => {
    const { kind, connections } = createFakeCall({ platform });
    return check(kind, inputs, connections, isNew).notes;
  };

  test("is told once, before the deployment is made", () => {
    expect(notes({ acme: good }, true)).toEqual(["Acme: ask first", "after `pulumi destroy`: the model stays"]);
    expect(notes({ acme: good }, false)).toEqual([]);
  });

  test("is not told beside failures", () => {
    expect(notes({ acme: { name: "n" } }, true)).toEqual([]);
  });
});
