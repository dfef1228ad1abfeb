import { differences } from "../../../provider/inputs/differences";
import { unknownValue } from "../../../provider/inputs/unknown";
import { implementation } from "../../../provider/platforms/kore/adapter";
import type { KoreInputs } from "../../../provider/platforms/kore/inputs";
import { rules } from "../../../provider/platforms/kore/rules";
import { inputs } from "./account";

const within = (change: object): object => ({ hyperParameters: { ...inputs.hyperParameters, ...change } });
const scaling = (scalingParameters: object): object => ({ scalingParameters });
const optimization = (optimizationInfo: object): object => ({ optimizationInfo });

describe("check", () => {
  it("accepts every documented input at both ends of its range", () => {
    const least = {
      ...inputs,
      hyperParameters: { temperature: 0, maxTokens: 0, topP: 0, topK: 1, stopSequence: [] },
      scalingParameters: { maxBatchSize: 1, minReplicas: 1, maxReplicas: 1, scaleUpDelay: 1, scaleDownDelay: 50 },
      optimizationInfo: { optimizationType: "", quantizationType: "" },
      isDeployedPreviously: true,
    };
    const most = {
      ...inputs,
      hyperParameters: { temperature: 2, maxTokens: 512, topP: 1, topK: 100, stopSequence: ["</s>"] },
      scalingParameters: {
        maxBatchSize: 256,
        minReplicas: 10,
        maxReplicas: 50,
        scaleUpDelay: 1000,
        scaleDownDelay: 2000,
      },
      optimizationInfo: { optimizationType: "ctranslate2", quantizationType: "int8_float16" },
      endpoint: "https://kore.example.com/v2/chat/completions",
    };

    for (const given of [inputs, least, most, { ...inputs, modelType: "fineTune" }]) {
      expect(rules.check(given)).toEqual({ problems: [], warnings: [] });
    }
  });

  it.each([
    "g4dn.xlarge",
    "g5.xlarge",
    "g5.2xlarge",
    "g6e.xlarge",
    "g4dn.12xlarge",
    "g5.12xlarge",
    "g5.48xlarge",
    "g4dn.metal",
  ])("accepts the device %s", (deviceType) => {
    expect(rules.check({ ...inputs, deviceType }).problems).toEqual([]);
  });

  it.each([
    ["modelId", { modelId: undefined }],
    ["modelType", { modelType: undefined }],
    ["name", { name: undefined }],
    ["deviceType", { deviceType: undefined }],
    ["hyperParameters", { hyperParameters: undefined }],
    ["hyperParameters.temperature", within({ temperature: undefined })],
    ["hyperParameters.maxTokens", within({ maxTokens: undefined })],
    ["hyperParameters.topP", within({ topP: undefined })],
    ["hyperParameters.topK", within({ topK: undefined })],
  ])("asks for %s", (path, change) => {
    expect(rules.check({ ...inputs, ...change }).problems).toEqual([{ path, message: "is required" }]);
  });

  it.each([
    ["hyperParameters.temperature", within({ temperature: 2.1 }), "must be a number between 0 and 2, got 2.1"],
    ["hyperParameters.temperature", within({ temperature: -0.1 }), "must be a number between 0 and 2, got -0.1"],
    ["hyperParameters.maxTokens", within({ maxTokens: 513 }), "must be a whole number between 0 and 512, got 513"],
    ["hyperParameters.maxTokens", within({ maxTokens: 1.5 }), "must be a whole number between 0 and 512, got 1.5"],
    ["hyperParameters.topP", within({ topP: 1.01 }), "must be a number between 0 and 1, got 1.01"],
    ["hyperParameters.topK", within({ topK: 0 }), "must be a whole number between 1 and 100, got 0"],
    ["hyperParameters.topK", within({ topK: 101 }), "must be a whole number between 1 and 100, got 101"],
    ["hyperParameters.stopSequence", within({ stopSequence: "</s>" }), "must be a list, got a string"],
    [
      "scalingParameters.maxBatchSize",
      scaling({ maxBatchSize: 257 }),
      "must be a whole number between 1 and 256, got 257",
    ],
    ["scalingParameters.minReplicas", scaling({ minReplicas: 0 }), "must be a whole number between 1 and 10, got 0"],
    ["scalingParameters.minReplicas", scaling({ minReplicas: 11 }), "must be a whole number between 1 and 10, got 11"],
    ["scalingParameters.maxReplicas", scaling({ maxReplicas: 51 }), "must be a whole number between 1 and 50, got 51"],
    [
      "scalingParameters.scaleUpDelay",
      scaling({ scaleUpDelay: 1001 }),
      "must be a whole number between 1 and 1000, got 1001",
    ],
    [
      "scalingParameters.scaleDownDelay",
      scaling({ scaleDownDelay: 49 }),
      "must be a whole number between 50 and 2000, got 49",
    ],
    [
      "scalingParameters.scaleDownDelay",
      scaling({ scaleDownDelay: 2001 }),
      "must be a whole number between 50 and 2000, got 2001",
    ],
    [
      "scalingParameters.minReplicas",
      scaling({ minReplicas: 3, maxReplicas: 2 }),
      "must not be above maxReplicas, got 3 above 2",
    ],
    ["modelType", { modelType: "opensource" }, 'must be one of "openSource", "fineTune" (did you mean "openSource"?)'],
    ["deviceType", { deviceType: "p4d.24xlarge" }, /must be one of "g4dn\.xlarge"/],
    [
      "optimizationInfo.optimizationType",
      optimization({ optimizationType: "awq" }),
      /^must be one of "".*, got a string$/,
    ],
    [
      "optimizationInfo.quantizationType",
      optimization({ quantizationType: "awq" }),
      /^must be one of "".*, got a string$/,
    ],
    ["isDeployedPreviously", { isDeployedPreviously: "true" }, "must be a boolean, got a string"],
    [
      "isDeployedPreviouly",
      { isDeployedPreviouly: true },
      'is not a known property (did you mean "isDeployedPreviously"?)',
    ],
    [
      "hyperParameters.stopSequences",
      within({ stopSequences: [] }),
      'is not a known property (did you mean "stopSequence"?)',
    ],
  ])("refuses at %s: %j", (path, change, message) => {
    const { problems } = rules.check({ ...inputs, ...change });

    expect(problems.map((problem) => problem.path)).toEqual([path]);
    if (typeof message === "string") expect(problems[0]?.message).toBe(message);
    else expect(problems[0]?.message).toMatch(message);
  });

  it("tells all problems at once, also those between fields", () => {
    const given = { modelType: "x", ...within({ topK: 0 }), ...scaling({ minReplicas: 3, maxReplicas: 2 }), nope: 1 };

    const paths = rules.check(given).problems.map(({ path }) => path);

    expect(paths.sort()).toEqual([
      "deviceType",
      "hyperParameters.topK",
      "modelId",
      "modelType",
      "name",
      "nope",
      "scalingParameters.minReplicas",
    ]);
  });

  it.each([
    ["the model", { modelId: unknownValue }],
    ["the type", { modelType: unknownValue, optimizationInfo: { optimizationType: "vllm" } }],
    ["the parameters", { hyperParameters: unknownValue }],
    ["a parameter", within({ topK: unknownValue })],
    ["a bound", scaling({ minReplicas: 3, maxReplicas: unknownValue })],
    ["the scaling", { scalingParameters: unknownValue }],
    ["the optimization", { optimizationInfo: unknownValue }],
    ["an optimization", optimization({ optimizationType: unknownValue, quantizationType: "int8_float16" })],
    ["the endpoint", { endpoint: unknownValue }],
  ])("lets %s pass that is not known yet", (_name, change) => {
    expect(rules.check({ ...inputs, ...change })).toEqual({ problems: [], warnings: [] });
  });

  it.each([
    [
      "an optimization of a fine-tuned model",
      { modelType: "fineTune", optimizationInfo: { optimizationType: "vllm", quantizationType: "no_quantization" } },
      "optimizationInfo.optimizationType",
    ],
    [
      "a quantization that vLLM is not documented with",
      optimization({ optimizationType: "vllm", quantizationType: "int8_float16" }),
      "optimizationInfo.quantizationType",
    ],
    [
      "a quantization without optimization",
      optimization({ quantizationType: "int8_float16" }),
      "optimizationInfo.quantizationType",
    ],
    ["a first deployment", { isDeployedPreviously: false }, "isDeployedPreviously"],
  ])("warns of %s", (_name, change, path) => {
    const findings = rules.check({ ...inputs, ...change });

    expect(findings.problems).toEqual([]);
    expect(findings.warnings.map((warning) => warning.path)).toEqual([path]);
  });
});

describe("canonical", () => {
  it("knows one default, and takes the rest as it is", () => {
    const changed = (to: Partial<KoreInputs>): string[] =>
      differences(rules.canonical(inputs), rules.canonical({ ...inputs, ...to })).map(({ path }) => path);

    expect(changed({})).toEqual([]);
    expect(changed({ isDeployedPreviously: true })).toEqual([]);
    expect(changed({ scalingParameters: { minReplicas: 1 } })).toEqual(["scalingParameters.minReplicas"]);
    expect(changed({ endpoint: "https://x" })).toEqual(["endpoint"]);
  });
});

it.each([
  ["modelId", "replace"],
  ["modelType", "replace"],
  ["name", "update"],
  ["deviceType", "update"],
  ["hyperParameters.topK", "update"],
  ["hyperParameters.stopSequence", "update"],
  ["scalingParameters", "update"],
  ["optimizationInfo.optimizationType", "update"],
  ["endpoint", "state-only"],
  ["isDeployedPreviously", "state-only"],
])("a change of %s means %s", (path, effect) => {
  expect(rules.effectOf(path)).toBe(effect);
});

it("recognises a deployment by its model", () => {
  expect(rules.identity({ ...inputs, name: "another", modelType: "fineTune" })).toBe(rules.identity(inputs));
  expect(rules.wantsRunning(inputs)).toBe(true);
});

it("says aloud that the model stays behind", () => {
  expect(implementation.leavesBehind).toMatch(/keeps the model itself/);
});
