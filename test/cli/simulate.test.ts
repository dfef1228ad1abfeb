import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

type Running = ChildProcessByStdio<null, Readable, Readable>;

const folder = mkdtempSync(join(tmpdir(), "simulate-"));
const started: Running[] = [];

afterAll(() => {
  for (const process of started) process.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

function run(...given: string[]) {
  const main = join(__dirname, "../../cli/main.ts");
  const child: Running = spawn(process.execPath, ["--import", "tsx", main, "simulate", ...given], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let output = "";
  const collect = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, output }));
  return {
    ended,
    child,
    /** All that was printed, as soon as it matches. */
    async until(pattern: RegExp): Promise<string> {
      while (!pattern.test(output)) await Promise.race([once(child.stdout, "data"), failOnEnd(ended)]);
      return output;
    },
  };
}

async function failOnEnd(ended: Promise<{ output: string }>): Promise<never> {
  throw new Error(`the command ended: ${(await ended).output}`);
}

function variablesIn(output: string): Record<string, string> {
  const lines = output.match(/^export .*$/gm) ?? [];
  const assignments = lines.flatMap((line) => line.slice("export ".length).split(" "));
  return Object.fromEntries(assignments.map((assignment) => assignment.split(/=(.*)/s).slice(0, 2))) as Record<
    string,
    string
  >;
}

it("prints lines to paste, a line per request, and ends on Ctrl-C", async () => {
  const running = run("--ready-after", "3600");
  const variables = variablesIn(await running.until(/Ctrl-C ends it/));
  const key = variables["DEEPINFRA_API_KEY"] ?? "";

  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const body = JSON.stringify({ model_name: "llama", gpu: "H100-80GB", vpc: "x" });
  await fetch(`${variables["DEEPINFRA_URL"]}/deploy/llm`, { method: "POST", headers, body });
  await fetch(`${variables["KORE_HOST"]}/api/public/dock-status/ds-1`, {
    headers: { "x-api-key": variables["KORE_API_KEY"] ?? "" },
  });
  const output = await running.until(/dock-status/);
  const state = (await (await fetch(`${variables["KORE_HOST"]}/simulator/state`)).json()) as { scenario: unknown };
  running.child.kill("SIGINT");

  expect(output).toMatch(/deepinfra +POST +\/deploy\/llm +422\n +must not be sent: vpc/);
  expect(output).toMatch(/kore +GET +\/api\/public\/dock-status\/ds-1 +404/);
  expect(state.scenario).toMatchObject({ readyAfterMs: 3_600_000 });
  expect((await running.ended).code).toBe(0);
});

it("takes a scenario from a name and a file on top of it, and is quiet when asked", async () => {
  const file = join(folder, "scenario.json");
  writeFileSync(file, JSON.stringify({ readyAfterMs: 7, kore: { jobIdKey: "_id" } }));
  const running = run("--scenario", "no-capacity", "--scenario-file", file, "--quiet");
  const { KORE_HOST: url = "" } = variablesIn(await running.until(/Ctrl-C ends it/));
  await fetch(`${url}/v1/me`);
  const state = (await (await fetch(`${url}/simulator/state`)).json()) as { scenario: unknown };
  running.child.kill("SIGTERM");

  expect(state.scenario).toMatchObject({ outcome: "no-capacity", readyAfterMs: 7, kore: { jobIdKey: "_id" } });
  const { code, output } = await running.ended;
  expect(code).toBe(0);
  expect(output).not.toContain("/v1/me");
});

it("says what is wrong with the port", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const { code, output } = await run("--port", String(port)).ended;
  server.close();

  expect(code).toBe(1);
  expect(output).toBe(`error: port ${port} is in use; give another one, or leave --port out to take a free one\n`);
});

describe("what it refuses", () => {
  const notJson = join(folder, "not.json");
  const misspelt = join(folder, "misspelt.json");
  writeFileSync(notJson, "{");
  writeFileSync(misspelt, JSON.stringify({ reddyAfterMs: 1 }));

  it.each([
    [["--scenario", "slow-strat"], 'There is no such scenario (did you mean "slow-start"?).'],
    [["--scenario", "zzz"], "There is no such scenario; known: default, slow-start"],
    [["--scenario-file", join(folder, "absent.json")], "It cannot be read: ENOENT"],
    [["--scenario-file", notJson], "It is not JSON"],
    [["--scenario-file", misspelt], 'Unrecognized key: "reddyAfterMs"'],
    [["--port", "65536"], "It must be a whole number from 0 to 65535."],
    [["--ready-after", "-1"], "It must be a number of seconds, 0 or more."],
  ])("%j", async (given, message) => {
    const { code, output } = await run(...given).ended;

    expect(code).toBe(1);
    expect(output).toContain(message);
  });
});
