/** `generation` counts what each platform took, and nothing else. */
import { create } from "../../provider/lifecycle/create";
import { preview } from "../../provider/lifecycle/preview";
import { read } from "../../provider/lifecycle/read";
import { update } from "../../provider/lifecycle/update";
import { unknownValue } from "../../provider/inputs/unknown";
import { type ContractAccount, openAccount } from "./account";
import { contractCases } from "./cases";

describe.each(contractCases)("$platform.title", (contract) => {
  const { kind, inputs, changed, platform, stop, scenario } = contract;
  let account: ContractAccount;

  beforeEach(async () => {
    account = await openAccount({ ...contract, scenario: { ...scenario, kore: { immediate: true } } });
  });
  afterEach(() => account.simulator.close());

  it("is 1 for what was made, stays without a change, and grows by each one", async () => {
    const { id, state } = await create(account.call(), inputs);
    const same = await update(account.call(), id, state, { ...inputs, waitForReady: true });
    const refreshed = await read(account.call(), id, same);
    const other = await update(account.call(), id, refreshed?.state ?? {}, changed);

    const generations = [state, same, refreshed?.state, other].map((one) => one?.["generation"]);
    expect(generations).toEqual([1, 1, 1, 2]);
  });

  it("is not there for a deployment of an earlier version until it changes", async () => {
    const { id, state } = await create(account.call(), inputs);
    const { generation: _generation, ...earlier } = state;
    const same = await update(account.call(), id, earlier, inputs);
    const refreshed = await read(account.call(), id, earlier);
    const other = await update(account.call(), id, earlier, changed);

    for (const one of [same, refreshed?.state]) expect(one).not.toHaveProperty("generation");
    expect(other["generation"]).toBe(1);
  });

  it("is known by a preview where nothing is asked of the platform", () => {
    const call = account.call();
    const previewOf = (next: typeof inputs, state?: typeof inputs) =>
      preview(kind, next, call.connections, state)["generation"];
    const state = { ...inputs, generation: 7, status: "ready" };

    expect(previewOf(inputs)).toBe(1);
    expect(previewOf({ ...inputs, waitForReady: false }, state)).toBe(7);
    expect(previewOf(changed, state)).toBe(unknownValue);
    expect(previewOf(inputs, { ...state, status: "stopped" })).toBe(unknownValue);
  });

  it("grows by a start of what somebody stopped, where that can be seen", async () => {
    const { id, state } = await create(account.call(), inputs);
    const [deployment] = account.simulator.deployments(platform.id);
    if (stop !== undefined) account.simulator.act({ platform: platform.id, id: deployment?.id ?? "", action: stop });

    expect((await update(account.call(), id, state, inputs))["generation"]).toBe(stop === undefined ? 1 : 2);
  });
});
