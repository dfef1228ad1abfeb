/** An engine that is told to end, or ends without a word, in the middle of a wait. */
import { readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type Stack } from "../support/engine";
import { strike } from "../support/strike";
import { until } from "../support/until";
import { changesOf, deploymentOf, forEver, llamasProgram, posts } from "./llamas";

let simulator: Simulator;
let stack: Stack;

beforeAll(async () => {
  simulator = await startSimulator({ scenario: { readyAfterMs: forEver, removedAfterMs: forEver } });
});
afterAll(() => simulator.close());

function finish(name: string): void {
  simulator.act({ platform: "deepinfra", id: deploymentOf(simulator, name).id, action: "finish" });
}

const noteFolder = () => join(stack.folder, "home", "pulumi-inference", "intents");
const notes = () => readdirSync(noteFolder());
const hideNotes = () => renameSync(noteFolder(), `${noteFolder()}-elsewhere`);

function showNotes(): void {
  rmSync(noteFolder(), { recursive: true, force: true });
  renameSync(`${noteFolder()}-elsewhere`, noteFolder());
}

describe("one Ctrl-C", () => {
  beforeAll(async () => {
    stack = await createStack({
      program: llamasProgram(`llama("waiting"); llama("asking");`),
      environment: simulator.environment("deepinfra"),
    });
  });

  test("ends the waits, and saves each id, also of a request that is under way", async () => {
    const stop = strike(simulator, (request) =>
      posts(simulator, "asking").includes(request) ? { kind: "delay", delayMs: 1_000 } : undefined,
    );
    const running = stack.start("up");
    await until(() => posts(simulator, "asking").length === 1 && posts(simulator, "waiting").length === 1);
    await running.waitForText(/ModelDeployment waiting creating .* initializing/);
    running.signal("SIGINT");
    const { code, text } = await running.result;
    stop();

    expect(code).not.toBe(0);
    const { deployment } = await stack.exportState();
    expect(deployment.pending_operations ?? []).toEqual([]);
    for (const name of ["waiting", "asking"]) {
      const { id, status } = deploymentOf(simulator, name);
      expect(status).toBe("initializing");
      expect(deployment.resources).toContainEqual(expect.objectContaining({ id: `deepinfra/${id}` }));
      expect(text).toMatch(new RegExp(`the wait for DeepInfra deployment ${id} was cancelled after`));
    }
    expect(text).toMatch(
      /may cost money while it exists; `pulumi up` goes on waiting for it, `pulumi destroy` removes/,
    );
    expect(stack.processes()).toEqual([]);
  });

  test("the next up goes on with what is there, and ends with nothing of it running on this machine", async () => {
    for (const name of ["waiting", "asking"]) finish(name);
    const { steps } = await stack.up();

    expect(steps.map(({ operation }) => operation)).toEqual(["update", "update"]);
    for (const name of ["waiting", "asking"]) expect(changesOf(simulator, name)).toEqual(["POST"]);
    expect(stack.processes()).toEqual([]);
  });

  test("while a removal is awaited keeps what may still be there", async () => {
    const running = stack.start("destroy");
    await until(() => ["waiting", "asking"].every((name) => changesOf(simulator, name).includes("DELETE")));
    running.signal("SIGINT");
    const { code, text } = await running.result;

    expect(code).not.toBe(0);
    expect(text).toMatch(/the removal of DeepInfra deployment .* was asked for and not waited for/);
    expect((await stack.resource("waiting"))?.id).toBe(`deepinfra/${deploymentOf(simulator, "waiting").id}`);
  });
});

describe("an engine that was killed", () => {
  beforeAll(async () => {
    stack = await createStack({
      program: llamasProgram(`llama("orphan");`),
      environment: simulator.environment("deepinfra"),
    });
  });

  test("takes the provider's process with it, which asks for nothing more", async () => {
    // Pulumi's own language host looks for its engine every five minutes only.
    const providers = () => stack.processes().filter(({ command }) => !command.includes("pulumi-language"));
    const running = stack.start("up");
    await running.waitForText(/ModelDeployment orphan creating .* initializing/);
    running.signal("SIGKILL");
    await running.result;
    await until(() => providers().length === 0);

    expect((await stack.exportState()).deployment.pending_operations).toMatchObject([{ type: "creating" }]);
    expect(changesOf(simulator, "orphan")).toEqual(["POST"]);
  });

  test("leaves a deployment that the next up refuses to make again on a machine without a note of it", async () => {
    await stack.pulumi("cancel", "--yes");
    hideNotes();
    const { text } = await stack.up({ expectFailure: true });
    showNotes();

    expect(text).toContain(`adopt: "${deploymentOf(simulator, "orphan").id}"`);
    expect(posts(simulator, "orphan")).toHaveLength(1);
  });

  test("leaves a note, by which the next up takes the deployment over, and says so", async () => {
    finish("orphan");
    const { text } = await stack.up();

    const { id } = deploymentOf(simulator, "orphan");
    expect(text).toMatch(new RegExp(`DeepInfra was asked for this resource at .*deployment ${id}`));
    expect((await stack.resource("orphan"))?.id).toBe(`deepinfra/${id}`);
    expect(changesOf(simulator, "orphan")).toEqual(["POST"]);
  });

  test("and the note goes when the engine shows that it has the id", async () => {
    expect(notes()).toHaveLength(1);
    await stack.preview();
    expect(notes()).toEqual([]);
  });
});

test("a second Ctrl-C loses the id to Pulumi, and the next up takes the deployment over", async () => {
  stack = await createStack({
    program: llamasProgram(`llama("impatient");`),
    environment: simulator.environment("deepinfra"),
  });
  const stop = strike(simulator, (request) =>
    posts(simulator, "impatient").includes(request) ? { kind: "delay", delayMs: 2_000 } : undefined,
  );
  const running = stack.start("up");
  await until(() => posts(simulator, "impatient").length === 1);
  running.signal("SIGINT");
  await running.waitForText(/press \^C again/);
  running.signal("SIGINT");
  await running.result;
  stop();
  await until(() => simulator.deployments("deepinfra").some(({ name }) => name.endsWith("/impatient")));
  expect(await stack.resource("impatient")).toBeUndefined();

  finish("impatient");
  await stack.up();
  expect((await stack.resource("impatient"))?.id).toBe(`deepinfra/${deploymentOf(simulator, "impatient").id}`);
  expect(changesOf(simulator, "impatient")).toEqual(["POST"]);
});
