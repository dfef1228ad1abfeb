import fc from "fast-check";
import { unknownValue } from "../../../provider/inputs/unknown";
import type { FoundryInputs, FoundryTimeUnit } from "../../../provider/platforms/foundry";
import { canonicalDuration, canonicalRuntime } from "../../../provider/platforms/foundry/canonical";
import { rules } from "../../../provider/platforms/foundry/rules";
import { inputs, modelRid } from "./fixtures/documented";

const runtime = inputs.runtimeConfiguration;
const withRuntime = (change: object) => ({ ...inputs, runtimeConfiguration: { ...runtime, ...change } });

describe("check", () => {
  it("accepts the documented example", () => {
    expect(rules.check({ ...inputs, enabled: true })).toEqual({ problems: [], warnings: [] });
  });

  const scaling = runtime.scalingConfiguration;
  it.each([
    ["no model", { ...inputs, modelRid: undefined }, "modelRid", /required/],
    ["no branch", { ...inputs, branch: "" }, "branch", /empty/],
    ["no configuration", { modelRid, branch: "master" }, "runtimeConfiguration", /required/],
    ["no minimum", withRuntime({ minReplicas: undefined }), "runtimeConfiguration.minReplicas", /required/],
    ["half a replica", withRuntime({ minReplicas: 0.5 }), "runtimeConfiguration.minReplicas", /whole number/],
    [
      "a minimum above the maximum",
      withRuntime({ minReplicas: 4 }),
      "runtimeConfiguration.minReplicas",
      /above maxReplicas/,
    ],
    ["no cpu at all", withRuntime({ cpu: 0 }), "runtimeConfiguration.cpu", /above 0/],
    ["no GPU among its GPUs", withRuntime({ gpu: { count: 0 } }), "runtimeConfiguration.gpu.count", /at least 1/],
    ["no threads", withRuntime({ threadCount: 0 }), "runtimeConfiguration.threadCount", /at least 1/],
    [
      "a load above 1",
      withRuntime({ scalingConfiguration: { ...scaling, scaleUpLoadThreshold: 75 } }),
      "runtimeConfiguration.scalingConfiguration.scaleUpLoadThreshold",
      /between 0 and 1, got 75/,
    ],
    [
      "an unknown unit",
      withRuntime({ scalingConfiguration: { ...scaling, scaleUpDelay: { value: 1, unit: "minutes" } } }),
      "runtimeConfiguration.scalingConfiguration.scaleUpDelay.unit",
      /one of "MILLISECONDS".*"MINUTES"/,
    ],
    [
      "half a scaling configuration",
      withRuntime({ scalingConfiguration: { scaleUpLoadThreshold: 0.8, scaleUpDelay: scaling?.scaleUpDelay } }),
      "runtimeConfiguration.scalingConfiguration.scaleDownDelay",
      /required/,
    ],
    ["a source that is no text", withRuntime({ sources: [1] }), "runtimeConfiguration.sources[0]", /text/],
    [
      "a misspelt field",
      withRuntime({ threadcount: 1 }),
      "runtimeConfiguration.threadcount",
      /did you mean "threadCount"/,
    ],
    ["a field of another platform", { ...inputs, gpu: "A100" }, "gpu", /not a known property/],
  ])("refuses %s", (_name, given, path, message) => {
    expect(rules.check(given).problems).toEqual([{ path, message: expect.stringMatching(message) as string }]);
  });

  it("finds everything at once", () => {
    const given = { ...withRuntime({ minReplicas: 5, cpu: -1 }), branch: "" };

    expect(rules.check(given).problems.map(({ path }) => path)).toEqual([
      "branch",
      "runtimeConfiguration.cpu",
      "runtimeConfiguration.minReplicas",
    ]);
  });

  it("never shows the value of an environment variable", () => {
    const { problems } = rules.check(withRuntime({ environmentVariables: { KEY: 123456789 } }));

    expect(problems).toEqual([
      { path: "runtimeConfiguration.environmentVariables.KEY", message: "must be a text, got a number" },
    ]);
  });

  it.each([
    ["a new GPU type", withRuntime({ gpu: { count: 1, type: "C300" } }), "runtimeConfiguration.gpu.type"],
    ["memory in another spelling", withRuntime({ memory: "1 GB" }), "runtimeConfiguration.memory"],
    ["no replica at all", withRuntime({ maxReplicas: 0 }), "runtimeConfiguration.maxReplicas"],
    ["the RID of a version", { ...inputs, modelRid: "ri.models.main.model-version.1" }, "modelRid"],
    [
      "a low threshold",
      withRuntime({ scalingConfiguration: { ...scaling, scaleUpLoadThreshold: 0.5 } }),
      "runtimeConfiguration.scalingConfiguration.scaleUpLoadThreshold",
    ],
    [
      "a delay of scaling up that is longer than the other",
      withRuntime({ scalingConfiguration: { ...scaling, scaleUpDelay: { value: 1, unit: "HOURS" } } }),
      "runtimeConfiguration.scalingConfiguration.scaleUpDelay",
    ],
  ])("warns of %s, and lets it pass", (_name, given, path) => {
    const findings = rules.check(given);

    expect(findings.problems).toEqual([]);
    expect(findings.warnings.map((warning) => warning.path)).toEqual([path]);
  });

  it("lets values through that are not known yet", () => {
    const unknown = {
      gpu: { count: unknownValue, type: unknownValue },
      memory: unknownValue,
      minReplicas: unknownValue,
    };

    expect(rules.check(withRuntime(unknown))).toEqual({ problems: [], warnings: [] });
    expect(rules.check({ modelRid: unknownValue, branch: unknownValue, runtimeConfiguration: unknownValue })).toEqual({
      problems: [],
      warnings: [],
    });
  });

  it("survives anything", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void rules.check({ ...inputs, runtimeConfiguration: value })));
  });
});

describe("canonical", () => {
  it("fills in what is documented", () => {
    expect(
      rules.canonical({ modelRid, branch: "b", runtimeConfiguration: { minReplicas: 1, maxReplicas: 1 } }),
    ).toEqual({
      modelRid,
      branch: "b",
      enabled: true,
      runtimeConfiguration: { minReplicas: 1, maxReplicas: 1, threadCount: 32, sources: [], environmentVariables: {} },
    });
  });

  const memory = (text: string) => (canonicalRuntime({ memory: text }) as { memory: string }).memory;

  it.each([
    ["1024MiB", "1GiB"],
    ["1.5GiB", "1536MiB"],
    ["1048576KiB", "1GiB"],
  ])("takes memory %s as %s", (one, other) => {
    expect(memory(one)).toBe(memory(other));
  });

  it.each(["1GB", "1 GiB", "1gib", "lots", "", "GiB", "0x1GiB"])(
    "takes %p verbatim, since the grammar is not documented",
    (text) => {
      expect(memory(text)).toBe(text);
    },
  );

  it.each<[number, FoundryTimeUnit, number, FoundryTimeUnit]>([
    [60, "SECONDS", 1, "MINUTES"],
    [1000, "MILLISECONDS", 1, "SECONDS"],
    [24, "HOURS", 1, "DAYS"],
    [7, "DAYS", 1, "WEEKS"],
    [12, "MONTHS", 1, "YEARS"],
  ])("takes %i %s as %i %s", (value, unit, otherValue, otherUnit) => {
    expect(canonicalDuration({ value, unit })).toEqual(canonicalDuration({ value: otherValue, unit: otherUnit }));
  });

  it("does not turn months into days", () => {
    expect(canonicalDuration({ value: 1, unit: "MONTHS" })).not.toEqual(canonicalDuration({ value: 30, unit: "DAYS" }));
  });

  it("takes sources as a set", () => {
    expect(canonicalRuntime({ sources: ["b", "a", "b"] })).toEqual(canonicalRuntime({ sources: ["a", "b"] }));
  });

  it("keeps what is not known yet", () => {
    const unknown = { modelRid, branch: "b", runtimeConfiguration: unknownValue } as unknown as FoundryInputs;

    expect(rules.canonical(unknown)).toMatchObject({ runtimeConfiguration: unknownValue });
    expect(
      canonicalRuntime({ sources: unknownValue, scalingConfiguration: { scaleUpDelay: unknownValue } }),
    ).toMatchObject({
      sources: unknownValue,
      scalingConfiguration: { scaleUpDelay: unknownValue },
    });
  });

  it("does not change when applied twice, whatever the value is", () => {
    const delay = fc.record({ value: fc.integer(), unit: fc.oneof(fc.string(), fc.constantFrom("DAYS", "YEARS")) });
    const value = fc.oneof(
      fc.jsonValue(),
      fc.record({
        memory: fc.oneof(
          fc.string(),
          fc.nat().map((amount) => `${amount}MiB`),
        ),
        sources: fc.array(fc.string()),
        scalingConfiguration: fc.oneof(fc.jsonValue(), fc.record({ scaleUpDelay: delay, scaleDownDelay: delay })),
      }),
    );
    fc.assert(
      fc.property(value, (given) => {
        const once = canonicalRuntime(given);
        expect(canonicalRuntime(once)).toEqual(once);
      }),
    );
  });
});

it("tells what a change does", () => {
  expect(rules.effectOf("modelRid")).toBe("replace");
  expect(rules.effectOf("branch")).toBe("replace");
  for (const path of ["enabled", "runtimeConfiguration.sources", "runtimeConfiguration.gpu.type"]) {
    expect(rules.effectOf(path)).toBe("update");
  }
});

it("recognises a deployment by model and branch, and wants it to run unless told otherwise", () => {
  expect(rules.identity(withRuntime({ maxReplicas: 9 }))).toBe(rules.identity(inputs));
  expect(rules.identity({ ...inputs, branch: "other" })).not.toBe(rules.identity(inputs));
  expect(rules.wantsRunning(inputs)).toBe(true);
  expect(rules.wantsRunning({ ...inputs, enabled: false })).toBe(false);
});
