/** Requests to the simulated Foundry. */
import type { Simulator } from "../../simulator";
import { type Answer, call } from "./calls";

export const model = "ri.models.main.model.f351c142-0e4c-4b12-adc2-6e1539737ae9";
export const collection = "/api/v2/models/liveDeployments";
export const configuration = { minReplicas: 1, maxReplicas: 3 };

/** @param path below `/api/v2/models/liveDeployments`; `preview=true` is added. */
export function foundry(simulator: Simulator, method: string, path: string, body?: unknown): Promise<Answer> {
  return foundryWith(simulator, simulator.credentials.foundryToken, method, path, body);
}

export function foundryWith(
  simulator: Simulator,
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const whole = `${collection}${path}${path.includes("?") ? "&" : "?"}preview=true`;
  return call(simulator.url, method, whole, { body, headers: { authorization: `Bearer ${token}` } });
}

export function create(simulator: Simulator, change: Record<string, unknown> = {}, branch = "master"): Promise<Answer> {
  return foundry(simulator, "POST", "", {
    deploymentType: { type: "direct", modelRid: model, branch },
    runtimeConfiguration: { ...configuration, ...change },
  });
}

export async function createdRid(simulator: Simulator, change: Record<string, unknown> = {}): Promise<string> {
  const answer = await create(simulator, change);
  if (answer.status !== 200) throw new Error(`create answered ${answer.status}: ${answer.text}`);
  return String(answer.at("rid"));
}

export function replace(simulator: Simulator, rid: string, change: Record<string, unknown> = {}): Promise<Answer> {
  return foundry(simulator, "PUT", `/${rid}`, { runtimeConfiguration: { ...configuration, ...change } });
}

/** `ACTIVE ready`, `STARTING`. */
export async function standing(simulator: Simulator, rid: string): Promise<string> {
  const answer = await foundry(simulator, "GET", `/${rid}`);
  return `${String(answer.at("status.state"))}${answer.at("status.isReady") === true ? " ready" : ""}`;
}

/** A token for the simulator's OAuth client. */
export async function fetchToken(
  simulator: Simulator,
  options: { scope?: string; way?: "basic" | "form"; secret?: string } = {},
): Promise<Answer> {
  const { foundryClientId: id, foundryClientSecret } = simulator.credentials;
  const { scope, secret = foundryClientSecret, way = "basic" } = options;
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    ...(scope === undefined ? {} : { scope }),
    ...(way === "form" ? { client_id: id, client_secret: secret } : {}),
  });
  const basic = { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` };
  return call(simulator.url, "POST", "/multipass/api/oauth2/token", {
    body: form.toString(),
    headers: { "content-type": "application/x-www-form-urlencoded", ...(way === "basic" ? basic : {}) },
  });
}
