/** The `ignoreChanges` that a program has now, which no refresh tells: an update plan holds them. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";

/** The part of an update plan that is read. */
interface Plan {
  resourcePlans?: Record<string, { goal?: { ignoreChanges?: string[] } }>;
}

/** @returns the paths by the resource's URN; a resource that the program no longer has is absent. */
export async function readProgramIgnores(stack: Stack, signal?: AbortSignal): Promise<Map<string, string[]>> {
  const folder = await mkdtemp(join(tmpdir(), "inference-drift-"));
  const file = join(folder, "plan.json");
  try {
    await stack.preview({ plan: file, color: "never", ...(signal === undefined ? {} : { signal }) });
    const { resourcePlans = {} } = JSON.parse(await readFile(file, "utf8")) as Plan;
    const goals = Object.entries(resourcePlans).filter(([, { goal }]) => goal !== undefined && goal !== null);
    return new Map(goals.map(([urn, { goal }]) => [urn, goal?.ignoreChanges ?? []]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
