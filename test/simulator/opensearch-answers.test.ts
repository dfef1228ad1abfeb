import { type Simulator, startSimulator } from "../../simulator";
import { call } from "./calls";
import { deploy, errorText, local, opensearch, remote, standing } from "./opensearch-calls";

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ readyAfterMs: 0, scenario: { opensearch: { taskLagMs: 0 } } });
});

afterEach(() => simulator.close());

const configure = (options: Record<string, unknown>) => simulator.configure({ opensearch: options });

describe("what is not there", () => {
  const found = (reason: string) => errorText(404, "status_exception", reason);

  it.each([
    ["GET", "/models/nope1", found("Failed to find model with the provided model id: nope1")],
    ["POST", "/models/nope1/_deploy", found("Failed to find model")],
    ["POST", "/models/nope1/_undeploy", found("Failed to find model")],
    ["POST", "/models/nope1/_predict", found("Failed to find model")],
    ["DELETE", "/models/nope1", found("Failed to find model")],
    ["GET", "/tasks/nope1", found("Failed to find task")],
    ["GET", "/profile/models/nope1", "{}"],
  ])("%s %s", async (method, path, text) => {
    expect((await opensearch(simulator, method, path)).text).toBe(text);
  });

  it("is told otherwise before any model was registered", async () => {
    configure({ models: [], localModels: [] });
    const model = await opensearch(simulator, "GET", "/models/x");
    const deployed = await opensearch(simulator, "POST", "/models/x/_deploy");

    expect(model.text).toBe(found("Fail to find model"));
    expect(deployed.status).toBe(500);
    expect(deployed.at("error.root_cause.0")).toEqual({
      type: "index_not_found_exception",
      reason: "no such index [.plugins-ml-model]",
      index: ".plugins-ml-model",
      "resource.id": ".plugins-ml-model",
      "resource.type": "index_expression",
      index_uuid: "_na_",
    });
    const search = await opensearch(simulator, "POST", "/models/_search", { query: { match_all: {} } });
    expect(search.at("hits")).toEqual({ total: { value: 0, relation: "eq" }, max_score: 0, hits: [] });
  });

  it("is any id, on request", async () => {
    configure({ anyModel: true });
    await deploy(simulator, "anything-at-all");

    expect(await standing(simulator, "anything-at-all")).toBe("DEPLOYED 3/3");
  });
});

describe("requests that are wrong", () => {
  it("unknown route and wrong method: `error` is a text", async () => {
    const path = `/_plugins/_ml/models/${remote}`;
    expect((await opensearch(simulator, "POST", `/models/${remote}/_nope`, {})).text).toBe(
      JSON.stringify({ error: `no handler found for uri [${path}/_nope] and method [POST]` }),
    );
    const wrong = await opensearch(simulator, "GET", `/models/${remote}/_deploy`);
    const error = `Incorrect HTTP method for uri [${path}/_deploy] and method [GET], allowed: [POST]`;
    expect([wrong.status, wrong.text]).toEqual([405, JSON.stringify({ error, status: 405 })]);
  });

  it("unknown query parameter", async () => {
    const reason = `request [/_plugins/_ml/models/${remote}] contains unrecognized parameter: [x]`;
    expect((await opensearch(simulator, "DELETE", `/models/${remote}?x`)).text).toBe(
      errorText(400, "illegal_argument_exception", reason),
    );
  });

  it("a body that is cut, a list, or has a null", async () => {
    const post = (path: string, body: unknown) => opensearch(simulator, "POST", path, body);
    const cut = await post(`/models/${remote}/_deploy`, '{"node_ids":');
    const list = await post(`/models/${remote}/_deploy`, "[]");
    const none = await post("/models/_register", '{"name": "m1", "function_name": "remote", "connector_id": null}');

    expect(cut.at("error.root_cause.0")).toEqual({
      type: "json_e_o_f_exception",
      reason:
        "Unexpected end-of-input within/between Object entries\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 13]",
    });
    expect(list.text).toBe(
      '{"error":{"root_cause":[{"type":"parsing_exception","reason":"Failed to parse object: expecting token of type [START_OBJECT] but found [START_ARRAY]","line":1,"col":1}],"type":"parsing_exception","reason":"Failed to parse object: expecting token of type [START_OBJECT] but found [START_ARRAY]","line":1,"col":1},"status":400}',
    );
    expect(none.text).toBe(errorText(500, "illegal_state_exception", "Can't get text on a VALUE_NULL at 1:59"));
    expect(simulator.violations()).toEqual(["POST /_plugins/_ml/models/_register: connector_id: null"]);
  });

  it("skips unknown fields, which a client must not send", async () => {
    expect((await opensearch(simulator, "POST", `/models/${remote}/_deploy`, { nodes: [] })).status).toBe(200);
    expect(simulator.violations()).toEqual([`POST /_plugins/_ml/models/${remote}/_deploy: nodes: not documented`]);
  });
});

describe("who may", () => {
  it("answers strangers in plain text", async () => {
    const wrong = { authorization: `Basic ${Buffer.from("simulator-admin:wrong").toString("base64")}` };
    for (const headers of [undefined, wrong]) {
      const answer = await call(simulator.url, "GET", "/_plugins/_ml/models/x", headers && { headers });
      expect([answer.status, answer.text]).toEqual([401, "Unauthorized"]);
      expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
    }
    configure({ authentication: "none" });
    expect((await call(simulator.url, "GET", `/_plugins/_ml/models/${remote}`)).status).toBe(200);
  });

  it("lets the reading role read", async () => {
    configure({ role: "ml_read_access" });
    const denied = await opensearch(simulator, "POST", `/models/${remote}/_deploy`);
    const action = "cluster:admin/opensearch/ml/deploy_model";
    const reason = `no permissions for [${action}] and User [name=simulator-admin, backend_roles=[], requestedTenant=null]`;

    expect(denied.text).toBe(errorText(403, "security_exception", reason));
    expect(await standing(simulator)).toBe("REGISTERED -/-");
    expect((await opensearch(simulator, "GET", "//_nodes")).status).toBe(403);
  });

  it("keeps to the groups of models", async () => {
    configure({ restrictedModels: [remote] });
    const reason = "User doesn't have privilege to perform this operation on this model";

    expect((await opensearch(simulator, "POST", `/models/${remote}/_deploy`)).text).toBe(
      errorText(403, "status_exception", reason),
    );
    expect((await opensearch(simulator, "POST", `/models/${remote}/_undeploy`)).text).toBe(
      errorText(400, "illegal_argument_exception", `No permission to undeploy model ${remote}`),
    );
    const many = await opensearch(simulator, "POST", "/models/_undeploy", { model_ids: [remote, local] });
    expect(many.at("error.reason")).toBe("only support undeploy one model");
  });
});
