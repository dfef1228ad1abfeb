/** The harness that calls Pulumi's host for dynamic resources, with a provider of a few lines. */
import { CallError, type ProviderProcess, startProviderProcess } from "../support/provider-process";

const providerText = `exports.handler = () => ({
  configure(request) { this.key = request.config.get("inference:key"); return Promise.resolve(); },
  check: async (olds, news) => ({ inputs: news, failures: news.size > 3 ? [{ property: "", reason: "too large" }] : [] }),
  diff: async (id, olds, news) => ({ changes: true, replaces: ["size"], deleteBeforeReplace: true }),
  create: async function (inputs) {
    if (inputs.size === 2) throw Object.assign(new Error("not ready"), { id: "thing", properties: inputs, reasons: ["no GPU"] });
    if (inputs.size === 3) throw new Error("refused");
    return { id: "thing", outs: { ...inputs, key: this.key, none: null } };
  },
  read: async (id, properties) => (id === "gone" ? { id: "", props: {} } : { id, props: properties, inputs: { size: 7 } }),
  update: async (id, olds, news) => ({ outs: { was: olds.size, is: news.size } }),
  delete: async (id) => { if (id === "kept") throw new Error("protected"); },
})`;

let provider: ProviderProcess;
beforeAll(async () => {
  provider = await startProviderProcess({ providerText, config: { "inference:key": "abc" } });
});
afterAll(() => provider.stop());

it("carries plain objects both ways, and the config", async () => {
  expect(await provider.check({}, { size: 4 })).toMatchObject({
    inputs: { size: 4 },
    failures: [{ reason: "too large" }],
  });
  expect(await provider.diff("thing", { size: 1 }, { size: 2 })).toEqual({
    changes: "some",
    replaces: ["size"],
    deleteBeforeReplace: true,
  });
  expect(await provider.create({ size: 1, list: [{ a: undefined, b: 1 }] })).toEqual({
    id: "thing",
    properties: { size: 1, list: [{ b: 1 }], key: "abc", none: null, __provider: providerText },
  });
  expect(await provider.update("thing", { size: 1 }, { size: 2 })).toMatchObject({ was: 1, is: 2 });
  expect(await provider.read("thing", { size: 1 })).toMatchObject({ properties: { size: 1 }, inputs: { size: 7 } });
  expect(await provider.read("gone", {})).toMatchObject({ id: "", inputs: undefined });
  await provider.delete("thing", {});
});

it("tells a failure to initialise from other failures", async () => {
  const notReady = await provider.create({ size: 2 }).catch((error: CallError) => error);
  expect(notReady).toBeInstanceOf(CallError);
  expect((notReady as CallError).initialization).toEqual({
    id: "thing",
    properties: { size: 2, __provider: providerText },
    reasons: ["no GPU"],
  });

  await expect(provider.create({ size: 3 })).rejects.toMatchObject({ message: "refused", initialization: undefined });
  await expect(provider.delete("kept", {})).rejects.toMatchObject({ message: "protected" });
});

it("takes the package's own provider, which ends when its engine is gone", async () => {
  const own = await startProviderProcess({
    providerText: 'exports.handler=()=>require("pulumi-inference/dynamic").modelDeployment',
  });
  const { failures } = await own.check({}, {});
  expect(failures).toHaveLength(1);
  expect(failures[0]?.property).toBe("");

  own.loseEngine();
  expect(await own.exited).toBe(1);
  await own.stop();
});
