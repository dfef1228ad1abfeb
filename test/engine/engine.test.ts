/** The harness itself, with a provider of three lines: what later tests rely on when they pass. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createStack, type Program, type Stack } from "../support/engine";
import { until } from "../support/until";

/** Waits `seconds` in create, in steps, so that a killed engine ends it. */
const providerText = `exports.handler = () => ({
  check: async (olds, news) => ({ inputs: news, failures: news.size === "bad" ? [{ property: "", reason: "size is bad" }] : [] }),
  diff: async (id, olds, news) => ({ changes: olds.size !== news.size }),
  create: async (inputs) => {
    await new Promise((resolve) => setTimeout(resolve, (inputs.seconds || 0) * 1000));
    return { id: "thing-1", outs: { ...inputs, colour: "green" } };
  },
  update: async (id, olds, news) => ({ outs: { ...news, colour: "blue" } }),
  delete: async () => {},
})`;

const resourceText = `class Thing extends pulumi.CustomResource {
  constructor(name, args) {
    super("pulumi-nodejs:dynamic/test:Thing", name, { colour: undefined, ...args, __provider: ${JSON.stringify(providerText)} });
  }
}`;

const javascript = (args: string): Program => ({
  language: "javascript",
  code: `const pulumi = require("@pulumi/pulumi");
${resourceText}
const thing = new Thing("thing", ${args});
exports.colour = thing.colour;`,
});

test("a stack goes up, changes, stays as it is, and is destroyed", async () => {
  const stack = await createStack({ program: javascript('{ size: "small" }') });

  const created = await stack.up();
  expect(created.changes).toEqual({ create: 2 });
  expect(created.steps).toMatchObject([{ operation: "create", name: "thing", failed: false }]);
  expect(created.text).toContain('colour: "green"');
  expect(await stack.outputs()).toEqual({ colour: "green" });

  const unchanged = await stack.up();
  expect(unchanged.changes).toEqual({ same: 2 });

  stack.setProgram(javascript('{ size: "large" }'));
  const preview = await stack.preview();
  expect(preview.changes).toEqual({ update: 1, same: 1 });
  const updated = await stack.up();
  expect(updated.steps).toMatchObject([{ operation: "update", name: "thing" }]);
  expect(await stack.resource("thing")).toMatchObject({ id: "thing-1", outputs: { size: "large", colour: "blue" } });

  const refreshed = await stack.refresh();
  expect(refreshed.changes).toEqual({ same: 2 });
  const destroyed = await stack.destroy();
  expect(destroyed.changes).toEqual({ delete: 2 });
  expect(stack.processes()).toEqual([]);
});

test("a command that fails is told from one that succeeds", async () => {
  const stack = await createStack({ program: javascript('{ size: "bad" }') });

  await expect(stack.preview()).rejects.toThrow(/it should succeed[^]*size is bad/);
  const failed = await stack.preview({ expectFailure: true });
  expect(failed.code).not.toBe(0);
  expect(failed.diagnostics).toContainEqual(expect.objectContaining({ severity: "error" }));

  stack.setProgram(javascript('{ size: "good" }'));
  await expect(stack.preview({ expectFailure: true })).rejects.toThrow("it should fail");
});

test("config reaches the program, and a secret is encrypted in the file", async () => {
  const stack = await createStack({
    program: {
      language: "typescript",
      code: `import * as pulumi from "@pulumi/pulumi";
const config: pulumi.Config = new pulumi.Config("inference");
export const plain = config.require("plain");
export const secret = config.requireSecret("key");`,
    },
    config: { "inference:plain": "a", "inference:key": { secret: "hush-hush" } },
  });

  const { text } = await stack.up();
  expect(text).toContain("[secret]");
  expect(text).not.toContain("hush-hush");
  expect(await stack.outputs()).toEqual({ plain: "a", secret: "hush-hush" });
  expect(JSON.stringify(await stack.exportState())).not.toContain("hush-hush");
});

test("an ES module is a program, and gets the environment", async () => {
  const stack = await createStack({
    program: { language: "esm", code: `export const url = process.env.DEEPINFRA_URL ?? "none";` },
    environment: { DEEPINFRA_URL: "http://127.0.0.1:1" },
  });

  await stack.up();
  expect(await stack.outputs()).toEqual({ url: "http://127.0.0.1:1" });
});

function stateFile({ folder }: Stack): string {
  return readFileSync(join(folder, "backend", ".pulumi", "stacks", "test", "test.json"), "utf8");
}

test("a command that was killed leaves its operation pending, and its processes can be found", async () => {
  const stack = await createStack({ program: javascript('{ size: "small", seconds: 600 }') });

  const running = stack.start("up");
  await running.waitForText(/Thing thing creating/);
  // The line may be there before the state says so.
  await until(() => stateFile(stack).includes('"creating"'));
  expect(stack.processes().length).toBeGreaterThanOrEqual(2);
  running.signal("SIGKILL");
  expect(await running.result).toMatchObject({ code: null, signal: "SIGKILL", changes: {} });

  const { deployment } = await stack.exportState();
  expect(deployment.pending_operations).toMatchObject([{ type: "creating" }]);
  stack.remove();
  expect(stack.processes()).toEqual([]);
});
