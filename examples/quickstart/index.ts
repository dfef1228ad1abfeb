import * as inference from "pulumi-inference";

const llama = new inference.ModelDeployment(
  "llama",
  {
    deepinfra: {
      modelName: "support-llama",
      hf: { repo: "acme/support-llama-8b" },
      gpu: "H100-80GB",
      settings: { minInstances: 1, maxInstances: 2 },
    },
  },
  { customTimeouts: { create: "45m" } },
);

export const endpoint = llama.endpoint;
export const model = llama.model;
export const status = llama.status;
