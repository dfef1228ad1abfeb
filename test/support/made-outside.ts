/** Deployments that somebody makes without Pulumi, one on each platform. */
import type { Simulator } from "../../simulator";

/** Each with something beside the least that it takes. @returns their ids, as resources have them. */
export async function makeOneOnEach(
  simulator: Simulator,
): Promise<Record<"deepinfra" | "foundry" | "opensearch" | "kore", string>> {
  const { credentials } = simulator;
  const llm = await post<{ deploy_id: string }>(simulator, "/deploy/llm", `Bearer ${credentials.deepinfraApiKey}`, {
    model_name: "outside",
    gpu: "A100-80GB",
    num_gpus: 2,
    max_batch_size: 32,
    hf: { repo: "acme/outside", revision: "v2", token: "hf_token-of-somebody-else" },
    settings: { min_instances: 0, max_instances: 3 },
  });
  const path = "/api/v2/models/liveDeployments?preview=true";
  const live = await post<{ rid: string }>(simulator, path, `Bearer ${credentials.foundryToken}`, {
    deploymentType: { type: "direct", modelRid: "ri.models.main.model.outside", branch: "main" },
    runtimeConfiguration: {
      minReplicas: 1,
      maxReplicas: 2,
      cpu: 1.5,
      memory: "2048MiB",
      gpu: { count: 1, type: "A10G" },
      environmentVariables: { "LOG-LEVEL": "debug" },
      scalingConfiguration: {
        scaleUpLoadThreshold: 0.8,
        scaleUpDelay: { value: 60, unit: "SECONDS" },
        scaleDownDelay: { value: 30, unit: "MINUTES" },
      },
    },
  });
  simulator.configure({ opensearch: { allowCustomDeploymentPlan: true } });
  simulator.act({ platform: "opensearch", id: "SimulatedRemoteModel", action: "deploy" });
  return {
    deepinfra: `deepinfra/${llm.deploy_id}`,
    foundry: `foundry/${live.rid}`,
    opensearch: "opensearch/SimulatedRemoteModel",
    kore: "kore/cm-outside",
  };
}

async function post<Answer>(simulator: Simulator, path: string, authorization: string, body: object): Promise<Answer> {
  const headers = { authorization, "content-type": "application/json" };
  const answer = await fetch(simulator.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** What Kore does not tell. */
export const koreGiven = {
  modelType: "openSource",
  name: "Assistant",
  deviceType: "g5.xlarge",
  hyperParameters: { temperature: 1, maxTokens: 512, topP: 1, topK: 50 },
};
