/** Previews and no-ops load nothing that only requests need: it would make each of them slower. */
import { createConnections } from "../../provider/connection/connection";
import { check } from "../../provider/lifecycle/check";
import { diff } from "../../provider/lifecycle/diff";
import { deepinfra } from "../../provider/platforms/deepinfra";
import { modelDeployment } from "../../provider/resources/model-deployment";

jest.mock("undici", () => {
  throw new Error("undici was loaded");
});

const connections = createConnections({
  config: () => undefined,
  explicit: false,
  environment: { DEEPINFRA_API_KEY: "a-key" },
});
const inputs = { deepinfra: { modelName: "support-llama", gpu: "H100-80GB", hf: { repo: "acme/support-llama" } } };

it("is not loaded for a check and a diff", () => {
  expect(check(modelDeployment, inputs, connections, true).failures).toEqual([]);
  expect(diff(modelDeployment, { ...inputs, status: "ready" }, inputs).changes).toBe(false);
});

it("is loaded for a connection", () => {
  expect(() => connections.connect(deepinfra)).toThrow("undici was loaded");
});
