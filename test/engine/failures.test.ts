/** Deployments that do not become ready, in one stack: what is kept, what is said, and how each goes on. */
import { type RecordedRequest, type Simulator, startSimulator } from "../../simulator";
import { createStack, type ExportedResource, type OperationResult, type Stack } from "../support/engine";
import { strike } from "../support/strike";
import { changesOf, deploymentOf, deploymentsOf, forEver, llamasProgram, makeOutside, posts, standing } from "./llamas";

const pending = { readyAfterMs: forEver };
const failing = { outcome: "failure", failureReason: "CUDA out of memory" } as const;
const all = ["--continue-on-error"];

let simulator: Simulator;
let stack: Stack;
let foreign: string;
let last: OperationResult;

/** The parts of the program that change from one step to the next. */
interface Steps {
  taken: string;
  rest: string;
}

const program = ({ taken, rest }: Steps) =>
  llamasProgram(`
llama("broken");
llama("doomed");
llama("late", {}, { customTimeouts: { create: "3s" } });
llama("later", {}, { customTimeouts: { create: "3s", update: "2s" } });
llama("expired");
llama("garbled");
llama("lost");
llama("unwaited", { waitForReady: false });
llama("adopted", { adopt: "${deploymentOf(simulator, "adopted").id}", deepinfra: { settings: { maxInstances: 3 } } });
llama("taken", { ${taken} });
${rest}`);

beforeAll(async () => {
  simulator = await startSimulator({
    readyAfterMs: 0,
    scenario: {
      byName: {
        ...{ late: pending, later: pending, expired: pending, garbled: pending, unwaited: pending },
        ...{ broken: failing, doomed: failing, discarded: failing },
      },
    },
  });
  for (const name of ["adopted", "taken"]) await makeOutside(simulator, name);
  foreign = await makeOutside(simulator, "foreign", { gpu: "A100-80GB", num_gpus: 2 });
  const rest = `
llama("discarded", { onCreateFailure: "remove" });
llama("misfit", { adopt: "${foreign}", deepinfra: { modelName: "foreign" } });`;
  stack = await createStack({
    program: program({ taken: "", rest }),
    // Faults strike the looks at one of them.
    environment: { ...simulator.environment("deepinfra"), PULUMI_INFERENCE_SHARED_READS: "false" },
  });
});
afterAll(() => simulator.close());

/** The lines about one resource among the errors of the last operation. */
function errorOf(name: string): string {
  return last.diagnostics
    .filter(({ severity, urn }) => severity === "error" && urn?.endsWith(`::${name}`))
    .map(({ message }) => message)
    .join("\n");
}

async function resources(): Promise<Record<string, ExportedResource>> {
  const { deployment } = await stack.exportState();
  const { resources = [] } = deployment;
  return Object.fromEntries(resources.map((one) => [one.urn.split("::").at(-1) ?? "", one] as const));
}

const step = (name: string) => last.steps.filter((one) => one.name === name).map(({ operation }) => operation);
const isLook = ({ method, path }: RecordedRequest, name: string) =>
  method === "GET" && deploymentsOf(simulator, name).some(({ id }) => path === `/deploy/${id}`);

describe("the first up", () => {
  let state: Record<string, ExportedResource>;

  beforeAll(async () => {
    const stop = strike(simulator, (request) => {
      if (posts(simulator, "lost").includes(request)) return { kind: "lost-answer" };
      if (isLook(request, "garbled")) return { kind: "garbage" };
      const looks = simulator.requests().filter((one) => isLook(one, "expired"));
      return isLook(request, "expired") && looks.length > 1 ? { kind: "status", status: 401 } : undefined;
    });
    last = await stack.up({ parameters: all, expectFailure: true });
    stop();
    state = await resources();
  });

  test.each([
    ["broken", "failed", /is failed: CUDA out of memory.*pulumi up.* replaces it/s],
    ["late", "pending", /is not ready after 3s, seen: .*initializing \d+s.*may cost money.*pulumi up.* goes on/s],
    ["expired", "pending", /401.*came from the environment variable DEEPINFRA_API_KEY/s],
    ["garbled", "pending", /cannot be read: it is not JSON.*unreadable answer/s],
  ])("keeps what is %s, with its id and the reasons", (name, status, reason) => {
    expect(errorOf(name)).toMatch(reason);
    expect(state[name]).toMatchObject({
      id: `deepinfra/${deploymentOf(simulator, name).id}`,
      outputs: { status, __provider: expect.any(String) as string },
    });
    expect(state[name]?.initErrors?.join("\n")).toMatch(reason);
    expect(posts(simulator, name)).toHaveLength(1);
  });

  test("removes what failed where the program says so", () => {
    expect(errorOf("discarded")).toMatch(/CUDA out of memory.*it was removed, as onCreateFailure says/);
    expect(state["discarded"]).toBeUndefined();
    expect(changesOf(simulator, "discarded")).toEqual(["POST", "DELETE"]);
  });

  test("goes on with a deployment whose answer was lost", () => {
    expect(state["lost"]).toMatchObject({ id: `deepinfra/${deploymentOf(simulator, "lost").id}` });
    expect(state["lost"]?.initErrors).toBeUndefined();
    expect(posts(simulator, "lost")).toHaveLength(1);
  });

  test("does not wait where the program says so", () => {
    expect(state["unwaited"]).toMatchObject({ outputs: { status: "pending", ready: false } });
    expect(state["unwaited"]?.initErrors).toBeUndefined();
  });

  test("adopts what is there, and brings it to the program's scale", () => {
    const { id, replicas } = deploymentOf(simulator, "adopted");
    expect(state["adopted"]).toMatchObject({ id: `deepinfra/${id}`, outputs: { status: "ready" } });
    expect(replicas).toMatchObject({ minimum: 1, maximum: 3 });
    expect(changesOf(simulator, "adopted")).toEqual(["POST", "PUT"]);
  });

  test("refuses to adopt what does not fit, and touches nothing", () => {
    expect(errorOf("misfit")).toMatch(/deepinfra\.gpu is "A100-80GB" there and "H100-80GB" here/);
    expect(errorOf("misfit")).toMatch(/deepinfra\.numGpus is 2 there and 1 here/);
    expect(state["misfit"]).toBeUndefined();
    expect(changesOf(simulator, "foreign")).toEqual(["POST"]);
  });

  test("makes none under a name that is taken, and says how to take it over", () => {
    expect(errorOf("taken")).toContain(`adopt: "${deploymentOf(simulator, "taken").id}"`);
    expect(state["taken"]).toBeUndefined();
    expect(posts(simulator, "taken")).toHaveLength(1);
  });

  test("shows no stack trace", () => {
    expect(last.text).not.toMatch(/^\s+at .*:\d+/m);
  });
});

describe("the next up", () => {
  beforeAll(async () => {
    // As the error of the first one says it.
    const advice = /adopt: "[^"]+"/.exec(errorOf("taken"))?.[0] ?? "";
    stack.setProgram(program({ taken: advice, rest: "" }));
    simulator.configure({ byName: { broken: {} } });
    for (const name of ["late", "expired", "garbled"]) act(name, "finish");
    last = await stack.up({ parameters: all, expectFailure: true });
  });

  test.each(["late", "expired", "garbled"])("resumes what was %s, and makes no second one", async (name) => {
    expect(step(name)).toEqual(["update"]);
    expect(changesOf(simulator, name)).toEqual(["POST"]);
  });

  test("replaces what had failed, and never are there two", () => {
    expect(changesOf(simulator, "broken")).toEqual(["POST", "DELETE", "POST"]);
    expect(deploymentOf(simulator, "broken").status).toBe("running");
  });

  test("is late again where it is not ready yet, by the timeout of updates", () => {
    expect(errorOf("later")).toMatch(/is not ready after 2s/);
    expect(posts(simulator, "later")).toHaveLength(1);
  });

  test("adopts by the line of the error", async () => {
    expect(step("taken")).toEqual(["create"]);
    expect((await resources())["taken"]?.id).toBe(`deepinfra/${deploymentOf(simulator, "taken").id}`);
    expect(posts(simulator, "taken")).toHaveLength(1);
  });

  test.each(["lost", "adopted", "unwaited"])("leaves what is %s", (name) => {
    expect(step(name)).toEqual(["same"]);
  });
});

describe("after a refresh, which clears the engine's note of the failures,", () => {
  beforeAll(async () => {
    await stack.refresh();
    expect((await resources())["later"]?.initErrors).toBeUndefined();
    act("later", "finish");
    const rest = `exports.foreign = inference.ModelDeployment.get("foreign", "deepinfra/${foreign}").model;`;
    stack.setProgram(program({ taken: "adopt: 'any'", rest }));
    last = await stack.up({ parameters: all, expectFailure: true });
  });

  test("up resumes what was late", () => {
    expect(step("later")).toEqual(["update"]);
    expect(errorOf("later")).toBe("");
    expect(changesOf(simulator, "later")).toEqual(["POST"]);
  });

  test("up replaces what had failed", () => {
    expect(changesOf(simulator, "doomed")).toEqual(["POST", "DELETE", "POST", "DELETE", "POST"]);
  });

  test.each(["taken", "adopted", "unwaited", "late"])("up leaves what is %s, whatever `adopt` says now", (name) => {
    expect(step(name)).toEqual(["same"]);
  });

  test("a deployment got by its id is read", async () => {
    expect(await stack.outputs()).toMatchObject({ foreign: `deploy_id:${foreign}` });
  });

  test("destroy works from every state, and leaves alone what was only read", async () => {
    expect(errorOf("doomed")).not.toBe("");
    last = await stack.destroy();

    expect(standing(simulator)).toEqual(["foreign"]);
    expect(changesOf(simulator, "foreign")).toEqual(["POST"]);
    expect(stack.processes()).toEqual([]);
    expect(simulator.violations()).toEqual([]);
  });
});

function act(name: string, action: string): void {
  simulator.act({ platform: "deepinfra", id: deploymentOf(simulator, name).id, action });
}
