/** What a person sees of a wait: in a terminal, and in the log of a CI job. */
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type Stack } from "../support/engine";
import { deploymentOf, forEver, llamasProgram, posts } from "./llamas";

let simulator: Simulator;
let stack: Stack;

beforeAll(async () => {
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
  const stop = simulator.subscribe(({ method, path }) => {
    const looked = method === "GET" && posts(simulator, "watched").length > 0;
    if (!looked || path !== `/deploy/${deploymentOf(simulator, "watched").id}`) return;
    const looks = simulator.requests({ method: "GET" }).filter((request) => request.path === path).length;
    if (looks === 3) show("watched", { action: "status", status: "compiling-kernels" });
    if (looks === 6) show("watched", { action: "finish" });
  });
  // `script` runs a command in a pseudo-terminal, and fails where it cannot.
  const { text } = await stack.shell(`script -qefc "stty cols 200 rows 50; pulumi up --yes --skip-preview" /dev/null`);
  stop();

  const rows = withoutEscapes(text)
    .split(/[\r\n]+/)
    .filter((row) => /ModelDeployment\s+watched/.test(row));
  const states = rows.map((row) => / (initializing|compiling-kernels|running) ·/.exec(row)?.[1]).filter(Boolean);
  expect([...new Set(states)]).toEqual(["initializing", "compiling-kernels", "running"]);
  // The row is drawn again and again, in place.
  expect(text).toContain("\x1b[");
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
