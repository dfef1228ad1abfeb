/** The commands beside a stack of the native plugin: they know its deployments and accounts as those of the other form. */
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type Stack } from "../support/engine";
import { changesOf, deploymentOf, llamasProgram, makeOutside } from "./llamas";
import { type Ran, runCommand, shellOf } from "./run-command";

const token = "hf_a-token-of-the-program";
const secrets = [token, "simulator-deepinfra-key", "a passphrase for tests"];

let simulator: Simulator;
let stack: Stack;

async function command(...parameters: string[]): Promise<Ran> {
  const ran = await runCommand(stack, shellOf(stack), ...parameters);
  for (const secret of secrets) expect(ran.stdout + ran.stderr).not.toContain(secret);
  return ran;
}

const program = (maxInstances: number) =>
  llamasProgram(
    `const eu = new inference.Provider("eu", { deepinfraApiKey: new pulumi.Config("inference").requireSecret("deepinfraApiKey") });
llama("kept", { deepinfra: { hf: { repo: "acme/kept", token: "${token}" }, settings: { minInstances: 1, maxInstances: ${maxInstances} } } });
llama("explicit", {}, { provider: eu });`,
    "native",
  );

beforeAll(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
  stack = await createStack({
    program: program(1),
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

test("a preview tells in each row what an hour will cost", async () => {
  const { text } = await stack.preview();

  expect(text).toContain("DeepInfra, 1 × H100-80GB, 1 replica: 2.20 US dollars an hour");
  await stack.up();
  stack.setProgram(program(3));
  const preview = await stack.preview();

  expect(preview.text).toContain("1 to 3 replicas: 2.20 to 6.60 US dollars an hour; before: 2.20 US dollars an hour");
  expect(changesOf(simulator, "kept")).toEqual(["POST"]);
});

test("cost knows both accounts, and what the next update will do", async () => {
  const { code, stdout } = await command("cost", "--format", "json");
  const { deployments } = JSON.parse(stdout) as { deployments: { name: string }[] };

  expect(code).toBe(0);
  // The engine lists them as they were made.
  expect(deployments.sort((one, other) => one.name.localeCompare(other.name))).toMatchObject([
    { name: "explicit", operation: "same", after: { usdPerHour: { maximum: 2.2 } } },
    { name: "kept", operation: "update", after: { usdPerHour: { maximum: 6.6 } } },
  ]);
});

test("orphans counts none of the stack's deployments", async () => {
  const outside = await makeOutside(simulator, "outside");
  const { code, stdout } = await command("orphans", "--format", "json");
  const { orphans } = JSON.parse(stdout) as { orphans: { id: string }[] };

  expect(code).toBe(2);
  expect(orphans.map(({ id }) => id)).toEqual([`deepinfra/${outside}`]);
});

test("drift sees what was changed outside, and repairs it", async () => {
  const clean = await command("drift", "--settle", "0");
  simulator.act({ platform: "deepinfra", id: deploymentOf(simulator, "explicit").id, action: "stop" });
  const drifted = await command("drift", "--settle", "0", "--repair", "--yes", "--format", "json");

  expect(clean.code).toBe(0);
  expect(drifted.stderr + drifted.stdout).toContain("explicit");
  expect(deploymentOf(simulator, "explicit")).toMatchObject({ status: "running", removed: false });
  expect((await command("drift", "--settle", "0")).code).toBe(0);
});

test("import leaves it to Pulumi's own", async () => {
  const { code, stderr } = await command(
    "import",
    "another",
    `deepinfra/${deploymentOf(simulator, "outside").id}`,
    "--yes",
  );

  expect(code).toBe(1);
  expect(stderr).toMatch(
    /run `pulumi import inference:index:ModelDeployment another 'deepinfra\/\w+'`; nothing was changed/,
  );
});
