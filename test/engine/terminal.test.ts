/** What a person sees of a wait: in a terminal, and in the log of a CI job. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type Stack } from "../support/engine";
import { until } from "../support/until";
import { deploymentOf, deploymentsOf, forEver, llamasProgram, posts } from "./llamas";

let simulator: Simulator;
let stack: Stack;

beforeAll(async () => {
  requirePseudoTerminal();
  simulator = await startSimulator({ scenario: { readyAfterMs: forEver } });
  stack = await createStack({
    program: llamasProgram(`llama("logged");`),
    environment: simulator.environment("deepinfra"),
  });
});
afterAll(() => simulator.close());

function show(name: string, change: { action: string; status?: string }): void {
  simulator.act({ platform: "deepinfra", id: deploymentOf(simulator, name).id, ...change });
}

/** Fails here, and says why, where the last line of a usage text would be all there is. */
function requirePseudoTerminal(): void {
  const { stdout = "" } = spawnSync("script", ["--version"], { encoding: "utf8" });
  if (!stdout.includes("util-linux"))
    throw new Error("These tests type into a terminal made by util-linux's `script`.");
}

/** How often a deployment was looked at. */
function looks(name: string): number {
  const [deployment] = deploymentsOf(simulator, name);
  return simulator.requests({ method: "GET" }).filter(({ path }) => path === `/deploy/${deployment?.id}`).length;
}

/** Escape sequences that colour and move. */
const withoutEscapes = (text: string) => text.replace(/\x1b\[[0-9;?]*[a-zA-Z]/g, "");

test("a log has a line for each change, with the resource's name", async () => {
  const running = stack.start("up");
  await running.waitForText(/ModelDeployment logged creating \(\d+s\) initializing · 0\/1 running · \d+s of 30m/);
  show("logged", { action: "status", status: "compiling-kernels" });
  await running.waitForText(/ModelDeployment logged creating \(\d+s\) compiling-kernels · 0\/1 running · \d+s of 30m/);
  show("logged", { action: "finish" });
  const { code, text } = await running.result;

  expect(code).toBe(0);
  const lines = text.split("\n").filter((line) => /logged creating \(\d+s\) \S/.test(line));
  const states = lines.map((line) => /\) (\S+) ·/.exec(line)?.[1]);
  expect([...new Set(states)]).toEqual(["initializing", "compiling-kernels", "running"]);
});

test("a terminal shows the newest state in the resource's own row", async () => {
  stack.setProgram(llamasProgram(`llama("logged"); llama("watched");`));
  const screen = join(stack.folder, "screen");
  const isShown = (state: string) => {
    const rows = existsSync(screen) ? withoutEscapes(readFileSync(screen, "utf8")).split(/[\r\n]+/) : [];
    return rows.some((row) => /ModelDeployment\s+watched/.test(row) && row.includes(` ${state} ·`));
  };
  const ended = stack.shell(`script -qefc "stty cols 200 rows 50; pulumi up --yes --skip-preview" ${screen}`);
  await until(() => isShown("initializing"));
  show("watched", { action: "status", status: "compiling-kernels" });
  await until(() => isShown("compiling-kernels"));
  show("watched", { action: "finish" });
  await ended;

  expect(isShown("running")).toBe(true);
  // The row is drawn again and again, in place.
  expect(readFileSync(screen, "utf8")).toContain("\x1b[");
});

test("one Ctrl-C typed into a terminal ends the wait, and the id is saved", async () => {
  stack.setProgram(llamasProgram(`llama("logged"); llama("watched"); llama("typed");`));
  const pipe = join(stack.folder, "keyboard");
  execFileSync("mkfifo", [pipe]);
  const ended = stack.shell(`script -qfc "pulumi up --yes --skip-preview" /dev/null < ${pipe}`);
  const keyboard = await open(pipe, "w");
  await until(() => posts(simulator, "typed").length === 1 && looks("typed") > 0);
  // The terminal makes a signal of it, for every process of its foreground group.
  await keyboard.write("\x03");
  const { text } = await ended;
  await keyboard.close();

  const { id, status } = deploymentOf(simulator, "typed");
  expect(status).toBe("initializing");
  expect(text).toContain(`the wait for DeepInfra deployment ${id} was cancelled`);
  expect(await stack.resource("typed")).toMatchObject({ id: `deepinfra/${id}`, outputs: { status: "pending" } });
});

test("no failure shows a stack trace: of a look, a removal, a change", async () => {
  const trace = /^\s+at .*:\d+/m;
  simulator.fault({ kind: "status", status: 400, method: "GET", path: "^/deploy/\\w{16}$", times: 2 });
  const refresh = await stack.refresh({ expectFailure: true });
  simulator.fault({ kind: "status", status: 400, method: "DELETE", times: 2 });
  const destroy = await stack.destroy({ expectFailure: true });

  expect(refresh.text).toMatch(/answered 400/);
  expect(destroy.text).toMatch(/answered 400/);
  for (const { text } of [refresh, destroy]) expect(text).not.toMatch(trace);
});
