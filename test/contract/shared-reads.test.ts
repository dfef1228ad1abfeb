/** A refresh of many deployments: as few requests as the platform allows, and the same outcome as one by one. */
import type { Connections } from "../../provider/connection/connection";
import { create } from "../../provider/lifecycle/create";
import { read, type ReadResult } from "../../provider/lifecycle/read";
import type { Properties } from "../../provider/resources/resource-kind";
import { systemClock } from "../../provider/wait/clock";
import type { Fault, RecordedRequest } from "../../simulator";
import { type ContractAccount, openAccount } from "./account";
import { type ContractCase, contractCases } from "./cases";

interface SharedCase {
  /** The inputs of one of several deployments. */
  inputs(contract: Properties, index: number): Properties;
  /** `METHOD path` of the request that sees many. */
  list: RegExp;
  /** Requests that read one deployment by itself. */
  requestsForOne: number;
  /** Changes that somebody makes outside, by which a deployment looks otherwise than the state says. */
  outside: readonly Record<string, unknown>[];
}

const count = 12;
/** What is shared never grows old, however slow the machine is. */
const stillClock = { ...systemClock, now: () => 0 };

const contractOf = (id: string): Properties => contractCases.find(({ platform }) => platform.id === id)?.inputs ?? {};

const sharedCases: Record<string, SharedCase> = {
  deepinfra: {
    inputs: ({ deepinfra }, index) => ({ deepinfra: { ...(deepinfra as object), modelName: `shared-${index}` } }),
    list: /^GET \/deploy\/list$/,
    requestsForOne: 1,
    outside: [
      ...[{ action: "stop" }, { action: "delete" }, { action: "fail" }],
      ...[
        { action: "scale", running: 2 },
        { action: "configure", maxInstances: 7 },
      ],
    ],
  },
  opensearch: {
    inputs: (_contract, index) => ({ opensearch: { modelId: `shared-${index}` } }),
    list: /^POST \/_plugins\/_ml\/models\/_search$/,
    // Its task, and its document.
    requestsForOne: 2,
    outside: [{ action: "undeploy" }, { action: "fail" }, { action: "delete" }],
  },
  foundry: {
    inputs: (contract, index) => ({ ...contract, branch: `shared-${index}` }),
    list: /^GET \/api\/v2\/models\/liveDeployments$/,
    requestsForOne: 1,
    outside: [
      ...[{ action: "disable" }, { action: "degrade" }, { action: "delete" }],
      {
        action: "configure",
        runtimeConfiguration: { ...(contractOf("foundry")["runtimeConfiguration"] as object), maxReplicas: 7 },
      },
    ],
  },
};

const contracts = contractCases.filter(({ platform }) => platform.id in sharedCases);

describe.each(contracts)("$platform.title", (contract: ContractCase) => {
  const { platform } = contract;
  const shared = sharedCases[platform.id] as SharedCase;
  let account: ContractAccount;
  let states: { id: string; state: Properties }[];
  let before: number;

  beforeEach(async () => {
    const scenario = { ...contract.scenario, opensearch: { ...contract.scenario.opensearch, anyModel: true } };
    account = await openAccount({ ...contract, scenario }, 0);
    const inputs = Array.from({ length: count }, (_, index) => shared.inputs(contract.inputs, index));
    states = await Promise.all(inputs.map((one) => create(account.call(), one)));
    before = account.simulator.requests().length;
  });

  afterEach(async () => {
    const violations = account.simulator.violations();
    await account.simulator.close();
    expect(violations).toEqual([]);
  });

  const refresh = (connections: Connections): Promise<(ReadResult | undefined)[]> =>
    Promise.all(states.map(({ id, state }) => read(account.call({ connections }), id, state)));
  const oneByOne = (): Promise<(ReadResult | undefined)[]> =>
    refresh(account.connectAnew({ PULUMI_INFERENCE_SHARED_READS: "false" }));
  const isList = ({ method, path }: RecordedRequest): boolean => shared.list.test(`${method} ${path}`);
  const requests = (): RecordedRequest[] => account.simulator.requests().slice(before);

  it("is read by one look at the first, and one at all", async () => {
    const together = await refresh(account.connectAnew({}, stillClock));

    expect(requests().filter(isList)).toHaveLength(1);
    expect(requests()).toHaveLength(1 + shared.requestsForOne);
    expect(together).toEqual(await oneByOne());
    expect(together.map((one) => one?.state["status"])).toEqual(states.map(() => "ready"));
  });

  it("is read one by one where the setting says so", async () => {
    await oneByOne();

    expect(requests()).toHaveLength(count * shared.requestsForOne);
  });

  it.each(shared.outside)("sees what was changed outside: $action", async (change) => {
    const changed = states.at(-1)?.id.replace(/^[^/]*\//, "") ?? "";
    account.simulator.act({ platform: platform.id, id: changed, ...change } as Parameters<
      typeof account.simulator.act
    >[0]);
    const together = await refresh(account.connectAnew({}, stillClock));

    expect(together).toEqual(await oneByOne());
    expect(together.at(-1)).not.toEqual(together.at(-2));
    expect(together.at(-1)?.state).not.toEqual(states.at(-1)?.state);
  });

  const faults: [string, Partial<Fault> & Pick<Fault, "kind">][] = [
    ["is refused", { kind: "status", status: 403, times: 100 }],
    ["is no route of the API", { kind: "status", status: 404, body: { detail: "Not Found" }, times: 100 }],
    ["fails for good", { kind: "status", status: 500, times: 100 }],
    ["cannot be read", { kind: "status", status: 200, body: "<html>", times: 100 }],
    ["is of another shape", { kind: "status", status: 200, body: { rows: [] }, times: 100 }],
    ["breaks off", { kind: "reset", times: 100 }],
  ];

  it.each(faults)("has the same outcome when the list %s", async (_name, fault) => {
    const [, method, path] = /\^(\w+) (.*)/.exec(shared.list.source) ?? [];
    const expected = await oneByOne();
    before = account.simulator.requests().length;
    account.simulator.fault({ ...fault, method, path: `^${path}` } as Fault);

    expect(await refresh(account.connectAnew({}, stillClock))).toEqual(expected);
    expect(requests().filter(isList).length).toBeGreaterThan(0);
    expect(requests().filter((request) => !isList(request))).toHaveLength(count * shared.requestsForOne);
  });
});
