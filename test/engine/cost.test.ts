/** The command `cost`, on what the real engine previews. */
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type Stack } from "../support/engine";
import { llamasProgram, posts } from "./llamas";
import { type Ran, runCommand, shellOf } from "./run-command";

const secrets = ["hf_a-token-of-the-program", "simulator-deepinfra-key", "a passphrase for tests"];

let simulator: Simulator;
let stack: Stack;

async function cost(...parameters: string[]): Promise<Ran> {
  const ran = await runCommand(stack, shellOf(stack), "cost", ...parameters);
  for (const secret of secrets) expect(ran.stdout + ran.stderr).not.toContain(secret);
  return ran;
}

const around = `const eu = new inference.Provider("eu", { deepinfraApiKey: new pulumi.Config("inference").requireSecret("deepinfraApiKey") });
const hf = { repo: "acme/llama", token: pulumi.secret("${secrets[0]}") };`;

beforeAll(async () => {
  simulator = await startSimulator({ readyAfterMs: 0, scenario: { deepinfra: { gpuLimits: { "H100-80GB": 4 } } } });
  stack = await createStack({
    program: llamasProgram(`${around}
llama("fixed", { deepinfra: { hf } }, { provider: eu });
llama("renamed", { deepinfra: { hf } });
llama("dropped", { deepinfra: { hf } });`),
    config: {
      "inference:deepinfraUrl": simulator.url,
      "inference:deepinfraApiKey": { secret: simulator.credentials.deepinfraApiKey },
    },
  });
});

afterAll(async () => {
  expect(simulator.violations()).toEqual([]);
  await simulator.close();
});

test("before the first update everything is new, and a provider that is new cannot be asked", async () => {
  const { code, stdout } = await cost();

  expect(code).toBe(0);
  expect(stdout).toMatch(/create +fixed .* unknown: its provider is not in the state yet/);
  expect(stdout).toMatch(/create +renamed +DeepInfra +1 × H100-80GB, 1 replica +2\.20/);
  expect(stdout).toContain("After the update: 4.40, and what is unknown of 1 of 3. Now: 0.00.");
  expect(posts(simulator)).toEqual([]);
});

test("what stays, what is replaced side by side, what goes, and what a limit will refuse", async () => {
  await stack.up();
  const made = posts(simulator).length;
  const program = llamasProgram(`${around}
const fixed = llama("fixed", { deepinfra: { hf } }, { provider: eu });
llama("renamed", { deepinfra: { hf, modelName: "another" } });
llama("wide", { deepinfra: { hf, settings: { minInstances: 0, maxInstances: 3 } }, maxUsdPerHour: 5 });`);
  stack.setProgram(program);
  const { code, stdout } = await cost("--format", "json");
  const json = JSON.parse(stdout) as { deployments: { name: string }[] };

  expect(code).toBe(2);
  expect(json).toMatchObject({
    totals: { before: { maximum: 6.6 }, after: { minimum: 4.4, maximum: 11 }, during: { maximum: 15.4 } },
    warnings: [expect.stringContaining("up to 6 H100-80GB are asked for, and the account may have 4")],
  });
  expect(Object.fromEntries(json.deployments.map(({ name, ...one }) => [name, one]))).toMatchObject({
    fixed: { operation: "same", before: { usdPerHour: { maximum: 2.2 } }, isRefused: false },
    renamed: { operation: "replace", twoAtOnce: true },
    dropped: { operation: "delete" },
    wide: { operation: "create", maxUsdPerHour: 5, isRefused: true },
  });
  expect(posts(simulator)).toHaveLength(made);

  const refused = await stack.up({ expectFailure: true });
  expect(refused.text).toContain("an hour would cost 6.6 US dollars, above maxUsdPerHour, which is 5");
  expect(posts(simulator, "wide")).toEqual([]);
});
