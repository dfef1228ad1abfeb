/** Which accounts are looked at, with which credentials, and what is said of the others. */
import { type Simulator, startSimulator } from "../../../simulator";
import { makeOutside } from "../../engine/llamas";
import { type Desk, encrypted, liveResource, openDesk, provider, resource, secret } from "./command";

let simulator: Simulator;
let desk: Desk;

beforeEach(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
  desk = openDesk(simulator);
});

afterEach(async () => {
  desk.close();
  await simulator.close();
  expect(simulator.violations()).toEqual([]);
});

function unset(pattern: RegExp): void {
  for (const name of Object.keys(desk.environment)) if (pattern.test(name)) delete desk.environment[name];
}

const keysOf = (platform: string): string[] => [
  ...new Set(simulator.requests({ platform }).map(({ rawHeaders }) => rawHeaders["authorization"] ?? "")),
];

it("looks at all platforms with credentials, and says which it cannot look at", async () => {
  const file = desk.state("dev.json", [liveResource("foundry/ri.gone", { modelRid: "ri.models.main.model.1" })]);
  const { code, report } = await desk.run({ state: [file] });

  expect(code).toBe(0);
  expect(report).toMatch(/Looked at: +DeepInfra .*OpenSearch .*Palantir Foundry/);
  expect(report).toContain("Kore.ai: its API does not tell what is deployed; look into its console");
  expect(report).toMatch(/Palantir Foundry, account of .*: other models: .*name more with --model/);
});

it("is silent about platforms that nobody has, and not about those that a stack uses", async () => {
  unset(/DEEPINFRA|KORE|FOUNDRY/);
  const file = desk.state("dev.json", [resource("kore/cm-1")]);
  const { code, report } = await desk.run({ state: [file] });

  expect(code).toBe(0);
  expect(report).toContain("Kore.ai: its API does not tell");
  expect(report).not.toMatch(/DeepInfra|Foundry/);
});

it.each([
  ["deepinfra", /DeepInfra, account of the state .*: no deepinfraApiKey is set; set it with .*DEEPINFRA_API_KEY/],
  ["foundry", /Palantir Foundry, account of the state .*: no foundryHostname is set/],
] as const)("fails when a stack has deployments on %s and there are no credentials", async (id, said) => {
  unset(/DEEPINFRA|FOUNDRY/);
  const { code, report } = await desk.run({ state: [desk.state("dev.json", [resource(`${id}/x`)])] });

  expect(code).toBe(1);
  expect(report).toMatch(said);
});

it.each([
  ["kore", /Kore\.ai: its API does not tell/],
  ["foundry", /Palantir Foundry, account of the environment: no foundryHostname is set/],
  ["deepinfra", /DeepInfra, account of the environment: no deepinfraApiKey is set/],
] as const)("fails when %s is asked for and cannot be looked at", async (id, said) => {
  unset(/DEEPINFRA|FOUNDRY|KORE/);
  const { code, report } = await desk.run({ withoutStacks: true, platform: [id] });

  expect(code).toBe(1);
  expect(report).toMatch(said);
});

it("fails when Foundry is asked for and no model is known, and lists the models that are named", async () => {
  const without = await desk.run({ withoutStacks: true, platform: ["foundry"] });
  const withModel = await desk.run({ withoutStacks: true, platform: ["foundry"], model: ["ri.models.main.model.1"] });

  expect(without).toMatchObject({ code: 1, report: expect.stringContaining("name some with --model") as string });
  expect(withModel.code).toBe(0);
  expect(simulator.requests({ platform: "foundry" }).map(({ query }) => query)).toMatchObject([
    { modelRid: "ri.models.main.model.1" },
  ]);
});

it("says that a model is a secret of the program", async () => {
  const file = desk.state("dev.json", [liveResource("foundry/ri.1", { modelRid: encrypted })]);
  const { report } = await desk.run({ state: [file] });

  expect(report).toMatch(
    /the model of live in .*dev\.json: its modelRid cannot be read in the state; name it with --model/,
  );
});

it("asks only the platforms that it was told to", async () => {
  await desk.run({ withoutStacks: true, platform: ["opensearch"] });

  expect(new Set(simulator.requests().map(({ platform }) => platform))).toEqual(new Set(["opensearch"]));
});

it("takes half a configuration without a key for nobody's", async () => {
  unset(/DEEPINFRA|FOUNDRY/);
  Object.assign(desk.environment, { DEEPINFRA_URL: simulator.url });
  const { code, report } = await desk.run({ withoutStacks: true });

  expect(code).toBe(0);
  expect(report).toMatch(/DeepInfra, account of the environment: no deepinfraApiKey is set/);
});

it("uses the config in a state before the environment, and the environment for what is encrypted there", async () => {
  const key = simulator.credentials.deepinfraApiKey;
  Object.assign(desk.environment, { DEEPINFRA_URL: "http://127.0.0.1:1" });
  const config = { "inference:deepinfraUrl": simulator.url, "inference:deepinfraApiKey": encrypted };
  const { code } = await desk.run({
    state: [desk.state("dev.json", [provider("default", config).resource])],
    platform: ["deepinfra"],
  });

  expect(code).toBe(0);
  expect(keysOf("deepinfra")).toEqual([`Bearer ${key}`]);
});

it("looks at the accounts of explicit providers, each account once, and never shows their keys", async () => {
  await makeOutside(simulator, "forgotten");
  const settings = (key: object | string) => ({
    "inference:explicit": "true",
    "inference:deepinfraApiKey": key,
    "inference:deepinfraUrl": simulator.url,
  });
  const same = provider("same", settings(secret(simulator.credentials.deepinfraApiKey)));
  const wrong = provider("wrong", settings(secret("a-key-of-the-past")));
  const hidden = provider("hidden", settings(encrypted));
  const { code, report } = await desk.run({
    state: [
      desk.state("dev.json", [
        same.resource,
        wrong.resource,
        hidden.resource,
        resource("deepinfra/x", { provider: same.reference }),
      ]),
    ],
    platform: ["deepinfra"],
  });

  expect(code).toBe(1);
  expect(report).toMatch(/account of the provider wrong of the state .*answered 403: .*explicit Provider/);
  expect(report).toMatch(
    /account of the provider hidden of the state .*: deepinfraApiKey cannot be read, encrypted as it is/,
  );
  expect(report).toContain("1 deployment runs there");
  expect(report).not.toContain("a-key-of-the-past");
  expect(simulator.requests({ path: /list$/ })).toHaveLength(2);
});

it("masks a key that somebody has put into a name", async () => {
  await makeOutside(simulator, `of-${simulator.credentials.deepinfraApiKey}`);
  const { report } = await desk.run({ withoutStacks: true, platform: ["deepinfra"] });

  expect(report).toContain("simulated/of-[secret]");
  expect(report).not.toContain(simulator.credentials.deepinfraApiKey);
});

it("is no failure that a state is encrypted", async () => {
  const hidden = provider("hidden", { "inference:explicit": "true", "inference:deepinfraApiKey": encrypted });
  const { code } = await desk.run({ state: [desk.state("dev.json", [hidden.resource])], platform: ["deepinfra"] });

  expect(code).toBe(0);
});

it.each([
  [
    "a wrong key",
    { DEEPINFRA_API_KEY: "a-wrong-key-of-somebody" },
    /GET .*\/deploy\/list answered 403: .*environment variable DEEPINFRA_API_KEY/,
  ],
  ["an address where nobody answers", { DEEPINFRA_URL: "http://127.0.0.1:1" }, /could not connect \(ECONNREFUSED/],
  ["an address that is none", { DEEPINFRA_URL: "http://example.com" }, /DEEPINFRA_URL/],
])("says in one line that %s kept it from looking, and goes on with the others", async (_name, variables, said) => {
  Object.assign(desk.environment, variables);
  const { code, report } = await desk.run({ withoutStacks: true });
  const line = report.split("\n").find((one) => one.includes("DeepInfra, account of"));

  expect(code).toBe(1);
  expect(line).toMatch(said);
  expect(report).toMatch(/Looked at: +OpenSearch/);
  expect(report).not.toContain("a-wrong-key-of-somebody");
});
