import fc from "fast-check";
import { job } from "../../../provider/platforms/kore/schema";
import {
  isFinal,
  lastJobOf,
  phaseOf,
  reasonIn,
  snapshotOfJob,
  snapshotWithoutJob,
} from "../../../provider/platforms/kore/status";
import { deploy, dockStatus, inputs, jobId, modelId } from "./account";

describe("a job", () => {
  it.each(Object.entries(deploy))("has one id, however the page spells it: %s", (_name, answer) => {
    expect(job.parse(answer)).toMatchObject({ id: jobId, status: "IN_PROGRESS" });
  });

  it("takes the first id that is a text", () => {
    expect(job.parse({ dockStatusId: "", "dock-statusId": null, _id: "ds-1" }).id).toBe("ds-1");
    expect(job.parse({ dockStatusId: 7 }).id).toBeUndefined();
  });

  it("may be empty, and is never a list", () => {
    expect(job.parse(undefined)).toEqual({ id: undefined, status: "", body: {} });
    expect(() => job.parse([])).toThrow();
    expect(() => job.parse("ok")).toThrow();
    expect(() => job.parse(null)).toThrow();
  });
});

describe("phaseOf", () => {
  it.each(["SUCCESS", "success", " Success "])("takes %s for the end of what was asked for", (status) => {
    expect(phaseOf("DEPLOY", status)).toBe("ready");
    expect(phaseOf("UNDEPLOY", status)).toBe("stopped");
    expect(isFinal(status)).toBe(true);
  });

  it.each(["FAILED", "failed"])("takes %s for a failure", (status) => {
    expect(phaseOf("DEPLOY", status)).toBe("failed");
    expect(phaseOf("UNDEPLOY", status)).toBe("failed");
    expect(isFinal(status)).toBe(true);
  });

  it("takes any other word for something that goes on", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom("DEPLOY" as const, "UNDEPLOY" as const), (status, action) => {
        fc.pre(!["success", "failed"].includes(status.trim().toLowerCase()));
        expect(phaseOf(action, status)).toBe("pending");
      }),
    );
    for (const status of ["IN_PROGRESS", "QUEUED", ""]) expect(isFinal(status)).toBe(false);
  });
});

describe("snapshotOfJob", () => {
  const last = lastJobOf({ action: "DEPLOY", dockStatusId: jobId });

  it("is ready when the deploy succeeded, at the endpoint that the program gives", () => {
    const endpoint = "https://kore.example.com/v2/chat/completions";

    expect(snapshotOfJob(modelId, last, job.parse(dockStatus.success), { ...inputs, endpoint })).toEqual({
      phase: "ready",
      platformStatus: "SUCCESS",
      endpoint,
      details: { action: "DEPLOY", dockStatusId: jobId, status: "SUCCESS" },
      immutable: { modelId },
    });
  });

  it("tells no endpoint when nobody gave one", () => {
    expect(snapshotOfJob(modelId, last, job.parse(dockStatus.success), inputs)).not.toHaveProperty("endpoint");
    expect(snapshotOfJob(modelId, last, job.parse(dockStatus.success), undefined)).not.toHaveProperty("endpoint");
  });

  it("trusts what was asked for, and not the action that is echoed", () => {
    const undeployment = lastJobOf({ action: "UNDEPLOY", dockStatusId: jobId });

    expect(snapshotOfJob(modelId, undeployment, job.parse(dockStatus.success), inputs).phase).toBe("stopped");
    expect(snapshotOfJob(modelId, last, job.parse({ ...dockStatus.success, action: "UNDEPLOY" }), inputs).phase).toBe(
      "ready",
    );
  });

  it("gives the reason of a failure", () => {
    const snapshot = snapshotOfJob(modelId, last, job.parse(dockStatus.failed), inputs);

    expect(snapshot.phase).toBe("failed");
    expect(snapshot.reason).toMatch(/^Kore gave no reason, its console may show one .*"workflowId":"a-0011"/);
  });
});

describe("reasonIn", () => {
  it.each([
    [{ reason: "no capacity" }, "no capacity"],
    [{ message: "no\n capacity" }, "no capacity"],
    [{ error: { msg: "quota" } }, "quota"],
    [{ response: { message: "image too large" } }, "image too large"],
    [{ response: "image too large" }, "image too large"],
    [{ statusLogs: ["starting", "CUDA out of memory"] }, "CUDA out of memory"],
    [{ statusLogs: [{ at: 1 }, { msg: "CUDA out of memory" }] }, "CUDA out of memory"],
    [{ statusLogs: [{ code: 9 }] }, '{"code":9}'],
  ])("finds it in %j", (body, reason) => {
    expect(reasonIn(job.parse({ status: "FAILED", ...body }))).toBe(reason);
  });

  it("has an end", () => {
    expect(reasonIn(job.parse({ message: "x".repeat(5000) }))).toHaveLength(400);
    expect(reasonIn(job.parse({ data: ["x".repeat(5000)] })).length).toBeLessThan(520);
  });
});

describe("snapshotWithoutJob", () => {
  const snapshot = (details: Record<string, unknown>) => snapshotWithoutJob(modelId, lastJobOf(details), inputs);

  it.each([
    [
      "nothing was ever started here",
      {},
      /no job of a deployment is known; Kore's API cannot be asked what a model does, its console can$/,
    ],
    [
      "the answer was lost",
      { action: "DEPLOY", deployAnswerLost: true },
      /the answer to the deployment was lost.*next `pulumi up` sends the deployment again/,
    ],
    [
      "a job disappeared before it ended",
      { action: "DEPLOY", dockStatusId: jobId, status: "IN_PROGRESS" },
      /Kore no longer knows the job ds-d0aa/,
    ],
    [
      "an undeploy told no job",
      { action: "UNDEPLOY", status: "" },
      /no job of an undeployment.*`pulumi destroy` again/,
    ],
  ])("is unknown, and says why and what to do, when %s", (_name, details, reason) => {
    expect(snapshot(details).phase).toBe("unknown");
    expect(snapshot(details).reason).toMatch(reason);
    expect(snapshot(details).reason).toContain("Kore's API cannot be asked what a model does");
  });

  it.each([
    [{ action: "DEPLOY", status: "SUCCESS" }, "ready"],
    [{ action: "DEPLOY", dockStatusId: jobId, status: "success" }, "ready"],
    [{ action: "UNDEPLOY", status: "SUCCESS" }, "stopped"],
    [{ action: "UNDEPLOY", found: "no deployment" }, "stopped"],
    [{ action: "UNDEPLOY", found: "no model" }, "gone"],
  ])("stays with what was known at last: %j is %s", (details, phase) => {
    expect(snapshot(details)).toMatchObject({ phase, details: { action: details.action } });
    expect(snapshot(details)).not.toHaveProperty("reason");
  });

  it("keeps the words of a failure that was told at once", () => {
    expect(snapshot({ action: "DEPLOY", status: "FAILED", reason: "quota" })).toMatchObject({
      phase: "failed",
      reason: "quota",
    });
  });

  it("reads any details", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (details) => {
        expect(["unknown", "pending", "ready", "stopped", "failed", "gone"]).toContain(snapshot(details).phase);
      }),
    );
  });
});
