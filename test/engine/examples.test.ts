/** Each folder of examples/, run as its README says by the real engine, against the simulator. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../engine/engine";
import { type PlatformId, type Scenario, type Simulator, startSimulator } from "../../simulator";
import { createStack, type Stack } from "../support/engine";

const folder = join(projectRoot, "examples");

/** What a person fills in where a README has an ellipsis. */
type Values = Record<string, string>;

interface Example {
  platform: PlatformId;
  values?: Values;
  scenario?: Scenario;
  outputs: Record<string, unknown>;
  /** Deployments that run; one unless given. */
  deployments?: number;
  /** Resources of the stack, itself included. */
  resources?: number;
  /** What the commands of the README show. */
  shows?: RegExp;
  /** With the preview before `pulumi up`, where a program has to bear what is not known yet. */
  previews?: boolean;
}

const examples: Record<string, Example> = {
  quickstart: {
    platform: "deepinfra",
    values: { "inference:deepinfraApiKey": "simulator-deepinfra-key" },
    outputs: { endpoint: path("/v1/openai"), model: expect.stringMatching(/^deploy_id:/), status: "ready" },
  },
  deepinfra: {
    platform: "deepinfra",
    values: { hfToken: "hf_example-token-value" },
    outputs: { endpoint: path("/v1/openai"), model: expect.stringMatching(/^deploy_id:/), status: "ready" },
  },
  kore: {
    platform: "kore",
    values: { modelId: "cm-example", endpoint: "https://kore.example.com/flan" },
    outputs: { endpoint: "https://kore.example.com/flan", status: "ready", job: expect.any(String) },
  },
  opensearch: {
    platform: "opensearch",
    values: { modelId: "SimulatedRemoteModel", "nodeIds[0]": "SimulatedNode000000001" },
    scenario: { opensearch: { allowCustomDeploymentPlan: true } },
    outputs: {
      endpoint: path("/_plugins/_ml/models/SimulatedRemoteModel/_predict"),
      status: "ready",
      nodes: 1,
    },
  },
  foundry: {
    platform: "foundry",
    values: { modelRid: "ri.models.main.model.example" },
    outputs: { endpoint: path("/transformJson\\?preview=true"), status: "ready" },
  },
  fleet: {
    platform: "deepinfra",
    outputs: { endpoints: { chat: path("/v1/openai"), code: path("/v1/openai"), summaries: path("/v1/openai") } },
    deployments: 3,
    // The fleet, its wait, its deployments, and the stack.
    resources: 6,
    previews: true,
  },
  "connected-service": {
    platform: "deepinfra",
    outputs: { variables: "chat.env" },
    resources: 3,
    previews: true,
    shows: /^MODEL=deploy_id:\w+\nOPENAI_BASE_URL=http.*\/v1\/openai$/m,
  },
};

/** Its files are jobs of CI, and test/drift/ci-jobs.test.ts runs them. */
const jobs = "drift-in-ci";
/** Its programs are run by test/engine/yaml.test.ts and test/engine/sdks.test.ts. */
const languages = "languages";

test("each folder has a case", () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

  expect(folders.map(({ name }) => name).sort()).toEqual(
    [...Object.keys(examples), "environments", jobs, languages].sort(),
  );
});

describe.each(Object.entries(examples))("%s", (name, example) => {
  const { platform, values, scenario, outputs, previews, deployments = 1, resources, shows } = example;
  let simulator: Simulator;
  let stack: Stack;

  beforeAll(async () => {
    simulator = await startSimulator({ readyAfterMs: 300, ...(scenario === undefined ? {} : { scenario }) });
    stack = await openExample(name, simulator.environment(platform));
  });
  afterAll(() => simulator.close());

  test("the commands of its README deploy it, and a second up changes nothing", async () => {
    const { text } = await stack.shell(withPreview(readmeCommands(name, values), previews));
    const running = simulator.deployments(platform).filter(isRunning);
    const again = await stack.up();

    expect(text).toMatch(shows ?? "");
    expect(await stack.outputs()).toMatchObject(outputs);
    expect(running).toHaveLength(deployments);
    expect(again.changes).toEqual({ same: resources ?? 2 });
  });

  test("destroy leaves nothing running", async () => {
    await stack.destroy();

    expect(simulator.deployments(platform).filter(isRunning)).toEqual([]);
    expect(simulator.violations()).toEqual([]);
    expect(stack.processes()).toEqual([]);
  });
});

describe("environments", () => {
  const environments = ["dev", "staging", "production"];
  let simulator: Simulator;
  let stack: Stack;
  const running = () => simulator.deployments("deepinfra").filter(isRunning);

  beforeAll(async () => {
    simulator = await startSimulator({ readyAfterMs: 300 });
    stack = await openExample("environments", simulator.environment("deepinfra"));
  });
  afterAll(() => simulator.close());

  test("three stacks differ by their committed config alone, and a second up changes none of them", async () => {
    await stack.shell(withPreview(readmeCommands("environments")));
    const bodies = simulator.requests({ method: "POST", path: /^\/deploy\/llm$/ }).map(({ body }) => body);

    expect(bodies).toMatchObject([
      { model_name: "chat-dev", gpu: "L40S-48GB", settings: { min_instances: 0, max_instances: 1 } },
      { model_name: "chat-staging", gpu: "A100-80GB", settings: { min_instances: 1, max_instances: 2 } },
      { model_name: "chat-production", gpu: "H100-80GB", settings: { min_instances: 2, max_instances: 4 } },
    ]);
    for (const environment of environments) {
      const { changes } = await stack.up({ parameters: ["--stack", environment] });
      expect(changes).toEqual({ same: 2 });
    }
  });

  test("production is protected until somebody takes that away", async () => {
    const refused = await stack.destroy({ parameters: ["--stack", "production"], expectFailure: true });
    expect(refused.text).toContain("protected");
    expect(running()).toHaveLength(3);

    await stack.shell(withPreview(readmeCommands("environments", {}, /config set protect/)));
    expect(running().map(({ name }) => name)).toEqual(["simulated/chat-dev", "simulated/chat-staging"]);
  });

  test("destroy leaves nothing running", async () => {
    for (const environment of ["dev", "staging"]) await stack.destroy({ parameters: ["--stack", environment] });

    expect(running()).toEqual([]);
    expect(simulator.violations()).toEqual([]);
    expect(stack.processes()).toEqual([]);
  });
});

/** The quickstart's project file is the one in this project's root; all others are projects of their own. */
async function openExample(name: string, account: Record<string, string>): Promise<Stack> {
  // Types are checked with those of all sources, and not in each run here.
  const options = { environment: { ...account, PULUMI_NODEJS_TRANSPILE_ONLY: "true" }, init: false };
  if (name !== "quickstart") return createStack({ ...options, program: { folder: join(folder, name) } });
  const root = mkdtempSync(join(tmpdir(), "quickstart-"));
  cpSync(join(projectRoot, "Pulumi.yaml"), join(root, "Pulumi.yaml"));
  cpSync(join(folder, name), join(root, "examples", name), { recursive: true });
  try {
    return await createStack({ ...options, program: { folder: root } });
  } finally {
    rmSync(root, { recursive: true });
  }
}

/**
 * The commands of the block that matches, without the lines that name an account, since the simulator is the account,
 * and without a destroy at the end, which comes later.
 */
function readmeCommands(name: string, values: Values = {}, pattern = /pulumi up/): string {
  const readme = readFileSync(join(folder, name, "README.md"), "utf8");
  const blocks = [...readme.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = ""]) => block);
  const block = blocks.find((text) => pattern.test(text)) ?? "";
  const lines = block.split("\n").filter((line) => !/^export |^pulumi destroy(?! --yes)/.test(line));
  return lines.map((line) => fillIn(line, values)).join("\n");
}

/** Nobody is there to look at it, and a preview takes as long as what follows. */
function withPreview(commands: string, previews = false): string {
  return previews ? commands : commands.replace(/^ *pulumi (up|destroy)\b/gm, "$& --skip-preview");
}

function fillIn(line: string, values: Values): string {
  const [, command, key = ""] = /^(pulumi config set .*?)'?([\w:[\]]+)'? \S*(?:…|<.*?>)/.exec(line) ?? [];
  if (command === undefined) return line;
  return `${command}'${key}' '${values[key] ?? "no value is given in this test"}'`;
}

function isRunning({ removed, starts }: { removed: boolean; starts: number }): boolean {
  return !removed && starts > 0;
}

function path(end: string): unknown {
  return expect.stringMatching(new RegExp(`^http://127\\.0\\.0\\.1:\\d+(/.*)?${end}$`));
}
