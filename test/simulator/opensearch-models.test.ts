import { type Simulator, startSimulator } from "../../simulator";
import { deploy, errorText, local, opensearch, remote, standing } from "./opensearch-calls";

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ readyAfterMs: 0, scenario: { opensearch: { taskLagMs: 0 } } });
});

afterEach(() => simulator.close());

const configure = (options: Record<string, unknown>) => simulator.configure({ opensearch: options });

describe("models", () => {
  it("are registered, and deployed at once on request", async () => {
    const body = { name: "m1", function_name: "remote", description: "first", connector_id: "SimulatedConnector01" };
    configure({ idPrefix: "-" });
    const answer = await opensearch(simulator, "POST", "/models/_register?deploy=true", body);
    const id = String(answer.at("model_id"));
    const task = await opensearch(simulator, "GET", `/tasks/${String(answer.at("task_id"))}`);

    expect(id).toMatch(/^-[\w-]{19}$/);
    expect(task.json).toMatchObject({ task_type: "REGISTER_MODEL", state: "COMPLETED", is_async: false });
    expect(await standing(simulator, id)).toBe("DEPLOYED 3/3");
    const again = await opensearch(simulator, "POST", "/models/_register", body);
    const second = await opensearch(simulator, "GET", `/models/${String(again.at("model_id"))}`);
    expect(second.at("model_version")).toBe("2");
  });

  it.each([
    [{ function_name: "remote" }, "model name is null"],
    [{ name: "m", function_name: "nope" }, "Wrong function name"],
    [
      { name: "m", function_name: "remote" },
      "You must provide connector content when creating a remote model without connector id!",
    ],
    [{ name: "m", function_name: "remote", connector_id: "nope" }, "Failed to find connector:nope"],
  ])("are refused: %j", async (body, reason) => {
    expect((await opensearch(simulator, "POST", "/models/_register", body)).at("error.reason")).toBe(reason);
  });

  it("have the fields that were measured, in their order", async () => {
    await deploy(simulator);
    const model = await opensearch(simulator, "GET", `/models/${remote}`);

    expect(Object.keys(model.json as object)).toEqual(
      "name model_group_id algorithm model_version model_state created_time last_updated_time last_deployed_time auto_redeploy_retry_times planning_worker_node_count current_worker_node_count planning_worker_nodes deploy_to_all_nodes is_hidden connector_id".split(
        " ",
      ),
    );
    const task = await opensearch(simulator, "GET", `/tasks/${await deploy(simulator)}`);
    expect(Object.keys(task.json as object)).toEqual(
      "model_id task_type function_name state worker_node create_time last_update_time is_async".split(" "),
    );
  });

  it("are updated and deleted, but not at all times", async () => {
    const put = () => opensearch(simulator, "PUT", `/models/${remote}`, { description: "changed" });
    expect((await put()).json).toMatchObject({ _index: ".plugins-ml-model", _id: remote, result: "updated" });
    const model = await opensearch(simulator, "GET", `/models/${remote}`);
    expect(model.json).toMatchObject({ description: "changed", model_id: remote });

    simulator.configure({ readyAfterMs: 1_000_000 });
    await deploy(simulator);
    expect((await put()).text).toBe(
      errorText(
        409,
        "status_exception",
        `Model is deploying. Please wait for the model to complete deployment. model ID ${remote}`,
      ),
    );
    const reason = "Model cannot be deleted in deploying or deployed state. Try undeploy model first then delete";
    expect((await opensearch(simulator, "DELETE", `/models/${remote}`)).text).toBe(
      errorText(400, "status_exception", reason),
    );
    await opensearch(simulator, "POST", `/models/${remote}/_undeploy`);
    expect((await opensearch(simulator, "DELETE", `/models/${remote}`)).at("result")).toBe("deleted");
    expect((await opensearch(simulator, "GET", `/models/${remote}`)).status).toBe(404);
  });

  it("and tasks are found by their fields", async () => {
    const [first, second] = [await deploy(simulator), await deploy(simulator, local)];
    const search = (index: string, body: unknown) => opensearch(simulator, "POST", `/${index}/_search`, body);
    const tasks = await search("tasks", {
      query: { bool: { must: [{ term: { model_id: local } }, { term: { task_type: "DEPLOY_MODEL" } }] } },
      sort: [{ create_time: "desc" }],
      size: 1,
    });
    const models = await search("models", { query: { term: { "name.keyword": remote } }, _source: ["model_state"] });

    expect([tasks.at("hits.total.value"), tasks.at("hits.hits.0._id")]).toEqual([1, second]);
    expect(second).not.toBe(first);
    expect(models.at("hits.hits")).toMatchObject([{ _id: remote, _source: { model_state: "DEPLOYED" } }]);
    expect((await search("models", { query: { fuzzy: {} } })).at("error.type")).toBe("parsing_exception");
  });
});

it("changes from outside need a model or node that is there", () => {
  const act = (id: string, action: string) => () => simulator.act({ platform: "opensearch", id, action });

  expect(act("nope", "undeploy")).toThrow("opensearch has no model nope");
  expect(act("n9", "node-leave")).toThrow("opensearch has no node n9");
  expect(act("n1", "node-join")).toThrow("node n1 is there already");
  expect(act(remote, "explode")).toThrow(/cannot "explode".*deploy, undeploy/s);
});

it("shows any word as a state, and what its nodes really hold", async () => {
  await deploy(simulator);
  simulator.act({ platform: "opensearch", id: remote, action: "status", status: "PARTIALLY_LOADED" });

  expect(await standing(simulator)).toBe("PARTIALLY_LOADED 3/3");
  simulator.act({ platform: "opensearch", id: remote, action: "fail" });
  expect(await standing(simulator)).toBe("DEPLOY_FAILED 0/3");
  expect(simulator.deployments("opensearch")).toMatchObject([{ removed: true }]);
});
