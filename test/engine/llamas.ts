/** Stacks of several DeepInfra deployments, and what the simulated account knows of each by its name. */
import type { RecordedRequest, SimulatedDeployment, Simulator } from "../../simulator";
import type { Program } from "../support/engine";
import type { Host } from "./programs";

/** Longer than any test waits, in milliseconds. */
export const forEver = 3_600_000;

/** `llama(name, inputs, options)` in the code is a deployment whose model has the resource's name. */
export function llamasProgram(code: string, host: Host = "dynamic"): Program {
  return {
    language: "javascript",
    plugin: host === "native",
    code: `const pulumi = require("@pulumi/pulumi");
const inference = require("pulumi-inference${host === "native" ? "/native" : ""}");
const llama = (name, { deepinfra, ...inputs } = {}, options = {}) => new inference.ModelDeployment(name, {
  deepinfra: { modelName: name, gpu: "H100-80GB", hf: { repo: "acme/" + name }, ...deepinfra },
  ...inputs,
}, options);
${code}
`,
  };
}

/** The requests that make a deployment. */
export function posts(simulator: Simulator, name?: string): RecordedRequest[] {
  return simulator
    .requests({ method: "POST", path: /^\/deploy\/llm$/ })
    .filter(({ body }) => name === undefined || (body as { model_name: string }).model_name === name);
}

/** All that were ever made under the name, the removed ones too, in order. */
export function deploymentsOf(simulator: Simulator, name: string): SimulatedDeployment[] {
  return simulator.deployments("deepinfra").filter((deployment) => deployment.name.endsWith(`/${name}`));
}

/** The newest one under the name. */
export function deploymentOf(simulator: Simulator, name: string): SimulatedDeployment {
  const deployment = deploymentsOf(simulator, name).at(-1);
  if (deployment === undefined) throw new Error(`nobody made a deployment named ${name}`);
  return deployment;
}

/** Names of what still exists. */
export function standing(simulator: Simulator): string[] {
  return simulator
    .deployments("deepinfra")
    .filter(({ removed }) => !removed)
    .map(({ name }) => name.replace(/^.*\//, ""))
    .sort();
}

/** Methods of the requests that changed deployments of the name, in order. */
export function changesOf(simulator: Simulator, name: string): string[] {
  const paths = deploymentsOf(simulator, name).map(({ id }) => `/deploy/${id}`);
  const made = posts(simulator, name);
  return simulator
    .requests({ platform: "deepinfra" })
    .filter((request) => made.includes(request) || (request.method !== "GET" && paths.includes(request.path)))
    .map(({ method }) => method);
}

/** A deployment that somebody makes without Pulumi. Resolves with its id. */
export async function makeOutside(simulator: Simulator, name: string, body: object = {}): Promise<string> {
  const answer = await fetch(`${simulator.url}/deploy/llm`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${simulator.credentials.deepinfraApiKey}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ model_name: name, gpu: "H100-80GB", hf: { repo: `acme/${name}` }, ...body }),
  });
  return ((await answer.json()) as { deploy_id: string }).deploy_id;
}
