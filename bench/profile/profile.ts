/** `npm run bench -- --profile`: where the program's and the provider's processes spend their time. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../engine/engine";
import { measureScene, prepareStacks } from "../measure";
import { largestCount, type Plan } from "../plan";
import { type Program } from "../programs";
import type { SimulatorProcess } from "../simulator";
import type { Workspace } from "../workspace";
import { type CpuProfile, describeProfile, summarise } from "./summary";

/** The floor says what is not ours. */
const profiled: readonly Program[] = ["empty", "dynamic", "native", "dynamic-fleet", "native-fleet"];

const recorder = join(__dirname, "record.js");
const ending = ".cpuprofile";

/** Leaves the profiles in the folder, which Chrome's and other tools open. @returns a table of each. */
export async function profilePrograms(
  workspace: Workspace,
  simulator: SimulatorProcess,
  plan: Plan,
  folder: string,
): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await prepareStacks(workspace, simulator, profiled);
  for (const program of profiled) {
    console.error(`profile of ${program}, N = ${largestCount(plan)}`);
    const scene = { program, count: largestCount(plan), readyAfterSeconds: 0, commands: ["up"] } as const;
    await measureScene(workspace, simulator, scene, {
      NODE_OPTIONS: `--require "${recorder}"`,
      BENCH_PROFILES: folder,
      BENCH_PROFILE_NAME: program,
    });
  }
  const text = tablesOf(folder);
  writeFileSync(join(folder, "summary.md"), text);
  return text;
}

function tablesOf(folder: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith(ending));
  const tables = files.sort().map((name) => {
    const profile = JSON.parse(readFileSync(join(folder, name), "utf8")) as CpuProfile;
    return describeProfile(name.slice(0, -ending.length), summarise(profile, projectRoot));
  });
  return `${tables.join("\n\n")}\n`;
}
