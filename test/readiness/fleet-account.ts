/** Deployments on several platforms of one simulator, made without a wait, and calls of a readiness on them. */
import { create } from "../../provider/lifecycle/create";
import type { LifecycleCall } from "../../provider/lifecycle/resource-lifecycle";
import { modelDeployment } from "../../provider/resources/model-deployment";
import type { Properties, ResourceKind } from "../../provider/resources/resource-kind";
import type { PlatformId, Scenario, Simulator } from "../../simulator";
import { type ContractAccount, openAccount } from "../contract/account";
import { contractCases } from "../contract/cases";

export interface FleetAccount {
  simulator: Simulator;
  lines: string[];
  call(overrides?: Partial<LifecycleCall>): LifecycleCall;
  connectAnew: ContractAccount["connectAnew"];
  /** @returns what a readiness is told of the deployment. */
  make(kind: ResourceKind, inputs: Properties): Promise<Properties>;
  makeOn(platform: PlatformId): Promise<Properties>;
  makeLlama(name: string): Promise<Properties>;
}

/** Longer than any test waits, in milliseconds. */
export const forEver = 3_600_000;

export async function openFleetAccount(readyAfterMs: number, more: Scenario = {}): Promise<FleetAccount> {
  const scenario = Object.assign({}, ...contractCases.map((contract) => contract.scenario), more) as Scenario;
  const [first] = contractCases;
  if (first === undefined) throw new Error("there are no cases");
  const account = await openAccount({ ...first, scenario }, readyAfterMs);
  const call = (overrides: Partial<LifecycleCall> = {}): LifecycleCall => {
    const { kind: _kind, ...lent } = account.call(overrides);
    return { ...lent, urn: "urn:pulumi:dev::shop::inference:index:Readiness::fleet" };
  };

  async function make(kind: ResourceKind, inputs: Properties): Promise<Properties> {
    const { id, state } = await create({ ...account.call(), kind }, { ...inputs, waitForReady: false });
    const block = kind.blockOf(inputs);
    const observed = block?.platform.observed.inputs ?? [];
    const given = Object.entries(block?.inputs ?? {}).filter(([key]) => observed.includes(key));
    return { id, generation: state["generation"], details: state["details"], inputs: Object.fromEntries(given) };
  }

  return {
    simulator: account.simulator,
    lines: account.lines,
    connectAnew: account.connectAnew,
    call,
    make,
    makeOn(platform) {
      const contract = contractCases.find((one) => one.platform.id === platform);
      if (contract === undefined) throw new Error(`there is no case of ${platform}`);
      return make(contract.kind, contract.inputs);
    },
    makeLlama: (name) =>
      make(modelDeployment, { deepinfra: { modelName: name, gpu: "H100-80GB", hf: { repo: `acme/${name}` } } }),
  };
}

export function deploymentId({ id }: Properties): string {
  return String(id).replace(/^[^/]*\//, "");
}
