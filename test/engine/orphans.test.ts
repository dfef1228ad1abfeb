/** The command `orphans` beside real stacks: what they have, what they lost, and what was never theirs. */
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type Stack } from "../support/engine";
import { deploymentOf, llamasProgram, makeOutside, standing } from "./llamas";
import { type Ran, runCommand, shellOf } from "./run-command";

let simulator: Simulator;
let stack: Stack;
let environment: NodeJS.ProcessEnv;

/** Secrets that must never be shown. */
const secrets = ["hf_a-token-of-the-program", "simulator-deepinfra-key", "a passphrase for tests"];

async function orphans(...parameters: string[]): Promise<Ran> {
  const ran = await runCommand(stack, environment, "orphans", ...parameters);
  for (const secret of secrets) expect(ran.stdout + ran.stderr).not.toContain(secret);
  return ran;
}

const id = (name: string): string => `deepinfra/${deploymentOf(simulator, name).id}`;

beforeAll(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
  stack = await createStack({
    program: llamasProgram(`
const eu = new inference.Provider("eu", { deepinfraApiKey: new pulumi.Config("inference").requireSecret("deepinfraApiKey") });
llama("kept", { deepinfra: { hf: { repo: "acme/kept", token: "${secrets[0]}" } } });
llama("explicit", {}, { provider: eu });
llama("dropped");`),
    config: {
      "inference:deepinfraUrl": simulator.url,
      "inference:deepinfraApiKey": { secret: simulator.credentials.deepinfraApiKey },
    },
  });
  environment = {
    ...shellOf(stack),
    KORE_HOST: simulator.url,
    KORE_API_KEY: "kore-key",
  };
  await stack.up();
  await makeOutside(simulator, "outside", { num_gpus: 2 });
});

afterAll(() => simulator.close());

test("nothing is an orphan that the stack has, through whichever provider", async () => {
  const { code, stdout } = await orphans("--format", "json");
  const json = JSON.parse(stdout) as { orphans: { id: string }[]; accounts: object[] };

  expect(code).toBe(2);
  expect(json.orphans.map((orphan) => orphan.id)).toEqual([id("outside")]);
  expect(json.accounts).toEqual([
    { platform: "deepinfra", url: simulator.url, usedBy: ["the stack test", "the provider eu of the stack test"] },
  ]);
});

test("what was deleted from the state is one, and the report tells the two ways out", async () => {
  const dropped = (await stack.resource("dropped"))?.urn ?? "";
  await stack.pulumi("state", "delete", dropped, "--yes");
  const { code, stdout, stderr } = await orphans();

  expect(code).toBe(2);
  expect(stderr).toBe("");
  expect(stdout).toContain("2 deployments run there and are in no stack shown");
  for (const name of ["outside", "dropped"]) {
    expect(stdout).toContain(`adopt: "${deploymentOf(simulator, name).id}"`);
    expect(stdout).toContain(`npx pulumi-inference orphans --remove ${id(name)}`);
  }
  expect(stdout).toMatch(/simulated\/outside +running +\d+s +2 × H100-80GB, 1 instance +4\.40 +0\.\d\d/);
  expect(stdout).toContain("Kore.ai: its API does not tell what is deployed; look into its console");
  expect(stdout).not.toContain("\u001b");
});

test("a state in a file is as good as the stack, without a project and without a passphrase", async () => {
  const file = join(stack.folder, "state.json");
  await stack.pulumi("stack", "export", "--file", file);
  environment = { ...environment, DEEPINFRA_API_KEY: simulator.credentials.deepinfraApiKey };
  const { code, stdout } = await orphans("--cwd", "/", "--state", file);

  expect(code).toBe(2);
  expect(stdout).toContain("2 deployments run there");
  expect(stdout).toMatch(
    /account of the provider eu of the state .*: deepinfraApiKey cannot be read, encrypted as it is/,
  );
  delete environment["DEEPINFRA_API_KEY"];
});

test("adopting one by the line of the report makes it none", async () => {
  const advice = /adopt: "[^"]+"/.exec((await orphans()).stdout.split(`${id("dropped")} `).at(-1) ?? "")?.[0] ?? "";
  stack.setProgram(
    llamasProgram(`
const eu = new inference.Provider("eu", { deepinfraApiKey: new pulumi.Config("inference").requireSecret("deepinfraApiKey") });
llama("kept", { deepinfra: { hf: { repo: "acme/kept", token: "${secrets[0]}" } } });
llama("explicit", {}, { provider: eu });
llama("dropped", { ${advice} });`),
  );
  await stack.up();
  const { code, stdout } = await orphans();

  expect(code).toBe(2);
  expect(stdout).toContain("1 deployment runs there");
  expect(stdout).not.toContain(id("dropped"));
});

test("--remove takes nothing without an answer, nothing new without its name, and then what was named", async () => {
  const unanswered = await orphans("--remove", id("outside"));
  expect(unanswered).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("no terminal to ask on; add --yes") as string,
  });
  const unnamed = await orphans("--stack", "test", "--remove", "--yes");
  expect(unnamed.code).toBe(2);
  expect(unnamed.stdout).toContain("left alone, since a run may be making it");
  expect(standing(simulator)).toEqual(["dropped", "explicit", "kept", "outside"]);

  const removed = await orphans("--remove", id("outside"), "--yes");
  expect(removed.code).toBe(0);
  expect(removed.stdout).toContain(`${id("outside")}: removed`);
  expect(standing(simulator)).toEqual(["dropped", "explicit", "kept"]);
  const after = await orphans();
  expect(after.code).toBe(0);
  expect(after.stdout).toContain("Nothing runs there that is in no stack shown.");
});

test("a wrong passphrase, a stack that is not there, and slips are told in one line", async () => {
  const { PULUMI_CONFIG_PASSPHRASE: _right, ...rest } = environment;
  const [right, wrong] = [environment, { ...rest, PULUMI_CONFIG_PASSPHRASE: "wrong" }];
  environment = wrong;
  const locked = await orphans();
  environment = right;
  expect(locked.code).toBe(1);
  expect(locked.stdout).toMatch(/the config of the stack test: .*incorrect passphrase/);
  expect(locked.stdout).toMatch(/DeepInfra, account of the stack test: deepinfraApiKey cannot be read/);

  const lines = await Promise.all([
    orphans("--stack", "nowhere"),
    orphans("--cwd", stack.folder),
    orphans("--platform", "deepinfa"),
    orphans("--without-stacks", "--stack", "test"),
  ]);
  expect(lines.map(({ code, stdout }) => ({ code, stdout }))).toEqual(lines.map(() => ({ code: 1, stdout: "" })));
  expect(lines.map(({ stderr }) => stderr.trim())).toEqual([
    "error: `pulumi stack export --stack nowhere` failed: no stack named 'nowhere' found",
    expect.stringMatching(
      /^error: there is no stack to compare with: .*no Pulumi\.yaml project file found.*--without-stacks/,
    ),
    expect.stringContaining('There is no such platform (did you mean "deepinfra"?)'),
    "error: --without-stacks excludes --stack, --all-stacks and --state",
  ]);
});
