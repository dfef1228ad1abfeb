import fc from "fast-check";
import { describeError } from "../../../provider/platforms/opensearch/errors";
import { describeTaskError } from "../../../provider/platforms/opensearch/task-error";
import { answer, type MeasuredName } from "./fixtures/measured";

function described(name: MeasuredName) {
  const { status = 0, body } = answer(name);
  return describeError(status, JSON.stringify(body));
}

describe("measured errors", () => {
  const table: [
    name: MeasuredName,
    text: RegExp,
    code: string | undefined,
    kind: string | undefined,
    advice?: RegExp,
  ][] = [
    ["error-model-unknown", /Failed to find model with the provided model id: nope1/, "status_exception", "not-found"],
    ["error-model-unknown-no-index", /Fail to find model/, "status_exception", "not-found"],
    ["error-deploy-no-index", /no such index \[\.plugins-ml-model\]/, "index_not_found_exception", "not-found"],
    ["error-task-unknown", /Failed to find task/, "status_exception", "not-found"],
    ["error-recovering", /No shard available/, "no_shard_available_action_exception", "transient"],
    ["error-version-conflict", /version conflict/, "version_conflict_engine_exception", "transient"],
    [
      "error-custom-plan",
      /Don't allow custom deployment plan/,
      "illegal_argument_exception",
      undefined,
      /allow_custom_deployment_plan to true, or leave out nodeIds/,
    ],
    [
      "error-no-eligible-node",
      /no eligible node found/,
      "illegal_argument_exception",
      undefined,
      /only_run_on_ml_node/,
    ],
    ["error-already-deployed", /already deployed to these nodes/, "illegal_argument_exception", undefined, /nodeIds/],
    ["error-unknown-route", /no handler found for uri/, undefined, undefined, /check opensearchUrl/],
    ["error-wrong-method", /Incorrect HTTP method/, undefined, undefined],
    ["error-role", /no permissions for \[cluster:admin/, "security_exception", undefined, /ml_full_access/],
    ["error-access-control", /doesn't have privilege/, "status_exception", undefined, /model's group/],
    ["error-access-control-undeploy", /No permission to undeploy/, "illegal_argument_exception", undefined, /group/],
  ];

  it.each(table)("%s", (...[name, text, code, kind, advice]) => {
    const error = described(name);

    expect(error.text).toMatch(text);
    expect(error.code).toBe(code);
    expect(error.kind).toBe(kind);
    if (advice === undefined) expect(error.advice).toBeUndefined();
    else expect(error.advice).toMatch(advice);
  });

  it("are told from the pages of a proxy", () => {
    const error = describeError(404, "<html><title>404 Not Found</title></html>");

    expect(error).toMatchObject({
      text: "404 Not Found",
      kind: "refused",
      advice: expect.stringMatching(/opensearchUrl/) as string,
    });
  });

  it("may be plain text", () => {
    expect(describeError(401, "Unauthorized")).toEqual({ text: "Unauthorized" });
    expect(describeError(503, "OpenSearch Security not initialized.").kind).toBeUndefined();
  });

  it("of the cluster's inner workings are not tried again", () => {
    const body = JSON.stringify({
      error: { root_cause: [{ type: "illegal_state_exception", reason: "no" }] },
      status: 500,
    });

    expect(describeError(500, body).kind).toBe("refused");
  });

  it("are described whatever the body is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, body) => {
        expect(describeError(status, body).text.length).toBeLessThanOrEqual(400);
      }),
    );
  });
});

describe("errors of a task", () => {
  it("are grouped by their text", () => {
    expect(describeTaskError('{"a":"Failed to deploy model","b":"Failed to deploy model","c":"no"}')).toBe(
      "Failed to deploy model (node a, b); no (node c)",
    );
  });

  it.each([
    ["plain text", "connection reset", "connection reset"],
    ["an empty object", "{}", "{}"],
    ["a list", "[1]", "[1]"],
    ["a node without a text", '{"a":null}', "null (node a)"],
  ])("may be %s", (_name, error, text) => {
    expect(describeTaskError(error)).toBe(text);
  });

  it.each([undefined, null, "", " "])("may be missing (%p)", (error) => {
    expect(describeTaskError(error)).toBeUndefined();
  });

  it("never throw", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (error) => void describeTaskError(error)));
  });
});
