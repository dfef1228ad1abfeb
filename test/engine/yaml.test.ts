/** The native plugin from YAML, whose host also writes the code of what is imported. */
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectRoot } from "../../engine/engine";
import { findLanguageProgram } from "../../engine/language-programs";
import { liveDeployment } from "../../provider/resources/live-deployment";
import { type Scenario, type Simulator, startSimulator } from "../../simulator";
import { contractCases } from "../contract/cases";
import { createStack, type Stack } from "../support/engine";
import { type ProviderProcess, startProviderProcess } from "../support/provider-process";
import { expectFleet, fleetScenario } from "./language-fleet";

const token = "hf_token-in-yaml";
const scenario: Scenario = Object.assign({}, ...contractCases.map((contract) => contract.scenario), {
  kore: { immediate: true },
  ...fleetScenario,
}) as Scenario;

let simulator: Simulator;
let environment: Record<string, string>;

beforeAll(async () => {
  const folder = await findLanguageProgram("yaml");
  simulator = await startSimulator({ readyAfterMs: 100, scenario });
  environment = { ...simulator.environment(), PATH: [process.env["PATH"], folder].join(delimiter) };
});

afterAll(() => simulator.close());

const openStack = (code: string): Promise<Stack> =>
  createStack({ program: { language: "yaml", code }, environment, config: { "test:hfToken": { secret: token } } });

function program(maxInstances: number): string {
  return `config:
  hfToken:
    type: string
    secret: true
resources:
  llama:
    type: inference:ModelDeployment
    properties:
      deepinfra:
        modelName: yaml-llama
        gpu: H100-80GB
        hf:
          repo: acme/llama
          token: \${hfToken}
        settings:
          minInstances: 1
          maxInstances: ${maxInstances}
    options:
      customTimeouts:
        create: 45m
  dependent:
    type: inference:ModelDeployment
    properties:
      deepinfra:
        modelName: dependent
        gpu: H100-80GB
        extraArgs: ["--upstream", "\${llama.endpoint}/\${llama.model}"]
        hf: { repo: acme/dependent }
outputs:
  endpoint: \${llama.endpoint}
  status: \${llama.status}
`;
}

/** At the program's end: what it asks the platform, before and after its deployment. */
const questions = `  usdPerHour: \${offers.gpus[0].usdPerHour}
  seen: \${seen}
variables:
  offers:
    fn::invoke:
      function: inference:getGpuAvailability
      arguments: { gpu: H100-80GB, numGpus: 1 }
  seen:
    fn::invoke:
      function: inference:getDeployment
      arguments: { id: "\${llama.id}" }
`;

test("a program goes up, is changed, refreshed and destroyed, and what depends on it keeps quiet", async () => {
  const stack = await openStack(program(1) + questions);
  const up = await stack.up();
  const again = await stack.up({ parameters: ["--expect-no-changes"] });
  const refresh = await stack.refresh({ parameters: ["--expect-no-changes"] });
  stack.setProgram({ language: "yaml", code: program(3) + questions });
  const preview = await stack.preview();
  const update = await stack.up();

  expect(up.changes).toMatchObject({ create: 3 });
  const id = (await stack.resource("llama"))?.id;
  expect(await stack.outputs()).toMatchObject({
    endpoint: `${simulator.url}/v1/openai`,
    status: "ready",
    usdPerHour: expect.any(Number) as number,
    seen: { id, status: "ready", platform: "deepinfra", replicas: { running: 1 } },
  });
  expect([again.changes, refresh.changes]).toEqual([{ same: 3 }, { same: 3 }]);
  for (const { changes } of [preview, update]) expect(changes).toEqual({ same: 2, update: 1 });
  expect(JSON.stringify(await stack.exportState())).not.toContain(token);

  await stack.destroy();
  expect(simulator.deployments("deepinfra").filter(({ removed }) => !removed)).toEqual([]);
});

test("the example goes up, with one wait for its deployments, and is destroyed", async () => {
  const stack = await createStack({
    program: { folder: join(projectRoot, "examples", "languages", "yaml") },
    environment,
    config: { "languages:hfToken": { secret: token } },
  });
  const up = await stack.up();

  expect(up.changes).toEqual({ create: 5 });
  await expectFleet(stack, simulator);
  await stack.destroy();
});

test("a slip is told with its path, all of them at once, before anything is sent", async () => {
  const stack = await openStack(
    program(1)
      .replace("gpu: H100-80GB", "gpu: H100-80GB\n        numGpus: 9")
      .replace("maxInstances: 1", "maxInstances: 0"),
  );
  const before = simulator.requests().length;
  const preview = await stack.preview({ expectFailure: true });

  expect(preview.text).toContain("deepinfra.numGpus: must be a whole number between 1 and 8, got 9");
  expect(preview.text).toContain("deepinfra.settings.minInstances");
  expect(preview.text).not.toContain(token);
  expect(simulator.requests()).toHaveLength(before);
});

describe("import", () => {
  /** What Kore does not tell stands in the id. */
  const told: Record<string, string> = {
    kore: "?modelType=openSource&name=Contract&deviceType=g5.xlarge&hyperParameters.temperature=1&hyperParameters.maxTokens=512&hyperParameters.topP=1&hyperParameters.topK=50",
  };
  let provider: ProviderProcess;

  beforeAll(async () => {
    provider = await startProviderProcess({ environment });
  });

  afterAll(() => provider.stop());

  test("of each platform's deployment writes code that previews without a change", async () => {
    const stack = await openStack("");
    const code: string[] = [];
    for (const { platform, kind, inputs } of contractCases) {
      const { id } = await provider.create(inputs, { urn: `urn:pulumi:a::b::inference:index:${kind.name}::made` });
      const type = `inference:index:${kind.name}`;
      const file = join(stack.folder, `${platform.id}.yaml`);
      await stack.pulumi(
        "import",
        type,
        platform.id,
        `${id}${told[platform.id] ?? ""}`,
        "--yes",
        "--protect=false",
        "--out",
        file,
      );
      code.push(readFileSync(file, "utf8").replace(/^resources:\n/, ""));
      expect((await stack.resource(platform.id))?.id).toBe(id);
    }
    const sent = simulator.requests().filter(({ method }) => method !== "GET").length;
    stack.setProgram({ language: "yaml", code: `resources:\n${code.join("")}` });
    const preview = await stack.preview({ parameters: ["--expect-no-changes"] });
    const up = await stack.up({ parameters: ["--expect-no-changes"] });
    const refresh = await stack.refresh({ parameters: ["--expect-no-changes"] });

    for (const { changes } of [preview, up, refresh]) expect(changes).toEqual({ same: 5 });
    expect(simulator.requests().filter(({ method }) => method !== "GET")).toHaveLength(sent);
    expect(code.join("")).toContain("repo: acme/contract");
    await stack.destroy();
    expect(simulator.deployments().filter(({ removed, starts }) => !removed && starts > 0)).toEqual([]);
  });

  test("says what the platform does not tell", async () => {
    const stack = await openStack("");
    const importing = stack.pulumi("import", "inference:index:ModelDeployment", "k", "kore/cm-contract", "--yes");

    await expect(importing).rejects.toThrow(
      /the inputs are not complete: .*kore.deviceType is required.*`kore\/<id>\?name=value`/s,
    );
  });

  test("says that there is no such deployment", async () => {
    const stack = await openStack("");
    const importing = stack.pulumi("import", `inference:index:${liveDeployment.name}`, "f", "foundry/ri.none", "--yes");

    await expect(importing).rejects.toThrow("Palantir Foundry: there is no deployment ri.none to import");
  });
});
