import * as pulumi from "@pulumi/pulumi";
import * as inference from "pulumi-inference";
import { EnvironmentFile } from "./environment-file";

const config = new pulumi.Config();

const llama = new inference.ModelDeployment("llama", {
  deepinfra: {
    modelName: "support-llama",
    hf: { repo: "acme/support-llama-8b" },
    gpu: "H100-80GB",
  },
});

// The service is made when the model is ready, since it uses what the deployment gives.
const service = new EnvironmentFile("chat", {
  path: config.get("path") ?? "chat.env",
  variables: { OPENAI_BASE_URL: llama.endpoint, MODEL: llama.model },
});

export const variables = service.id;
