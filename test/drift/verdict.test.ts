/** What the engine's events can hold that no simulated platform shows. */
import type { IgnoreRule } from "../../drift";
import type { Observation } from "../../drift/observation";
import { judge, summarize } from "../../drift/verdict";

const inputs = { deepinfra: { modelName: "m", gpu: "H100-80GB" } };
const ready = { status: "ready", platformStatus: "running" };

function observed(change: Partial<Observation> = {}): Observation {
  return {
    urn: "urn:pulumi:dev::chat::pulumi-nodejs:dynamic/inference:ModelDeployment::llama-a",
    name: "llama-a",
    type: "pulumi-nodejs:dynamic/inference:ModelDeployment",
    id: "deepinfra/abc",
    known: { inputs, outputs: { ...inputs, ...ready } },
    live: { inputs, outputs: { ...inputs, ...ready } },
    differs: false,
    changedPaths: [],
    ignoreChanges: [],
    initErrors: [],
    ...change,
  };
}

const scaled = (more: Partial<Observation> = {}): Observation =>
  observed({
    live: {
      inputs: { deepinfra: { ...inputs.deepinfra, settings: { minInstances: 1, maxInstances: 4 } } },
      outputs: ready,
    },
    ...more,
  });

const withStatus = (status: string, more: object = {}): Observation =>
  observed({ live: { inputs, outputs: { status, ...more } } });

describe("a deployment", () => {
  it("is clean when nothing differs", () => {
    expect(judge(observed())).toEqual({
      urn: observed().urn,
      name: "llama-a",
      type: observed().type,
      platform: "deepinfra",
      id: "deepinfra/abc",
      verdict: "clean",
      differences: [],
      ignored: [],
    });
  });

  it("shows a documented default as the value that the state means", () => {
    expect(judge(scaled()).differences).toEqual([
      { path: "deepinfra.settings.maxInstances", class: "scale-bounds", old: 1, new: 4 },
    ]);
  });

  it("is not well while its last wait is unfinished", () => {
    const { verdict, reason } = judge(withStatus("pending", { __awaiting: true, reason: "no GPU yet" }));

    expect(verdict).toBe("unhealthy");
    expect(reason).toBe("it is pending; no GPU yet; the last `pulumi up` did not see it become ready");
  });

  it("cannot be told when the platform cannot", () => {
    expect(judge(withStatus("unknown", { reason: "Kore no longer knows the job" }))).toMatchObject({
      verdict: "unknown",
      reason: "Kore no longer knows the job",
    });
  });

  it("is read by its id alone where the state has no inputs", () => {
    const bare = { inputs: {}, outputs: ready };

    expect(judge(observed({ known: bare, live: bare })).verdict).toBe("clean");
    expect(judge(observed({ known: bare, live: { inputs: {}, outputs: { status: "stopped" } } })).verdict).toBe(
      "unhealthy",
    );
  });

  it("may be secret as a whole", () => {
    const hidden = { inputs: { deepinfra: "[secret]" }, outputs: ready };
    const paths = ["deepinfra", "deepinfra.settings.maxInstances"];

    expect(judge(observed({ known: hidden, live: hidden })).verdict).toBe("clean");
    expect(judge(observed({ known: hidden, live: hidden, differs: true, changedPaths: paths }))).toMatchObject({
      verdict: "drifted",
      differences: [{ path: "deepinfra", class: "configuration", old: "[secret]", new: "[secret]" }],
    });
  });

  it("has a path in brackets where a key holds a dot", () => {
    const live = (variables: object) => ({
      modelRid: "ri",
      branch: "master",
      runtimeConfiguration: { minReplicas: 1, maxReplicas: 1, environmentVariables: variables },
    });
    const observation = observed({
      type: "pulumi-nodejs:dynamic/inference:LiveDeployment",
      id: "foundry/ri",
      known: { inputs: live({ "a.b": "[secret]", "c.d": "1" }), outputs: ready },
      live: { inputs: live({ "a.b": "[secret]", "c.d": "2" }), outputs: ready },
      changedPaths: ["runtimeConfiguration", "runtimeConfiguration.environmentVariables.a.b"],
    });

    expect(judge(observation).differences.map(({ path }) => path)).toEqual([
      'runtimeConfiguration.environmentVariables["c.d"]',
      'runtimeConfiguration.environmentVariables["a.b"]',
    ]);
  });
});

describe("what is ignored", () => {
  const rule = (change: Partial<IgnoreRule> = {}): IgnoreRule[] => [{ paths: ["deepinfra.settings"], ...change }];

  it.each([
    ["of any resource", rule()],
    ["of resources by a part of their name", rule({ resource: "llama-*" })],
    ["of a resource by its URN", rule({ resource: observed().urn })],
    ["by a wildcard", rule({ paths: ["deepinfra.*.maxInstances"] })],
    ["whatever it is", rule({ paths: ["*"] })],
  ])("is listed: %s", (_what, rules) => {
    expect(judge(scaled(), rules)).toMatchObject({ verdict: "clean", differences: [], ignored: [{ by: "config" }] });
  });

  it.each([
    ["of another resource", rule({ resource: "llama" })],
    ["of another path", rule({ paths: ["deepinfra.settings.minInstances"] })],
  ])("counts when the rule is one %s", (_what, rules) => {
    expect(judge(scaled(), rules)).toMatchObject({ verdict: "drifted", ignored: [] });
  });

  it("by the program hides no illness and no loss", () => {
    const ignoreChanges = ["*"];
    const { live: _live, ...gone } = observed({ ignoreChanges });

    expect(judge(scaled({ ignoreChanges })).verdict).toBe("clean");
    expect(judge({ ...withStatus("failed"), ignoreChanges }).verdict).toBe("unhealthy");
    expect(judge(gone).verdict).toBe("drifted");
  });

  it("by a rule may be an illness", () => {
    expect(judge(withStatus("failed"), [{ paths: ["status"] }])).toEqual({
      ...judge(observed()),
      ignored: [{ path: "status", class: "health", old: "ready", new: "failed", by: "config" }],
    });
  });

  it("decides whether a deployment should run", () => {
    const foundry = (enabled: boolean) => ({
      modelRid: "ri",
      branch: "master",
      enabled,
      runtimeConfiguration: { minReplicas: 1, maxReplicas: 1 },
    });
    const disabled = observed({
      type: "pulumi-nodejs:dynamic/inference:LiveDeployment",
      id: "foundry/ri",
      known: { inputs: foundry(true), outputs: ready },
      live: { inputs: foundry(false), outputs: { status: "stopped" } },
    });

    expect(judge(disabled).verdict).toBe("unhealthy");
    expect(judge({ ...disabled, ignoreChanges: ["enabled"] })).toMatchObject({
      verdict: "clean",
      ignored: [{ path: "enabled", by: "ignoreChanges" }],
    });
  });
});

describe("a resource of another provider", () => {
  const other = (change: Partial<Observation> = {}): Observation =>
    observed({
      type: "aws:s3/bucket:Bucket",
      id: "bucket",
      known: {
        inputs: { acl: "private" },
        outputs: { acl: "private", arn: "a", tags: { a: 1 }, password: "[secret]" },
      },
      live: { inputs: { acl: "public" }, outputs: { acl: "public", arn: "a", tags: { a: 2 }, password: "[secret]" } },
      differs: true,
      ...change,
    });

  it("differs where its provider says so", () => {
    const { platform, verdict, differences } = judge(other({ changedPaths: ["tags", "tags.a", "password"] }));

    expect({ platform, verdict }).toEqual({ platform: undefined, verdict: "drifted" });
    expect(differences).toEqual([
      { path: "tags.a", class: "configuration", old: 1, new: 2 },
      { path: "password", class: "configuration", old: "[secret]", new: "[secret]" },
    ]);
  });

  it("differs where values do, when its provider names none", () => {
    expect(judge(other()).differences.map(({ path }) => path)).toEqual(["acl", "tags.a"]);
  });

  it("differs somewhere, when nothing that is no secret does", () => {
    const { known } = other();

    expect(judge(other({ live: known }))).toMatchObject({ verdict: "drifted", differences: [{ path: "*" }] });
  });

  it("is clean when its provider sees nothing, whatever moved", () => {
    expect(judge(other({ differs: false }))).toMatchObject({ verdict: "clean", differences: [] });
  });

  it("is not well when its provider says so", () => {
    expect(judge(other({ differs: false, initErrors: ["0 of 3 pods are ready"] }))).toMatchObject({
      verdict: "unhealthy",
      reason: "0 of 3 pods are ready",
      differences: [{ path: "initErrors", class: "health" }],
    });
  });
});

it("counts verdicts and what was ignored", () => {
  const resources = [observed(), scaled(), withStatus("failed"), observed({ error: "answered 401" })].map((one) =>
    judge(one),
  );
  const hidden = judge(scaled(), [{ paths: ["*"] }]);

  expect(summarize([...resources, hidden])).toEqual({ clean: 2, drifted: 1, unhealthy: 1, unknown: 1, ignored: 1 });
});
