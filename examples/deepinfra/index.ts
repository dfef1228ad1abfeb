import * as pulumi from "@pulumi/pulumi";
import * as inference from "pulumi-inference";

const config = new pulumi.Config();

const llama = new inference.ModelDeployment(
  "llama",
  {
    deepinfra: {
      modelName: "support-llama",
      hf: { repo: "acme/support-llama-8b", revision: "main", token: config.getSecret("hfToken") },
      gpu: "H100-80GB",
      settings: { minInstances: config.getNumber("minInstances") ?? 1, maxInstances: 4 },
      extraArgs: ["--max-model-len", "32768"],
    },
  },
  { customTimeouts: { create: "45m" } },
);

export const endpoint = llama.endpoint;
export const model = llama.model;
export const status = llama.status;
