/** Which stacks are read, by a `pulumi` of a few lines that writes down what it was asked. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator } from "../../../simulator";
import { standing } from "../../engine/llamas";
import { type Desk, openDesk, provider, resource } from "./command";
import { idOf, startWithOldDeployments } from "./old-deployments";

let simulator: Simulator;
let desk: Desk;

beforeEach(async () => {
  simulator = await startWithOldDeployments({ first: 90, second: 80 });
  desk = openDesk(simulator);
});

afterEach(async () => {
  desk.close();
  await simulator.close();
});

/** What the command answers, by the beginning of its parameters; it fails on others. */
function installPulumi(answers: Record<string, { output: unknown } | { error: string }>): void {
  const bin = join(desk.folder, "bin");
  mkdirSync(bin);
  const cases = Object.entries(answers).map(([parameters, answer], index) => {
    const file = join(bin, `answer-${index}`);
    writeFileSync(file, "output" in answer ? JSON.stringify(answer.output) : `error: ${answer.error}\n`);
    return `"${parameters} "*) cat ${file}${"output" in answer ? "" : " >&2; exit 255"};;`;
  });
  const log = `printf '%s\\n' "$*" >> ${join(desk.folder, "asked")}`;
  writeFileSync(
    join(bin, "pulumi"),
    `#!/bin/sh\n${log}\ncase "$* " in\n${cases.join("\n")}\n*) echo no such >&2; exit 1;; esac\n`,
  );
  chmodSync(join(bin, "pulumi"), 0o755);
  desk.environment["PATH"] = `${bin}:/usr/bin:/bin`;
}

const asked = (): string[] => readFileSync(join(desk.folder, "asked"), "utf8").trim().split("\n");

const stateOf = (...resources: object[]) => ({ output: { version: 3, deployment: { resources } } });
const config = (values: Record<string, string>) => ({
  output: Object.fromEntries(
    Object.entries(values).map(([key, value]) => [`inference:${key}`, { value, secret: false }]),
  ),
});
const ls = (...stacks: object[]) => ({ output: stacks });
const platform = ["deepinfra" as const];

it("compares with the current stack, and uses its config before the environment", async () => {
  installPulumi({
    "stack ls --json": ls({ name: "prod", current: false }, { name: "dev", current: true }),
    "stack export --stack dev --show-secrets": stateOf(resource(idOf(simulator, "first"))),
    "config --json --show-secrets --stack dev": config({ deepinfraApiKey: simulator.credentials.deepinfraApiKey }),
  });
  desk.environment["DEEPINFRA_API_KEY"] = "a-key-of-the-shell";
  const { code, report } = await desk.run({ platform });

  expect(code).toBe(2);
  expect(report).toContain("Compared with: the stack dev\n");
  expect(report).toContain(idOf(simulator, "second"));
  expect(report).not.toContain(idOf(simulator, "first"));
  expect(asked().map((line) => line.replace(/ --non-interactive --color never$/, ""))).toEqual([
    "stack ls --json",
    "stack export --stack dev --show-secrets",
    "config --json --show-secrets --stack dev",
  ]);
});

it("compares with all stacks, and takes the config of other projects' from their states", async () => {
  const saved = { "inference:deepinfraApiKey": simulator.credentials.deepinfraApiKey };
  installPulumi({
    "stack ls --json --all": ls({ name: "dev", current: true }, { name: "organization/shop/prod", current: false }),
    "stack export --stack dev": stateOf(resource("opensearch/x")),
    "stack export --stack organization/shop/prod": stateOf(
      provider("default", saved).resource,
      resource(idOf(simulator, "first")),
      resource(idOf(simulator, "second")),
    ),
    "config --json --show-secrets --stack dev": config({}),
  });
  delete desk.environment["DEEPINFRA_API_KEY"];
  const { code, report } = await desk.run({ platform, allStacks: true });

  expect(code).toBe(0);
  expect(report).toMatch(/Compared with: the stack dev, the stack organization\/shop\/prod\n.*DeepInfra/);
  expect(asked().filter((line) => line.includes("config"))).toHaveLength(1);
});

describe("of all stacks, one that cannot be read", () => {
  beforeEach(() =>
    installPulumi({
      "stack ls --json --all": ls({ name: "dev", current: true }, { name: "other", current: false }),
      "stack export --stack dev": stateOf(resource(idOf(simulator, "first"))),
      "stack export --stack other": { error: "it is not yours" },
      config: config({}),
    }),
  );

  it("is said aloud, and fails", async () => {
    const { code, report } = await desk.run({ platform, allStacks: true });

    expect(code).toBe(1);
    expect(report).toMatch(
      /the stack other: `pulumi stack export .*` failed: it is not yours; what it has may be shown/,
    );
  });

  it("keeps all but what is named from being removed", async () => {
    const { error } = await desk.run({ platform, allStacks: true, remove: [], yes: true });
    expect(error).toMatch(
      /^the stack other could not be read, and may have what is shown here; name what is to be removed/,
    );
    expect(standing(simulator)).toEqual(["first", "second"]);

    await desk.run({ platform, allStacks: true, remove: [idOf(simulator, "second")], yes: true });
    expect(standing(simulator)).toEqual(["first"]);
  });

  it("ends the command when it was named", async () => {
    const { error } = await desk.run({ platform, stack: ["dev", "other"] });

    expect(error).toMatch(/^`pulumi stack export --stack other` failed: it is not yours$/);
  });
});

it("does not take all by --yes when nobody said which stacks there are", async () => {
  installPulumi({
    "stack ls --json": ls({ name: "dev", current: true }),
    "stack export --stack dev": stateOf(resource(idOf(simulator, "first"))),
    config: config({}),
  });
  const { error } = await desk.run({ platform, remove: [], yes: true });

  expect(error).toMatch(
    /^other stacks may use the account, .*name the ids, or the stacks with --stack or --all-stacks/,
  );
  expect(standing(simulator)).toEqual(["first", "second"]);
});

it("says that secrets could not be read, and does not take the environment's key for the stack's", async () => {
  const encrypted = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };
  const saved = provider("default", { "inference:deepinfraApiKey": encrypted });
  installPulumi({
    "stack ls --json": ls({ name: "dev", current: true }),
    "stack export --stack dev --show-secrets": { error: "incorrect passphrase" },
    "stack export --stack dev": stateOf(saved.resource, resource(idOf(simulator, "first"))),
    config: { error: "incorrect passphrase" },
  });
  const { code, report } = await desk.run({ platform });

  expect(code).toBe(1);
  expect(report).toMatch(/the config of the stack dev: .*incorrect passphrase/);
  expect(report).toMatch(/DeepInfra, account of the stack dev: deepinfraApiKey cannot be read, encrypted as it is/);
  expect(simulator.requests({ path: /list$/ })).toEqual([]);
});

it.each<[string, Record<string, { output: unknown } | { error: string }>, RegExp]>([
  [
    "no project",
    { "stack ls": { error: "no Pulumi.yaml project file found" } },
    /there is no stack .*: no Pulumi\.yaml project file found; run it in a Pulumi project, or give --stack/,
  ],
  ["no stack selected", { "stack ls": ls({ name: "dev", current: false }) }, /: no stack is selected; run it in/],
  ["no stack at all", { "stack ls": ls() }, /: no stack is selected; run it in/],
])("refuses to call everything an orphan with %s", async (_name, answers, said) => {
  installPulumi(answers);
  const { error, report } = await desk.run({ platform });

  expect(error).toMatch(/^there is no stack to compare with/);
  expect(error).toMatch(said);
  expect(report).toBe("");
  expect(simulator.requests({ path: /list$/ })).toEqual([]);
});

it("says that there is no `pulumi`, and does without it where states are given", async () => {
  desk.environment["PATH"] = desk.folder;
  const without = await desk.run({ platform });
  expect(without.error).toMatch(
    /the command pulumi cannot be run in .*; install it, or correct --cwd, or give .* --state/,
  );

  const { code } = await desk.run({ platform, state: [desk.state("dev.json", [resource(idOf(simulator, "first"))])] });
  expect(code).toBe(2);
});

it.each([
  ["absent.json", undefined, /^the state .*absent\.json cannot be read: ENOENT/],
  ["broken.json", "{", /^the state .*broken\.json cannot be read: it is not JSON/],
  ["other.json", "{}", /^the state .*other\.json cannot be read: it is not what `pulumi stack export` writes/],
])("says what is wrong with the state %s", async (name, text, said) => {
  const file = join(desk.folder, name);
  if (text !== undefined) writeFileSync(file, text);
  const { error } = await desk.run({ platform, state: [file] });

  expect(error).toMatch(said);
  expect(error).not.toContain("\n");
});

it("names itself with the options that it was given", async () => {
  const state = desk.state("it's.json", []);
  const { report } = await desk.run({ platform, state: [state], model: ["ri.models.main.model.1"] });

  const quoted = `'${state.replace("'", `'\\''`)}'`;
  expect(report).toContain(
    `orphans --cwd ${desk.folder} --state ${quoted} --model ri.models.main.model.1 --remove ${idOf(simulator, "first")}`,
  );
});
