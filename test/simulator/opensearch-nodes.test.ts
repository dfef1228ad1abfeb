import { type Simulator, startSimulator } from "../../simulator";
import { freezeTime } from "./frozen-time";
import { deploy, errorText, holders, n1, n2, n3, opensearch, remote, standing, taskOf } from "./opensearch-calls";

const custom = "-SimulatedRemote_001";

let simulator: Simulator;
let pass: (ms: number) => void;

beforeEach(async () => {
  pass = freezeTime();
  const options = { allowCustomDeploymentPlan: true, unstableNodeOrder: false };
  simulator = await startSimulator({ readyAfterMs: 1000, scenario: { opensearch: options } });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await simulator.close();
});

const configure = (opensearch: Record<string, unknown>) => simulator.configure({ opensearch });
const act = (id: string, action: string) => simulator.act({ platform: "opensearch", id, action });
const refused = async (nodeIds: string[]) =>
  (await opensearch(simulator, "POST", `/models/${custom}/_deploy`, { node_ids: nodeIds })).text;

async function deployBoth(): Promise<void> {
  await deploy(simulator, remote);
  await deploy(simulator, custom, [n1, n2, n3]);
  pass(1050);
}

describe("a chosen plan", () => {
  it("is refused by default, for known nodes too, and by an undeploy too", async () => {
    configure({ allowCustomDeploymentPlan: false });
    const reason = errorText(400, "illegal_argument_exception", "Don't allow custom deployment plan");

    expect(await refused([n1])).toBe(reason);
    const undeploy = await opensearch(simulator, "POST", `/models/${custom}/_undeploy`, { node_ids: [n1] });
    expect(undeploy.text).toBe(reason);
  });

  it("needs a known node, and drops unknown ones without a word", async () => {
    expect(await refused(["nonode"])).toBe(errorText(400, "illegal_argument_exception", "no eligible node found"));

    await deploy(simulator, custom, [n1, "nonode"]);
    pass(1050);
    const model = await opensearch(simulator, "GET", `/models/${custom}`);
    expect(model.at("planning_worker_nodes")).toEqual([n1]);
    expect(model.json).not.toHaveProperty("deploy_to_all_nodes");
  });

  it("grows by a deploy, and does not shrink by one", async () => {
    await deploy(simulator, custom, [n1, n2]);
    pass(1050);
    const task = await deploy(simulator, custom, [n1, n2, n3]);
    expect(await standing(simulator, custom, task)).toBe("DEPLOYING 2/3 CREATED");
    pass(1050);

    expect(await standing(simulator, custom, task)).toBe("DEPLOYED 3/3 COMPLETED");
    expect(await refused([n1, n2])).toContain(
      `Model already deployed to these nodes: [${n3}], but they are not included in target node ids. Undeploy model from these nodes if don't need them any more.Undeploy from old nodes before try to deploy model on new nodes. Or include all old nodes on your target nodes.`,
    );
  });

  it("is asked of excluded nodes in vain", async () => {
    configure({ excludedNodeNames: ["n2"] });
    await deploy(simulator, custom, [n1, n2]);
    pass(1050);

    expect(await holders(simulator, custom)).toEqual([n1]);
  });
});

describe("the loss of a node", () => {
  beforeEach(deployBoth);

  it("shrinks a plan for all nodes, and leaves a chosen one partially deployed", async () => {
    act("n3", "node-leave");
    pass(10_000);

    expect(await standing(simulator, remote)).toBe("DEPLOYED 2/2");
    expect(await standing(simulator, custom)).toBe("PARTIALLY_DEPLOYED 2/3");
    expect((await opensearch(simulator, "GET", "//_nodes")).at("_nodes.total")).toBe(2);
  });

  it("is made good when the node comes back, one model after the other", async () => {
    act("n3", "node-leave");
    pass(10_000);
    act("n3", "node-join");

    expect(await standing(simulator, remote)).toBe("DEPLOYING 2/3");
    expect(await standing(simulator, custom)).toBe("PARTIALLY_DEPLOYED 2/3");
    pass(2_100);
    expect(await standing(simulator, remote)).toBe("DEPLOYED 3/3");
    expect(await standing(simulator, custom)).toBe("DEPLOYED 3/3");
  });

  it("is not made good without redeployment; then a plan for all nodes wants the new one", async () => {
    configure({ modelAutoRedeploy: false });
    act("n3", "node-leave");
    pass(10_000);
    act("n3", "node-join");
    pass(10_000);

    expect(await standing(simulator, remote)).toBe("PARTIALLY_DEPLOYED 2/3");
    expect(await standing(simulator, custom)).toBe("PARTIALLY_DEPLOYED 2/3");
  });
});

describe("a restart", () => {
  beforeEach(deployBoth);

  it("answers 500 while shards recover, of which the root cause tells", async () => {
    configure({ shardRecoveryMs: 11_000 });
    act("", "restart");
    const model = await opensearch(simulator, "GET", `/models/${remote}`);
    pass(10_900);
    const later = await opensearch(simulator, "GET", `/models/${remote}`);

    const cause = {
      type: "no_shard_available_action_exception",
      reason: `No shard available for [get [.plugins-ml-model][${remote}]: routing [null]]`,
    };
    const reason = "Failed to get data object from index .plugins-ml-model";
    expect(model.text).toBe(
      JSON.stringify({
        error: { root_cause: [cause], type: "status_exception", reason, caused_by: cause },
        status: 500,
      }),
    );
    expect(later.at("error.root_cause.0.type")).toBe("illegal_index_shard_state_exception");
    expect((await taskOf(simulator, "x")).status).toBe(500);
    pass(100);
    expect(await standing(simulator)).toBe("DEPLOYED 3/3");
  });

  it("leaves the old state, though nothing is loaded, until the models are deployed again", async () => {
    act("", "restart");
    pass(500);
    expect([await standing(simulator), await holders(simulator)]).toEqual(["DEPLOYED 3/3", []]);
    pass(9_500);
    const model = await opensearch(simulator, "GET", `/models/${remote}`);
    expect([model.at("model_state"), model.at("auto_redeploy_retry_times")]).toEqual(["DEPLOYING", 1]);
    pass(1_000);
    expect(await standing(simulator)).toBe("DEPLOYED 3/3");
    expect((await opensearch(simulator, "GET", `/models/${remote}`)).at("auto_redeploy_retry_times")).toBe(0);
  });

  it("ends in DEPLOY_FAILED without redeployment, or when shards recover for too long", async () => {
    configure({ modelAutoRedeploy: false });
    act("", "restart");
    pass(19_900);
    expect(await standing(simulator)).toBe("DEPLOYED 3/3");
    pass(100);
    expect(await standing(simulator)).toBe("DEPLOY_FAILED 0/3");

    await deploy(simulator);
    pass(1_050);
    configure({ modelAutoRedeploy: true, shardRecoveryMs: 11_000 });
    act("", "restart");
    pass(30_000);
    expect(await standing(simulator)).toBe("DEPLOY_FAILED 0/3");
  });

  it("leaves a task that never ends, and a state that does after the grace", async () => {
    configure({ modelAutoRedeploy: false });
    await opensearch(simulator, "POST", `/models/${remote}/_undeploy`);
    const task = await deploy(simulator);
    pass(500);
    await opensearch(simulator, "GET", `/models/${remote}`);
    act("", "restart");
    pass(19_000);
    expect(await standing(simulator, remote, task)).toBe("DEPLOYING 0/3 RUNNING");
    pass(700_000);
    expect(await standing(simulator, remote, task)).toBe("DEPLOY_FAILED 0/3 RUNNING");
  });
});

it("lists nodes in an order that is not stable", async () => {
  await deployBoth();
  configure({ unstableNodeOrder: true });
  const read = async () =>
    (await opensearch(simulator, "GET", `/models/${remote}`)).at("planning_worker_nodes") as string[];
  const [first, second] = [await read(), await read()];

  expect(first).not.toEqual(second);
  expect([...first].sort()).toEqual([...second].sort());
});
