/** The documents of tasks, and how a deployment ends in one. */
import { type Cluster, newId } from "./cluster";
import { type Model, type Task, writeTask } from "./documents";

export function createTask(
  cluster: Cluster,
  model: Model,
  parts: Pick<Task, "type" | "state" | "workerNodes" | "isAsync">,
): Task {
  const now = cluster.schedule.now();
  const task: Task = {
    id: newId(cluster),
    modelId: model.id,
    functionName: model.algorithm,
    ...parts,
    ...{ createdAtMs: now, updatedAtMs: now },
    documentVersion: 1,
  };
  cluster.tasks.set(task.id, task);
  return task;
}

/** Writes how a deployment ended, by the errors of its nodes. */
export function settleTask(cluster: Cluster, task: Task, errors: ReadonlyMap<string, string>): void {
  if (errors.size === 0) return writeTask(cluster, task, { state: "COMPLETED" });
  writeTask(cluster, task, {
    state: errors.size >= task.workerNodes.length ? "FAILED" : "COMPLETED_WITH_ERROR",
    error: errorText(cluster, errors),
  });
}

/** JSON in a text, by node; plain when the transport failed (source of the plugin). */
function errorText({ world }: Cluster, errors: ReadonlyMap<string, string>): string {
  if (world.options().plainTaskError) return [...errors.values()][0] ?? "";
  return JSON.stringify(Object.fromEntries(errors));
}
