import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import filesystem from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Intent } from "../../provider/intent/intent";
import { forgetSaved } from "../../provider/intent/intent";
import { intentFolder, listIntents, openIntentRecord } from "../../provider/intent/intent-folder";

const urn = "urn:pulumi:dev::chat::t::llama";
const intent = {
  platform: "deepinfra",
  account: "https://api.deepinfra.com",
  name: "llama",
  inputs: "abc",
  startedAt: "2026-01-01T00:00:00.000Z",
} satisfies Omit<Intent, "urn">;

let home: string;
let environment: Record<string, string>;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "intents-"));
  environment = { PULUMI_HOME: home };
});
afterEach(() => rmSync(home, { recursive: true }));

const files = () => readdirSync(intentFolder(environment));
const open = (more: Partial<{ urn: string; project: string; backend: string }> = {}) =>
  openIntentRecord(more.urn ?? urn, {
    project: more.project ?? "/projects/chat",
    environment: more.backend === undefined ? environment : { ...environment, PULUMI_BACKEND_URL: more.backend },
  });

test("the next run reads what a run wrote, with the resource's URN", async () => {
  await open().write(intent);
  await open().write({ ...intent, deploymentId: "d1", details: { job: "j1" } });

  expect(await open().read()).toEqual({ urn, ...intent, deploymentId: "d1", details: { job: "j1" } });
  expect(files()).toHaveLength(1);
});

test("only its user may read it", async () => {
  await open().write(intent);

  expect(statSync(join(intentFolder(environment), files()[0] ?? "")).mode & 0o077).toBe(0);
});

test.each([
  ["resource", { urn: `${urn}2` }],
  ["project folder", { project: "/projects/other" }],
  ["backend", { backend: "file:///elsewhere" }],
])("another %s has a record of its own", async (_name, other) => {
  await open().write(intent);

  expect(await open(other).read()).toBeUndefined();
});

test("what is not there is removed without an error", async () => {
  await open().remove();
  await open().write(intent);
  await open().remove();

  expect(await open().read()).toBeUndefined();
  expect(files()).toEqual([]);
});

test.each(["", "{", "[]", "null", '{"urn":"x"}', '{"urn":1,"platform":"deepinfra"}'])(
  "a damaged one (%j) counts as none",
  async (text) => {
    await open().write(intent);
    writeFileSync(join(intentFolder(environment), files()[0] ?? ""), text);

    expect(await open().read()).toBeUndefined();
    expect(await listIntents(environment)).toEqual([]);
  },
);

test("the list has those of all projects, and none where there is no folder", async () => {
  expect(await listIntents(environment)).toEqual([]);
  await open().write(intent);
  await open({ project: "/projects/other" }).write({ ...intent, name: "other" });

  expect((await listIntents(environment)).map(({ name }) => name).sort()).toEqual(["llama", "other"]);
});

test("those that nobody came back for are cleared away", async () => {
  await open({ urn: "old" }).write(intent);
  const old = join(intentFolder(environment), files()[0] ?? "");
  utimesSync(old, 1_000_000, 1_000_000);
  // A process looks once, before its first record.
  await jest.isolateModulesAsync(async () => {
    const fresh = (await import("../../provider/intent/intent-folder")) as {
      openIntentRecord: typeof openIntentRecord;
    };
    await fresh.openIntentRecord(urn, { project: "/projects/chat", environment }).write(intent);
  });

  expect(await open({ urn: "old" }).read()).toBeUndefined();
  expect(await open().read()).toBeDefined();
});

test("it is dropped when the engine shows that it has the id, and kept for any other id", async () => {
  await open().write(intent);
  await forgetSaved(open(), "d1");
  expect(await open().read()).toBeDefined();
  await open().write({ ...intent, deploymentId: "d2" });
  await forgetSaved(open(), "d1");
  expect(await open().read()).toBeDefined();
  await forgetSaved(open(), "d2");
  expect(await open().read()).toBeUndefined();
});

test("it is kept below the home of the user where Pulumi has none of its own", () => {
  expect(intentFolder({})).toMatch(/\.pulumi.pulumi-inference.intents$/);
  expect(intentFolder({ PULUMI_HOME: "" })).toBe(intentFolder({}));
});

test("of thousands, few are open at a time: a process may have a thousand files open", async () => {
  const read = jest.spyOn(filesystem, "readFile");
  const [folder, count] = [intentFolder(environment), 300];
  let [open, most] = [0, 0];
  await filesystem.mkdir(folder, { recursive: true });
  for (let index = 0; index < count; index++) {
    writeFileSync(join(folder, `${index}.json`), JSON.stringify({ urn, ...intent }));
  }
  read.mockImplementation(async (file) => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    return readFileSync(file as string, "utf8");
  });

  expect(await listIntents(environment)).toHaveLength(count);
  expect(most).toBeLessThanOrEqual(64);
  expect(read).toHaveBeenCalledTimes(count);
  read.mockRestore();
});
