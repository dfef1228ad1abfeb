import { differences } from "../../../provider/inputs/differences";
import { unknownValue } from "../../../provider/inputs/unknown";
import { implementation } from "../../../provider/platforms/deepinfra/adapter";
import { deepinfra } from "../../../provider/platforms/deepinfra";
import type { DeepInfraInputs } from "../../../provider/platforms/deepinfra/inputs";
import { rules } from "../../../provider/platforms/deepinfra/rules";

const valid = { modelName: "support-7b", gpu: "H100-80GB", hf: { repo: "acme/support-7b" } };

describe("check", () => {
  it("accepts every documented input at both ends of its range", () => {
    const least = { ...valid, numGpus: 1, maxBatchSize: 1, settings: { minInstances: 0, maxInstances: 1 } };
    const most = {
      modelName: "acme/support-7b",
      gpu: "B300-270GB",
      numGpus: 8,
      maxBatchSize: 256,
      hf: { repo: "acme/support-7b", revision: "main", token: "hf_AbCdEfGhIjKlMnOp" },
      baseModel: "meta-llama/Meta-Llama-3-8B",
      settings: { minInstances: 4, maxInstances: 4 },
      extraArgs: ["--max-model-len", "32768"],
    };

    expect(rules.check(valid)).toEqual({ problems: [], warnings: [] });
    expect(rules.check(least)).toEqual({ problems: [], warnings: [] });
    expect(rules.check(most)).toEqual({ problems: [], warnings: [] });
  });

  it.each([
    ["no modelName", { modelName: undefined }, "modelName", "is required"],
    ["an empty modelName", { modelName: "" }, "modelName", "must not be empty"],
    ["no gpu", { gpu: undefined }, "gpu", "is required"],
    ["a gpu that is no text", { gpu: 80 }, "gpu", "must be a text, got a number"],
    ["no GPU at all", { numGpus: 0 }, "numGpus", "must be a whole number between 1 and 8, got 0"],
    ["nine GPUs", { numGpus: 9 }, "numGpus", "must be a whole number between 1 and 8, got 9"],
    ["half a GPU", { numGpus: 1.5 }, "numGpus", "must be a whole number between 1 and 8, got 1.5"],
    ["a number as text", { numGpus: "2" }, "numGpus", "must be a whole number between 1 and 8, got a string"],
    ["a batch of none", { maxBatchSize: 0 }, "maxBatchSize", "must be a whole number between 1 and 256, got 0"],
    ["a batch of 257", { maxBatchSize: 257 }, "maxBatchSize", "must be a whole number between 1 and 256, got 257"],
    ["weights without a repository", { hf: {} }, "hf.repo", "is required"],
    ["an empty token", { hf: { repo: "a/b", token: "" } }, "hf.token", "must not be empty"],
    ["weights that are a text", { hf: "acme/support-7b" }, "hf", "must be an object, got a string"],
    [
      "a negative minimum",
      { settings: { minInstances: -1 } },
      "settings.minInstances",
      "must be a whole number of at least 0, got -1",
    ],
    [
      "a maximum that is no whole number",
      { settings: { maxInstances: 1.5 } },
      "settings.maxInstances",
      "must be a whole number of at least 0, got 1.5",
    ],
    [
      "a minimum above the maximum",
      { settings: { minInstances: 3, maxInstances: 2 } },
      "settings.minInstances",
      "must not be above maxInstances, got 3 above 2",
    ],
    [
      "a minimum above the maximum's default",
      { settings: { minInstances: 2 } },
      "settings.minInstances",
      "must not be above maxInstances, got 2 above 1",
    ],
    ["arguments that are a text", { extraArgs: "--a" }, "extraArgs", "must be a list, got a string"],
    ["an argument that is a number", { extraArgs: ["--a", 1] }, "extraArgs[1]", /string/],
    ["a misspelt key", { numGPU: 2 }, "numGPU", 'is not a known property (did you mean "numGpus"?)'],
    [
      "a misspelt key inside",
      { settings: { minInstance: 1 } },
      "settings.minInstance",
      'is not a known property (did you mean "minInstances"?)',
    ],
    ["a key of nowhere", { region: "eu" }, "region", /is not a known property; known: modelName/],
  ])("refuses %s", (_name, change, path, message) => {
    const { problems } = rules.check({ ...valid, ...change });

    expect(problems.map((problem) => problem.path)).toEqual([path]);
    if (typeof message === "string") expect(problems[0]?.message).toBe(message);
    else expect(problems[0]?.message).toMatch(message);
  });

  it("tells all problems at once, also those between fields", () => {
    const inputs = { modelName: "", numGpus: 9, settings: { minInstances: 3, maxInstances: 2 }, nope: 1 };

    const paths = rules.check(inputs).problems.map(({ path }) => path);

    expect(paths.sort()).toEqual(["gpu", "modelName", "nope", "numGpus", "settings.minInstances"]);
  });

  it("never shows a token", () => {
    const secret = "hf_SECRETSECRET";
    const inputs = { ...valid, hf: { repo: "a/b", token: [secret], revision: { secret } }, maxBatchSize: secret };

    expect(rules.check(inputs).problems).toHaveLength(3);
    expect(JSON.stringify(rules.check(inputs))).not.toContain(secret);
  });

  it.each([
    ["a name", { modelName: unknownValue }],
    ["a GPU", { gpu: unknownValue }],
    ["a count", { numGpus: unknownValue }],
    ["the weights", { hf: unknownValue }],
    ["a token", { hf: { repo: "a/b", token: unknownValue } }],
    ["the settings", { settings: unknownValue }],
    ["a bound", { settings: { minInstances: 3, maxInstances: unknownValue } }],
    ["an argument", { extraArgs: ["--a", unknownValue] }],
  ])("lets %s pass that is not known yet", (_name, change) => {
    expect(rules.check({ ...valid, ...change })).toEqual({ problems: [], warnings: [] });
  });

  it("names the GPU that is probably meant", () => {
    expect(rules.check({ ...valid, gpu: "B300-288GB" }).warnings[0]?.message).toContain('(did you mean "B300-270GB"?)');
  });

  it.each([
    ["an undocumented GPU", { gpu: "B300-288GB" }, "gpu"],
    ["the GPU `other`, which is an output only", { gpu: "other" }, "gpu"],
    ["neither weights nor a base model", { hf: undefined }, "hf"],
    ["a maximum of 0", { settings: { minInstances: 0, maxInstances: 0 } }, "settings.maxInstances"],
  ])("warns of %s", (_name, change, path) => {
    const findings = rules.check({ ...valid, ...change });

    expect(findings.problems).toEqual([]);
    expect(findings.warnings.map((warning) => warning.path)).toEqual([path]);
  });
});

function changed(from: Partial<DeepInfraInputs>, to: Partial<DeepInfraInputs>): string[] {
  const [before, after] = [rules.canonical({ ...valid, ...from }), rules.canonical({ ...valid, ...to })];
  return differences(before, after).map(({ path }) => path);
}

describe("canonical", () => {
  it("takes a documented default for what is left out", () => {
    const defaults = { numGpus: 1, maxBatchSize: 96, settings: { minInstances: 1, maxInstances: 1 }, extraArgs: [] };

    expect(changed({}, defaults)).toEqual([]);
    expect(changed({ settings: { minInstances: 0 } }, { settings: { minInstances: 0, maxInstances: 1 } })).toEqual([]);
  });

  it("takes a name with and without the account for the same", () => {
    expect(changed({ modelName: "support-7b" }, { modelName: "acme/support-7b" })).toEqual([]);
    expect(changed({ modelName: "support-7b" }, { modelName: "acme/other-7b" })).toEqual(["modelName"]);
  });

  it("keeps what is not known yet", () => {
    const settings = unknownValue as never;

    expect(rules.canonical({ ...valid, settings })["settings"]).toBe(unknownValue);
  });

  it("sees every other change", () => {
    expect(changed({}, { settings: { maxInstances: 2 } })).toEqual(["settings.maxInstances"]);
    expect(changed({}, { extraArgs: ["--a"] })).toEqual(["extraArgs"]);
    expect(changed({}, { hf: { repo: "acme/support-7b", revision: "v2", token: "t" } })).toEqual([
      "hf.revision",
      "hf.token",
    ]);
  });
});

it.each([
  ["settings", "update"],
  ["settings.minInstances", "update"],
  ["settings.maxInstances", "update"],
  ["hf.token", "state-only"],
  ["hf.repo", "replace"],
  ["hf.revision", "replace"],
  ["hf", "replace"],
  ["modelName", "replace"],
  ["gpu", "replace"],
  ["numGpus", "replace"],
  ["maxBatchSize", "replace"],
  ["baseModel", "replace"],
  ["extraArgs", "replace"],
])("a change of %s means %s", (path, effect) => {
  expect(rules.effectOf(path)).toBe(effect);
});

it("recognises a deployment by its name", () => {
  expect(rules.identity({ ...valid, modelName: "acme/x" })).toBe(
    rules.identity({ ...valid, modelName: "x", gpu: "L4-24GB" }),
  );
  expect(rules.identity({ ...valid, modelName: "y" })).not.toBe(rules.identity({ ...valid, modelName: "x" }));
  expect(rules.wantsRunning(valid)).toBe(true);
  expect(deepinfra.secretPaths).toEqual(["hf.token"]);
});

it("leaves nothing behind when a deployment is gone", () => {
  expect(implementation.removedPhases).toEqual(["gone", "failed"]);
  expect(implementation.leavesBehind).toBeUndefined();
});
