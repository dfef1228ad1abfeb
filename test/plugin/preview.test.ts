/** What the plugin tells of a deployment before it is made or changed. */
import { configureAccount } from "../../plugin/account";
import { unknownValue } from "../../provider/inputs/unknown";
import { startSimulator } from "../../simulator";
import type { Simulator } from "../../simulator";
import { contractCases } from "../contract/cases";
import { deepinfra, foundry, live, model, outputs, previewOf, settingsOf } from "./calls";

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
  configureAccount(settingsOf(simulator), false);
});

afterAll(() => simulator.close());

/** What DeepInfra is asked for what an hour costs. */
const prices = ["GET /deploy/llm/gpu_availability", "GET /v1/me/gpu_limit"];

describe("a preview", () => {
  test.each(contractCases)(
    "of a $platform.title deployment asks for prices at most, and knows its platform and inputs",
    async (contract) => {
      const urn = contract.kind.name === "LiveDeployment" ? live : model;
      const made = await previewOf(urn, contract.inputs);
      const changed = await previewOf(urn, contract.changed, { ...contract.inputs, ...outputs });

      const known = { platform: contract.platform.id, status: "ready", ready: true };
      expect(made).toMatchObject({ ...known, details: unknownValue, platformStatus: unknownValue });
      expect(changed).toMatchObject({ ...known, deploymentId: "d1", details: unknownValue });
      expect(Object.keys(made)).toEqual(expect.arrayContaining(Object.keys(contract.inputs)));
      const paths = simulator.requests().map(({ method, path }) => `${method} ${path}`);
      expect(paths.filter((path) => !prices.includes(path))).toEqual([]);
    },
  );

  test("of a new deployment knows what follows from the inputs", async () => {
    const opensearch = await previewOf(model, { opensearch: { modelId: "-m_1" } });

    expect(await previewOf(model, { deepinfra })).toMatchObject({
      endpoint: `${simulator.url}/v1/openai`,
      model: unknownValue,
      deploymentId: unknownValue,
    });
    expect(opensearch).toMatchObject({
      deploymentId: "-m_1",
      endpoint: `${simulator.url}/_plugins/_ml/models/-m_1/_predict`,
    });
    expect(await previewOf(model, { opensearch: { modelId: unknownValue } })).toMatchObject({
      deploymentId: unknownValue,
      endpoint: unknownValue,
    });
    expect(await previewOf(model, { deepinfra, adopt: "deepinfra/d7" })).toMatchObject({ deploymentId: "d7" });
  });

  test("of a change in place keeps what stays, so that what depends on it keeps quiet", async () => {
    const changed = await previewOf(model, { deepinfra }, { ...outputs, deepinfra });

    expect(changed).toMatchObject({ endpoint: "https://old.test", model: "deploy_id:d1", deploymentId: "d1" });
  });

  test("does not know the status where nothing is waited for, or it hangs on what is not known", async () => {
    for (const inputs of [
      { ...foundry, waitForReady: false },
      { ...foundry, enabled: unknownValue },
    ]) {
      expect(await previewOf(live, inputs)).toMatchObject({ status: unknownValue, ready: unknownValue });
    }
    expect(await previewOf(live, { ...foundry, enabled: false })).toMatchObject({ status: "stopped", ready: false });
    expect(await previewOf(model, { deepinfra: unknownValue })).toMatchObject({ platform: unknownValue });
  });
});
