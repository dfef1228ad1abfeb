import fc from "fast-check";
import { deployment } from "../../../provider/platforms/deepinfra/schema";
import { phaseOf, toSnapshot } from "../../../provider/platforms/deepinfra/status";
import { deployments, inputs, token } from "./account";

const baseUrl = "https://api.deepinfra.com";

function snapshotOf(answer: object, wanted = inputs) {
  return toSnapshot(deployment.parse(answer), baseUrl, wanted);
}

describe("phaseOf", () => {
  const known = { running: "ready", deployed: "ready", stopped: "stopped", failed: "failed", deleted: "gone" } as const;

  it.each(Object.entries(known))("takes %s for %s", (status, phase) => {
    expect(phaseOf(status)).toBe(phase);
    expect(phaseOf(status.toUpperCase())).toBe(phase);
  });

  it.each(["initializing", "downloading", "deploying", "updating", "stopping", "deleting", "warming-up", ""])(
    "waits on while it says %s",
    (status) => {
      expect(phaseOf(status)).toBe("pending");
    },
  );

  it("takes any other word for something that goes on", () => {
    fc.assert(
      fc.property(fc.string(), (status) => {
        fc.pre(!(status.trim().toLowerCase() in known));
        expect(phaseOf(status)).toBe("pending");
      }),
    );
  });
});

describe("toSnapshot", () => {
  it("tells all that is known of a running deployment, but the token", () => {
    const snapshot = snapshotOf(deployments.running);

    expect(snapshot).toEqual({
      phase: "ready",
      platformStatus: "running",
      replicas: { running: 1, pending: 0 },
      endpoint: "https://api.deepinfra.com/v1/openai",
      model: "deploy_id:DpM4BkrjEspUwmTa",
      details: {
        modelName: "acme/support-7b",
        version: "d8b79b422843bd59d628bf25b01aded9",
        task: "text-generation",
        createdAt: "2026-03-12T10:00:00+00:00",
        gpu: "H100-80GB",
        numGpus: 1,
        repository: "acme/support-7b",
        revision: "main",
      },
      configuration: { settings: { minInstances: 1, maxInstances: 2 } },
      immutable: { modelName: "support-7b", gpu: "H100-80GB", numGpus: 1, hf: { repo: "acme/support-7b" } },
    });
    expect(JSON.stringify(snapshot)).not.toContain(token);
  });

  it("says the same each time it looks, while nothing but the clock moves", () => {
    const later = { ...deployments.running, updated_at: "2026-04-01T00:00:00+00:00" };

    expect(snapshotOf(later)).toEqual(snapshotOf(deployments.running));
  });

  it("is ready with fewer instances than the minimum, and with none", () => {
    const short = { ...deployments.running, settings: { min_instances: 3, max_instances: 4 } };
    const idle = { ...deployments.running, instances: { running: 0, pending: 0 } };

    expect(snapshotOf(short)).toMatchObject({ phase: "ready", replicas: { running: 1, pending: 0 } });
    expect(snapshotOf(idle)).toMatchObject({ phase: "ready", replicas: { running: 0, pending: 0 } });
  });

  it("gives the platform's reason of a failure", () => {
    expect(snapshotOf(deployments.noGpu)).toMatchObject({ phase: "failed", reason: "no-gpu-available" });
  });

  it.each([
    ["engine crash-loop", "the last change failed: engine crash-loop"],
    [{ code: 7 }, 'the last change failed: {"code":7}'],
  ])("tells of a change that was undone, whatever form that has: %j", (updateError, reason) => {
    expect(snapshotOf({ ...deployments.running, update_error: updateError })).toMatchObject({ phase: "ready", reason });
  });

  it("bears nulls, missing members, newer members and members of another kind", () => {
    const bare = { deploy_id: "x", status: "deploying", config: null, settings: null, instances: null };
    const odd = { ...deployments.running, instances: "two", config: 7, created_at: 1700000000, fail_reason: null };

    expect(snapshotOf(bare)).toMatchObject({ phase: "pending", details: {} });
    expect(snapshotOf(bare).configuration).toBeUndefined();
    expect(snapshotOf(odd)).toMatchObject({ phase: "ready", configuration: { settings: { minInstances: 1 } } });
    expect(snapshotOf(deployments.rolling)).toMatchObject({
      phase: "pending",
      platformStatus: "updating",
      replicas: { running: 1, pending: 0 },
      configuration: { settings: { minInstances: 0, maxInstances: 4 } },
    });
  });

  it("does not hold against an adoption what the API reports in its own way", () => {
    const snapshot = snapshotOf(deployments.rolling, { modelName: "support-7b", gpu: "H100-80GB", baseModel: "m" });

    expect(snapshot.immutable).toEqual({ modelName: "support-7b", numGpus: 2 });
  });

  it("compares a revision when the program names one", () => {
    const wanted = { ...inputs, hf: { repo: "acme/support-7b", revision: "v2" } };

    expect(snapshotOf(deployments.running, wanted).immutable).toMatchObject({
      hf: { repo: "acme/support-7b", revision: "main" },
    });
  });

  it("reports the full name when it is another deployment's", () => {
    expect(snapshotOf(deployments.running, { ...inputs, modelName: "other" }).immutable).toMatchObject({
      modelName: "acme/support-7b",
    });
    expect(toSnapshot(deployment.parse(deployments.running), baseUrl, undefined).immutable).toMatchObject({
      modelName: "acme/support-7b",
    });
  });

  it("cannot read an answer without an id or a status", () => {
    expect(() => snapshotOf({ status: "running" })).toThrow();
    expect(() => snapshotOf({ deploy_id: "x" })).toThrow();
  });
});
