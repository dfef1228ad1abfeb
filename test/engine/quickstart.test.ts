/** `npm run up`, again, and `npm run down`, in a copy of the project: what a newcomer does first. */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../engine/engine";
import { killProcesses, processesWith } from "../support/engine/stack-processes";

jest.setTimeout(600_000);

const folder = mkdtempSync(join(tmpdir(), "quickstart-"));
const program = join(folder, "examples", "quickstart", "index.ts");
const processes = () => processesWith(`PULUMI_HOME=${join(folder, ".state", "home")}`);

beforeAll(() => {
  const left = /^(\.git|\.engine|\.state|node_modules|coverage|test|Pulumi\.local\.yaml)$/;
  cpSync(projectRoot, folder, {
    recursive: true,
    filter: (file) =>
      !file
        .slice(projectRoot.length + 1)
        .split("/")
        .slice(0, 1)
        .some((name) => left.test(name)),
  });
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
});

afterAll(() => {
  killProcesses(processes());
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  text: string;
}

/** @param interruptAt sends what Ctrl-C sends when this is written. */
function run(command: string, interruptAt?: RegExp): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn("npm", ["run", command], { cwd: folder, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    let interrupted = false;
    const take = (chunk: Buffer) => {
      text += chunk.toString();
      if (interrupted || interruptAt === undefined || !interruptAt.test(text)) return;
      interrupted = true;
      process.kill(-Number(child.pid), "SIGINT");
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("close", (code) => resolve({ code, text }));
  });
}

test("the first run deploys and chats, Ctrl-C loses nothing, the second run changes nothing, and down removes it all", async () => {
  const interrupted = await run("up", /0\/1 running/);
  expect(interrupted.code).not.toBe(0);
  expect(interrupted.text).toMatch(/was cancelled after .*\n.*is kept in state/);
  expect(processes()).toEqual([]);
  const id = /deployment (\w+) was cancelled/.exec(interrupted.text)?.[1];

  const resumed = await run("up");
  // Pulumi shows no outputs when the cancelled run had already saved them.
  expect(resumed.text).toMatch(
    new RegExp(`POST http://127\\.0\\.0\\.1:\\d+/v1/openai/chat/completions +model: deploy_id:${id}\n`),
  );
  expect(resumed.text).toMatch(/assistant: \S/);
  expect(resumed.text).toContain("pulumi config set --secret inference:deepinfraApiKey");
  expect(resumed.code).toBe(0);

  const again = await run("up");
  expect(again.text).toMatch(/Resources:\n +2 unchanged\n/);
  expect(again.text).toContain(`deploy_id:${id}`);

  writeFileSync(program, readFileSync(program, "utf8").replace("maxInstances: 2", "maxInstances: 3"));
  const changed = await run("up");
  expect(changed.text).toMatch(/~ 1 updated\n/);
  expect(changed.text).toContain(`deploy_id:${id}`);

  const destroyed = await run("down");
  expect(destroyed.text).toMatch(/- 2 deleted\n/);
  expect(destroyed.code).toBe(0);
  expect(existsSync(join(folder, ".state"))).toBe(false);
  expect(processes()).toEqual([]);
});
