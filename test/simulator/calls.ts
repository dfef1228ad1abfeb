/** Requests to a simulator, as a client with the right credentials sends them. */
import type { Simulator } from "../../simulator";

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Undefined when the answer is no JSON. */
  json: unknown;
  /** A member of the JSON by its dotted path: `config.weights.token`. */
  at: (path: string) => unknown;
}

export async function call(
  url: string,
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const body = typeof options.body === "string" ? options.body : JSON.stringify(options.body);
  const response = await fetch(url + path, {
    method,
    headers: { ...(options.body === undefined ? {} : { "content-type": "application/json" }), ...options.headers },
    ...(options.body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const json = parse(text);
  return { status: response.status, headers: response.headers, text, json, at: (path) => memberOf(json, path) };
}

export function deepinfra(simulator: Simulator, method: string, path: string, body?: unknown): Promise<Answer> {
  const headers = { authorization: `Bearer ${simulator.credentials.deepinfraApiKey}` };
  return call(simulator.url, method, path, { headers, body });
}

/** Creates a deployment of the simulated DeepInfra and returns its id. */
export async function createDeployment(simulator: Simulator, change: Record<string, unknown> = {}): Promise<string> {
  const answer = await deepinfra(simulator, "POST", "/deploy/llm", { ...createBody, ...change });
  if (answer.status !== 200) throw new Error(`create answered ${answer.status}: ${answer.text}`);
  return String(answer.at("deploy_id"));
}

export function kore(simulator: Simulator, method: string, path: string, body?: unknown): Promise<Answer> {
  return call(simulator.url, method, path, { headers: { "x-api-key": simulator.credentials.koreApiKey }, body });
}

export const createBody = { model_name: "llama", gpu: "H100-80GB", hf: { repo: "acme/llama" } };

export const deployBody = {
  name: "flan",
  deviceType: "g5.xlarge",
  hyperParameters: { temperature: 1, maxTokens: 512, topP: 1, topK: 50 },
};

/** Far beyond the end of any test. */
export const never = 1_000_000_000;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function memberOf(json: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], json);
}
