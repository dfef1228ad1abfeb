/** Diffs as the plugin tells them: property by property. */
import { configureAccount } from "../../plugin/account";
import { messages } from "../../plugin/protocol";
import { unknownValue } from "../../provider/inputs/unknown";
import { deepinfra, diffOf, foundry, live, model, outputs, runtimeConfiguration } from "./calls";

const { Kind } = messages.PropertyDiff;
const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;

// A diff asks nobody: there is nobody to ask.
configureAccount({}, false);

describe("a diff", () => {
  test("names each property with what its change does", async () => {
    const { settings: _settings, ...rest } = deepinfra;
    const wanted = { ...rest, gpu: "A100-80GB", numGpus: 2, hf: { repo: "acme/llama" } };
    const found = await diffOf(model, { ...outputs, deepinfra }, { deepinfra: wanted });

    expect(found).toMatchObject({ changes: DIFF_SOME, replaces: ["deepinfra"], stables: [], isDetailed: true });
    expect(found.detailed).toEqual({
      "deepinfra.gpu": { kind: Kind.UPDATE_REPLACE, inputdiff: true },
      "deepinfra.numGpus": { kind: Kind.UPDATE_REPLACE, inputdiff: true },
      "deepinfra.hf.token": { kind: Kind.DELETE, inputdiff: true },
      "deepinfra.settings.maxInstances": { kind: Kind.UPDATE, inputdiff: true },
    });
    expect(found.diffs).toEqual(expect.arrayContaining(["deepinfra", "deepinfra.gpu"]));
  });

  test("of a change in place tells the outputs that stay", async () => {
    const wanted = { ...deepinfra, settings: { minInstances: 1, maxInstances: 3 } };
    const found = await diffOf(model, { ...outputs, deepinfra }, { deepinfra: wanted });

    expect(found).toMatchObject({ changes: DIFF_SOME, replaces: [] });
    expect(found.stables).toEqual(["platform", "deploymentId", "endpoint", "model"]);
  });

  test("quotes keys of maps that hold a dot", async () => {
    const environmentVariables = { "a.b": "2", D: "3" };
    const wanted = { ...foundry, runtimeConfiguration: { ...runtimeConfiguration, environmentVariables } };
    const { detailed } = await diffOf(live, foundry, wanted);

    expect(detailed).toEqual({
      'runtimeConfiguration.environmentVariables["a.b"]': { kind: Kind.UPDATE, inputdiff: true },
      "runtimeConfiguration.environmentVariables.C": { kind: Kind.DELETE, inputdiff: true },
      "runtimeConfiguration.environmentVariables.D": { kind: Kind.ADD, inputdiff: true },
    });
  });

  test("shows a repair by the status, which no input explains", async () => {
    const stopped = await diffOf(model, { ...outputs, deepinfra, status: "stopped" }, { deepinfra });
    const failed = await diffOf(model, { ...outputs, deepinfra, status: "failed" }, { deepinfra });

    expect(stopped.detailed).toEqual({ status: { kind: Kind.UPDATE, inputdiff: false } });
    expect(failed.detailed).toEqual({ status: { kind: Kind.UPDATE_REPLACE, inputdiff: false } });
  });

  test("never replaces for what is not known yet", async () => {
    const found = await diffOf(model, { ...outputs, deepinfra }, { deepinfra: { ...deepinfra, gpu: unknownValue } });

    expect(found.replaces).toEqual([]);
    expect(found.detailed["deepinfra.gpu"]).toEqual({ kind: Kind.UPDATE, inputdiff: true });
  });

  test("leaves the parts of a block that is not known, or another platform's, to the engine", async () => {
    const whole = await diffOf(model, { ...outputs, deepinfra }, { deepinfra: unknownValue });
    const other = await diffOf(model, { ...outputs, deepinfra }, { opensearch: { modelId: "m" } });

    expect(whole).toMatchObject({ changes: DIFF_SOME, isDetailed: false });
    expect(other).toMatchObject({ changes: DIFF_SOME, isDetailed: false, replaces: ["opensearch"] });
  });

  test("does not see what dynamic resources keep", async () => {
    const kept = { ...outputs, deepinfra, __provider: "exports.handler=…", __timeouts: { create: 60 } };

    expect(await diffOf(model, kept, { deepinfra })).toMatchObject({
      changes: DIFF_NONE,
      detailed: {},
      isDetailed: true,
    });
  });
});
