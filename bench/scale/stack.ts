/** One stack: the native plugin as a process, called as the engine calls it, so many steps at a time. */
import { startProviderProcess } from "../../test/support/provider-process";
import type { ProviderProcess } from "../../test/support/provider-process";
import type { ScalePlan } from "./account";

type Properties = Record<string, unknown>;

export interface ScaledStack {
  create(): Promise<void>;
  /** Resolves when all are ready. */
  wait(): Promise<void>;
  refresh(): Promise<void>;
  destroy(): Promise<void>;
  /** Ends the plugin, as a command of the engine does with its last step, and starts another. */
  renew(): Promise<void>;
  stop(): Promise<void>;
}

interface Made {
  name: string;
  id: string;
  state: Properties;
}

export async function openStack(
  name: string,
  { deployments: count, slots, requestsPerSecond }: ScalePlan,
  given: Record<string, string>,
): Promise<ScaledStack> {
  const environment = { ...given, PULUMI_INFERENCE_REQUESTS_PER_SECOND: String(requestsPerSecond) };
  let plugin = await startProviderProcess({ environment });
  const names = Array.from({ length: count }, (_, index) => `${name}-${index}`);
  const made: Made[] = [];
  let fleet: Properties = {};
  return {
    create: () => eachOf(names, slots, async (one) => void made.push(await create(plugin, name, one))),
    async wait() {
      const deployments = Object.fromEntries(made.map((one) => [one.name, referenceTo(one)]));
      const options = { urn: urnOf(name, "Readiness", "fleet"), timeoutSeconds: 3_600 };
      fleet = (await plugin.create({ deployments }, options)).properties;
      if (fleet["ready"] !== true) throw new Error(`the wait of ${name} did not end well`);
    },
    async refresh() {
      const readings = made.map(({ name: one, id, state }) => async () => {
        const read = await plugin.read(id, state, { urn: urnOf(name, "ModelDeployment", one) });
        if (read.properties["status"] !== "ready") throw new Error(`${one} is ${String(read.properties["status"])}`);
      });
      await eachOf(readings, slots, (read) => read());
      await plugin.read("readiness/fleet", fleet, { urn: urnOf(name, "Readiness", "fleet") });
    },
    destroy: () =>
      eachOf(made, slots, ({ name: one, id, state }) =>
        plugin.delete(id, state, { urn: urnOf(name, "ModelDeployment", one) }),
      ),
    async renew() {
      await plugin.stop();
      plugin = await startProviderProcess({ environment });
    },
    stop: () => plugin.stop(),
  };
}

async function create(plugin: ProviderProcess, stack: string, name: string): Promise<Made> {
  const urn = urnOf(stack, "ModelDeployment", name);
  const deepinfra = {
    modelName: name,
    gpu: "H100-80GB",
    hf: { repo: `acme/${name}`, token: "hf_token-of-the-benchmark" },
    settings: { minInstances: 1, maxInstances: 4 },
  };
  const { inputs } = await plugin.check({}, { deepinfra, waitForReady: false }, { urn });
  const { id, properties } = await plugin.create(inputs, { urn });
  return { name, id, state: properties };
}

/** As a program in YAML gives it. */
function referenceTo({ id, state }: Made): Properties {
  return { id, generation: state["generation"], details: state["details"] };
}

function urnOf(stack: string, kind: string, name: string): string {
  return `urn:pulumi:${stack}::scale::inference:index:${kind}::${name}`;
}

/** So many at a time, each as soon as there is room. */
async function eachOf<Item>(items: readonly Item[], slots: number, run: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: slots }, async () => {
      for (const item of queue) await run(item);
    }),
  );
}
