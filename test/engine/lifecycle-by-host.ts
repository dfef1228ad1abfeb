/**
 * The whole life of a deployment on each platform, driven by the real engine, judged by what the simulator recorded.
 * One stack holds all of them: most of the time that a command takes is its start.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type PlatformId, type SimulatedDeployment, type Simulator, startSimulator } from "../../simulator";
import { type ContractCase, contractCases } from "../contract/cases";
import { createStack, type ExportedResource, type OperationResult, type Stack } from "../support/engine";
import { deploymentsProgram, type Host } from "./programs";

/** Inputs that can only be had by a replacement. */
const replacements: Record<string, Record<string, unknown>> = {
  deepinfra: { gpu: "A100-80GB" },
  kore: { modelType: "fineTune" },
  opensearch: { modelId: "-SimulatedRemote_001" },
  foundry: { branch: "release" },
};

const platforms = contractCases.map(({ platform }) => platform.id);
const readable = contractCases.filter((contract) => contract.readable);
const secretInputs = contractCases.flatMap(({ secrets }) => secrets);
/** All deployments, and the stack. */
const everything = platforms.length + 1;

/** @param host what runs the resources. */
export function testLifecycle(host: Host): void {
  const texts: string[] = [];
  let simulator: Simulator;
  let stack: Stack;

  beforeAll(async () => {
    // Jobs of Kore are looked at every five seconds at most; ended at once, they need no second look.
    const scenarios = [...contractCases.map(({ scenario }) => scenario), { kore: { immediate: true } }];
    const scenario = Object.assign({}, ...scenarios) as object;
    simulator = await startSimulator({ readyAfterMs: 500, scenario });
    stack = await createStack({ program: program(({ inputs }) => inputs), environment: simulator.environment() });
  });

  afterAll(() => simulator.close());

  function program(inputsOf: (contract: ContractCase) => Record<string, unknown>) {
    return deploymentsProgram(
      host,
      contractCases.map((contract) => ({
        name: contract.platform.id,
        resource: contract.kind.name as "ModelDeployment" | "LiveDeployment",
        inputs: inputsOf(contract),
        secrets: contract.platform.id === "foundry" ? contract.secrets : [],
      })),
    );
  }

  function replaced({ platform, changed }: ContractCase): Record<string, unknown> {
    const block = changed[platform.id] as Record<string, unknown> | undefined;
    const change = replacements[platform.id];
    return block === undefined ? { ...changed, ...change } : { [platform.id]: { ...block, ...change } };
  }

  function noted(result: OperationResult): OperationResult {
    texts.push(result.text);
    return result;
  }

  function runningOn(platform: PlatformId): SimulatedDeployment[] {
    return simulator.deployments(platform).filter(({ removed, starts }) => !removed && starts > 0);
  }

  /** The one that runs on each platform. */
  function runningIds(): Record<string, string | undefined> {
    for (const platform of platforms) expect(runningOn(platform)).toHaveLength(1);
    return forEach((platform) => runningOn(platform)[0]?.id);
  }

  function starts(): Record<string, number> {
    const sent = contractCases.map(({ platform, start }) => [
      platform.id,
      simulator.requests({ platform: platform.id, ...start }).length,
    ]);
    return Object.fromEntries(sent) as Record<string, number>;
  }

  function forEach<Value>(valueOf: (platform: PlatformId) => Value, some = platforms): Record<string, Value> {
    return Object.fromEntries(some.map((platform) => [platform, valueOf(platform)]));
  }

  /** What was done with each, what stayed as it was left out. */
  function deeds({ steps }: OperationResult): Record<string, string> {
    expect(steps.filter(({ failed }) => failed)).toEqual([]);
    const done = steps.filter(({ operation }) => operation !== "same");
    expect(done).toHaveLength(new Set(done.map(({ name }) => name)).size);
    return Object.fromEntries(done.map(({ name, operation }) => [name, operation]));
  }

  test("up makes it, waits, and gives the outputs", async () => {
    const up = noted(await stack.up());
    const ids = runningIds();
    const { deployment } = await stack.exportState();
    const inState = (platform: string): ExportedResource | undefined =>
      deployment.resources?.find(({ urn }) => urn.endsWith(`::${platform}`));

    expect(deeds(up)).toEqual(forEach(() => "create"));
    expect(await stack.outputs()).toMatchObject(
      forEach((platform) => ({ status: "ready", ready: true, deploymentId: ids[platform] })),
    );
    expect(forEach((platform) => inState(platform)?.id)).toEqual(forEach((platform) => `${platform}/${ids[platform]}`));
  });

  test("a second up, and a refresh, change nothing", async () => {
    const before = starts();
    const preview = noted(await stack.preview({ parameters: ["--expect-no-changes"] }));
    const up = noted(await stack.up());
    const refresh = noted(await stack.refresh({ parameters: ["--expect-no-changes"] }));
    const after = noted(await stack.preview({ parameters: ["--expect-no-changes"] }));

    for (const { changes } of [preview, up, refresh, after]) expect(changes).toEqual({ same: everything });
    expect(starts()).toEqual(before);
  });

  test("a change in place is an update, and is there", async () => {
    stack.setProgram(program(({ changed }) => changed));
    const ids = runningIds();
    const up = noted(await stack.up());
    const refresh = noted(await stack.refresh({ parameters: ["--expect-no-changes"] }));

    expect(deeds(up)).toEqual(forEach(() => "update"));
    expect(refresh.changes).toEqual({ same: everything });
    expect(runningIds()).toEqual(ids);
  });

  test("a refresh sees that somebody stopped it, and up starts it again", async () => {
    const ids = runningIds();
    const stopped = readable.map(({ platform }) => platform.id);
    for (const { platform, stop = "" } of readable) {
      simulator.act({ platform: platform.id, id: ids[platform.id] ?? "", action: stop });
    }
    const refresh = noted(await stack.refresh());
    const up = noted(await stack.up());

    expect(refresh.changes).toMatchObject({ update: stopped.length });
    expect(deeds(up)).toEqual(forEach(() => "update", stopped));
    expect(runningIds()).toEqual(ids);
    expect(await stack.outputs()).toMatchObject(forEach(() => ({ status: "ready", ready: true })));
  });

  test("what cannot change in place is replaced, and one runs at the end", async () => {
    stack.setProgram(program(replaced));
    const before = runningIds();
    const up = noted(await stack.up());
    const after = runningIds();

    expect(up.changes).toMatchObject({ replace: platforms.length });
    // Kore has one deployment of a model, and its id is the model's.
    for (const platform of platforms) if (platform !== "kore") expect(after[platform]).not.toBe(before[platform]);
    expect(await stack.outputs()).toMatchObject(forEach(() => ({ status: "ready" })));
  });

  test("destroy leaves nothing running", async () => {
    const destroy = noted(await stack.destroy());

    expect(destroy.changes).toEqual({ delete: everything });
    expect(platforms.flatMap(runningOn)).toEqual([]);
    expect(stack.processes()).toEqual([]);
  });

  test("nothing was sent that the platforms do not document", () => {
    expect(simulator.violations()).toEqual([]);
  });

  test("no secret is in any file of the backend, or in what the terminal showed", async () => {
    const page = await (await fetch(`${simulator.url}/simulator/requests`)).text();
    const kept = [...filesIn(join(stack.folder, "backend")).map((file) => readFileSync(file, "utf8")), ...texts, page];
    const secrets = [...secretInputs, ...Object.values<string>({ ...simulator.credentials })];

    expect(kept.length).toBeGreaterThan(5);
    expect(secrets.filter((secret) => kept.some((text) => text.includes(secret)))).toEqual([]);
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}
