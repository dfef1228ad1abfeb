/** What `detectDrift` says of a stack of the real engine: each verdict, each class, and what may never happen. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DetectOptions, detectDrift, type DriftReport, type ResourceDrift } from "../../drift";
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type Program, type Stack } from "../support/engine";
import { until } from "../support/until";
import { deploymentOf, llamasProgram } from "./llamas";

const planted = {
  token: "hf_planted-drift-token",
  environment: "planted-drift-environment",
  rotated: "planted-drift-rotated",
  foreign: "planted-drift-foreign",
};
const modelRid = "ri.models.main.model.drift";

/** `deepinfra.settings` is what the first program ignores, its maximum alone what the second one does. */
function program(ignored = "deepinfra.settings", folder = "."): Program {
  return llamasProgram(`
const fs = require("fs");
const file = ${JSON.stringify(folder)} + "/other.json";
const provider = {
  async create(inputs) { return { id: "one", outs: inputs }; },
  async read(id, properties) {
    if (!fs.existsSync(file)) return { id, props: properties };
    const found = JSON.parse(fs.readFileSync(file, "utf8"));
    if (found.broken) throw new Error("the other cloud does not like " + properties.password);
    return { id: found.gone ? "" : id, props: { ...properties, ...found } };
  },
  async diff(id, olds, news) { return { changes: olds.size !== news.size }; },
};
class Other extends pulumi.dynamic.Resource {
  constructor(name, inputs) { super(provider, name, inputs); }
}
new Other("other", { size: 1, tags: { "a.b": 1 }, password: pulumi.secret("${planted.foreign}") });
const group = new pulumi.ComponentResource("test:group:Group", "group");
llama("clean", { deepinfra: { hf: { repo: "acme/clean", token: "${planted.token}" } } }, { parent: group });
for (const name of ["scaled", "stopped", "gone", "denied", "by-config", "rolling"]) llama(name);
llama("by-program", {}, { ignoreChanges: ["${ignored}"] });
const live = (name, enabled) => new inference.LiveDeployment(name, {
  modelRid: "${modelRid}-" + name, branch: "master", enabled,
  runtimeConfiguration: {
    minReplicas: 1, maxReplicas: 3, memory: "1024MiB",
    environmentVariables: { PLAIN: "x", TOKEN: pulumi.secret("${planted.environment}") },
  },
});
live("edited"); live("published"); live("off", false);
new inference.ModelDeployment("kore", { kore: {
  modelId: "cm-drift", modelType: "openSource", name: "Drift", deviceType: "g5.xlarge",
  hyperParameters: { temperature: 1, maxTokens: 512, topP: 1, topK: 50 },
} });
new inference.ModelDeployment("cluster", { opensearch: { modelId: "SimulatedRemoteModel" } });
`);
}

let simulator: Simulator;
let stack: Stack;

beforeAll(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
  stack = await createStack({ program: program(), environment: simulator.environment() });
  stack.setProgram(program("deepinfra.settings", stack.folder));
  await stack.up();
  await stack.pulumi("config", "set", "--path", "inference:drift.ignore[0].resource", "by-conf*");
  await stack.pulumi(
    "config",
    "set",
    "--path",
    "inference:drift.ignore[0].paths[0]",
    "deepinfra.settings.maxInstances",
  );
});

afterAll(() => simulator.close());

const detect = async (options: DetectOptions = {}, environment: Record<string, string> = {}): Promise<DriftReport> =>
  detectDrift(await stack.automation(environment), { settleSeconds: 0, ...options });

function resourceIn({ resources }: DriftReport, name: string): ResourceDrift {
  const found = resources.find((resource) => resource.name === name);
  if (found === undefined) throw new Error(`the report has no ${name}`);
  return found;
}

const verdicts = ({ resources }: DriftReport): Record<string, string> =>
  Object.fromEntries(resources.map(({ name, verdict }) => [name, verdict]));

const actOn = (name: string, action: string, change: object = {}): void =>
  simulator.act({ platform: "deepinfra", id: deploymentOf(simulator, name).id, action, ...change });

function actOnLive(name: string, action: string, change: object = {}): void {
  const deployment = simulator
    .deployments("foundry")
    .find((one) => JSON.stringify(one).includes(`${modelRid}-${name}`));
  simulator.act({ platform: "foundry", id: deployment?.id ?? "", action, ...change });
}

/** Every byte of the backend, by its file; locks and empty folders left out. */
function backendBytes(): Record<string, string> {
  const backend = join(stack.folder, "backend");
  const files = readdirSync(backend, { recursive: true, encoding: "utf8" })
    .filter((file) => statSync(join(backend, file)).isFile())
    .filter((file) => !file.includes("locks"));
  return Object.fromEntries(
    files.map((file) => [
      file,
      createHash("sha256")
        .update(readFileSync(join(backend, file)))
        .digest("hex"),
    ]),
  );
}

test("nothing is reported of a stack that scales, rolls and is published to", async () => {
  for (const running of [0, 1, 1]) {
    actOn("clean", "scale", { running });
    actOnLive("edited", "scale", { running: running + 1 });
    simulator.configure({ deepinfra: { newerApi: running === 0 }, foundry: { normalises: running === 1 } });
    simulator.act({ platform: "opensearch", id: "SimulatedRemoteModel", action: "deploy" });
    const { summary, errors } = await detect({ onlyInference: true, settleSeconds: 600 });

    expect({ summary, errors }).toEqual({
      summary: { clean: 12, drifted: 0, unhealthy: 0, unknown: 1, ignored: 0 },
      errors: [],
    });
  }
});

test("nothing is reported of a stack that nobody touched, but what no API tells", async () => {
  const report = await detect();

  expect(report).toMatchObject({ version: 1, stack: "test", project: "test", errors: [] });
  expect(report.summary).toEqual({ clean: 13, drifted: 0, unhealthy: 0, unknown: 1, ignored: 0 });
  expect(resourceIn(report, "kore")).toMatchObject({
    verdict: "unknown",
    platform: "kore",
    id: "kore/cm-drift",
    differences: [],
    reason: expect.stringContaining("Kore.ai's API tells neither") as string,
  });
});

describe("a stack that many hands touched", () => {
  let before: Record<string, string>;
  let report: DriftReport;

  beforeAll(async () => {
    for (const name of ["scaled", "by-config", "by-program"]) {
      actOn(name, "configure", { minInstances: 1, maxInstances: 5 });
    }
    actOn("stopped", "stop");
    actOn("gone", "delete");
    const environmentVariables = { PLAIN: "y", TOKEN: planted.rotated, EXTRA: planted.rotated };
    actOnLive("edited", "configure", { runtimeConfiguration: { environmentVariables, memory: "1GiB" } });
    actOnLive("edited", "publish");
    actOnLive("published", "publish");
    actOnLive("off", "start");
    simulator.act({ platform: "kore", id: "cm-drift", action: "undeploy" });
    writeFileSync(join(stack.folder, "other.json"), JSON.stringify({ size: 2 }));
    // What is well is seen in the account's list; of this one, a look of its own is to be refused.
    actOn("denied", "status", { status: "updating" });
    const denied = `/deploy/${deploymentOf(simulator, "denied").id}`;
    simulator.fault({ kind: "status", status: 401, path: denied, times: 1 });
    before = backendBytes();
    // Nobody listens there: the connection is refused.
    report = await detect({}, { OPENSEARCH_URL: "http://127.0.0.1:9" });
    actOn("denied", "finish");
  });

  test("each resource has its verdict", () => {
    expect(verdicts(report)).toEqual({
      clean: "clean",
      scaled: "drifted",
      stopped: "unhealthy",
      gone: "drifted",
      denied: "unknown",
      rolling: "clean",
      "by-config": "clean",
      "by-program": "clean",
      edited: "drifted",
      published: "clean",
      off: "unhealthy",
      kore: "unknown",
      cluster: "unknown",
      other: "drifted",
    });
    expect(report.summary).toEqual({ clean: 5, drifted: 4, unhealthy: 2, unknown: 3, ignored: 2 });
    expect(report.errors).toEqual([]);
  });

  test("each difference has its property, its class and its values", () => {
    const id = `deepinfra/${deploymentOf(simulator, "gone").id}`;
    const variables = "runtimeConfiguration.environmentVariables";

    expect(resourceIn(report, "scaled").differences).toEqual([
      { path: "deepinfra.settings.maxInstances", class: "scale-bounds", old: 1, new: 5 },
    ]);
    expect(resourceIn(report, "stopped").differences).toEqual([
      { path: "status", class: "health", old: "ready", new: "stopped" },
    ]);
    expect(resourceIn(report, "gone").differences).toEqual([{ path: "id", class: "existence", old: id }]);
    expect(resourceIn(report, "off").differences).toEqual([
      { path: "enabled", class: "health", old: false, new: true },
      { path: "status", class: "health", old: "stopped", new: "ready" },
    ]);
    expect(resourceIn(report, "other").differences).toEqual([{ path: "size", class: "configuration", old: 1, new: 2 }]);
    expect(resourceIn(report, "edited").differences).toEqual(
      expect.arrayContaining([
        { path: `${variables}.PLAIN`, class: "configuration", old: "x", new: "y" },
        { path: `${variables}.TOKEN`, class: "configuration", old: "[secret]", new: "[secret]" },
        { path: `${variables}.EXTRA`, class: "configuration", new: "[set outside of the program]" },
        expect.objectContaining({ path: "details.modelVersionRid", class: "floating-version" }),
      ]),
    );
    expect(resourceIn(report, "edited").differences).toHaveLength(4);
    expect(resourceIn(report, "published").differences).toMatchObject([{ class: "floating-version" }]);
  });

  test("what could not be seen says why", () => {
    expect(resourceIn(report, "denied").reason).toMatch(/DeepInfra: GET .* answered 401: .*DEEPINFRA_API_KEY/);
    expect(resourceIn(report, "cluster").reason).toMatch(/OpenSearch: .*127\.0\.0\.1:9/);
    expect(resourceIn(report, "stopped").reason).toBe("it is stopped (DeepInfra says stopped)");
  });

  test("what is ignored is listed with the place of its rule", () => {
    const difference = { path: "deepinfra.settings.maxInstances", class: "scale-bounds", old: 1, new: 5 };

    expect(resourceIn(report, "by-program").ignored).toEqual([{ ...difference, by: "ignoreChanges" }]);
    expect(resourceIn(report, "by-config").ignored).toEqual([{ ...difference, by: "config" }]);
  });

  test("no secret is in the report, and nothing was written", () => {
    for (const secret of Object.values(planted)) expect(JSON.stringify(report)).not.toContain(secret);
    expect(Object.keys(before).length).toBeGreaterThan(0);
    expect(backendBytes()).toEqual(before);
  });

  test("resources of others are left out, and not even read, when only ours are asked for", async () => {
    writeFileSync(join(stack.folder, "other.json"), JSON.stringify({ broken: true }));
    const ours = await detect({ onlyInference: true });

    expect(verdicts(ours)).not.toHaveProperty("other");
    expect(ours.resources).toHaveLength(13);
    expect(ours.errors).toEqual([]);
  });

  test("a secret that another provider puts into its error is masked", async () => {
    writeFileSync(join(stack.folder, "other.json"), JSON.stringify({ broken: true }));
    const broken = await detect();

    expect(resourceIn(broken, "other")).toMatchObject({
      verdict: "unknown",
      reason: "the other cloud does not like [secret]",
    });
    expect(resourceIn(broken, "scaled").verdict).toBe("drifted");
  });

  test("the program that is there now decides what is ignored, when it is run", async () => {
    actOn("by-program", "configure", { minInstances: 2, maxInstances: 5 });
    stack.setProgram(program("deepinfra.settings.maxInstances", stack.folder));

    const [without, with_] = [await detect(), await detect({ runProgram: true })];

    expect(resourceIn(without, "by-program").verdict).toBe("clean");
    expect(resourceIn(with_, "by-program")).toMatchObject({
      verdict: "drifted",
      differences: [{ path: "deepinfra.settings.minInstances", old: 1, new: 2 }],
      ignored: [{ path: "deepinfra.settings.maxInstances", by: "ignoreChanges" }],
    });
    // The other cloud is broken still, and the engine ends there when it runs a program.
    expect(verdicts(with_)).toEqual({ ...verdicts(without), "by-program": "drifted" });
    expect(with_.errors).toEqual([]);
    expect(backendBytes()).toEqual(before);
  });
});

describe("a roll-out", () => {
  const looks = (): number =>
    simulator.requests({ method: "GET", path: new RegExp(`^/deploy/${deploymentOf(simulator, "rolling").id}$`) })
      .length;

  test("is no drift when it ends while it is observed", async () => {
    actOn("rolling", "status", { status: "updating" });
    const earlier = looks();
    const detection = detect({ onlyInference: true, settleSeconds: 3_600 });
    await until(() => looks() > earlier);
    actOn("rolling", "finish");

    expect(resourceIn(await detection, "rolling")).toMatchObject({ verdict: "clean", differences: [] });
    expect(looks()).toBeGreaterThan(earlier + 1);
  });

  test("counts when it outlasts the observation", async () => {
    actOn("rolling", "status", { status: "updating" });
    const report = await detect({ onlyInference: true, settleSeconds: 1 });

    expect(resourceIn(report, "rolling")).toMatchObject({
      verdict: "unhealthy",
      reason: expect.stringMatching(/^it is pending \(DeepInfra says updating\) and was so for \d+ s$/) as string,
      differences: [{ path: "status", class: "health", old: "ready", new: "pending" }],
    });
  });
});

test("a rule that is misspelt is named before anything is read", async () => {
  await stack.pulumi("config", "set", "--path", "inference:drift.ignore[0].path", "x");
  const earlier = simulator.requests().length;

  await expect(detect()).rejects.toThrow(
    'the stack\'s config inference:drift: ignore[0].path: is not a known property (did you mean "paths"?)',
  );
  expect(simulator.requests()).toHaveLength(earlier);
  await stack.pulumi("config", "rm", "--path", "inference:drift.ignore[0].path");
});

test("an engine that cannot run makes everything unknown, and says why", async () => {
  const report = await detect({}, { PULUMI_CONFIG_PASSPHRASE: "another passphrase" });

  expect(report.summary).toEqual({ clean: 0, drifted: 0, unhealthy: 0, unknown: 14, ignored: 0 });
  expect(report.errors).toEqual([expect.stringContaining("incorrect passphrase") as string]);
  expect(resourceIn(report, "clean").reason).toMatch(/^Pulumi did not come to look at it: .*incorrect passphrase/);
});

test("a detection that is cancelled rejects", async () => {
  const controller = new AbortController();
  controller.abort(new Error("enough"));

  await expect(detect({ signal: controller.signal })).rejects.toThrow("enough");
  expect(existsSync(join(stack.folder, "backend"))).toBe(true);
  rmSync(join(stack.folder, "other.json"), { force: true });
});
