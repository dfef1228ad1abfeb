import { type Simulator, startSimulator } from "../../simulator";
import { freezeTime } from "./frozen-time";
import {
  deploy,
  errorText,
  holders,
  local,
  n1,
  n2,
  n3,
  opensearch,
  remote,
  standing,
  taskOf,
} from "./opensearch-calls";

let simulator: Simulator;
let pass: (ms: number) => void;

beforeEach(async () => {
  pass = freezeTime();
  const options = { allowCustomDeploymentPlan: true, taskLagMs: 50, unstableNodeOrder: false };
  simulator = await startSimulator({ readyAfterMs: 1000, scenario: { opensearch: options } });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await simulator.close();
});

const configure = (opensearch: Record<string, unknown>) => simulator.configure({ opensearch });

describe("deploy", () => {
  it("answers COMPLETED for a remote model before anything is, and writes model and task one after the other", async () => {
    const answer = await opensearch(simulator, "POST", `/models/${remote}/_deploy`);
    const task = String(answer.at("task_id"));

    expect(answer.text).toBe(JSON.stringify({ task_id: task, task_type: "DEPLOY_MODEL", status: "COMPLETED" }));
    expect(await standing(simulator, remote, task)).toBe("DEPLOYING -/3 CREATED");
    pass(500);
    expect(await standing(simulator, remote, task)).toBe("DEPLOYING -/3 RUNNING");
    pass(500);
    expect(await standing(simulator, remote, task)).toBe("DEPLOYED 3/3 RUNNING");
    pass(50);
    expect(await standing(simulator, remote, task)).toBe("DEPLOYED 3/3 COMPLETED");
  });

  it("may write the task first", async () => {
    simulator.configure({ opensearch: { taskLagMs: -60 }, outcome: "no-capacity" });
    const task = await deploy(simulator);
    pass(1000);

    expect(await standing(simulator, remote, task)).toBe("DEPLOYING -/3 FAILED");
    pass(60);
    expect(await standing(simulator, remote, task)).toBe("DEPLOY_FAILED 0/3 FAILED");
  });

  it("answers CREATED for a local model, which goes to ml nodes alone", async () => {
    const answer = await opensearch(simulator, "POST", `/models/${local}/_deploy`);
    pass(1000);

    expect(answer.at("status")).toBe("CREATED");
    expect(await holders(simulator, local)).toEqual([n3]);
    simulator.act({ platform: "opensearch", id: "n3", action: "node-leave" });
    const refused = await opensearch(simulator, "POST", `/models/${local}/_deploy`);
    expect(refused.text).toBe(errorText(400, "illegal_argument_exception", "no eligible node found"));
  });

  it("tells the errors of the nodes as JSON in a text", async () => {
    configure({ failingNodes: ["n2"] });
    const task = await deploy(simulator);
    pass(1050);

    expect(await standing(simulator, remote, task)).toBe("PARTIALLY_DEPLOYED 2/3 COMPLETED_WITH_ERROR");
    expect((await taskOf(simulator, task)).at("error")).toBe(`{"${n2}":"exceed max running task limit"}`);
    const profile = await opensearch(simulator, "GET", `/profile/models/${remote}`);
    expect(profile.at(`nodes.${n2}.models.${remote}`)).toEqual({ worker_nodes: [n1, n3] });

    configure({ failingNodes: [] });
    const repair = await deploy(simulator);
    pass(1050);
    expect(await standing(simulator, remote, repair)).toBe("DEPLOYED 3/3 COMPLETED");
  });

  it("fails on all nodes with the scenario's reason", async () => {
    simulator.configure({ outcome: "failure", failureReason: "Archive is not a ZIP archive" });
    const task = await deploy(simulator, local);
    pass(1050);

    expect(await standing(simulator, local, task)).toBe("DEPLOY_FAILED 0/1 FAILED");
    expect((await taskOf(simulator, task)).at("error")).toBe(`{"${n3}":"Archive is not a ZIP archive"}`);
    expect((await opensearch(simulator, "GET", `/profile/models/${local}`)).text).toBe("{}");
  });

  it("is idempotent on a deployed model, which serves on", async () => {
    await deploy(simulator);
    pass(1050);
    const again = await deploy(simulator);

    expect(await standing(simulator, remote, again)).toBe("DEPLOYING 3/3 CREATED");
    expect(await holders(simulator)).toEqual([n1, n2, n3]);
    pass(150);
    expect(await standing(simulator, remote, again)).toBe("DEPLOYED 3/3 COMPLETED");
  });

  it("counts as failed after a second request, until the first ends", async () => {
    const first = await deploy(simulator, local);
    pass(500);
    const second = await deploy(simulator, local);

    expect(await standing(simulator, local, second)).toBe("DEPLOY_FAILED 0/1 FAILED");
    expect((await taskOf(simulator, second)).at("error")).toBe(`{"${n3}":"Duplicate deploy model task"}`);
    pass(550);
    expect(await standing(simulator, local, first)).toBe("DEPLOYED 1/1 COMPLETED");
    expect(simulator.deployments("opensearch")).toMatchObject([{ id: local, starts: 2, removed: false }]);
  });

  it("loses its first deployment to a delete after a second request", async () => {
    const first = await deploy(simulator, local);
    await deploy(simulator, local);
    expect((await opensearch(simulator, "DELETE", `/models/${local}`)).at("result")).toBe("deleted");
    pass(1050);

    const task = await taskOf(simulator, first);
    expect([task.at("state"), task.at("error")]).toEqual(["FAILED", `{"${n3}":"Failed to deploy model"}`]);
  });

  it("may conflict instead, and is set right by the next sync-up", async () => {
    configure({ secondDeploy: "conflict" });
    await deploy(simulator);
    const second = await opensearch(simulator, "POST", `/models/${remote}/_deploy`);

    expect(second.status).toBe(409);
    expect(second.at("error.root_cause.0.type")).toBe("version_conflict_engine_exception");
    expect(second.at("error.reason")).toBe(`Document version conflict updating ${remote} in index .plugins-ml-model`);
    pass(1000);
    expect(await standing(simulator)).toBe("DEPLOY_FAILED 3/3");
    expect(await holders(simulator)).toEqual([n1, n2, n3]);
    pass(10_000);
    expect(await standing(simulator)).toBe("DEPLOYED 3/3");
  });

  it("may let both complete", async () => {
    configure({ secondDeploy: "join" });
    const tasks = [await deploy(simulator), await deploy(simulator)];
    pass(1050);

    for (const task of tasks) expect(await standing(simulator, remote, task)).toBe("DEPLOYED 3/3 COMPLETED");
  });
});

describe("undeploy", () => {
  beforeEach(async () => {
    await deploy(simulator);
    pass(1050);
  });

  it("answers by node, in lower case, and is done", async () => {
    const stats = (word: string) => ({ stats: { [remote]: word } });
    const path = `/models/${remote}/_undeploy`;

    const first = await opensearch(simulator, "POST", path);
    expect(first.json).toEqual({ [n1]: stats("undeployed"), [n2]: stats("undeployed"), [n3]: stats("undeployed") });
    expect(await standing(simulator)).toBe("UNDEPLOYED 0/0");
    expect((await opensearch(simulator, "POST", path)).at(n1)).toEqual(stats("not_found"));
    const model = await opensearch(simulator, "GET", `/models/${remote}`);
    expect(model.at("deploy_to_all_nodes")).toBe(true);
    expect(model.json).not.toHaveProperty("planning_worker_nodes");
    expect(simulator.deployments("opensearch")).toMatchObject([{ removed: true }]);
  });

  it("shrinks the plan", async () => {
    await opensearch(simulator, "POST", `/models/${remote}/_undeploy`, { node_ids: [n3] });

    const model = await opensearch(simulator, "GET", `/models/${remote}`);
    expect(await standing(simulator)).toBe("DEPLOYED 2/2");
    expect(model.at("planning_worker_nodes")).toEqual([n1, n2]);
    expect(model.json).not.toHaveProperty("deploy_to_all_nodes");
  });

  it("lies when it is given unknown nodes alone, for good", async () => {
    const answer = await opensearch(simulator, "POST", `/models/${remote}/_undeploy`, { node_ids: ["nonode"] });

    expect(answer.text).toBe("{}");
    pass(25_000);
    expect(await standing(simulator)).toBe("UNDEPLOYED 0/0");
    expect(await holders(simulator)).toEqual([n1, n2, n3]);
    expect(simulator.deployments("opensearch")).toMatchObject([{ removed: false }]);
  });

  it("leaves the task of a running deployment until its timeout", async () => {
    await opensearch(simulator, "POST", `/models/${remote}/_undeploy`);
    const task = await deploy(simulator);
    await opensearch(simulator, "POST", `/models/${remote}/_undeploy`);
    pass(74_000);

    expect(await standing(simulator, remote, task)).toBe("UNDEPLOYED 0/0 RUNNING");
    pass(600_000);
    expect((await taskOf(simulator, task)).at("error")).toBe("timeout after 600 seconds");
  });

  it("takes many models, known or not", async () => {
    const answer = await opensearch(simulator, "POST", "/models/_undeploy", { model_ids: [remote, "nope1"] });

    expect(answer.at(n1)).toEqual({ stats: { [remote]: "undeployed", nope1: "not_found" } });
    const none = await opensearch(simulator, "POST", "/models/_undeploy");
    expect(none.text).toBe(errorText(400, "illegal_argument_exception", "Must set specific model ids to undeploy"));
  });
});

it("deploys itself at a prediction, unless that is switched off", async () => {
  const predict = () => opensearch(simulator, "POST", `/models/${remote}/_predict`, { parameters: { input: "hi" } });
  configure({ modelAutoDeploy: false });
  const reason = "Model not ready yet. Please deploy the model first.";
  expect((await predict()).text).toBe(errorText(400, "illegal_argument_exception", reason));

  configure({ modelAutoDeploy: true });
  expect((await predict()).text).toBe(
    '{"inference_results":[{"output":[{"name":"response","dataAsMap":{"embedding":[0.1,0.2,0.3],"echo":"{\\"input\\": \\"hi\\"}"}}],"status_code":200}]}',
  );
  expect(await standing(simulator)).toBe("DEPLOYING -/3");
});
