import fc from "fast-check";
import type { OpenSearchInputs } from "../../../provider/platforms/opensearch/inputs";
import { model, profile, task } from "../../../provider/platforms/opensearch/schema";
import { judge, toSnapshot, type Seen } from "../../../provider/platforms/opensearch/status";
import { n1, n2, n3 } from "./fixtures/cluster";
import { body, type MeasuredName } from "./fixtures/measured";

const phases = ["pending", "ready", "degraded", "stopped", "failed"];

interface Case {
  model: MeasuredName;
  state?: string;
  task?: MeasuredName;
  taskState?: string;
  profile?: MeasuredName;
  inputs?: Partial<OpenSearchInputs>;
  removing?: boolean;
}

function seen(given: Case): Seen {
  const document = given.state === undefined ? body(given.model) : { ...body(given.model), model_state: given.state };
  const taskDocument = given.task && { ...body(given.task), ...(given.taskState && { state: given.taskState }) };
  const modelIds = { "profile-deploying": "wCQb_KEB7H6nm-WSuoc8" } as Record<string, string>;
  return {
    modelId: modelIds[given.profile ?? ""] ?? "RWgG_KEBHaG9mD54avbN",
    model: model.parse(document),
    task: taskDocument && task.parse(taskDocument),
    profile: given.profile && profile.parse(body(given.profile)),
    inputs: given.inputs && { modelId: "m", ...given.inputs },
    removing: given.removing ?? false,
  };
}

describe("phases of what was measured", () => {
  const table: [name: string, given: Case, phase: string, confirmed: boolean, reason?: RegExp][] = [
    ["task and model are done", { model: "model-deployed-all-nodes", task: "task-completed" }, "ready", false],
    ["adopted, without a task", { model: "model-deployed-all-nodes" }, "ready", false],
    [
      "the model is ahead of its task, or the task never ends",
      { model: "model-deployed-all-nodes", task: "task-running" },
      "ready",
      true,
    ],
    [
      "the task has failed, and the model is still deploying",
      { model: "model-deploy-failed", state: "DEPLOYING", task: "task-failed" },
      "pending",
      false,
      /exceed max running task limit/,
    ],
    [
      "both have failed",
      { model: "model-deploy-failed", task: "task-failed" },
      "failed",
      false,
      /exceed max running task limit \(node T4i04CINSFKwMhYoFLXUxg\); raise plugins\.ml_commons\.max_deploy/,
    ],
    [
      "the task is done, and the model failed",
      { model: "model-deploy-failed", task: "task-completed" },
      "failed",
      true,
    ],
    ["failed after a restart", { model: "model-deploy-failed" }, "failed", true, /no node holds the model/],
    ["failed, and the task never ends", { model: "model-deploy-failed", task: "task-running" }, "failed", true],
    [
      "failed by a race, and a node serves it",
      { model: "model-deploy-failed-but-serving", profile: "profile-deploy-failed-but-serving", task: "task-failed" },
      "pending",
      false,
      /two deployments met.*T4i04CINSFKwMhYoFLXUxg/,
    ],
    [
      "failed by a race, and the other deployment goes on",
      { model: "model-deploy-failed", profile: "profile-deploying", task: "task-duplicate" },
      "pending",
      false,
    ],
    ["a duplicate proves nothing", { model: "model-deploy-failed", task: "task-duplicate" }, "failed", true],
    [
      "some nodes failed",
      { model: "model-partially-deployed", task: "task-completed-with-error" },
      "degraded",
      true,
      /runs on 2 of 3 planned nodes: exceed max running task limit \(node QICgytK_Rh26vuh5s-icBg\)/,
    ],
    ["a node was lost", { model: "model-partially-deployed", task: "task-completed" }, "degraded", true, /2 of 3/],
    ["a node was lost, all nodes", { model: "model-all-nodes-node-lost", task: "task-completed" }, "ready", false],
    ["never deployed", { model: "model-registered" }, "stopped", false],
    ["trained", { model: "model-trained" }, "stopped", false],
    ["undeployed by somebody", { model: "model-undeployed", task: "task-completed" }, "stopped", false],
    ["undeployed while deploying", { model: "model-undeployed", task: "task-running" }, "stopped", true],
    ["being registered", { model: "model-registering" }, "pending", false, /registered/],
    ["a former word for deployed", { model: "model-deployed-all-nodes", state: "LOADED" }, "ready", false],
    ["a former word for failed", { model: "model-deploy-failed", state: "LOAD_FAILED" }, "failed", true],
    ["a former word for undeployed", { model: "model-undeployed", state: "UNLOADED" }, "stopped", false],
    ["an unknown word", { model: "model-deployed-all-nodes", state: "WARMING_UP" }, "pending", false],
    [
      "a wanted node was left out",
      { model: "model-custom-plan", task: "task-completed", inputs: { nodeIds: [n1, n3] } },
      "degraded",
      true,
      new RegExp(`does not run on node ${n3}`),
    ],
    ["wanted nodes are all there", { model: "model-custom-plan", inputs: { nodeIds: [n2, n1] } }, "ready", false],
  ];

  it.each(table)("%s", (...[, given, phase, confirmed, reason]) => {
    const verdict = judge(seen(given));

    expect(verdict.phase).toBe(phase);
    expect(verdict.confirmSeconds !== undefined).toBe(confirmed);
    if (reason !== undefined) expect(verdict.reason).toMatch(reason);
  });
});

describe("a model that undeploys itself when idle", () => {
  const idle = (changes: object, more: Partial<Seen> = {}): Seen => ({
    modelId: "m",
    model: model.parse({ ...body("model-with-ttl"), model_state: "UNDEPLOYED", ...changes }),
    ...more,
  });

  it("is ready when the next prediction brings it back", () => {
    const verdict = judge(idle({ deploy_setting: { model_ttl_minutes: 5 } }));

    expect(verdict.phase).toBe("ready");
    expect(verdict.reason).toMatch(/after 5 idle minutes.*next prediction deploys it again/);
  });

  it.each([
    ["automatic deployment is off", { deploy_setting: { model_ttl_minutes: 5, is_auto_deploy_enabled: false } }],
    ["it is a local model", { deploy_setting: { model_ttl_minutes: 5 }, algorithm: "TEXT_EMBEDDING" }],
  ])("is stopped when %s", (_name, changes) => {
    expect(judge(idle(changes)).phase).toBe("stopped");
  });

  it("is stopped after a removal, and while a deployment of ours runs", () => {
    const changes = { deploy_setting: { model_ttl_minutes: 5 } };

    expect(judge(idle(changes, { removing: true })).phase).toBe("stopped");
    expect(judge(idle(changes, { task: task.parse(body("task-running")) })).phase).toBe("stopped");
  });
});

it("says why a removed model serves again", () => {
  const verdict = judge(seen({ model: "model-deployed-all-nodes", removing: true }));

  expect(verdict.phase).toBe("ready");
  expect(verdict.reason).toMatch(/predictions that arrive deploy it again/);
});

describe("nodes", () => {
  const snapshot = (given: Case) => toSnapshot(seen(given));

  it("are not reported for a deployment on all nodes, whose plan follows the cluster", () => {
    expect(snapshot({ model: "model-all-nodes-node-lost" }).configuration).toEqual({});
  });

  it("are reported for a plan that somebody chose, in a stable order", () => {
    expect(snapshot({ model: "model-custom-plan" }).configuration).toEqual({ nodeIds: [n2, n1] });
  });

  it("are reported when the program names nodes and the model runs on all", () => {
    const { configuration } = snapshot({ model: "model-all-nodes-node-lost", inputs: { nodeIds: [n1] } });

    expect(configuration).toEqual({ nodeIds: [n2, n1] });
  });

  it("are counted", () => {
    expect(snapshot({ model: "model-partially-deployed" }).replicas).toEqual({ running: 2, pending: 1 });
    expect(snapshot({ model: "model-registered" }).replicas).toBeUndefined();
  });
});

describe("any answer", () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom("DEPLOYED", "DEPLOY_FAILED", "UNDEPLOYED", "constructor", "__proto__"),
  );
  const document = fc.dictionary(
    fc.oneof(
      fc.constantFrom("model_state", "planning_worker_nodes", "deploy_setting", "state", "error", "nodes"),
      fc.string(),
    ),
    fc.oneof(word, fc.jsonValue()),
  );

  it("is judged, and never throws", () => {
    fc.assert(
      fc.property(document, document, fc.boolean(), (modelDocument, taskDocument, removing) => {
        const given: Seen = {
          modelId: "m",
          model: model.parse(modelDocument),
          task: task.parse(taskDocument),
          removing,
        };
        expect(phases).toContain(toSnapshot(given).phase);
      }),
    );
  });

  it("with an unknown word is pending", () => {
    const known = new Set(
      "REGISTERED TRAINED REGISTERING DEPLOYING DEPLOYED PARTIALLY_DEPLOYED UNDEPLOYED DEPLOY_FAILED UPLOADING UPLOADED LOADING LOADED PARTIALLY_LOADED UNLOADED LOAD_FAILED".split(
        " ",
      ),
    );
    fc.assert(
      fc.property(
        word.filter((text) => !known.has(text)),
        (text) => {
          expect(judge({ modelId: "m", model: model.parse({ model_state: text }) }).phase).toBe("pending");
        },
      ),
    );
  });
});
