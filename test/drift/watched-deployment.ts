/** A deployment of the simulator that is looked at as a detection does, through the core and without an engine. */
import { messageOf } from "../../provider/errors";
import { create } from "../../provider/lifecycle/create";
import { remove } from "../../provider/lifecycle/delete";
import { diff } from "../../provider/lifecycle/diff";
import { read } from "../../provider/lifecycle/read";
import { update } from "../../provider/lifecycle/update";
import type { Properties } from "../../provider/resources/resource-kind";
import type { Observation } from "../../drift/observation";
import type { Scenario, Simulator } from "../../simulator";
import { openAccount } from "../contract/account";
import { type ContractCase, contractCases } from "../contract/cases";
import { createSmallEngine, type Provider, type SavedResource } from "../support/small-engine";

export interface WatchOptions {
  /** The contract's own without it. */
  inputs?: Properties;
  scenario?: Scenario;
  ignoreChanges?: string[];
}

export interface WatchedDeployment {
  simulator: Simulator;
  /** The platform's own id, as the state has it. */
  readonly deploymentId: string;
  /** Looks, and leaves the state as it is. */
  observe(): Promise<Observation>;
  /** `pulumi up --refresh`. */
  repair(): Promise<void>;
  close(): Promise<void>;
}

export const contractOf = (platform: string): ContractCase => {
  const contract = contractCases.find((one) => one.platform.id === platform);
  if (contract === undefined) throw new Error(`no case of ${platform}`);
  return contract;
};

/** Makes a deployment, and resolves when it is ready. */
export async function watchDeployment(platform: string, options: WatchOptions = {}): Promise<WatchedDeployment> {
  const contract = contractOf(platform);
  const { kind, inputs } = { ...contract, ...options };
  const type = `pulumi-nodejs:dynamic/inference:${kind.name}`;
  const urn = `urn:pulumi:test::test::${type}::model`;
  const account = await openAccount({ ...contract, scenario: { ...contract.scenario, ...options.scenario } }, 0);
  const { call, simulator } = account;

  const provider: Provider = {
    check: (_urn, _olds, news) => Promise.resolve({ inputs: news, failures: [] }),
    diff: (_urn, _id, olds, news) => {
      const { changes, replaces, deleteBeforeReplace } = diff(kind, olds, news);
      return Promise.resolve({ changes, replaces: replaces.length > 0, deleteBeforeReplace });
    },
    create: (_urn, given) => create(call(), given),
    read: (_urn, id, state) => read(call(), id, state),
    update: (_urn, id, olds, news) => update(call(), id, olds, news),
    delete: (_urn, id, state) => remove(call(), id, state),
  };
  const engine = createSmallEngine(provider);

  async function up(): Promise<void> {
    const error = (await engine.up({ [urn]: inputs })).get(urn)?.error;
    if (error !== undefined) throw error;
  }

  function saved(): SavedResource {
    const resource = engine.saved(urn);
    if (resource === undefined) throw new Error("the state does not hold it");
    return resource;
  }

  async function observe(): Promise<Observation> {
    const { id, inputs: known, outputs } = saved();
    const { ignoreChanges = [] } = options;
    const resource = { urn, name: "model", type, id, known: { inputs: known, outputs }, ignoreChanges, initErrors: [] };
    try {
      const found = await read(call(), id, outputs);
      if (found === undefined) return { ...resource, differs: true, changedPaths: [] };
      const { changes, properties } = diff(kind, found.state, known);
      const live = { inputs: found.inputs, outputs: found.state };
      return { ...resource, live, differs: changes, changedPaths: properties.map(({ path }) => path) };
    } catch (error) {
      return { ...resource, differs: false, changedPaths: [], error: messageOf(error) };
    }
  }

  await up();
  return {
    simulator,
    get deploymentId() {
      return saved().id.replace(/^[^/]*\//, "");
    },
    observe,
    async repair() {
      await engine.refresh();
      await up();
    },
    close: () => simulator.close(),
  };
}
