/** Requests to the simulated OpenSearch. */
import type { Simulator } from "../../simulator";
import { type Answer, call } from "./calls";

export const remote = "SimulatedRemoteModel";
export const local = "SimulatedLocalModel1";
export const [n1, n2, n3] = [1, 2, 3].map((number) => `SimulatedNode00000000${number}`) as [string, string, string];

/** @param path below `/_plugins/_ml`, unless it begins with `//`. */
export function opensearch(simulator: Simulator, method: string, path: string, body?: unknown): Promise<Answer> {
  const { opensearchPassword, opensearchUsername } = simulator.credentials;
  const basic = Buffer.from(`${opensearchUsername}:${opensearchPassword}`).toString("base64");
  const whole = path.startsWith("//") ? path.slice(1) : `/_plugins/_ml${path}`;
  return call(simulator.url, method, whole, { body, headers: { authorization: `Basic ${basic}` } });
}

export async function deploy(simulator: Simulator, id = remote, nodeIds?: string[]): Promise<string> {
  const body = nodeIds && { node_ids: nodeIds };
  const answer = await opensearch(simulator, "POST", `/models/${id}/_deploy`, body);
  if (answer.status !== 200) throw new Error(`deploy answered ${answer.status}: ${answer.text}`);
  return String(answer.at("task_id"));
}

/** `DEPLOYED 3/3 COMPLETED`: the state and counts of a model, and the state of a task. */
export async function standing(simulator: Simulator, id = remote, task?: string): Promise<string> {
  const model = await opensearch(simulator, "GET", `/models/${id}`);
  const [state, current, planned] = ["model_state", "current_worker_node_count", "planning_worker_node_count"].map(
    (field) => (model.at(field) as string | number | undefined) ?? "-",
  );
  const counts = `${state} ${current}/${planned}`;
  return task === undefined ? counts : `${counts} ${String((await taskOf(simulator, task)).at("state"))}`;
}

export function taskOf(simulator: Simulator, task: string): Promise<Answer> {
  return opensearch(simulator, "GET", `/tasks/${task}`);
}

/** The nodes that hold a model, by their own account. */
export async function holders(simulator: Simulator, id = remote): Promise<string[]> {
  const profile = (await opensearch(simulator, "GET", `/profile/models/${id}`)).at("nodes");
  const nodes = Object.entries((profile ?? {}) as Record<string, { models: Record<string, { model_state?: string }> }>);
  return nodes.filter(([, { models }]) => models[id]?.model_state === "DEPLOYED").map(([node]) => node);
}

/** The platform's envelope, byte for byte. */
export function errorText(status: number, type: string, reason: string): string {
  return JSON.stringify({ error: { root_cause: [{ type, reason }], type, reason }, status });
}
