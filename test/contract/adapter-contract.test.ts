/** What every adapter owes, asked of each platform in the registry. Judged by what the simulator recorded. */
import { createConnections } from "../../provider/connection/connection";
import { InitializationError } from "../../provider/errors";
import { check } from "../../provider/lifecycle/check";
import { create } from "../../provider/lifecycle/create";
import { remove } from "../../provider/lifecycle/delete";
import { diff } from "../../provider/lifecycle/diff";
import { formatIdentifier } from "../../provider/lifecycle/identifier";
import { lendCall } from "../../provider/lifecycle/lent-call";
import { read } from "../../provider/lifecycle/read";
import { update } from "../../provider/lifecycle/update";
import type { Listing } from "../../provider/platform";
import { livePlatform, modelPlatforms } from "../../provider/platforms/registry";
import type { SimulatedDeployment } from "../../simulator";
import { memoryIntent } from "../support/memory-intent";
import { type ContractAccount, openAccount } from "./account";
import { type ContractCase, contractCases } from "./cases";

it("covers every platform of the registry", () => {
  const ids = [...Object.values(modelPlatforms), livePlatform].map(({ id }) => id);

  expect(contractCases.map(({ platform }) => platform.id).sort()).toEqual([...ids].sort());
});

describe.each(contractCases)("$platform.title", (contract: ContractCase) => {
  const { kind, platform, inputs, changed } = contract;
  let account: ContractAccount;

  beforeEach(async () => {
    account = await openAccount(contract);
  });

  afterEach(async () => {
    const violations = account.simulator.violations();
    await account.simulator.close();
    expect(violations).toEqual([]);
  });

  const running = (): SimulatedDeployment[] =>
    account.simulator.deployments(platform.id).filter(({ removed, starts }) => !removed && starts > 0);
  const starts = () => account.simulator.requests({ platform: platform.id, ...contract.start });
  const failed = async (attempt: Promise<unknown>): Promise<InitializationError> => {
    const error = await attempt.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(InitializationError);
    return error as InitializationError;
  };

  it("accepts the inputs, and asks for credentials by name when they are missing", () => {
    const none = createConnections({ config: () => undefined, explicit: false, environment: {} });

    expect(check(kind, inputs, account.call().connections, true).failures).toEqual([]);
    expect(check(kind, inputs, none, true).failures.join(" ")).toMatch(
      /inference:\w+ …` or the environment variable [A-Z_]+/,
    );
  });

  it("makes a deployment and gives what the rest of the stack needs", async () => {
    const { id, state } = await create(account.call(), inputs);

    expect(running()).toHaveLength(1);
    expect(starts()).toHaveLength(1);
    expect(state).toMatchObject({ ...inputs, platform: platform.id, status: "ready", ready: true });
    expect(id).toBe(formatIdentifier(platform.id, state["deploymentId"] as string));
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  it("shows what it waits for", async () => {
    await create(account.call(), inputs);

    expect(account.lines.join("\n")).toMatch(/ · \d+s of 5m/);
  });

  it("finds nothing to change right after, nor after a refresh", async () => {
    const { id, state } = await create(account.call(), inputs);
    const refreshed = await read(account.call(), id, state);

    expect(diff(kind, state, inputs)).toMatchObject({ changes: false, replaces: [] });
    expect(diff(kind, refreshed?.state ?? {}, inputs)).toMatchObject({ changes: false, replaces: [] });
    expect(refreshed?.inputs).toEqual(inputs);
  });

  it("changes in place, and what was changed is there", async () => {
    const { id, state } = await create(account.call(), inputs);
    const planned = diff(kind, state, changed);
    const next = await update(account.call(), id, state, changed);

    expect(planned).toMatchObject({ changes: true, replaces: [] });
    expect(next).toMatchObject({ ...changed, status: "ready" });
    expect(running()).toHaveLength(1);
    const refreshed = await read(account.call(), id, next);
    expect(diff(kind, refreshed?.state ?? {}, changed)).toMatchObject({ changes: false });
  });

  it("never has two deployments of one identity", async () => {
    await create(account.call(), inputs);
    const second = create(account.call(), inputs);

    if (contract.second === "refused") await expect(second).rejects.toThrow(/adopt: "[^"]+"/);
    else await expect(second).resolves.toMatchObject({ state: { status: "ready" } });
    expect(running()).toHaveLength(1);
  });

  it("keeps a note from before the request that makes something until it has the id", async () => {
    const intent = memoryIntent();
    const notes: boolean[] = [];
    const stop = account.simulator.subscribe((request) => {
      if (starts().includes(request) && request.status === undefined) notes.push(intent.note !== undefined);
    });
    const { state } = await create(account.call({ intent }), inputs);
    stop();

    expect(notes).toEqual([true]);
    expect(intent.note).toMatchObject({ platform: platform.id, deploymentId: state["deploymentId"] });
    for (const secret of [...contract.secrets, ...Object.values<string>({ ...account.simulator.credentials })]) {
      expect(JSON.stringify(intent.note)).not.toContain(secret);
    }
  });

  it("takes over what a run made that was killed while it waited", async () => {
    const intent = memoryIntent();
    const { id } = await create(account.call({ intent }), inputs);
    const next = await create(account.call({ intent }), inputs);

    expect(next).toMatchObject({ id, state: { status: "ready" } });
    expect(account.lines.join("\n")).toMatch(/was asked for this resource at .*taking over the deployment/);
    expect(starts()).toHaveLength(1);
    expect(running()).toHaveLength(1);
  });

  it("finds what a run made that was killed before the platform's answer came", async () => {
    const intent = memoryIntent();
    account.simulator.subscribe((request) => {
      if (starts().includes(request)) intent.freeze();
    });
    const { id } = await create(account.call({ intent }), inputs);
    const next = await create(account.call({ intent }), inputs);

    expect(intent.note).not.toHaveProperty("deploymentId");
    expect(next).toMatchObject({ id, state: { status: "ready" } });
    // Where nothing can be read, the request is sent again, for the same deployment.
    expect(starts()).toHaveLength(contract.readable ? 1 : 2);
    expect(running()).toHaveLength(1);
  });

  it("takes over the deployment that `adopt` names, and makes none", async () => {
    const { state } = await create(account.call(), inputs);
    const before = starts().length;
    const adopted = await create(account.call(), { ...inputs, adopt: state["deploymentId"] });

    expect(adopted.state).toMatchObject({ deploymentId: state["deploymentId"], status: "ready" });
    expect(running()).toHaveLength(1);
    expect(starts().length - before).toBeLessThanOrEqual(contract.readable ? 0 : 1);
  });

  it("removes what it made, also twice", async () => {
    const { id, state } = await create(account.call(), inputs);
    await remove(account.call(), id, state);
    await remove(account.call(), id, state);

    expect(running()).toEqual([]);
  });

  it("makes it again after it was removed", async () => {
    const first = await create(account.call(), inputs);
    await remove(account.call(), first.id, first.state);
    const second = await create(account.call(), inputs);

    expect(second.state).toMatchObject({ status: "ready" });
    expect(running()).toHaveLength(1);
  });

  it("keeps the id of a deployment that failed, with the platform's reason, and removes it", async () => {
    account.simulator.configure({ outcome: "failure", failureReason: "the weights are not there" });
    const error = await failed(create(account.call(), inputs));

    expect(error.id).toMatch(new RegExp(`^${platform.id}/.+`));
    expect(error.properties).toMatchObject({ ...inputs, ready: false });
    expect(diff(kind, error.properties, inputs).changes).toBe(true);
    await remove(account.call(), error.id, error.properties);
    expect(running()).toEqual([]);
  });

  it("resumes the wait for a deployment that is late, and makes no second one", async () => {
    account.simulator.configure({ readyAfterMs: 600 });
    const late = await failed(create(account.call({ timeoutSeconds: 10 }), inputs));
    const planned = diff(kind, late.properties, inputs);
    const state = await update(account.call(), late.id, late.properties, inputs);

    expect(late.reasons.join(" ")).toMatch(/is not ready after 10s.*seen: /);
    expect(planned).toMatchObject({ changes: true, replaces: [] });
    expect(state).toMatchObject({ status: "ready" });
    expect(starts()).toHaveLength(1);
  });

  it("ends the wait when it is cancelled, with the id", async () => {
    account.simulator.configure({ readyAfterMs: 60_000 });
    const cancellation = new AbortController();
    const attempt = create(account.call({ signal: cancellation.signal }), inputs);
    const accepted = setInterval(() => starts().length > 0 && cancellation.abort(), 5);
    const error = await failed(attempt);
    clearInterval(accepted);

    expect(error.id).toMatch(new RegExp(`^${platform.id}/.+`));
    expect(error.message).toMatch(/cancelled.*may cost money/);
  });

  it.each(["lost-answer", "cut-answer", "garbage"] as const)("never starts twice after a %s", async (kindOfFault) => {
    account.simulator.fault({
      kind: kindOfFault,
      platform: platform.id,
      method: "POST",
      path: contract.start.path.source,
    });
    const outcome = await create(account.call(), inputs).then(
      ({ id }) => id,
      (error: unknown) => (error as { id?: string; message: string }).id ?? (error as Error).message,
    );

    expect(starts()).toHaveLength(1);
    expect(running()).toHaveLength(1);
    // Either it is in state by its id, or the error says what may exist.
    expect(outcome).toContain(running()[0]?.id ?? "nothing runs");
  });

  it("bears 429, 5xx and dropped connections while it waits", async () => {
    account.simulator.configure({ readyAfterMs: 300 });
    const get = { platform: platform.id, method: "GET" };
    for (const fault of [{ status: 429 }, { status: 502, body: "<html>Bad gateway</html>" }, { status: 503 }]) {
      account.simulator.fault({ kind: "status", ...get, skip: 1, times: 2, ...fault });
    }
    account.simulator.fault({ kind: "reset", ...get, skip: 1, times: 2 });
    const { state } = await create(account.call(), inputs);

    expect(state).toMatchObject({ status: "ready" });
    expect(starts()).toHaveLength(1);
  });

  it("ends at once on a wrong key, says where the key came from, and makes nothing", async () => {
    const secret = "a-wrong-key-that-nobody-may-see";
    const environment = Object.fromEntries(
      Object.entries(account.simulator.environment()).map(([name, value]) =>
        /KEY|TOKEN|PASSWORD|SECRET/.test(name) ? [name, secret] : [name, value],
      ),
    );
    const connections = createConnections({ config: () => undefined, explicit: false, environment });
    const attempt = create(account.call({ connections }), inputs);

    await expect(attempt).rejects.toThrow(/answered 40[13].*environment variable/);
    await expect(attempt).rejects.not.toThrow(secret);
    expect(running()).toEqual([]);
  });

  it("shows no secret in any line, reason or output but the inputs themselves", async () => {
    const { state } = await create(account.call(), inputs);
    const outputs = Object.entries(state).filter(([key]) => !kind.inputKeys().includes(key));
    const said = JSON.stringify([account.lines, outputs]);

    for (const secret of [...contract.secrets, ...Object.values<string>({ ...account.simulator.credentials })]) {
      expect(said).not.toContain(secret);
    }
  });

  if (contract.models !== undefined) {
    it("lists what was made, not what was removed, and changes nothing by it", async () => {
      const first = await create(account.call(), inputs);
      const before = account.simulator.requests().length;
      const listed = await list(account, contract);

      expect(listed).toEqual([
        expect.objectContaining({
          reference: { deploymentId: first.state["deploymentId"], details: {} },
          phase: "ready",
        }),
      ]);
      const sent = account.simulator.requests().slice(before);
      expect(sent.filter(({ method, path }) => method !== "GET" && !path.endsWith("/_search"))).toEqual([]);
      await remove(account.call(), first.id, first.state);
      expect(await list(account, contract)).toEqual([]);
    });

    it("lists what has failed or is still to come, without a secret", async () => {
      account.simulator.configure({ readyAfterMs: 60_000 });
      await failed(create(account.call({ timeoutSeconds: 5 }), inputs));
      const listed = await list(account, contract);

      expect(listed).toMatchObject([{ phase: "pending" }]);
      for (const secret of contract.secrets) expect(JSON.stringify(listed)).not.toContain(secret);
    });
  } else {
    it("has no list", () => {
      expect(account.call().connections.connect(platform).adapter.list).toBeUndefined();
    });
  }

  if (contract.readable) {
    it("sees on a refresh that it is gone", async () => {
      const { id, state } = await create(account.call(), inputs);
      const other = { ...state, deploymentId: "unknown" };

      expect(await read(account.call(), `${id}-of-nothing`, other)).toBeUndefined();
    });

    it("starts it again after somebody stopped it", async () => {
      const { id, state } = await create(account.call(), inputs);
      account.simulator.act({
        platform: platform.id,
        id: state["deploymentId"] as string,
        action: contract.stop ?? "",
      });
      const refreshed = await read(account.call(), id, state);
      const planned = diff(kind, refreshed?.state ?? {}, inputs);
      const repaired = await update(account.call(), id, refreshed?.state ?? {}, inputs);

      expect(refreshed?.state).toMatchObject({ status: "stopped", ready: false });
      expect(planned).toMatchObject({ changes: true, replaces: [] });
      expect(repaired).toMatchObject({ status: "ready" });
      expect(running()).toHaveLength(1);
    });
  } else {
    it("keeps the state when there is nothing left that could be asked", async () => {
      const { id, state } = await create(account.call(), inputs);
      account.simulator.act({ platform: platform.id, id: state["deploymentId"] as string, action: "expire-job" });
      const refreshed = await read(account.call(), id, state);

      expect(refreshed?.state).toMatchObject(inputs);
      expect(diff(kind, refreshed?.state ?? {}, inputs)).toMatchObject({ changes: false });
    });
  }
});

/** All that is left after a delete has been taken away: Foundry keeps a disabled deployment, DeepInfra a failed row. */
async function list(account: ContractAccount, { platform, models = [] }: ContractCase): Promise<Listing[]> {
  const call = account.call();
  const connection = call.connections.connect(platform);
  const listed = (await connection.adapter.list?.(models, lendCall(call, connection, undefined))) ?? [];
  return listed.filter(({ phase }) => !connection.implementation.removedPhases.includes(phase));
}
