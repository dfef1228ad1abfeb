/** What a detection makes of an engine that ends early, or does not begin. */
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { detectDrift } from "../../drift";

const type = "pulumi-nodejs:dynamic/inference:ModelDeployment";
const urnOf = (name: string): string => `urn:pulumi:dev::chat::${type}::${name}`;
const saved = (name: string, more: object = {}): object => ({
  urn: urnOf(name),
  type,
  id: `deepinfra/${name}`,
  custom: true,
  ...more,
});
const provider = { urn: "urn:pulumi:dev::chat::pulumi:providers:aws::p", type: "pulumi:providers:aws", custom: true };
const wait = {
  urn: "urn:pulumi:dev::chat::inference:index:Readiness::fleet",
  type: "inference:index:Readiness",
  id: "readiness/fleet",
  custom: true,
};
const component = { urn: "urn:pulumi:dev::chat::a:b:C::c", type: "a:b:C", custom: false };

function same(name: string, more: object = {}): EngineEvent {
  const state = { inputs: {}, outputs: { status: "ready" }, ...more };
  const metadata = { op: "same", urn: urnOf(name), type, old: state, new: state };
  return { sequence: 0, timestamp: 0, resOutputsEvent: { metadata } } as unknown as EngineEvent;
}

function error(message: string, urn?: string): EngineEvent {
  const diagnosticEvent = { severity: "error", color: "never", message, ...(urn === undefined ? {} : { urn }) };
  return { sequence: 0, timestamp: 0, diagnosticEvent } as EngineEvent;
}

interface Engine {
  resources?: object[];
  events?: EngineEvent[];
  /** How the command ends. */
  failure?: Error;
  exportFailure?: Error;
}

function stackOf({ resources = [], events = [], failure, exportFailure }: Engine) {
  const targets: unknown[] = [];
  const stack = {
    name: "dev",
    workspace: { projectSettings: async () => ({ name: "chat" }) },
    getAllConfig: async () => ({}),
    exportStack: async () => {
      if (exportFailure !== undefined) throw exportFailure;
      return { version: 3, deployment: { resources } };
    },
    previewRefresh: async ({ onEvent, target }: { onEvent(event: EngineEvent): void; target?: string[] }) => {
      targets.push(target);
      events.forEach(onEvent);
      if (failure !== undefined) throw failure;
    },
  };
  return { stack: stack as unknown as Stack, targets };
}

it("looks at what can drift, and at nothing else", async () => {
  const outdated = saved("a", { delete: true, id: "deepinfra/old" });
  const { stack, targets } = stackOf({
    resources: [provider, component, wait, saved("b"), saved("a"), outdated],
    events: [same("a", { delete: true, outputs: { status: "failed" } }), same("a"), same("b")],
  });
  const report = await detectDrift(stack);

  expect(report).toMatchObject({ stack: "dev", project: "chat", errors: [] });
  expect(report.resources.map(({ name, verdict, id }) => [name, verdict, id])).toEqual([
    ["a", "clean", "deepinfra/a"],
    ["b", "clean", "deepinfra/b"],
  ]);
  expect(targets).toEqual([undefined]);
});

it("believes the look, and not what a program does with the resource next", async () => {
  const gone = same("a");
  const metadata = { ...gone.resOutputsEvent?.metadata, op: "delete", new: null };
  const { stack } = stackOf({
    resources: [saved("a")],
    events: [{ ...gone, resOutputsEvent: { metadata } } as unknown as EngineEvent, gone],
  });

  expect((await detectDrift(stack)).resources).toMatchObject([{ verdict: "drifted" }]);
});

it("starts no engine for a stack that has nothing", async () => {
  const { stack, targets } = stackOf({ resources: [component], failure: new Error("never") });

  expect(await detectDrift(stack)).toMatchObject({ resources: [], errors: [] });
  expect(targets).toEqual([]);
});

it("takes what the engine told before it failed", async () => {
  const { stack } = stackOf({
    resources: [saved("a"), saved("b")],
    events: [same("a"), error("Preview failed: <{%reset%}>answered 401\n", urnOf("b")), error("preview failed\n")],
    failure: new Error("code: -2\n stdout: all that it wrote"),
  });
  const { resources, errors } = await detectDrift(stack);

  expect(resources).toMatchObject([{ verdict: "clean" }, { verdict: "unknown", reason: "answered 401" }]);
  expect(errors).toEqual([]);
});

it("calls unknown what the engine did not come to", async () => {
  const { stack } = stackOf({
    resources: [saved("a"), saved("b")],
    events: [same("a"), error("the plugin crashed")],
    failure: new Error("code: -2\n stderr:\nerror: the plugin crashed\nerror: the plugin crashed"),
  });
  const { resources, errors } = await detectDrift(stack);

  expect(resources[1]).toMatchObject({
    verdict: "unknown",
    reason: "Pulumi did not come to look at it: the plugin crashed",
  });
  expect(errors).toEqual(["the plugin crashed"]);
});

it("tells why nothing at all could be seen", async () => {
  const failure = new Error("code: -2\n stderr: \nerror: no plugin found");
  const { stack } = stackOf({ resources: [saved("a")], failure });

  expect(await detectDrift(stack)).toMatchObject({
    summary: { unknown: 1 },
    errors: ["no plugin found"],
  });
});

it("tells that the state cannot be read", async () => {
  const { stack } = stackOf({ exportFailure: new Error("code: -2\nerror: the backend is away") });

  expect(await detectDrift(stack)).toMatchObject({
    resources: [],
    errors: ["the state cannot be read: the backend is away"],
  });
});
