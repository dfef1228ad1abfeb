import fc from "fast-check";
import { describeError } from "../../../provider/platforms/foundry/errors";
import { path, source } from "./fixtures/documented";

function described(status: number, errorName: string, parameters: object = {}) {
  const body = { errorCode: "CODE", errorName, errorInstanceId: "id-1", parameters };
  return describeError(status, JSON.stringify(body), "POST", path);
}

describe("declared errors", () => {
  it.each([
    [400, "ThreadCountTooHigh", { maxThreadCount: 64, providedThreadCount: 128 }, /set threadCount to 64 at most/],
    [400, "InvalidGpuCount", { providedGpuCount: 9, maxGpuCount: 8 }, /gpu\.count to a number from 1 to 8/],
    [
      400,
      "GpuTypeNotAvailable",
      { requestedGpuType: "H100", availableGpuTypes: ["T4", "A10G"] },
      /queue has T4, A10G:/,
    ],
    [400, "GpuTypeNotAvailable", { requestedGpuType: "H100", availableGpuTypes: [] }, /queue has no GPU:/],
    [400, "ReservedEnvironmentVariable", { name: "PORT" }, /rename the environment variable PORT/],
    [
      400,
      "DeploymentSourceNotImportedIntoProject",
      { sourceRid: source, projectRid: "ri.p" },
      /into the project ri\.p/,
    ],
    [
      400,
      "DeploymentSourceCannotExportResourceMarkings",
      { sourceRid: source, resourceRid: "ri.r" },
      /markings of ri\.r/,
    ],
    [400, "DeploymentSourceNotEnabledForComputeModules", { sourceRid: source }, /for compute modules/],
    [400, "UnsupportedLiveDeployment", {}, /only direct deployments/],
    [400, "ApiFeaturePreviewUsageOnly", {}, /drops the query/],
    [403, "CreateLiveDeploymentPermissionDenied", {}, /api:models-write/],
    [403, "ReplaceLiveDeploymentPermissionDenied", {}, /api:models-write/],
    [403, "ApiUsageDenied", {}, /api:models-write/],
    [404, "ModelNotFound", { modelRid: "ri.m" }, /check modelRid/],
    [409, "LiveDeploymentSourcesCannotBeUpdatedWhileRunning", { liveDeploymentRid: "ri.l" }, /pulumi up` again/],
  ])("%i %s %j", (status, name, parameters, advice) => {
    const error = described(status, name, parameters);

    expect(error).toMatchObject({ code: name, instanceId: "id-1", advice: expect.stringMatching(advice) as string });
    for (const [key, value] of Object.entries(parameters)) {
      expect(error.text).toContain(`${key} ${Array.isArray(value) ? value.join(" ") || "none" : String(value)}`);
    }
  });

  it.each([
    [404, "LiveDeploymentNotFound", "not-found"],
    [404, "ModelNotFound", "not-found"],
    [404, "SomethingElse", "refused"],
    [500, "Default:Internal", undefined],
    [422, "Conjure:UnprocessableEntity", undefined],
  ])("%i %s is %s", (status, name, kind) => {
    expect(described(status, name).kind).toBe(kind);
  });
});

describe("errors without the envelope", () => {
  it.each([414, 429, 431, 503])("%i with an empty body", (status) => {
    expect(describeError(status, "", "GET", path)).toEqual({ text: "" });
  });

  it("404 with an empty body is no such API", () => {
    expect(describeError(404, "", "GET", path)).toMatchObject({
      kind: "refused",
      advice: expect.stringMatching(/no live/) as string,
    });
  });

  it("may be a page", () => {
    expect(describeError(502, "<html><body>Bad Gateway</body></html>", "GET", path).text).toBe("Bad Gateway");
  });

  it("may be OAuth's", () => {
    const body = JSON.stringify({ error: "invalid_client", error_description: "Client authentication failed" });

    expect(describeError(401, body, "POST", "/multipass/api/oauth2/token")).toEqual({
      text: "Client authentication failed",
      code: "invalid_client",
      advice: "check foundryHostname, foundryClientId and foundryClientSecret",
    });
  });

  it("are described whatever the body is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, body) => {
        expect(describeError(status, body, "GET", path).text.length).toBeLessThanOrEqual(400);
      }),
    );
  });
});
