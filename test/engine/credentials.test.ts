/** Which credentials reach a platform, and what is said about those that do not do. */
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type OperationResult, type Stack } from "../support/engine";
import { llamasProgram, posts, standing } from "./llamas";

const nowhere = "http://127.0.0.1:1";

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({
    readyAfterMs: 0,
    scenario: { opensearch: { allowCustomDeploymentPlan: true, syncUpMs: 200 } },
  });
});
afterEach(() => simulator.close());

/** What the simulator received, by what was asked for. */
const headersOf = (platform: string, header: string) =>
  new Set(simulator.requests({ platform }).map(({ rawHeaders }) => rawHeaders[header]));

function errorOf(result: OperationResult, name: string): string {
  const errors = result.diagnostics.filter(({ severity, urn }) => severity === "error" && urn?.endsWith(`::${name}`));
  return errors.map(({ message }) => message).join("\n");
}

describe("an explicit provider, the stack's config and the environment", () => {
  test("count in this order, each for itself, and an error says which one it was", async () => {
    const right = simulator.credentials.deepinfraApiKey;
    const stack = await createStack({
      program: llamasProgram(`
const other = new inference.Provider("other", { deepinfraApiKey: "key-of-the-provider" });
llama("explicit", {}, { provider: other });
const configured = llama("configured");
// Its key is not known before the deployment is there.
const later = new inference.Provider("later", { deepinfraApiKey: configured.id.apply(() => "${right}") });
llama("dependent", {}, { provider: later });
new inference.ModelDeployment("search", { opensearch: { modelId: "SimulatedRemoteModel" } });
new inference.ModelDeployment("assistant", { kore: {
  modelId: "cm-1", modelType: "openSource", name: "Assistant", deviceType: "g5.xlarge",
  hyperParameters: { temperature: 1, maxTokens: 512, topP: 1, topK: 50 },
} });`),
      // The address is in the config alone, also for the explicit providers.
      config: { "inference:deepinfraUrl": simulator.url, "inference:deepinfraApiKey": { secret: right } },
      environment: {
        ...simulator.environment(),
        DEEPINFRA_URL: nowhere,
        DEEPINFRA_API_KEY: "key-of-the-shell",
        KORE_API_KEY: "kore-key-of-the-shell",
      },
    });

    const preview = await stack.preview();
    expect(preview.changes).toMatchObject({ create: 8 });
    expect(simulator.requests()).toEqual([]);

    const up = await stack.up({ parameters: ["--continue-on-error"], expectFailure: true });
    expect(headersOf("deepinfra", "authorization")).toEqual(new Set([`Bearer ${right}`, "Bearer key-of-the-provider"]));
    expect(standing(simulator)).toEqual(["configured", "dependent"]);
    expect(errorOf(up, "explicit")).toMatch(/403.*from the input deepinfraApiKey of the resource's explicit Provider/);
    expect(headersOf("kore", "x-api-key")).toEqual(new Set(["kore-key-of-the-shell"]));
    expect(errorOf(up, "assistant")).toContain("came from the environment variable KORE_API_KEY");
    expect(errorOf(up, "search")).toBe("");
    expect(simulator.deployments("opensearch")).toContainEqual(expect.objectContaining({ starts: 1 }));

    const state = JSON.stringify(await stack.exportState());
    for (const key of [right, "key-of-the-provider", "kore-key-of-the-shell"]) {
      expect(state).not.toContain(key);
      expect(up.text).not.toContain(key);
    }
  });
});

test("a key that is missing is named at preview, with the two places where it can stand, and nothing is sent", async () => {
  const stack = await createStack({
    program: llamasProgram(`llama("llama");`),
    environment: { DEEPINFRA_URL: simulator.url },
  });
  const { text } = await stack.preview({ expectFailure: true });

  expect(text).toMatch(/no deepinfraApiKey is set.*pulumi config set --secret inference:deepinfraApiKey/);
  expect(text).toContain("DEEPINFRA_API_KEY or DEEPINFRA_TOKEN");
  expect(text).not.toMatch(/^\s+at .*:\d+/m);
  expect(simulator.requests()).toEqual([]);
});

describe("a key that was rotated", () => {
  let stack: Stack;

  test("is used by up; refresh and destroy use the old one, and say how they use the new one", async () => {
    stack = await createStack({
      program: llamasProgram(`llama("llama");`),
      config: {
        "inference:deepinfraUrl": simulator.url,
        "inference:deepinfraApiKey": { secret: simulator.credentials.deepinfraApiKey },
      },
    });
    await stack.up();
    simulator.credentials.deepinfraApiKey = "the-key-after-the-rotation";
    await stack.setConfig({ "inference:deepinfraApiKey": { secret: "the-key-after-the-rotation" } });

    const old = await stack.refresh({ expectFailure: true });
    expect(old.text).toMatch(
      /answered 403: Not authenticated; the credentials came from the stack's config inference:deepinfraApiKey/,
    );
    expect(old.text).toMatch(/after a rotation, run .*`pulumi refresh --run-program`/);
    expect(old.text).not.toMatch(/^\s+at .*:\d+/m);

    const fresh = await stack.refresh({ parameters: ["--run-program"] });
    expect(fresh.changes).toMatchObject({ same: 2 });
    await stack.destroy({ parameters: ["--run-program"] });
    expect(standing(simulator)).toEqual([]);
    expect(posts(simulator)).toHaveLength(1);
  });
});
