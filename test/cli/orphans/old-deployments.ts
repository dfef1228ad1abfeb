/** A simulated account whose deployments were made days ago. */
import { startSimulator, type Simulator } from "../../../simulator";
import { deploymentOf, makeOutside } from "../../engine/llamas";

const hour = 3_600_000;

/** @param ages in hours, by the model's name. */
export async function startWithOldDeployments(ages: Record<string, number>): Promise<Simulator> {
  const first = await startSimulator({ readyAfterMs: 0 });
  for (const name of Object.keys(ages)) await makeOutside(first, name);
  const saved = first.save() as { deepinfra: { modelName: string; createdAtMs: number }[] };
  await first.close();
  for (const deployment of saved.deepinfra) {
    deployment.createdAtMs -= (ages[deployment.modelName.replace(/^.*\//, "")] ?? 0) * hour;
  }
  return startSimulator({ readyAfterMs: 0, saved });
}

/** `deepinfra/<id>`. */
export function idOf(simulator: Simulator, name: string): string {
  return `deepinfra/${deploymentOf(simulator, name).id}`;
}
