/** Many deployments that wait at once: requests follow the looks, and not the looks times the deployments. */
import { setMaxListeners } from "node:events";
import { create } from "../../provider/lifecycle/create";
import { contractCases } from "./cases";
import { openAccount } from "./account";
import { createTurnClock } from "../support/turn-clock";

const count = 30;
const looks = 8;
const contract = contractCases.find(({ platform }) => platform.id === "deepinfra");
if (contract === undefined) throw new Error("there is no case of DeepInfra");

test("of one account share a list at each look", async () => {
  const account = await openAccount(contract, 3_600_000);
  const { simulator } = account;
  const clock = createTurnClock();
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const call = account.call({ signal, connections: account.connectAnew({}, clock), clock, timeoutSeconds: 3_600 });
  const inputs = Array.from({ length: count }, (_, index) => ({
    deepinfra: { ...(contract.inputs["deepinfra"] as object), modelName: `shared-${index}` },
  }));
  const waits = inputs.map((one) => create(call, one));
  await clock.allAsleep(count);
  const before = simulator.requests().length;

  for (let look = 0; look < looks; look++) {
    clock.turn(10_000);
    await clock.allAsleep(count);
  }
  const during = simulator.requests().slice(before);
  for (const { id } of simulator.deployments("deepinfra")) {
    simulator.act({ platform: "deepinfra", id, action: "finish" });
  }
  clock.turn(10_000);
  const states = await Promise.all(waits);
  await simulator.close();

  expect(during.map(({ method, path }) => `${method} ${path}`)).toEqual(Array(looks).fill("GET /deploy/list"));
  // The list that shows all of them ready ends all waits.
  expect(simulator.requests()).toHaveLength(before + looks + 1);
  expect(states.map(({ state }) => state["status"])).toEqual(inputs.map(() => "ready"));
});
