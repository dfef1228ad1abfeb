/** The whole life of a deployment on each platform, driven by the real engine, judged by what the simulator recorded. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { type ContractCase, contractCases } from "../contract/cases";
import { createStack, type OperationResult, type Stack } from "../support/engine";
import { deploymentProgram, type Host } from "./programs";

/** Inputs that can only be had by a replacement. */
const replacements: Record<string, Record<string, unknown>> = {
  deepinfra: { gpu: "A100-80GB" },
  kore: { modelType: "fineTune" },
  opensearch: { modelId: "-SimulatedRemote_001" },
  foundry: { branch: "release" },
};

export function testLifecycle(host: Host): void {
  describe.each(contractCases)("$platform.title", (contract: ContractCase) => {
    const { platform, inputs, changed } = contract;
    const resource = contract.kind.name as "ModelDeployment" | "LiveDeployment";
    // Jobs of Kore are looked at every five seconds at most; ended at once, they need no second look.
    const scenario = { ...contract.scenario, kore: { immediate: true } };
    const texts: string[] = [];
    let simulator: Simulator;
    let stack: Stack;

    const program = (wanted: Record<string, unknown>) =>
      deploymentProgram({ host, resource, inputs: wanted, secrets: platform.id === "foundry" ? contract.secrets : [] });
    const noted = (result: OperationResult): OperationResult => {
      texts.push(result.text);
      return result;
    };
    const running = () => simulator.deployments(platform.id).filter(({ removed, starts }) => !removed && starts > 0);
    const starts = () => simulator.requests({ platform: platform.id, ...contract.start }).length;

    beforeAll(async () => {
      simulator = await startSimulator({ readyAfterMs: 500, scenario });
      stack = await createStack({ program: program(inputs), environment: simulator.environment() });
    });

    afterAll(async () => {
      await simulator.close();
    });

    test("up makes it, waits, and gives the outputs", async () => {
      const up = noted(await stack.up());

      expect(up.steps).toMatchObject([{ operation: "create", name: "subject", failed: false }]);
      expect(running()).toHaveLength(1);
      expect(await stack.outputs()).toMatchObject({ status: "ready", ready: true, deploymentId: running()[0]?.id });
      expect((await stack.resource("subject"))?.id).toBe(`${platform.id}/${running()[0]?.id}`);
    });

    test("a second up, and a refresh, change nothing", async () => {
      const before = starts();
      const preview = noted(await stack.preview({ parameters: ["--expect-no-changes"] }));
      const up = noted(await stack.up());
      const refresh = noted(await stack.refresh({ parameters: ["--expect-no-changes"] }));
      const after = noted(await stack.preview({ parameters: ["--expect-no-changes"] }));

      for (const { changes } of [preview, up, refresh, after]) expect(changes).toEqual({ same: 2 });
      expect(starts()).toBe(before);
    });

    test("a change in place is an update, and is there", async () => {
      stack.setProgram(program(changed));
      const id = running()[0]?.id;
      const up = noted(await stack.up());
      const refresh = noted(await stack.refresh({ parameters: ["--expect-no-changes"] }));

      expect(up.steps).toMatchObject([{ operation: "update", failed: false }]);
      expect(refresh.changes).toEqual({ same: 2 });
      expect(running().map(({ id }) => id)).toEqual([id]);
    });

    if (contract.readable) {
      test("a refresh sees that somebody stopped it, and up starts it again", async () => {
        const id = running()[0]?.id ?? "";
        simulator.act({ platform: platform.id, id, action: contract.stop ?? "" });
        const refresh = noted(await stack.refresh());
        const up = noted(await stack.up());

        expect(refresh.changes).toMatchObject({ update: 1 });
        expect(up.steps).toMatchObject([{ operation: "update", failed: false }]);
        expect(running().map(({ id }) => id)).toEqual([id]);
        expect(await stack.outputs()).toMatchObject({ status: "ready", ready: true });
      });
    }

    test("what cannot change in place is replaced, and one runs at the end", async () => {
      const block = changed[platform.id] as Record<string, unknown> | undefined;
      const change = replacements[platform.id];
      stack.setProgram(
        program(block === undefined ? { ...changed, ...change } : { [platform.id]: { ...block, ...change } }),
      );
      const up = noted(await stack.up());

      expect(up.changes).toMatchObject({ replace: 1 });
      expect(running()).toHaveLength(1);
      expect(await stack.outputs()).toMatchObject({ status: "ready" });
    });

    test("destroy leaves nothing running", async () => {
      const destroy = noted(await stack.destroy());

      expect(destroy.changes).toEqual({ delete: 2 });
      expect(running()).toEqual([]);
      expect(stack.processes()).toEqual([]);
    });

    test("nothing was sent that the platform does not document", () => {
      expect(simulator.violations()).toEqual([]);
    });

    test("no secret is in any file of the backend, or in what the terminal showed", async () => {
      const page = await (await fetch(`${simulator.url}/simulator/requests`)).text();
      const kept = [
        ...filesIn(join(stack.folder, "backend")).map((file) => readFileSync(file, "utf8")),
        ...texts,
        page,
      ];
      const secrets = [...contract.secrets, ...Object.values<string>({ ...simulator.credentials })];

      expect(kept.length).toBeGreaterThan(5);
      expect(secrets.filter((secret) => kept.some((text) => text.includes(secret)))).toEqual([]);
    });
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}
