/** `--remove`: what is asked, what is refused, and what the platform was sent. */
import type { Simulator } from "../../../simulator";
import { makeOutside, standing } from "../../engine/llamas";
import { until } from "../../support/until";
import { type Desk, openDesk, project, resource } from "./command";
import { idOf, startWithOldDeployments } from "./old-deployments";

let simulator: Simulator;
let desk: Desk;
let state: string[];

beforeEach(async () => {
  simulator = await startWithOldDeployments({ managed: 90, forgotten: 76, lost: 5 });
  desk = openDesk(simulator);
  state = [desk.state("dev.json", [resource(idOf(simulator, "managed"))])];
});

afterEach(async () => {
  desk.close();
  await simulator.close();
  expect(simulator.violations()).toEqual([]);
});

const platform = ["deepinfra" as const];

it("removes what was agreed to, waits until it is gone, and is content", async () => {
  const { code, shown, report } = await desk.run({ state, platform, remove: [] }, "y");

  expect(code).toBe(0);
  expect(shown).toMatch(
    /To be removed:\n {2}deepinfra\/\w+ {2}simulated\/forgotten\n {2}deepinfra\/\w+ {2}simulated\/lost\n/,
  );
  expect(shown).toMatch(
    /compared with .*dev\.json only: another stack or person may need them\.\nRemove them\? \[y\/N\] /,
  );
  expect(report).toContain(`${idOf(simulator, "forgotten")}: removed\n${idOf(simulator, "lost")}: removed\n`);
  expect(report).not.toContain("[y/N]");
  expect(standing(simulator)).toEqual(["managed"]);
  expect((await desk.run({ state, platform })).code).toBe(0);
});

it.each(["", "n", "no", "yesterday", "\u0003"])("removes nothing after %j", async (answer) => {
  const { code, shown } = await desk.run({ state, platform, remove: [] }, answer);

  expect(code).toBe(2);
  expect(shown).toMatch(/Nothing was removed\.\n$/);
  expect(standing(simulator)).toEqual(["forgotten", "lost", "managed"]);
});

it("asks no question when it was told yes", async () => {
  const { code, shown } = await desk.run({ state, platform, remove: [], yes: true });

  expect(code).toBe(0);
  expect(shown).not.toContain("[y/N]");
  expect(standing(simulator)).toEqual(["managed"]);
});

it("refuses where nobody can answer, after it has shown the list", async () => {
  const { error, report } = await desk.run({ state, platform, remove: [] });

  expect(error).toBe("--remove asks first, and there is no terminal to ask on; add --yes; nothing was removed");
  expect(report).toContain("2 deployments run there");
  expect(standing(simulator)).toHaveLength(3);
});

it("removes those that are named, and no others", async () => {
  const { code } = await desk.run({ state, platform, remove: [idOf(simulator, "lost")] }, "yes");

  expect(code).toBe(2);
  expect(standing(simulator)).toEqual(["forgotten", "managed"]);
});

it("refuses an id that a stack has", async () => {
  const id = idOf(simulator, "managed");
  const { error } = await desk.run({ state, platform, remove: [idOf(simulator, "lost"), id], yes: true });

  expect(error).toBe(`${id} is no orphan: a stack shown has it, or it does not run; nothing was removed`);
  expect(standing(simulator)).toHaveLength(3);
});

it("refuses to take all when it compares with nothing", async () => {
  const { error } = await desk.run({ platform, remove: [], withoutStacks: true }, "y");

  expect(error).toMatch(/^other stacks may use the account, .*name the ids/);
  expect(standing(simulator)).toHaveLength(3);
});

describe("what a run may be making", () => {
  beforeEach(() => makeOutside(simulator, "new"));

  it("is left alone, unless it is named", async () => {
    const { code, report } = await desk.run({ state, platform, remove: [], yes: true });
    expect(code).toBe(2);
    expect(report).toContain(
      `${idOf(simulator, "new")}: left alone, since a run may be making it; name it to remove it`,
    );
    expect(standing(simulator)).toEqual(["managed", "new"]);

    const named = await desk.run({ state, platform, remove: [idOf(simulator, "new")], yes: true });
    expect(named.code).toBe(0);
    expect(standing(simulator)).toEqual(["managed"]);
  });

  it("is known by the operation that a state calls pending", async () => {
    const urn = `${project}::pulumi-nodejs:dynamic/inference:ModelDeployment::lost`;
    const type = "pulumi-nodejs:dynamic/inference:ModelDeployment";
    const creating = { type: "creating", resource: { urn, type, inputs: { deepinfra: { modelName: "lost" } } } };
    const file = desk.state("creating.json", [resource(idOf(simulator, "managed"))], [creating]);
    const { code, report } = await desk.run({ state: [file], platform, remove: [], yes: true });

    expect(code).toBe(2);
    expect(report).toContain(`asked for by ${urn}, whose run goes on or was interrupted`);
    expect(standing(simulator)).toEqual(["lost", "managed", "new"]);
  });

  it("is known by the record of an interrupted run", async () => {
    const request = {
      urn: "urn:lost",
      platform: "deepinfra",
      account: simulator.url,
      name: "lost",
      inputs: "a-hash",
      startedAt: "2026-11-21T08:00:00Z",
    };
    desk.record("1.json", request);
    desk.record("2.json", "{ cut off");
    desk.record("3.txt", { ...request, urn: "urn:no-record" });
    const { report } = await desk.run({ state, platform });

    expect(report).toContain("asked for by urn:lost at 2026-11-21T08:00:00.000Z, whose run goes on or was interrupted");
  });
});

it("knows by its note who asked for a live deployment of a model's branch", async () => {
  const headers = { authorization: `Bearer ${simulator.credentials.foundryToken}`, "content-type": "application/json" };
  const runtimeConfiguration = { minReplicas: 1, maxReplicas: 1 };
  for (const branch of ["next", "master"]) {
    const body = { deploymentType: { type: "direct", modelRid: "ri.m", branch }, runtimeConfiguration };
    const url = `${simulator.url}/api/v2/models/liveDeployments?preview=true`;
    await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  }
  const note = { urn: "urn:live", platform: "foundry", account: simulator.url, inputs: "a-hash", startedAt: "today" };
  desk.record("1.json", { ...note, name: JSON.stringify(["ri.m", "next"]) });
  const { report } = await desk.run({ state, platform: ["foundry"], model: ["ri.m"], format: "json" });
  const { orphans } = JSON.parse(report) as { orphans: { name: string; askedFor?: { urn: string } }[] };

  expect(orphans.map(({ name, askedFor }) => [name, askedFor])).toEqual([
    ["ri.m next", { urn: "urn:live" }],
    ["ri.m master", undefined],
  ]);
});

it("reports a removal that fails, and goes on with the others", async () => {
  const [forgotten, lost] = ["forgotten", "lost"].map((name) => idOf(simulator, name).replace("deepinfra/", ""));
  const path = `^/deploy/${forgotten}$`;
  simulator.fault({ kind: "status", method: "DELETE", path, status: 422, body: '{"error":"not today"}', times: 9 });
  const { code, report } = await desk.run({ state, platform, remove: [], yes: true });

  expect(code).toBe(1);
  expect(report).toMatch(new RegExp(`${forgotten}: not removed: DeepInfra: DELETE .*not today`));
  expect(report).toContain(`deepinfra/${lost}: removed`);
  expect(standing(simulator)).toEqual(["forgotten", "managed"]);
});

it("says after a Ctrl-C what may still be there, and how to make sure", async () => {
  const lost = idOf(simulator, "lost");
  simulator.fault({ kind: "hang", method: "GET", path: `^/${lost.replace("deepinfra/", "deploy/")}$`, times: 9 });
  const cancellation = new AbortController();
  const running = desk.run({ state, platform, remove: [lost], yes: true }, undefined, cancellation.signal);
  await until(() => simulator.requests({ method: "DELETE" }).length > 0);
  cancellation.abort();
  const { code, report } = await running;

  expect(code).toBe(1);
  expect(report).toMatch(
    new RegExp(
      `${lost}: not removed: the removal of .* was asked for and not waited for; .* run \`npx pulumi-inference orphans .*--remove ${lost}\` again`,
    ),
  );
});

it("tells as JSON what became of each, and nothing else on the report", async () => {
  const lost = idOf(simulator, "lost");
  const { code, report } = await desk.run({ state, platform, remove: [lost], yes: true, format: "json" });
  const json = JSON.parse(report) as { orphans: { id: string; removal: string }[] };

  expect(code).toBe(2);
  expect(json.orphans.map(({ id, removal }) => [id, removal])).toEqual([
    [idOf(simulator, "forgotten"), "skipped"],
    [lost, "removed"],
  ]);
});
